/**
 * Text that any program can open: whole characters, and of those that cannot be seen only the ends of lines and tabs.
 * XML takes no others: https://www.w3.org/TR/xml/#charsets
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[\p{Cc}--[\t\n]]|[\uFFFE\uFFFF]/gv, '');
}

/** The lines of each paragraph: a paragraph ends where a line is empty. */
export function paragraphsOf(text: string): readonly (readonly string[])[] {
  return cleanText(text)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0);
}
