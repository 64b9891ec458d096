import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import MarkdownIt from 'markdown-it';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { everything } from '../../src/download-link.ts';
import { openDownload } from '../../src/downloads.ts';
import type { Member } from '../../src/network/model.ts';
import type { JournalContents } from '../../src/reflections/journal-contents.ts';
import { toDocument } from '../../src/reflections/journal-document.ts';
import { journalDocument, journalMarkdown } from '../../src/reflections/journal-files.ts';
import { markdownText, toMarkdown } from '../../src/reflections/journal-markdown.ts';
import { nasty } from '../support/card-contents.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';
import { write } from '../support/reflections.ts';

/** What a reader of the text sees: without what cannot be seen, and with any run of spaces as one. */
const seen = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[\p{Cc}--\s]|[\uFFFE\uFFFF]/gv, '')
    .replace(/\s+/g, ' ')
    .trim();

const markdown = new MarkdownIt('commonmark');

/** The text of Markdown, and every kind of thing that is in it. */
function readMarkdown(source: string): { readonly text: string; readonly kinds: ReadonlySet<string> } {
  const tokens = markdown.parse(source, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const text = tokens.map(({ type, content }) =>
    type === 'text' || type === 'text_special' ? content : type === 'inline' ? '' : ' ',
  );
  return { text: seen(text.join('')), kinds: new Set(tokens.map(({ type }) => type)) };
}

/** The body of a document, by paragraphs, read from its XML by something that is not what wrote it. */
function readDocument(file: Uint8Array) {
  const parts = unzipSync(file);
  const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>|<w:p\/>/gs)].map(([paragraph]) => ({
    style: /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1] ?? '',
    isRightToLeft: paragraph.includes('<w:bidi/>'),
    text: plain(paragraph.replace(/<w:br\/>/g, '\n').replace(/<[^>]*>/g, '')),
  }));
  return { parts, xml, paragraphs };
}

function plain(xml: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml.replace(/&(\w+);/g, (_, name: string) => signs[name] ?? '?');
}

function contentsOf(text: string): JournalContents {
  const entry = { stage: text, when: '1 March 2027', wording: text, answer: text, action: text, followUp: text };
  return {
    name: text,
    position: text,
    period: '1 March 2027',
    map: [{ key: 'a/b', theme: text, cells: [{ stage: text, asked: 2, answered: 1 }] }],
    sections: [{ theme: text, entries: [entry] }],
  };
}

const realText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...'\n \t#*_-+=~`>|[]()<!&\\1.)aé😀"$:/'), maxLength: 120 }),
  fc.constantFrom(...Object.values(nasty).map(({ answer }) => answer)),
);

describe('Markdown', () => {
  test('whatever is written is text: no heading, list, link, code or HTML comes of it, and no sign is lost', () => {
    fc.assert(
      fc.property(realText, (text) => {
        const read = readMarkdown(markdownText(text));
        expect(read.text).toBe(seen(text));
        const paragraphs = [
          'paragraph_open',
          'inline',
          'text',
          'text_special',
          'hardbreak',
          'softbreak',
          'paragraph_close',
        ];
        expect([...read.kinds].filter((kind) => !paragraphs.includes(kind))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('lines stay lines and paragraphs stay paragraphs', () => {
    const html = markdown.render(markdownText('One\ntwo\r\n\r\n   three\n\n\n# four'));
    expect(html).toBe('<p>One<br />\ntwo</p>\n<p>three</p>\n<p># four</p>\n');
  });

  test.each(Object.keys(nasty))('a whole journal of %s has the headings it should have', (kind) => {
    const tokens = markdown.parse(toMarkdown(contentsOf(nasty[kind]?.answer ?? '')), {});
    const headings = tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag);
    expect(headings).toEqual(['h1', 'h2', 'h2', 'h3']);
  });
});

describe('the document', () => {
  test.each([
    ...Object.entries(nasty).map(([kind, { answer }]) => [kind, answer] as const),
    ['what XML does not take', 'a\u0001b\uFFFEc\uFFFFd\uD800'] as const,
    ['3,000 characters', `${'Čeština ﷺ 👩🏽‍💻 '.repeat(200)}`.slice(0, 3000)] as const,
  ])('of %s is whole XML that holds the text', async (_kind, text) => {
    const { xml, paragraphs } = readDocument(await toDocument(contentsOf(text)));
    expect(xml).not.toMatch(/[\p{Cc}--[\t\n\r]]|[\uFFFE\uFFFF]/v);
    expect(wellFormed(xml)).toBe(true);
    // Title and labels are ours, the rest is theirs; a run of spaces, an empty line and a control sign do not count.
    const all = seen(paragraphs.map((paragraph) => paragraph.text).join('\n'));
    expect(all.split(seen(text)).length).toBeGreaterThanOrEqual(seen(text) === '' ? 1 : 9);
    const headings = paragraphs.map(({ style }) => style).filter((style) => /^(Title|Heading)/.test(style));
    const labels = seen(text) === '' ? [] : ['Heading3', 'Heading3', 'Heading3'];
    expect(headings).toEqual([
      'Title',
      'Heading1',
      'Heading1',
      'Heading2',
      ...(labels.length > 0 ? labels : headings.slice(4)),
    ]);
  });

  test('any text at all makes whole XML', async () => {
    await fc.assert(
      fc.asyncProperty(realText, async (text) => {
        expect(wellFormed(readDocument(await toDocument(contentsOf(text))).xml)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('what is written from right to left stands so, and nothing else does', async () => {
    const { paragraphs } = readDocument(await toDocument(contentsOf('مرحبا بكم')));
    const found = paragraphs.filter(({ isRightToLeft }) => isRightToLeft).map(({ text }) => text);
    // The question, and the name, position, answer, action and how it went.
    expect(found).toEqual(Array.from({ length: 6 }, () => 'مرحبا بكم'));
    const welsh = readDocument(await toDocument(contentsOf('Siân')));
    expect(welsh.paragraphs.some(({ isRightToLeft }) => isRightToLeft)).toBe(false);
  });

  test('has what assistive technology needs: a language, a title, headings, and a header row', async () => {
    const { parts, xml } = readDocument(await toDocument(contentsOf('Text')));
    expect(strFromU8(parts['word/styles.xml'] ?? new Uint8Array())).toContain('<w:lang w:val="en-GB"');
    expect(strFromU8(parts['docProps/core.xml'] ?? new Uint8Array())).toContain(
      '<dc:title>Reflection journal</dc:title>',
    );
    expect(xml).toContain('<w:tblHeader/>');
  });

  const office = spawnSync('soffice', ['--version']);
  const absence = office.status === 0 ? '' : ' (skipped: no LibreOffice on PATH; apt-get install libreoffice-writer)';
  test.skipIf(office.status !== 0)(`opens in LibreOffice${absence}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    try {
      const text = Object.values(nasty)
        .map(({ answer }) => answer)
        .join('\n\n')
        .slice(0, 3000);
      writeFileSync(join(folder, 'journal.docx'), await toDocument(contentsOf(text)));
      spawnSync('soffice', [
        '--headless',
        '--convert-to',
        'txt:Text',
        '--outdir',
        folder,
        join(folder, 'journal.docx'),
      ]);
      expect(readFileSync(join(folder, 'journal.txt'), 'utf8')).toContain('Reflection journal');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** The tags close in the order in which they were opened, and every sign that must be written otherwise is. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml[^>]*\?>/, '');
  for (const [tag, closes, name = '', isEmpty] of rest.matchAll(/<(\/?)([\w:]+)(?:\s[\w:]+="[^"<]*")*\s*(\/?)>/g)) {
    if (closes === '/' && open.pop() !== name) return false;
    if (closes === '' && isEmpty === '') open.push(name);
    rest = rest.replace(tag, '');
  }
  return open.length === 0 && !/[<>]/.test(rest) && !/&(?!(lt|gt|amp|quot|apos|#\d+);)/.test(rest);
}

describe('a member’s files', () => {
  let stage: TestCore;
  let core: Core;
  let member: Member;

  beforeEach(async () => {
    stage = await openTestCore();
    core = stage.core;
    member = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  });
  afterEach(() => stage.close());

  async function writeTwo(): Promise<void> {
    const prompt = await write(core, member, { text: 'First answer', action: 'First action' });
    await ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'It went well' });
    stage.clock.set(new Date('2027-04-06T12:00Z'));
    await write(core, member, {
      text: 'Second answer',
      theme: 'managing-resources',
      framework: 'managerial-leadership',
    });
  }

  test('hold everything that they wrote, who they are and the time it is of, theme by theme', async () => {
    await writeTwo();
    const file = await journalMarkdown(core, member, everything);
    expect(file).toMatchObject({ name: 'reflection-journal-2027-04-06.md', type: 'text/markdown; charset=utf-8' });
    const text = readMarkdown(String(file?.body)).text;
    for (const part of [
      'Asha Rahman',
      'Director of Place, Leeds City Council',
      '2 March 2027 to 6 April 2027',
      'First answer',
      'First action',
      'It went well',
      'Second answer',
    ]) {
      expect(text).toContain(part);
    }
    const document = await journalDocument(core, member, everything);
    expect(document?.name).toBe('reflection-journal-2027-04-06.docx');
    if (document === undefined || typeof document.body === 'string') throw new Error('There is no document');
    const read = seen(
      readDocument(document.body)
        .paragraphs.map((paragraph) => paragraph.text)
        .join('\n'),
    );
    expect(read).toMatch(/First answer.*First action.*It went well.*Second answer/);
  });

  test('there are none of a journal with nothing in it, and none of others', async () => {
    expect(await journalMarkdown(core, member, everything)).toBeUndefined();
    expect(await journalDocument(core, member, everything)).toBeUndefined();
    const other = await addActive(core, { council: 'York' });
    const prompt = await write(core, other, { text: 'Not hers' });
    await ask(core, other, { kind: 'reflections.share', prompt, with: 'cohort' });
    expect(await journalMarkdown(core, member, everything)).toBeUndefined();
  });

  /** What the links of a page give, as text. */
  async function downloads(reply: Awaited<ReturnType<typeof ask>>): Promise<readonly string[]> {
    if (reply.kind !== 'page') throw new Error(`There is no page: ${textOf(reply)}`);
    const buttons = reply.page.cards.flatMap((card) => card.buttons);
    const links = buttons.flatMap((button) => (button.kind === 'opens' ? [button.url.split('/').at(-1) ?? ''] : []));
    const opened = await Promise.all(links.map(async (link) => await openDownload(core, link)));
    return opened.map((one) => {
      if (one.kind !== 'file') throw new Error(`The link gives no file: ${one.kind}`);
      const { body } = one.file;
      return typeof body === 'string'
        ? body
        : readDocument(body)
            .paragraphs.map(({ text }) => text)
            .join('\n');
    });
  }

  test('the journal’s links give both files', async () => {
    await writeTwo();
    const files = await downloads(await ask(core, member, { kind: 'reflections.journal' }));
    expect(files).toHaveLength(2);
    for (const file of files) expect(file).toMatch(/First answer.*Second answer/s);
  });

  test.each([
    [{ from: '2027-03-03' }, ['Second']],
    [{ until: '2027-03-02' }, ['First']],
    [{ from: '2027-03-02', until: '2027-04-06' }, ['First', 'Second']],
    [{ theme: 'chief-executives/good-governance' }, ['First']],
  ])('with %j chosen they hold that and no more', async (chosen, found) => {
    await writeTwo();
    const intent = { kind: 'reflections.document', from: '', until: '', theme: 'all', ...chosen } as const;
    const files = await downloads(await ask(core, member, intent));
    expect(files).toHaveLength(2);
    for (const file of files) {
      expect(['First', 'Second'].filter((word) => file.includes(`${word} answer`))).toEqual(found);
    }
  });

  test.each([
    [{ from: 'soon' }, 'from'],
    [{ until: '2027-02-30' }, 'until'],
    [{ from: '2027-03-02', until: '2027-03-01' }, 'until'],
    [{ from: '2028-01-01' }, 'theme'],
    [{ theme: 'chief-executives/nothing' }, 'theme'],
  ])('with %j chosen the form stays open', async (chosen, field) => {
    await writeTwo();
    const intent = { kind: 'reflections.document', from: '', until: '', theme: 'all', ...chosen } as const;
    expect(await ask(core, member, intent)).toMatchObject({ kind: 'invalid', problems: [{ field }] });
  });
});
