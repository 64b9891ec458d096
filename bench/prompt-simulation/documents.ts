import type { Framework } from '../../src/framework/model.ts';
import type { Figures } from './figures.ts';
import { live, type Shown } from './life.ts';
import { type Person, personOf } from './people.ts';
import { leanPicture, lifePicture, stagesPicture } from './pictures.ts';
import { report } from './report.ts';
import { simulate } from './run.ts';
import { promptDays } from './weeks.ts';

export const members = 10_000;
/** Few enough for a test. */
export const sliceOf = 1_000;

/** The report and its pictures, by the names of their files. */
export function documents(
  all: Figures,
  slice: Figures,
  frameworks: readonly Framework[],
): Readonly<Record<string, string>> {
  const { person, shown } = example(frameworks);
  return {
    'simulation.md': report(all, slice, person, shown),
    'simulation-interests.svg': leanPicture(all),
    'simulation-stages.svg': stagesPicture(all),
    'simulation-member.svg': lifePicture(person, shown),
  };
}

export function simulateAll(frameworks: readonly Framework[]): Readonly<Record<string, string>> {
  return documents(simulate(members, frameworks), simulate(sliceOf, frameworks), frameworks);
}

/** The first chief executive with two interests who answers more than half: their themes have stages. */
export function example(frameworks: readonly Framework[]): {
  readonly person: Person;
  readonly shown: readonly Shown[];
} {
  for (let number = 1; number <= members; number += 1) {
    const person = personOf(number, frameworks);
    const { level, interests, answers, skips, swaps } = person;
    const tells = answers > 0.5 && answers < 0.75 && skips > 0.3 && swaps > 0.08 && swaps < 0.2;
    if (level === 'chief executive' && interests.length === 2 && tells)
      return { person, shown: live(person, promptDays(person.nation)) };
  }
  throw new Error('Nobody is an example');
}
