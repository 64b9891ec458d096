import { randomInt } from 'node:crypto';

/** Without what looks like something else: B and 8, I and 1, L, O and 0, S and 5, Z and 2. No E or U, so that it is no word. */
const letters = 'ACDFGHJKMNPQRTVWXY34679';
const codeLength = 8;

/** How long a code works, in milliseconds. The words of the page say the same. */
export const codeMs = 10 * 60_000;

/** How many wrong codes an account may type within {@link wrongMs}. */
export const mostWrong = 5;
export const wrongMs = 3_600_000;

/** In two groups, as it is read out: 'ACDF-GHJK'. */
export function makeCode(): string {
  const drawn = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)] ?? '').join('');
  return `${drawn.slice(0, codeLength / 2)}-${drawn.slice(codeLength / 2)}`;
}

/** As we compare them: a person may type small letters, spaces, or no hyphen. */
export function bareCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
