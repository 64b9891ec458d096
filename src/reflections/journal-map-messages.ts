import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';

/** How often a member was asked about one stage of a theme, and answered. */
export interface MapCell {
  /** '' where the framework has no stages. */
  readonly stage: string;
  readonly asked: number;
  readonly answered: number;
}

export interface MapRow {
  readonly key: string;
  readonly theme: string;
  readonly cells: readonly MapCell[];
}

/** Where a member has reflected. It counts, and marks nothing: there is no full score to reach. */
export function mapPage(rows: readonly MapRow[]): Page {
  const empty = 'You have not had a prompt yet. When you have, you see here which themes it was about.';
  const told = 'This shows which themes and stages your prompts were about. It is not a score.';
  return {
    heading: 'Your map',
    body: [paragraph(rows.length === 0 ? empty : told)],
    cards: rows.map(mapCard),
  };
}

function mapCard({ key, theme, cells }: MapRow): Message {
  const answered = cells.reduce((sum, cell) => sum + cell.answered, 0);
  return {
    summary: answered === 0 ? `${theme}: nothing answered yet.` : `${theme}: you have answered ${times(answered)}.`,
    heading: theme,
    body: [facts(...cells.map((cell) => [cell.stage === '' ? 'Prompts' : cell.stage, cellWords(cell)] as const))],
    buttons:
      answered === 0
        ? []
        : [does('Read what you wrote', { kind: 'reflections.journal-part', by: 'theme', part: key, from: 0 })],
  };
}

/** What stands in a cell, in any form of the map. */
function cellWords({ asked, answered }: MapCell): string {
  if (asked === 0) return 'Not asked yet';
  return `Asked ${times(asked)}, ${answered === 0 ? 'not answered yet' : `answered ${times(answered)}`}`;
}

function times(count: number): string {
  const words: Readonly<Record<number, string>> = { 1: 'once', 2: 'twice' };
  return words[count] ?? `${count} times`;
}
