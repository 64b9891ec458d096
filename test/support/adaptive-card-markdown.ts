import markdownIt from 'markdown-it';

/** With everything on that a client's Markdown might know, more than Teams does. */
const markdown = markdownIt({ html: true });

export interface ReadText {
  /** What appears, its lines joined by '\n'. */
  readonly text: string;
  /** What it was taken for beside plain paragraphs: 'strong', 'link', 'bullet_list' and so on. */
  readonly formatting: readonly string[];
}

/** A text as a client reads it that takes it for Markdown. */
export function readMarkdown(source: string): ReadText {
  const tokens = markdown.parse(source, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const shown = tokens.filter(({ type }) => type !== 'inline');
  const text = shown.map(({ type, content }) => (isBreak(type) ? '\n' : content)).join('');
  const formatting = shown.map(({ type }) => type.replace(/_(?:open|close)$/, '')).filter((type) => !isPlain(type));
  return { text: text.trim(), formatting: [...new Set(formatting)] };
}

function isBreak(type: string): boolean {
  return type === 'softbreak' || type.endsWith('_close');
}

function isPlain(type: string): boolean {
  return ['paragraph', 'text', 'softbreak'].includes(type);
}
