const ellipsis = '…';

/**
 * The text, at most `max` UTF-16 code units long (as Slack and Teams count), never ending inside a character.
 *
 * @example cut('abcdef', 4) // 'abc…'
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = Math.max(0, max - ellipsis.length);
  const last = text.charCodeAt(end - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  if (splitsPair) end -= 1;
  return text.slice(0, end) + ellipsis;
}
