import { cut } from '../../src/messages/cut.ts';
import { words } from './words.ts';

/** What Markdown reads anywhere in a line, and the brackets of a mention (`<at>`). */
const anywhere = /[\\`*_[\]<>~|]/g;
/** What makes a line a heading, a list or a quotation when it stands first. */
const bullet = /^(\s*)([-+#=])/gm;
const numbered = /^(\s*\d+)([.)])/gm;
/** Control characters other than a new line and a tab: nobody types them, and each is six characters of JSON. */
const invisible = /[^\P{Cc}\n\t]/gu;

/**
 * Text for a text block or a fact, which Teams reads as Markdown: everything in it is shown as it stands.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
 */
export function plain(text: string, max: number): string {
  const escaped = wellFormed(text, max).replace(anywhere, '\\$&').replace(bullet, '$1\\$2').replace(numbered, '$1\\$2');
  // One line break alone is lost: two make a new line.
  return escaped.replace(/\n+/g, '\n\n');
}

/** The same on one line. */
export function plainLine(text: string, max: number): string {
  return plain(oneLine(text), max);
}

/** One line where Teams reads no Markdown: a label, a button, a title. */
export function label(text: string, max: number): string {
  return wellFormed(oneLine(text), max);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function wellFormed(text: string, max: number): string {
  const shown = cut(text.toWellFormed().replace(/\r\n?/g, '\n').replace(invisible, ''), max);
  return shown.trim() === '' ? words.blank : shown;
}
