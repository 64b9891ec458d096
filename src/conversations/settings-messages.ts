import { type Form, type Option, question } from '../messages/form.ts';
import { does, facts, type Message } from '../messages/message.ts';
import type { ConversationSettings } from './settings.ts';
import { choices, fewestRange } from './settings-rules.ts';

export const problems = {
  some: 'Some answers need changing.',
  choice: 'Choose from the list.',
  order: 'Choose a time that is nearer to the conversation than the first reminder.',
  fewest: `Enter a whole number from ${fewestRange.min} to ${fewestRange.max}.`,
} as const;

/** For conveners: how conversations run. */
export function settingsForm(settings: ConversationSettings): Form {
  const { needApproval, remindMinutes, offerHours, fewestPeople } = settings;
  return {
    heading: 'How conversations run',
    body: [],
    fields: [
      {
        ...question('approval', 'Does a convener read each conversation first?', 'We announce it once one says yes.'),
        kind: 'choice',
        options: [
          { value: 'no', label: 'No, hosts announce them' },
          { value: 'yes', label: 'Yes' },
        ],
        value: needApproval ? 'yes' : 'no',
      },
      choice('first', 'First reminder', choices.first, remindMinutes.first, beforeWords),
      choice(
        'second',
        'Second reminder',
        choices.second,
        remindMinutes.second,
        beforeWords,
        'Its host is told who is coming.',
      ),
      choice('last', 'Last reminder', choices.last, remindMinutes.last, beforeWords, 'Everyone with a seat gets it.'),
      choice(
        'offerHours',
        'How long a free seat is kept for the next person',
        choices.offerHours,
        offerHours,
        hoursWords,
      ),
      {
        ...question('fewest', 'Fewest people', 'With fewer two days before, we ask the host what to do.'),
        kind: 'number',
        ...fewestRange,
        value: String(fewestPeople),
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'conversations.settings' },
    openedBy: { kind: 'conversations.open-settings' },
  };
}

/** What holds now can be kept, whoever set it. */
function choice(
  name: string,
  label: string,
  offered: readonly number[],
  present: number,
  words: (value: number) => string,
  hint = '',
): Form['fields'][number] {
  const values = offered.includes(present) ? offered : [present, ...offered];
  const options: readonly Option[] = values.map((value) => ({ value: String(value), label: words(value) }));
  return { ...question(name, label, hint), kind: 'choice', options, value: String(present) };
}

/** @example beforeWords(1440) // '1 day before' */
function beforeWords(minutes: number): string {
  if (minutes === 0) return 'Never';
  if (minutes % 10_080 === 0) return `${counted(minutes / 10_080, 'week')} before`;
  if (minutes % 1_440 === 0) return `${counted(minutes / 1_440, 'day')} before`;
  return `${minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute')} before`;
}

function hoursWords(hours: number): string {
  return hours % 24 === 0 ? counted(hours / 24, 'day') : counted(hours, 'hour');
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

export function settingsSaved({
  needApproval,
  remindMinutes,
  offerHours,
  fewestPeople,
}: ConversationSettings): Message {
  return {
    summary: 'We have saved how conversations run.',
    heading: 'Saved',
    body: [
      facts(
        ['Read by a convener first', needApproval ? 'Yes' : 'No'],
        ['First reminder', beforeWords(remindMinutes.first)],
        ['Second reminder', beforeWords(remindMinutes.second)],
        ['Last reminder', beforeWords(remindMinutes.last)],
        ['A free seat is kept for', hoursWords(offerHours)],
        ['Fewest people', String(fewestPeople)],
      ),
    ],
    buttons: [does('Back to the conveners’ page', { kind: 'convening.console' })],
  };
}
