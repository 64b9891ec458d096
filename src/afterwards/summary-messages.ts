import { nameOf, type Shown } from '../conversations/messages.ts';
import { type Form, question } from '../messages/form.ts';
import { type Block, does, type Message, paragraph } from '../messages/message.ts';
import { titleOf } from './messages.ts';
import { hostDays, lengths } from './model.ts';

export const problems = {
  empty: 'Write what the conversation came to.',
  tooLong: `Write up to ${lengths.summary} characters.`,
  names: (found: string) =>
    `Take out “${found}”. It is a name of somebody who was there, or of their council. Say it in another way.`,
} as const;

export const chathamHouseWords =
  'It was under the Chatham House rule: you can use what was said, but not say who said it, or who was there.';

export function summaryForm(shown: Shown, written: string): Form {
  const { id, chathamHouse } = shown.conversation;
  return {
    heading: 'Write a summary',
    body: [
      paragraph(`${nameOf(shown)} is over. Those who came are told that there is a summary, once.`),
      paragraph('It also stands on the card of the conversation, where others can read it.'),
      paragraph('Leave out the names of people and of their councils.'),
      ...(chathamHouse ? [paragraph(chathamHouseWords)] : []),
    ],
    fields: [
      {
        ...question('text', 'What did it come to?', `You can change it for ${hostDays} days.`),
        kind: 'text',
        value: written,
        maxLength: lengths.summary,
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'afterwards.summary', conversation: id },
    openedBy: { kind: 'afterwards.open-summary', conversation: id },
  };
}

/** To the host; `told` counts those who are told because of it. */
export function summarySaved(shown: Shown, told: number, canReadShared: boolean): Message {
  const { id } = shown.conversation;
  const people = told === 1 ? 'the 1 person' : `the ${told} people`;
  const next = told === 0 ? 'Its card shows it as it is now.' : `We are sending it to ${people} who came.`;
  return {
    summary: `We have saved your summary. ${next}`,
    heading: 'Summary saved',
    body: [paragraph(next)],
    buttons: [
      does('Change it', { kind: 'afterwards.open-summary', conversation: id }),
      ...(canReadShared ? [does('See what people took away', { kind: 'afterwards.takeaways', conversation: id })] : []),
    ],
  };
}

/** To somebody who came. */
export function summary(shown: Shown, text: string): Message {
  const { id, chathamHouse } = shown.conversation;
  return {
    summary: `The host wrote a summary of ${titleOf(shown).replace(/^The/, 'the')}.`,
    heading: `Summary: ${shown.conversation.title === '' ? shown.themeName : shown.conversation.title}`,
    body: [...summaryBlocks(text), ...(chathamHouse ? [paragraph(chathamHouseWords)] : [])],
    buttons: [
      does('Write what you take away', { kind: 'afterwards.open-takeaway', conversation: id }),
      does('See what others took away', { kind: 'afterwards.takeaways', conversation: id }),
    ],
  };
}

/** As the card of a conversation shows it once it is over; nothing where there is none. */
export function summaryBlocks(text: string): readonly Block[] {
  return text === '' ? [] : [paragraph('What it came to, in the words of the host:'), { kind: 'quote', text }];
}
