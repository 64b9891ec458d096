import type { Form } from '../messages/form.ts';
import { question, writeValues } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import { together } from '../messages/together.ts';
import { dayWords } from '../time/words.ts';
import { type Programme, programmes } from './model.ts';
import { programmeNames } from './settings-words.ts';

export const problems = {
  some: 'Some answers need changing.',
  programmes: 'Choose at least one thing to pause.',
  until: 'Enter a date, such as 27 3 2027.',
  past: 'Choose a date after today.',
  far: 'Choose a date within a year from today.',
} as const;

const inSentence: Readonly<Record<Programme, string>> = {
  prompts: 'prompts to reflect on',
  matching: 'matches',
  conversations: 'news of conversations',
};

function listed(chosen: readonly Programme[]): string {
  return together(chosen.map((programme) => inSentence[programme]));
}

/** @param until `YYYY-MM-DD`: what stands in the field */
export function pauseForm(until: string): Form {
  const options = programmes.map((programme) => ({ value: programme, label: programmeNames[programme] }));
  return {
    heading: 'Pause messages',
    body: [
      paragraph('You keep your seats in conversations, and we still remind you of those.'),
      paragraph('If you pause matches, a match in which you have not met ends, and we tell the others.'),
      paragraph('We start again by ourselves, and tell you when we do.'),
    ],
    fields: [
      {
        ...question('programmes', 'What do you want to pause?', 'What you leave out stays as it is.'),
        kind: 'choices',
        options,
        value: writeValues(programmes),
      },
      {
        ...question('until', 'When do you want us to start again?', 'At most a year from today.'),
        kind: 'date',
        value: until,
      },
    ],
    submitLabel: 'Pause',
    completes: { kind: 'network.pause' },
    openedBy: { kind: 'network.open-pause' },
  };
}

export function paused(chosen: readonly Programme[], until: Date, zone: string): Message {
  const text = `We have paused ${listed(chosen)} until ${dayWords(until, zone)}.`;
  return {
    summary: text,
    heading: 'Paused',
    body: [paragraph(text)],
    buttons: [
      does('Start again now', { kind: 'network.resume' }),
      does('Change the pause', { kind: 'network.open-pause' }),
    ],
  };
}

/** After they asked for it. */
export function resumed(): Message {
  return on('Your messages are on again.');
}

/** After a pause has ended by itself. */
export function pauseEnded(ended: readonly Programme[]): Message {
  return on(`Your pause has ended. You get ${listed(ended)} again.`);
}

function on(text: string): Message {
  return {
    summary: text,
    heading: 'Messages are on',
    body: [paragraph(text)],
    buttons: [does('Pause', { kind: 'network.open-pause' })],
  };
}
