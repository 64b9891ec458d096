// Shows beside a form what it would show if it were sent, while its answers change. The form works without this.

/** After the last change, before we ask. */
const restMs = 300;
/** Longer than any answer takes: then we say that it did not come. */
const longestMs = 60_000;

for (const place of document.querySelectorAll('[data-preview]'))
  follow(place, place.parentElement.querySelector('form'));

/** One question is under way at a time, so that a slow answer does not pile up others; the newest answers are asked about. */
function follow(place, form) {
  const send = form.querySelector('[type="submit"]');
  let changes = 0;
  let resting;
  let isAsking = false;

  function change() {
    changes += 1;
    // What stands there is no longer true: nobody shall save it.
    for (const button of place.querySelectorAll('button')) button.disabled = true;
    show(place, 'working');
    clearTimeout(resting);
    resting = setTimeout(ask, restMs);
  }

  async function ask() {
    resting = undefined;
    if (isAsking) return;
    isAsking = true;
    const asked = changes;
    const answer = await answerTo(form);
    isAsking = false;
    if (asked === changes) tell(answer);
    else if (resting === undefined) await ask();
  }

  function tell(answer) {
    send.hidden = answer !== undefined;
    show(place, answer === undefined ? 'failed' : '');
    for (const part of ['said', 'more']) {
      const now = place.querySelector(`[data-${part}]`);
      if (answer === undefined) now.replaceChildren();
      else update(now, answer.querySelector(`[data-${part}]`));
    }
    for (const button of place.querySelectorAll('button')) button.disabled = false;
    // Where a figure has changed, its label is said with it.
    for (const row of place.querySelectorAll('dl > div')) row.setAttribute('aria-atomic', 'true');
  }

  form.addEventListener('input', change);
  send.hidden = true;
  place.hidden = false;
  // Moved before this script was there, or kept by the browser when the page was fetched again.
  if (place.dataset.preview === 'at-once' || isChanged(form)) change();
}

function isChanged(form) {
  return [...form.querySelectorAll('input')].some(({ value, defaultValue }) => value !== defaultValue);
}

/** @param state 'working', 'failed', or '' when what stands there is true */
function show(place, state) {
  place.classList.toggle('preview--old', state === 'working');
  for (const line of place.querySelectorAll('[data-state]')) line.hidden = line.dataset.state !== state;
}

/** The form is sent as its button would send it. `undefined` where no answer came that we can show. */
async function answerTo(form) {
  const body = new URLSearchParams(new FormData(form));
  body.set('part', 'preview');
  try {
    const signal = AbortSignal.timeout(longestMs);
    const response = await fetch(form.getAttribute('action'), { method: 'POST', body, signal });
    if (!response.ok) return undefined;
    const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
    return answer.querySelector('[data-said]') === null ? undefined : answer;
  } catch {
    return undefined;
  }
}

/** Changes only what is different, so that a screen reader says no more than that, and nothing jumps. */
function update(now, then) {
  const [present, wanted] = [[...now.childNodes], [...then.childNodes]];
  const isAlike = (node, index) => node.nodeName === wanted[index]?.nodeName;
  if (present.length !== wanted.length || !present.every(isAlike)) {
    now.replaceChildren(...wanted);
    return;
  }
  for (const [index, node] of present.entries()) {
    const other = wanted[index];
    if (node.nodeType === Node.ELEMENT_NODE) {
      for (const { name, value } of other.attributes)
        if (node.getAttribute(name) !== value) node.setAttribute(name, value);
      update(node, other);
    } else if (node.data !== other.data) node.data = other.data;
  }
}
