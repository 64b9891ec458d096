import fc from 'fast-check';

/*
 * JSON that is nearly what was expected.
 */

type Path = readonly (string | number)[];

/** Every place in a value, the value itself left out. */
export function pathsOf(value: unknown, base: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...base, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsOf(inner, path)];
  });
}

/** The value with what stands at the path replaced; left out where the replacement is `undefined`. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner, index) => (index === key ? replaced(inner, rest, by) : inner));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner]),
  );
}

/** Keys that an object has from its prototype: `JSON.parse` makes them its own. */
function prototypical(value: unknown): unknown {
  return Object.fromEntries(['__proto__', 'constructor', 'prototype', 'toString', 'then'].map((key) => [key, value]));
}

function deep(levels: number, inner: unknown): unknown {
  let value = inner;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const oddities: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1e300,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  'a\uDFFFb',
  '😀'.repeat(125),
  'ő'.repeat(500),
  'x'.repeat(5_000),
  'x'.repeat(60_000),
  '../../..',
  '%00%zz',
  '<at>x</at>',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59+14:00',
  [],
  [null],
  {},
  '{}',
  prototypical(null),
  prototypical({ isAdmin: true }),
  deep(50, 1),
  deep(3_000, 'x'),
];

/** One to three places of one of these values changed; `keep` names the first steps of what stays. */
export function nearly<T>(seeds: readonly T[], keep: readonly string[] = []): fc.Arbitrary<unknown> {
  return fc.constantFrom(...seeds).chain((seed) => {
    const places = pathsOf(seed).filter(([first]) => !keep.includes(String(first)));
    const change = fc.tuple(
      fc.constantFrom(...places),
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...oddities) }, { weight: 1, arbitrary: fc.jsonValue() }),
    );
    return fc
      .array(change, { minLength: 1, maxLength: 3 })
      .map((changes) => changes.reduce<unknown>((value, [path, by]) => replaced(value, path, by), seed));
  });
}
