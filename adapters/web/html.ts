import { escapeHtml } from '../../src/messages/escape.ts';

const finished = Symbol('finished markup');

/** Markup that is safe to send: only {@link html} makes it, and it escapes whatever is not markup already. */
export interface Html {
  readonly [finished]: string;
}

export type Part = Html | string | number | readonly Part[];

/**
 * Markup with values in it. Text is escaped for element content and for quoted attributes: write every attribute
 * with quotes, and never put a value into a script, a style, or the name of a tag or attribute.
 *
 * @example markupOf(html`<p title="${'"'}">${'<b>'}</p>`) // '<p title="&quot;">&lt;b&gt;</p>'
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = strings.map((string, index) => string + write(parts[index] ?? ''));
  return { [finished]: written.join('') };
}

export const nothing: Html = { [finished]: '' };

export function markupOf(markup: Html): string {
  return markup[finished];
}

function write(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if (finished in part) return part[finished];
  return part.map(write).join('');
}
