// Runs in the browser, beside the scripts of adaptivecards and markdown-it.
(() => {
  const { AdaptiveCard, HostConfig, GlobalSettings } = window.AdaptiveCards;
  const markdown = window.markdownit();
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  GlobalSettings.setTabIndexAtCardRoot = false;
  // Teams reads Markdown in a TextBlock and in facts alone: https://github.com/MicrosoftDocs/msteams-docs/issues/12228
  GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;

  function element(name, className, text = '') {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function draw({ kind, name, title, card }, hostConfig) {
    const parsed = new AdaptiveCard();
    parsed.hostConfig = new HostConfig(hostConfig);
    parsed.parse(card);
    const shown = parsed.render();
    const frame = element('article', kind);
    frame.append(element('p', 'name', name));
    if (kind === 'dialog') frame.append(element('h2', 'title', title));
    const inner = element('div', 'card');
    inner.append(shown);
    frame.append(inner);
    document.querySelector('main').append(frame);
    return shown;
  }

  /** Draws cards one below the other, in columns, and says what is to be seen of each. */
  window.drawCards = ({ items, hostConfig, theme, heading, columns }) => {
    document.body.className = theme;
    document.querySelector('h1').textContent = heading;
    const main = document.querySelector('main');
    main.replaceChildren();
    main.style.columnCount = columns;
    const shown = items.map((item) => draw(item, hostConfig));
    return shown.map(look);
  };

  function look(shown) {
    const tags = [...shown.querySelectorAll('*')].map(({ localName }) => localName);
    return { text: shown.innerText, tags: [...new Set(tags)], contrast: leastContrast(shown), isCut: isCut(shown) };
  }

  /** Whether a part of it runs out of the card's side. */
  function isCut(shown) {
    const { right } = shown.getBoundingClientRect();
    return [...shown.querySelectorAll('*')].some((part) => part.getBoundingClientRect().right > right + 1);
  }

  /** Of the texts that we wrote, against what is behind them; the buttons' colours are the host's. */
  function leastContrast(shown) {
    const all = [...shown.querySelectorAll('.ac-textBlock, .ac-textRun')];
    // The star of a field that must be filled in is the host's.
    const texts = all.filter(({ innerText }) => !['', '*'].includes(innerText.trim()));
    return Math.min(21, ...texts.map(contrastOf));
  }

  function contrastOf(part) {
    const front = luminance(colour(getComputedStyle(part).color));
    const back = luminance(background(part));
    return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  }

  function background(part) {
    if (part === null) return [255, 255, 255];
    const [red, green, blue, opacity = 1] = colour(getComputedStyle(part).backgroundColor);
    return opacity === 0 ? background(part.parentElement) : [red, green, blue];
  }

  function colour(text) {
    return text.match(/[\d.]+/g).map(Number);
  }

  /** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
  function luminance([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** A PNG with its commonest colours only: each pixel becomes the one that is nearest. */
  window.fewColours = async (base64, most) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))]));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const all = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const counts = new Map();
    for (const pixel of all) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    const weights = [...counts].map(([pixel, count]) => [parts(pixel), count * (1 + colourfulness(parts(pixel)))]);
    const kept = weights
      .sort(([, one], [, other]) => other - one)
      .slice(0, most)
      .map(([colour]) => colour);
    const places = new Map([...counts.keys()].map((pixel) => [pixel, nearest(parts(pixel), kept)]));
    const pixels = await asBase64(Uint8Array.from(all, (pixel) => places.get(pixel)));
    return { width, height, palette: kept.flat(), pixels };
  };

  function parts(pixel) {
    return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  }

  /** How far a colour is from grey: a little red is seen where a little grey is not. */
  function colourfulness(colour) {
    return Math.max(...colour) - Math.min(...colour);
  }

  function nearest(wanted, colours) {
    const distances = colours.map((one) => one.reduce((sum, part, index) => sum + (part - wanted[index]) ** 2, 0));
    return distances.indexOf(Math.min(...distances));
  }

  async function asBase64(bytes) {
    const reader = new FileReader();
    reader.readAsDataURL(new Blob([bytes]));
    await new Promise((resolve) => {
      reader.onload = resolve;
    });
    return reader.result.replace(/^.*,/, '');
  }
})();
