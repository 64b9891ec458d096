/** True for the same name, however it is spaced, accented or capitalised; false for what has no letters. */
export function isSameName(one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)];
  return a === b && /\p{L}/u.test(a);
}

function fold(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
}
