/**
 * Text that may be anything (ids of a file, names) as a terminal can show it: characters that would move its cursor, change
 * its colours or turn its writing round stand as their numbers. A line of JSON stays the same JSON.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
