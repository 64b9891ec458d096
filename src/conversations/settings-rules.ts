import { isIn, wholeNumber } from '../messages/answers.ts';
import type { ConversationSettings } from './settings.ts';

/** What a convener may choose from: minutes before it begins, 0 for never; and hours. The last reminder has the link. */
export const choices = {
  first: [0, 20_160, 10_080, 4_320],
  second: [0, 2_880, 1_440, 240],
  last: [60, 30, 15, 10, 5],
  offerHours: [2, 6, 12, 24, 48, 72],
} as const;

/** No conversation has more than 15 seats. */
export const fewestRange = { min: 1, max: 15 } as const;

export type SettingsAnswers = Readonly<
  Record<'approval' | 'first' | 'second' | 'last' | 'offerHours' | 'fewest', string>
>;

/** An answer that is none of those offered, or a reminder that would come before the one before it. */
export type Mistake =
  | { readonly field: keyof SettingsAnswers; readonly wrong: 'choice' | 'fewest' }
  | { readonly field: 'second' | 'last'; readonly wrong: 'order' };

/** @param present what holds now, which can be kept, whoever set it */
export function readSettings(
  answers: SettingsAnswers,
  present: ConversationSettings,
): ConversationSettings | readonly Mistake[] {
  const read = {
    first: Number(answers.first),
    second: Number(answers.second),
    last: Number(answers.last),
    offerHours: Number(answers.offerHours),
  };
  const now = { ...present.remindMinutes, offerHours: present.offerHours };
  const fields = ['first', 'second', 'last', 'offerHours'] as const;
  const isOffered = (field: (typeof fields)[number]) =>
    answers[field] !== '' && [...choices[field], now[field]].includes(read[field]);
  const fewestPeople = wholeNumber(answers.fewest);
  const mistakes: readonly Mistake[] = [
    ...(['yes', 'no'].includes(answers.approval) ? [] : [{ field: 'approval', wrong: 'choice' } as const]),
    ...fields.filter((field) => !isOffered(field)).map((field) => ({ field, wrong: 'choice' }) as const),
    ...(isIn(fewestPeople, fewestRange) ? [] : [{ field: 'fewest', wrong: 'fewest' } as const]),
  ];
  if (mistakes.length > 0) return mistakes;
  const { offerHours, ...remindMinutes } = read;
  const order = orderMistake(remindMinutes);
  if (order !== undefined) return [order];
  return { needApproval: answers.approval === 'yes', remindMinutes, offerHours, fewestPeople };
}

function orderMistake({ first, second, last }: ConversationSettings['remindMinutes']): Mistake | undefined {
  if (first !== 0 && second !== 0 && second >= first) return { field: 'second', wrong: 'order' };
  const before = second === 0 ? first : second;
  return before !== 0 && last >= before ? { field: 'last', wrong: 'order' } : undefined;
}
