import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { ShownCohort, Sitting } from './model.ts';
import { canDivide } from './sets/sizes.ts';

/** How many learning sets a page shows. Slack takes 100 blocks in a window. */
const setsShown = 20;

/** A learning set, as it is or as it would be. */
export interface ShownSet {
  readonly name: string;
  readonly people: readonly Sitting[];
}

/** @param loose those who sit in none */
export function learningSets(cohort: ShownCohort, sets: readonly ShownSet[], loose: readonly Sitting[]): Page {
  const none = sets.length === 0 ? 'This cohort has no learning sets yet.' : `This cohort has ${counted(sets.length)}.`;
  const rest = loose.length === 0 ? [] : [setCard({ name: 'In no learning set', people: loose })];
  return {
    heading: `Learning sets of ${cohort.name}`,
    body: [
      paragraph(
        `${none}${some(sets.length)} The roster can say who sits where. We can also divide the cohort for you.`,
      ),
    ],
    cards: [dividing(cohort), ...sets.slice(0, setsShown).map(setCard), ...rest],
  };
}

function counted(sets: number): string {
  return sets === 1 ? '1 learning set' : `${sets} learning sets`;
}

function some(sets: number): string {
  return sets > setsShown ? ` These are the first ${setsShown}.` : '';
}

function dividing(cohort: ShownCohort): Message {
  const text = 'You see who would sit where before anything changes.';
  return {
    summary: text,
    heading: 'Divide the cohort',
    body: [facts(['People', String(cohort.people)]), paragraph(text)],
    buttons: [
      ...(cohort.people === 0
        ? []
        : [does('Propose learning sets', { kind: 'convening.open-divide', cohort: cohort.id, seed: '1' }, 'main')]),
      does('Back to cohorts', { kind: 'convening.cohorts' }),
    ],
  };
}

function setCard({ name, people }: ShownSet): Message {
  const size = people.length === 1 ? '1 person' : `${people.length} people`;
  return {
    summary: `${name} has ${size}.`,
    heading: `${name}: ${size}`,
    body: [{ kind: 'list', items: people.map((one) => `${one.name}, ${one.council} (${one.level})`) }],
    buttons: [],
  };
}

/** What a division would be: nothing is changed until it is confirmed. */
export interface Division {
  readonly cohort: ShownCohort;
  readonly sets: readonly ShownSet[];
  readonly seed: string;
  /** What knows this very division again. */
  readonly shown: string;
}

export function division({ cohort, sets, seed, shown }: Division): Page {
  const people = sets.reduce((sum, set) => sum + set.people.length, 0);
  const odd = canDivide(people) ? [] : [paragraph(cannot(people))];
  const replaced = `The ${counted(cohort.sets)} of this cohort will be replaced.`;
  return {
    heading: `${cohort.name}, divided`,
    body: [
      paragraph(
        `This would make ${counted(sets.length)} of ${people} people. Nothing has changed yet.${some(sets.length)}`,
      ),
      ...odd,
    ],
    cards: [
      {
        summary: 'Confirm these learning sets, or see others.',
        heading: 'Use these learning sets?',
        body: [paragraph(cohort.sets === 0 ? 'Nobody is written to.' : `${replaced} Nobody is written to.`)],
        buttons: [
          does(
            'Use these',
            { kind: 'convening.divide', cohort: cohort.id, seed, shown },
            cohort.sets === 0 ? 'main' : 'warning',
          ),
          does('Propose others', { kind: 'convening.open-divide', cohort: cohort.id, seed: String(Number(seed) + 1) }),
          does('Keep it as it is', { kind: 'convening.learning-sets', cohort: cohort.id }),
        ],
      },
      ...sets.slice(0, setsShown).map(setCard),
    ],
  };
}

function cannot(people: number): string {
  return `${people} people cannot be divided into sets of 12 to 15. This is as near as it can be.`;
}

export function divided(cohort: ShownCohort, sets: number): Message {
  const text = `${cohort.name} has ${counted(sets)} now.`;
  return {
    summary: text,
    heading: 'Learning sets saved',
    body: [paragraph(text)],
    buttons: [does('See the learning sets', { kind: 'convening.learning-sets', cohort: cohort.id })],
  };
}
