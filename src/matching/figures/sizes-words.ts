import { together } from '../../messages/together.ts';

const names = [
  [2, 'pair', 'pairs'],
  [3, 'group of three', 'groups of three'],
  [4, 'group of four', 'groups of four'],
] as const;

/** @example sizesWords([2, 2, 3]) // '2 pairs and 1 group of three' */
export function sizesWords(sizes: readonly number[]): string {
  const parts = names.flatMap(([size, one, several]) => {
    const count = sizes.filter((other) => other === size).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`];
  });
  return together(parts);
}
