import { nameKey } from '../network/comparing.ts';

/** Words that many councils' names share, and which say nothing of the place. */
const common = new Set(
  [
    'council',
    'city',
    'borough',
    'county',
    'district',
    'metropolitan',
    'unitary',
    'london',
    'royal',
    'the',
    'of',
  ].concat(['combined', 'authority', 'cyngor', 'sir', 'bwrdeistref', 'dinas', 'sirol']),
);

/** How alike two names must be to be offered for each other, from 0 to 1. */
const alike = 0.5;
const offered = 3;

/** The names nearest to what was typed, the nearest first; none when nothing is near. */
export function closeNames(typed: string, known: readonly string[]): readonly string[] {
  const place = placeOf(typed);
  return known
    .map((name) => ({ name, likeness: likeness(place, placeOf(name)) }))
    .filter((one) => one.likeness >= alike)
    .toSorted((a, b) => b.likeness - a.likeness || a.name.localeCompare(b.name, 'en-GB'))
    .slice(0, offered)
    .map(({ name }) => name);
}

function placeOf(name: string): string {
  const words = nameKey(name).split(' ');
  const own = words.filter((word) => !common.has(word));
  return (own.length === 0 ? words : own).join(' ');
}

/** The share of letter pairs that two texts have in common (Sørensen and Dice). */
function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const pairs = pairsOf(one);
  const left = pairsOf(other);
  const total = pairs.length + left.length;
  if (total === 0) return 0;
  let common = 0;
  for (const pair of pairs) {
    const at = left.indexOf(pair);
    if (at === -1) continue;
    left.splice(at, 1);
    common += 1;
  }
  return (2 * common) / total;
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}
