import type { FileEntry, JournalContents } from './journal-contents.ts';
import { fileWords as words } from './journal-file-messages.ts';
import type { MapRow } from './journal-map-messages.ts';
import { cleanText, paragraphsOf } from './journal-text.ts';

/** A journal as Markdown, in the common part of it: https://spec.commonmark.org. Tables are written as lists. */
export function toMarkdown({ name, position, period, map, sections }: JournalContents): string {
  const blocks = [
    `# ${words.title}`,
    [name, position, period]
      .filter((line) => line !== '')
      .map(line)
      .join('  \n'),
    `## ${words.map}`,
    words.counts,
    map.map(mapLine).join('\n'),
    ...sections.flatMap(({ theme, entries }) => [`## ${line(theme)}`, ...entries.flatMap(entryBlocks)]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function mapLine({ theme, cells }: MapRow): string {
  const counts = cells.map(({ stage, answered }) => (stage === '' ? `${answered}` : `${line(stage)} ${answered}`));
  return `- ${line(theme)}: ${counts.join(', ')}`;
}

function entryBlocks({ stage, when, wording, answer, action, followUp }: FileEntry): readonly string[] {
  const title = [stage, when].filter((part) => part !== '').join(', ');
  return [
    `### ${line(title)}`,
    ...(wording === '' ? [] : [`**${words.prompt}:** ${line(wording)}`]),
    ...part(words.answer, answer),
    ...part(words.action, action),
    ...part(words.followUp, followUp),
  ];
}

function part(label: string, text: string): readonly string[] {
  return text === '' ? [] : [`**${label}**`, markdownText(text)];
}

/** Text by its paragraphs and lines, in which nothing is read as Markdown or HTML. */
export function markdownText(text: string): string {
  return paragraphsOf(text)
    .map((lines) => lines.map(line).join('  \n'))
    .join('\n\n');
}

/** Every sign that can mean something to Markdown, anywhere or at the start of a line, stands for itself. */
function line(text: string): string {
  return cleanText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (sign) => (plainSigns.has(sign) ? sign : `\\${sign}`))
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([+-])/, '\\$1');
}

/** Signs of ordinary writing, which mean nothing but where `line` sees to it. */
const plainSigns: ReadonlySet<string> = new Set([...`.,;:?!'"()/%+-@^`]);
