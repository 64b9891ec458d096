import { cut } from '../../src/messages/cut.ts';
import { words } from './words.ts';

/** What Markdown reads anywhere in a line, and the bracket of a tag or a mention (`<at>`). */
const anywhere = /[\\`*[<~]/g;
/** Between two letters Markdown leaves it alone, and so must we: it stands in email addresses that people copy. */
const underscore = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** `&amp;` would be shown as `&`. */
const entity = /&(?=#?[\p{L}\p{N}]+;)/gu;
/** Two of them begin a date that a client writes in its own way: `{{DATE(2027-03-01T09:00:00Z)}}`. */
const brace = /(?<=\{)\{/g;
/** What makes a line a heading, a list, a rule or a quotation when it stands first. */
const bullet = /^(?:[-+](?=[-+\s]|$)|#(?=[#\s]|$)|>)/;
const numbered = /^(\d+)([.)])(?=\s|$)/;
/** Control characters other than a new line and a tab: nobody types them, and each is six characters of JSON. */
const invisible = /[^\P{Cc}\n\t]/gu;
/** Nothing in it that anybody could see. */
const blank = /^[\s\p{Cf}]*$/u;

/**
 * One line for a text that Teams reads as Markdown: everything in it is shown as it stands. No more is escaped than
 * must be, because the clients on phones show some of the backslashes.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
 *
 * @param max in UTF-16 code units, before it is escaped
 */
export function markdownLine(text: string, max: number): string {
  return escaped(shown(oneLine(text), max));
}

function escaped(line: string): string {
  return line
    .replace(anywhere, '\\$&')
    .replace(underscore, '\\_')
    .replace(entity, '\\&')
    .replace(brace, '\\{')
    .replace(bullet, '\\$&')
    .replace(numbered, '$1\\$2');
}

/** Would Teams show something else than this where it reads Markdown? There a single line break is lost, too. */
export function isMarkdown(text: string): boolean {
  return text.includes('\n') || escaped(text) !== text;
}

/** One line where Teams reads no Markdown: a label, a button, a title. */
export function label(text: string, max: number): string {
  return withoutDates(shown(oneLine(text), max));
}

/** The same with its lines kept. */
export function lines(text: string, max: number): string {
  return withoutDates(shown(text, max));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A date that a client would write in its own way, kept as it was typed but for a space: here nothing can be escaped. */
function withoutDates(text: string): string {
  return text.replace(/\{\{(?=DATE\(|TIME\()/g, '{ {');
}

function shown(text: string, max: number): string {
  const whole = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(invisible, '');
  return blank.test(whole) ? words.blank : cut(whole.trim(), max);
}
