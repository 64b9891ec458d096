import { together } from '../../messages/together.ts';
import type { Wish } from '../scoring/model.ts';
import type { Reason } from '../scoring/reasons.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

/** A reason with the names that it is told by. */
export type PlainReason =
  | { readonly kind: 'themes'; readonly themes: readonly string[] }
  /** Not who is further: that is for each of them to tell. */
  | { readonly kind: 'stages'; readonly theme: string }
  | {
      readonly kind: 'wish';
      readonly asker: Person;
      /** As it stands after "asked for". */
      readonly who: string;
      readonly wish: Wish['kind'];
      /** Those who are whom the asker asked for. */
      readonly whom: readonly Person[];
    }
  | Exclude<Reason, { readonly kind: 'themes' | 'stages' | 'wish' }>;

/** Who reads it: one of them, by id; all of them at once; or a convener. */
export type Reader = { readonly is: 'one'; readonly id: string } | { readonly is: 'all' } | { readonly is: 'convener' };

/** How many of several are told: the first of them weigh most. */
const mostThemes = 3;
const mostReasons = 4;

/**
 * Each in one sentence, as many as can be taken in.
 *
 * @param size how many people there are in the match
 */
export function reasonWords(reasons: readonly PlainReason[], size: number, reader: Reader): readonly string[] {
  return reasons.slice(0, mostReasons).map((reason) => sentence(reason, size, reader));
}

function sentence(reason: PlainReason, size: number, reader: Reader): string {
  const isPair = size === 2;
  const [they, their, theyAgain] = reader.is === 'convener' ? ['They', 'Their', 'they'] : ['You', 'Your', 'you'];
  switch (reason.kind) {
    case 'wish':
      return wishSentence(reason, reader);
    case 'themes': {
      const names = reason.themes.slice(0, mostThemes).map((theme) => `“${theme}”`);
      return `${they} are ${isPair ? 'both' : 'all'} interested in ${together(names)}.`;
    }
    case 'stages': {
      const two = reader.is === 'convener' ? 'Two of them' : 'Two of you';
      const learn = isPair ? `, so ${theyAgain} can learn from each other` : '';
      return `${isPair ? they : two} are at different stages with “${reason.theme}”${learn}.`;
    }
    case 'hours':
      return `${they} work at the same times for ${hoursWords(reason.minutes)} a week.`;
    case 'level':
      return `${they} lead at the same level.`;
    case 'place':
      return `${their} councils are in ${places[reason.is]}.`;
    case 'cohort':
      return `${they} are from different cohorts.`;
    case 'new-to-each-other':
      return isPair
        ? `${they} have not been matched before.`
        : `No two of ${reader.is === 'convener' ? 'them' : 'you'} have been matched before.`;
  }
}

const places = {
  'same-region': 'the same region',
  'same-nation': 'the same nation',
  'other-region': 'different regions',
  'other-nation': 'different nations',
} as const;

/** "less than an hour", "about 1 hour", "about 30 hours". */
function hoursWords(minutes: number): string {
  const hours = Math.round(minutes / 60);
  if (hours === 0) return 'less than an hour';
  return `about ${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

function wishSentence({ asker, who, wish, whom }: Extract<PlainReason, { kind: 'wish' }>, reader: Reader): string {
  const does =
    wish === 'experience' ? { you: 'have', one: 'has', many: 'have' } : { you: 'are', one: 'is', many: 'are' };
  const isAsker = reader.is === 'one' && reader.id === asker.id;
  const isReader = (person: Person) => reader.is === 'one' && person.id === reader.id;
  const asked = `${isAsker ? 'You' : asker.name} asked for ${who}`;
  if (whom.some(isReader)) return `${asked}, and you ${does.you}.`;
  if (whom.length === 0) return `${asked}.`;
  const names = together(whom.map(({ name }) => name));
  return `${asked}, and ${names} ${whom.length === 1 ? does.one : does.many}.`;
}
