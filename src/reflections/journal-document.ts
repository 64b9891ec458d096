import type { ISectionOptions, IStylesOptions, Paragraph, Table } from 'docx';
import type { FileEntry, JournalContents } from './journal-contents.ts';
import { fileWords as words } from './journal-file-messages.ts';
import type { MapRow } from './journal-map-messages.ts';
import { cleanText, paragraphsOf } from './journal-text.ts';

/** Loaded when first asked for: it is large, and most processes never make a document. */
const load = async () => await import('docx');
type Docx = Awaited<ReturnType<typeof load>>;

/** A journal as a Word document (ECMA-376), with headings, a table and a language that assistive technology can use. */
export async function toDocument(contents: JournalContents): Promise<Buffer> {
  const docx = await load();
  const name = cleanText(contents.name);
  const document = new docx.Document({
    title: words.title,
    description: '',
    creator: name,
    lastModifiedBy: name,
    styles,
    sections: [section(docx, contents)],
  });
  return await docx.Packer.toBuffer(document);
}

/** Sizes are in half points, spaces in twentieths of a point. */
const styles: IStylesOptions = {
  default: {
    document: {
      run: { font: 'Arial', size: 22, language: { value: 'en-GB' } },
      paragraph: { spacing: { after: 120 } },
    },
    title: { run: { size: 44, bold: true }, paragraph: { spacing: { after: 120 } } },
    heading1: { run: { size: 32, bold: true }, paragraph: { spacing: { before: 360, after: 120 }, keepNext: true } },
    heading2: { run: { size: 26, bold: true }, paragraph: { spacing: { before: 280, after: 80 }, keepNext: true } },
    heading3: { run: { size: 22, bold: true }, paragraph: { spacing: { before: 160, after: 40 }, keepNext: true } },
  },
};

/** A4, in twentieths of a point. */
const page = { size: { width: 11_906, height: 16_838 } } as const;

function section(docx: Docx, { name, position, period, map, sections }: JournalContents): ISectionOptions {
  const heading = (text: string, level: 'TITLE' | 'HEADING_1') =>
    new docx.Paragraph({ text: lineOf(text), heading: docx.HeadingLevel[level] });
  const numbers = new docx.TextRun({ children: [docx.PageNumber.CURRENT], size: 18 });
  const footer = new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, children: [numbers] });
  return {
    properties: { page },
    footers: { default: new docx.Footer({ children: [footer] }) },
    children: [
      heading(words.title, 'TITLE'),
      ...[name, position, period].filter((text) => text !== '').flatMap((text) => written(docx, text)),
      heading(words.map, 'HEADING_1'),
      ...written(docx, words.counts),
      ...tablesOf(docx, map),
      ...sections.flatMap(({ theme, entries }) => [
        heading(theme, 'HEADING_1'),
        ...entries.flatMap((entry) => entryOf(docx, entry)),
      ]),
    ],
  };
}

function entryOf(docx: Docx, { stage, when, wording, answer, action, followUp }: FileEntry): readonly Paragraph[] {
  const title = [stage, when].filter((part) => part !== '').join(', ');
  return [
    new docx.Paragraph({ text: lineOf(title), heading: docx.HeadingLevel.HEADING_2 }),
    ...(wording === '' ? [] : [asked(docx, wording)]),
    ...part(docx, words.answer, answer),
    ...part(docx, words.action, action),
    ...part(docx, words.followUp, followUp),
  ];
}

function asked(docx: Docx, wording: string): Paragraph {
  const question = new docx.TextRun({ text: lineOf(wording), italics: true });
  return new docx.Paragraph({ children: [question], keepNext: true, bidirectional: isRightToLeft(wording) });
}

function part(docx: Docx, label: string, text: string): readonly Paragraph[] {
  if (text === '') return [];
  return [new docx.Paragraph({ text: label, heading: docx.HeadingLevel.HEADING_3 }), ...written(docx, text)];
}

/** What somebody wrote, by its paragraphs and lines. */
function written(docx: Docx, text: string): readonly Paragraph[] {
  return paragraphsOf(text).map((lines) => {
    const bidirectional = isRightToLeft(lines.join(' '));
    const children = lines.map(
      (line, index) => new docx.TextRun({ text: line, break: index === 0 ? 0 : 1, rightToLeft: bidirectional }),
    );
    return new docx.Paragraph({ children, bidirectional });
  });
}

/** One table for each framework: stages differ. Its first row is repeated on every page. */
function tablesOf(docx: Docx, map: readonly MapRow[]): readonly (Table | Paragraph)[] {
  const kinds = new Map(map.map((row) => [stagesOf(row).join('\n'), stagesOf(row)]));
  return [...kinds].flatMap(([kind, stages]) => {
    const rows = map.filter((row) => stagesOf(row).join('\n') === kind);
    const table = new docx.Table({
      width: { size: 100, type: docx.WidthType.PERCENTAGE },
      rows: [
        rowOf(docx, [words.theme, ...stages], true),
        ...rows.map(({ theme, cells }) => rowOf(docx, [theme, ...cells.map(({ answered }) => `${answered}`)], false)),
      ],
    });
    // Word joins two tables that touch.
    return [table, new docx.Paragraph({})];
  });
}

function stagesOf({ cells }: MapRow): readonly string[] {
  return cells.map(({ stage }) => (stage === '' ? words.answered : stage));
}

function rowOf(docx: Docx, texts: readonly string[], isHeader: boolean) {
  const margins = { top: 60, bottom: 60, left: 100, right: 100 };
  return new docx.TableRow({
    tableHeader: isHeader,
    cantSplit: true,
    children: texts.map((text) => {
      const run = new docx.TextRun({ text: lineOf(text), bold: isHeader });
      return new docx.TableCell({
        margins,
        children: [new docx.Paragraph({ children: [run], spacing: { after: 0 } })],
      });
    }),
  });
}

function lineOf(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** True where the first letter is of a script that is written from right to left. */
function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter);
}
