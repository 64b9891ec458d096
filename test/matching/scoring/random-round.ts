import fc from 'fast-check';
import { type Candidate, type PastMatch, RoundInput, Weights } from '../../../src/matching/scoring/model.ts';

const theme = fc.constantFrom('f/a', 'f/b', 'f/c', 'f/d');
const experience = fc.constantFrom('merger', 'intervention');

const wish = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  fc.constant({ kind: 'new-to-role' as const }),
  experience.map((one) => ({ kind: 'experience' as const, experience: one })),
  theme.map((one) => ({ kind: 'theme' as const, theme: one })),
);

const day = fc
  .tuple(fc.nat({ max: 6 }), fc.constantFrom(0, 480, 540, 720), fc.constantFrom(60, 240, 480))
  .map(([weekday, from, length]): readonly [number, number] => [weekday * 1440 + from, weekday * 1440 + from + length]);

/** Somebody of one of a few councils; `wantsGroup` as often as asked. */
function candidate(id: string, councils: number): fc.Arbitrary<Candidate> {
  return fc.record({
    id: fc.constant(id),
    council: fc.nat({ max: councils - 1 }).map((council) => `council-${council}`),
    level: fc.constantFrom('manager', 'director', 'chief executive'),
    cohort: fc.constantFrom('', 'one', 'two'),
    nation: fc.constantFrom('', 'England', 'Wales'),
    region: fc.constantFrom('', 'north', 'south'),
    themes: fc.uniqueArray(theme, { maxLength: 3 }),
    stages: fc.dictionary(theme, fc.constantFrom(0, 1, 2), { noNullPrototype: true }),
    experiences: fc.uniqueArray(experience),
    isNewToRole: fc.boolean(),
    hours: fc.array(day, { maxLength: 4 }),
    wish,
    wantsGroup: fc.boolean(),
    leftOut: fc.constantFrom(0, 0, 0, 1, 2),
    owed: fc.constantFrom(0, 0, 1, 2),
  });
}

const weights: fc.Arbitrary<Weights> = fc
  .record(
    Object.fromEntries(
      ['themes', 'stages', 'hours', 'level', 'cohort', 'wishes', 'repeats'].map((name) => [name, fc.nat({ max: 10 })]),
    ),
  )
  .chain((some) =>
    fc
      .record({ place: fc.integer({ min: -10, max: 10 }), coolDownRounds: fc.nat({ max: 6 }) })
      .map((others) => Weights.parse({ ...some, ...others })),
  );

function idOf(at: number): string {
  return `member-${String(at).padStart(3, '0')}`;
}

export interface Drawn {
  readonly least?: number;
  readonly most: number;
  readonly councils?: number;
  readonly groupSizes?: readonly (2 | 3 | 4)[];
  /** Up to so many, as a share of the members. */
  readonly apart?: number;
  readonly past?: number;
  readonly wantsGroup?: boolean;
}

/** What a round could be made from, with ids in no particular order. Nothing is fixed in it. */
export function randomRound(drawn: Drawn): fc.Arbitrary<RoundInput> {
  const { least = 0, most, councils = 5, groupSizes = [2], apart = 0.3, past = 2, wantsGroup = true } = drawn;
  return fc.integer({ min: least, max: most }).chain((size) => {
    const ids = Array.from({ length: size }, (_, at) => idOf(at));
    const one = fc.constantFrom(idOf(0), ...ids);
    const two = fc.tuple(one, one).filter(([a, b]) => a !== b);
    const some = <T>(each: fc.Arbitrary<T>, share: number) =>
      size < 2 ? fc.constant([]) : fc.array(each, { maxLength: Math.floor(share * size) });
    const match = fc
      .record({ pair: two, roundsAgo: fc.integer({ min: 1, max: 9 }), outcome: outcomes })
      .map(({ pair: [a, b], roundsAgo, outcome }): PastMatch => ({ a, b, roundsAgo, outcome }));
    return fc
      .record({
        number: fc.integer({ min: 1, max: 99 }),
        groupSize: fc.constantFrom(...groupSizes),
        weights,
        members: fc
          .tuple(...ids.map((id) => candidate(id, councils)))
          .chain((all) => fc.shuffledSubarray(all, { minLength: size, maxLength: size })),
        past: some(match, past),
        apart: some(two, apart),
        councilsApart: fc.constantFrom([], [], [['council-0', 'council-1']]),
      })
      .map((input) => RoundInput.parse({ version: 1, ...input }))
      .map((input) => (wantsGroup ? input : withoutGroups(input)));
  });
}

const outcomes = fc.constantFrom('useful', 'not-useful', 'not-met', 'unknown');

function withoutGroups(input: RoundInput): RoundInput {
  return { ...input, members: input.members.map((member) => ({ ...member, wantsGroup: false })) };
}
