const ellipsis = '…';

/**
 * The text, at most `max` UTF-16 code units long (as Slack and Teams count), never ending inside a character.
 *
 * @example cut('abcdef', 4) // 'abc…'
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, wholeEnd(text, Math.max(0, max - ellipsis.length))) + ellipsis;
}

/** `end`, or one before it where a text that ended there would end inside a character. */
export function wholeEnd(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return splitsPair ? end - 1 : end;
}
