import { LIMIT, NEVER, type Problem } from './model.ts';

/** A whole number of at most LIMIT in size; sums of others would no longer fit into 32 bits. */
export function withinLimit(value: number, what: string): number {
  const whole = value | 0;
  if (whole === value && whole <= LIMIT && whole >= -LIMIT) return whole;
  throw new RangeError(`${what} is ${value}. Give whole numbers from ${-LIMIT} to ${LIMIT}: divide all scores alike.`);
}

/** Throws a RangeError where a problem’s lists do not fit together or its numbers are too large. */
export function checkProblem({ size, council, leave, score, apart }: Problem): void {
  const lists = { council, leave, ...(score.kind === 'profiles' ? { profileOf: score.profileOf } : {}) };
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== size) throw new RangeError(`${name} has ${list.length} entries for ${size} members.`);
  }
  for (const value of leave) withinLimit(value, 'A leave-out value');
  for (const [a, b] of apart) checkPair(size, a, b);
  if (score.kind === 'rows' && score.rows.length !== size * size)
    throw new RangeError(`There are ${score.rows.length} scores for ${size} rows of ${size}.`);
  if (score.kind !== 'profiles') return;
  for (const { a, b, change } of score.corrections) {
    checkPair(size, a, b);
    if (change !== NEVER) withinLimit(change, 'The correction of a pair');
  }
  if (score.profileOf.some((profile) => profile < 0 || profile >= score.profiles))
    throw new RangeError(`A member has a profile that is not one of the ${score.profiles}.`);
}

function checkPair(size: number, a: number, b: number): void {
  if (a === b || Math.min(a, b) < 0 || Math.max(a, b) >= size)
    throw new RangeError(`(${a}, ${b}) is not a pair of two of the ${size} members.`);
}
