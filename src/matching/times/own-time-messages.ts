import { type Form, question } from '../../messages/form.ts';
import { paragraph } from '../../messages/message.ts';
import { zoneLabel } from '../../network/zones.ts';
import { momentWords } from '../../time/words.ts';
import { othersWords, untilAgreed } from './messages.ts';
import { mostDaysAhead } from './rules.ts';

export const problems = {
  some: 'Some answers need changing.',
  date: 'Enter a real date, such as 31 March 2027.',
  time: 'Enter a time, such as 10:00.',
  clocks: 'Clocks change that night, so this time comes twice or never. Enter another time.',
  past: 'Enter a date and time in the future.',
  far: `Enter a date in the next ${mostDaysAhead / 7} weeks.`,
  round: 'Enter a date and time before the next round of matches.',
} as const;

/** What a time is suggested for. */
export interface OwnTimeStart {
  readonly matchId: string;
  /** Of the others. */
  readonly names: readonly string[];
  /** The time that they have agreed on, which another is to take the place of. */
  readonly instead: Date | undefined;
  /** When the next one is; `undefined` where none is planned. */
  readonly round: Date | undefined;
}

export function ownTimeForm({ matchId, names, instead, round }: OwnTimeStart, zone: string): Form {
  const agreed = names.length > 1 ? 'everybody says yes' : 'they say yes';
  const asks = `We ask ${othersWords(names)} about half an hour at that time. It is agreed once ${agreed}.`;
  const stands = instead === undefined ? [] : [paragraph(untilAgreed(instead, names, zone))];
  return {
    heading: instead === undefined ? 'Suggest a time' : 'Suggest another time',
    body: [paragraph(asks), ...stands],
    fields: [
      { ...question('date', 'Date', round === undefined ? '' : `Before ${momentWords(round, zone)}.`), kind: 'date' },
      { ...question('time', 'Start time', `On your clock: ${zoneLabel(zone)}.`), kind: 'time' },
    ],
    submitLabel: 'Suggest this time',
    completes: { kind: 'matching.own-time', match: matchId },
    openedBy: { kind: 'matching.open-own-time', match: matchId },
  };
}
