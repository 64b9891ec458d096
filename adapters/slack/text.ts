import type { types } from '@slack/bolt';
import { cut, wholeEnd } from '../../src/messages/cut.ts';
import { words } from './words.ts';

/**
 * Text that Slack shows as it stands: no formatting, no links, no mentions, no emoji codes, so nothing a member types
 * needs escaping. Slack refuses an empty text, and its client cannot encode half a character.
 */
export function plain(text: string, max: number): types.PlainTextElement {
  const shown = text.trim() === '' ? words.blank : text.toWellFormed();
  return { type: 'plain_text', text: cut(shown, max), emoji: false };
}

/** The same on one line, for headings and buttons. */
export function plainLine(text: string, max: number): types.PlainTextElement {
  return plain(text.replace(/\s+/g, ' '), max);
}

/**
 * Escapes the three characters that Slack reads in a message's `text`, whatever else it holds:
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeText(text: string): string {
  return text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same, cut so that it is at most `max` long once it is escaped: that is what Slack counts. */
export function escapeWithin(text: string, max: number): string {
  const escaped = escapeText(text);
  if (escaped.length <= max) return escaped;
  let shown = '';
  for (const character of text.toWellFormed()) {
    const next = shown + escapeText(character);
    if (next.length >= max) break;
    shown = next;
  }
  return `${shown}…`;
}

/** What a person typed, as they typed it. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The text in parts of at most `max`, broken between lines or words where there are any. Nothing but blanks is lost. */
export function split(text: string, max: number): readonly string[] {
  const parts: string[] = [];
  let rest = text.toWellFormed().trim();
  while (rest.length > max) {
    const end = breakBefore(rest, max);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function breakBefore(text: string, max: number): number {
  const head = text.slice(0, max + 1);
  const blank = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
  if (blank > max / 2) return blank;
  return wholeEnd(text, max);
}
