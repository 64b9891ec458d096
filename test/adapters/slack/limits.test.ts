import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderForm, renderHome, renderMessage, renderPage } from '../../../adapters/slack/render.ts';
import { themeOptions } from '../../../src/conversations/themes.ts';
import { loadFrameworks } from '../../../src/framework/load.ts';
import { type Field, question } from '../../../src/messages/form.ts';
import { does, facts, type Message, type Page, paragraph } from '../../../src/messages/message.ts';
import { zoneOptions } from '../../../src/network/zones.ts';
import { objectionsToHome, objectionsToMessage, objectionsToModal } from '../../support/slack-limits.ts';
import { elements, plainForm, plainMessage, shown, withButtons } from '../../support/slack-plain.ts';
import { readBlocks, textOf } from '../../support/slack-screen.ts';

describe('limits: what fits stays whole, one more is cut', () => {
  const long = (length: number) => 'x'.repeat(length);
  const buttonOf = (message: Message) => elements(renderMessage(message).blocks)[0];

  it('150 characters of heading', () => {
    expect(shown({ ...plainMessage, heading: long(150) })).toBe(long(150));
    expect(shown({ ...plainMessage, heading: long(151) })).toBe(`${long(149)}…`);
  });

  it('3,000 characters in a section, and the rest in the next', () => {
    const sections = (length: number) =>
      renderMessage({ ...plainMessage, body: [paragraph(long(length))] }).blocks.slice(1);
    expect(sections(3000)).toHaveLength(1);
    expect(textOf(readBlocks(sections(3001)))).toBe(`${long(3000)}\nx`);
  });

  it('10 facts in a section, of 2,000 characters each', () => {
    const fields = (count: number, length: number) => {
      const body = [facts(...Array.from({ length: count }, () => ['a', long(length)] as const))];
      return readBlocks(renderMessage({ ...plainMessage, body }).blocks.slice(1)).map((block) =>
        block.fields.map((field) => field.text.length),
      );
    };
    expect(fields(10, 1).map((row) => row.length)).toEqual([10]);
    expect(fields(11, 1).map((row) => row.length)).toEqual([10, 1]);
    expect(fields(1, 1998)).toEqual([[2000]]);
    expect(fields(1, 1999)).toEqual([[2000]]);
  });

  it('25 buttons, with labels of 75 characters', () => {
    const many = (count: number) =>
      withButtons(...Array.from({ length: count }, (_, index) => does(`Button ${index}`, { kind: 'network.home' })));
    expect(elements(renderMessage(many(25)).blocks)).toHaveLength(25);
    expect(elements(renderMessage(many(26)).blocks)).toHaveLength(25);
    expect(buttonOf(withButtons(does(long(75), { kind: 'network.home' })))?.text?.text).toBe(long(75));
    expect(buttonOf(withButtons(does(long(76), { kind: 'network.home' })))?.text?.text).toBe(`${long(74)}…`);
  });

  it('2,000 characters of intent: a longer one has no button', () => {
    const asking = (length: number) => withButtons(does('Help', { kind: 'network.help', asked: long(length) }));
    const around = JSON.stringify({ kind: 'network.help', asked: '' }).length;
    expect(buttonOf(asking(2000 - around))?.value).toHaveLength(2000);
    expect(buttonOf(asking(2001 - around))).toBeUndefined();
  });

  it('3,000 characters of web address: a longer one is written out', () => {
    const opens = (length: number) =>
      withButtons({ kind: 'opens', label: 'Join', url: `https://a.example/${long(length - 18)}` });
    expect(buttonOf(opens(3000))?.url).toHaveLength(3000);
    expect(buttonOf(opens(3001))).toBeUndefined();
    expect(shown(opens(3001))).toContain('Join: https://a.example/xxx');
  });

  it('4,000 characters of summary', () => {
    expect(renderMessage({ ...plainMessage, summary: long(4000) }).text).toBe(long(4000));
    expect(renderMessage({ ...plainMessage, summary: long(4001) }).text).toBe(`${long(3999)}…`);
  });

  it('4,000 characters of summary once it is escaped, cut between two characters', () => {
    const text = (length: number) => renderMessage({ ...plainMessage, summary: '&'.repeat(length) }).text;
    expect(text(800)).toBe('&amp;'.repeat(800));
    expect(text(801)).toBe(`${'&amp;'.repeat(799)}…`);
    const hearts = renderMessage({ ...plainMessage, summary: `<${'💚'.repeat(2000)}` });
    expect(hearts.text).toBe(`&lt;${'💚'.repeat(1997)}…`);
    expect(objectionsToMessage(hearts)).toEqual([]);
  });

  it('3,000 characters that are struck through, and the rest in the next block', () => {
    const blocks = (length: number) =>
      renderMessage({ ...plainMessage, body: [{ kind: 'struck', text: long(length) }] }).blocks.slice(1);
    expect(blocks(3000)).toHaveLength(1);
    expect(blocks(3001)).toHaveLength(2);
    expect(objectionsToMessage({ text: 'A', blocks: blocks(3001) })).toEqual([]);
  });

  it('50 blocks in a message, keeping its buttons and saying that there is more', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => [paragraph(`p${index}`), facts(['a', String(index)])]).flat();
    const message = (count: number) => ({
      ...withButtons(does('Sign up', { kind: 'network.home' })),
      body: rows(count),
    });
    expect(renderMessage(message(24)).blocks).toHaveLength(50);
    expect(shown(message(24))).not.toContain('There is more');
    expect(renderMessage(message(25)).blocks).toHaveLength(50);
    expect(shown(message(25))).toContain('There is more than fits here.');
    expect(shown(message(25))).toContain('Sign up');
  });

  it('12,000 characters in a message altogether', () => {
    const message = (length: number) => ({ ...plainMessage, heading: 'h', body: [paragraph(long(length))] });
    expect(shown(message(11_999))).not.toContain('There is more');
    expect(shown(message(12_000))).toContain('There is more than fits here.');
  });

  it('100 blocks in a modal, leaving out whole cards', () => {
    const page = (count: number): Page => ({
      heading: 'Journal',
      body: [],
      cards: Array.from({ length: count }, (_, index) => ({
        ...plainMessage,
        heading: `Card ${index}`,
        body: [paragraph('text')],
      })),
    });
    expect(textOf(readBlocks(renderPage(page(49)).blocks))).toContain('Card 48\ntext');
    const cut = textOf(readBlocks(renderPage(page(60)).blocks));
    expect(cut).toMatch(/Card 48\ntext\nThere is more than fits here\. The web page shows all of it\.$/);
    expect(objectionsToModal(renderPage(page(60)))).toEqual([]);
  });

  it('100 blocks in a home, with its heading of 150 characters among them, leaving out the last cards', () => {
    const home = (count: number, heading = 'Your network') => {
      const card = (_: unknown, index: number) => ({
        ...plainMessage,
        heading: `Card ${index}`,
        body: [paragraph('x')],
      });
      return renderHome({ heading, body: [], cards: Array.from({ length: count }, card) });
    };
    expect(textOf(readBlocks(home(49).blocks))).toMatch(/Card 48\nx$/);
    const cut = home(50);
    expect(cut.blocks).toHaveLength(100);
    expect(textOf(readBlocks(cut.blocks))).toMatch(
      /Card 48\nx\nThere is more than fits here\. The web page shows all of it\.$/,
    );
    expect([cut, home(150)].flatMap(objectionsToHome)).toEqual([]);
    expect(readBlocks(home(0, long(150)).blocks)[0]?.text?.text).toBe(long(150));
    expect(readBlocks(home(0, long(151)).blocks)[0]?.text?.text).toBe(`${long(149)}…`);
  });

  it('250 KB in a modal, counting what each character takes', () => {
    const card = { ...plainMessage, body: [paragraph('漢'.repeat(3000))] };
    const modal = renderPage({ heading: 'Journal', body: [], cards: Array.from({ length: 33 }, () => card) });
    expect(objectionsToModal(modal)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(modal))).toBeGreaterThan(200_000);
    expect(textOf(readBlocks(modal.blocks))).toContain('There is more than fits here.');
  });

  it('250 KB in a home', () => {
    const card = { ...plainMessage, body: [paragraph('漢'.repeat(3000))] };
    const home = renderHome({ heading: 'Network', body: [], cards: Array.from({ length: 33 }, () => card) });
    expect(objectionsToHome(home)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(home))).toBeGreaterThan(200_000);
  });

  it('75 characters of what a screen reader says of a button', () => {
    const label = (length: number) => {
      const card = { ...withButtons(does('Go', { kind: 'network.home' })), heading: long(length) };
      const page = { heading: 'Two', body: [], cards: [card, card] };
      return elements(renderPage(page).blocks)[0]?.accessibility_label;
    };
    expect(label(71)).toBe(`Go: ${long(71)}`);
    expect(label(72)).toBe(`Go: ${long(70)}…`);
  });

  it('24 characters of title; a longer heading stands once more in full', () => {
    const modal = (length: number) => renderForm({ ...plainForm, heading: long(length) });
    expect(modal(24).title.text).toBe(long(24));
    expect(modal(24).blocks).toEqual([]);
    expect(modal(25).title.text).toBe(`${long(23)}…`);
    expect(textOf(readBlocks(modal(25).blocks))).toBe(long(25));
  });

  it('3,000 characters of what a form completes: more is not carried at all', () => {
    const modal = (length: number) =>
      renderForm({ ...plainForm, completes: { kind: 'network.pause', id: long(length) } });
    const around = JSON.stringify({ kind: 'network.pause', id: '' }).length;
    expect(modal(3000 - around).private_metadata).toHaveLength(3000);
    expect(modal(3001 - around).private_metadata).toBe('');
  });

  it('24 characters on the button that sends', () => {
    const label = (length: number) => renderForm({ ...plainForm, submitLabel: long(length) }).submit?.text;
    expect(label(24)).toBe(long(24));
    expect(label(25)).toBe(`${long(23)}…`);
  });
});

describe('limits of a question', () => {
  const long = (length: number) => 'x'.repeat(length);
  const ask = (field: Field) => readBlocks(renderForm({ ...plainForm, fields: [field] }).blocks)[0];

  it('2,000 characters of label, and of hint', () => {
    const asked = (label: number, hint: number) =>
      ask({ ...question('q', long(label), long(hint)), kind: 'line', maxLength: 80 });
    expect(asked(2000, 2000)).toMatchObject({ label: { text: long(2000) }, hint: { text: long(2000) } });
    expect(asked(2001, 2001)).toMatchObject({ label: { text: `${long(1999)}…` }, hint: { text: `${long(1999)}…` } });
  });

  it('75 characters of what an option stands for: a longer one would come back as another, and is left out', () => {
    const values = (length: number) => {
      const options = [
        { value: 'short', label: 'Short' },
        { value: long(length), label: 'Long' },
      ];
      return ask({ ...question('q', 'Question'), kind: 'choice', options })?.element?.options?.map(
        ({ value }) => value,
      );
    };
    expect(values(75)).toEqual(['short', long(75)]);
    expect(values(76)).toEqual(['short']);
  });

  it('no theme of the frameworks that come with Colloquy is too long to be chosen, or one too many', async () => {
    const frameworks = await loadFrameworks(fileURLToPath(new URL('../../../frameworks', import.meta.url)));
    const options = themeOptions(frameworks);
    const shown = ask({ ...question('theme', 'Theme'), kind: 'choice', options })?.element?.options;
    expect(shown?.map(({ text, value }) => ({ label: text.text, value }))).toEqual(
      options.map(({ label, value }) => ({ label, value })),
    );
    expect(options.length).toBeGreaterThan(10);
  });

  it('no time zone is too long to be chosen, or one too many, wherever somebody is now', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const options = zoneOptions(zone);
      const shown = ask({ ...question('zone', 'Time zone'), kind: 'choice', options, value: zone })?.element;
      expect(shown?.options?.map(({ text, value }) => ({ value, label: text.text }))).toEqual(options);
      expect(shown?.initial_option?.value).toBe(zone);
    }
  });
});
