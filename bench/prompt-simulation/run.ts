import type { Framework } from '../../src/framework/model.ts';
import { nations } from '../../src/time/bank-holidays.ts';
import { count, type Figures, noFigures } from './figures.ts';
import { live } from './life.ts';
import { personOf } from './people.ts';
import { promptDays } from './weeks.ts';

/** Two years of so many members, the first of them always the same. */
export function simulate(members: number, frameworks: readonly Framework[]): Figures {
  const days = new Map(nations.map((nation) => [nation, promptDays(nation)]));
  const figures = noFigures();
  for (let number = 1; number <= members; number += 1) {
    const person = personOf(number, frameworks);
    count(figures, person, live(person, days.get(person.nation) ?? []));
  }
  return figures;
}
