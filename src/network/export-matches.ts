import type { HeldMatch } from '../matching/held.ts';
import type { MatchState, Outcome } from '../matching/model.ts';
import type { Everything } from './everything.ts';
import { at, type Entry, entry, type When } from './export-entry.ts';

/*
 * What an export says of whom a member was matched with, and of what they asked for.
 */

const states: Readonly<Record<MatchState, string>> = {
  open: '',
  dated: 'You have a date',
  met: 'You met',
  dropped: 'You could not meet, or asked for another match',
};

const outcomes: Readonly<Record<Outcome, string>> = {
  useful: 'We met, and it was useful',
  'not-useful': 'We met, and it was not useful',
  'not-met': 'We did not meet',
  'no-show': 'They did not come',
};

export function matches({ matches, leftOut }: Everything, when: When): readonly Entry[] {
  const none = leftOut.length === 0 ? [] : [entry('Rounds without a match', [['At', leftOut.map(when).join('; ')]])];
  return [...matches.map((held) => match(held, when)), ...none];
}

function match({ at: since, people, isErased, own }: HeldMatch, when: When): Entry {
  const gone = isErased ? 'Someone who has since been erased' : 'Someone who has left';
  return entry(`Your match of ${when(since)}`, [
    ['With', people.length === 0 ? gone : people.join('; ')],
    ['You said', states[own.state]],
    ['You suggested to meet at', at(own.suggestedAt, when)],
    ['You said yes to meeting at', at(own.saysYesTo, when)],
    ['You agreed to meet at', at(own.agreedAt, when)],
    ['Whether you met', own.outcome === null ? '' : outcomes[own.outcome]],
    ['You answered at', at(own.answeredAt, when)],
    ['It ended at', at(own.endedAt, when)],
  ]);
}

export function asked({ asked }: Everything, when: When): readonly Entry[] {
  const { wish, wishSaidAt, experiences, waitsSince, fixedAt } = asked;
  const one = (heading: string, ...pairs: readonly (readonly [string, string])[]) =>
    pairs.some(([, value]) => value !== '') ? [entry(heading, pairs)] : [];
  return [
    ...one(
      'What you asked for in the next round',
      ['Who you would like to meet', wishSaidAt === null ? '' : wish === '' ? 'Anybody who suits you' : wish],
      ['You said so at', at(wishSaidAt, when)],
    ),
    ...one('What others can ask you about', ['You have been through', experiences.join('; ')]),
    ...one('You wait for a match', ['Since', at(waitsSince, when)]),
    ...one('What conveners fixed for you in the next round', ['At', fixedAt.map(when).join('; ')]),
  ];
}
