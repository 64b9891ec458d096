import { nameOf, type Shown } from '../conversations/messages.ts';
import { type Form, question, writeValues } from '../messages/form.ts';
import { type Button, does, type Message, paragraph } from '../messages/message.ts';
import { type Attendee, hostDays } from './model.ts';

export const refusals = {
  notHost: 'Only the host of a conversation can do that.',
  notThere: 'We could not find that conversation. It may have been deleted since.',
  notOver: 'That conversation is not over yet. Try again once it has ended.',
  cancelled: 'That conversation was cancelled, so nobody came to it.',
  nobody: 'Nobody had a seat in that conversation.',
  tooLate: `You can change this for ${hostDays} days after a conversation. That time has passed.`,
} as const;

const namesHidden = 'You came here by a link in an email, so we do not show names. Sign in to see them.';

/** What a host can do once a conversation is over. */
export interface Ended extends Shown {
  /** Whether its host is a member, who can host another. */
  readonly canHostAgain: boolean;
}

/** Such as “Making room”; by its theme once its host, and their words, are gone. */
export function titleOf({ conversation, themeName }: Shown): string {
  return conversation.title === '' ? `The conversation on ${themeName}` : `“${conversation.title}”`;
}

/** To the host, once it is over. */
export function askWhoCame(ended: Ended): Message {
  const summary = `${titleOf(ended)} is over. Tell us who came.`;
  return {
    summary,
    heading: 'Who came?',
    body: [
      paragraph(summary),
      paragraph('We then ask each of them for one thing they take away. Only they can read it, unless they share it.'),
      paragraph('You can also write a summary for those who were there.'),
      ...waitingWords(ended).map(paragraph),
    ],
    buttons: [
      does('Say who came', { kind: 'afterwards.open-who-came', conversation: ended.conversation.id }, 'main'),
      ...otherWays(ended),
    ],
  };
}

function waitingWords({ attendance, canHostAgain }: Ended): readonly string[] {
  const { waiting } = attendance;
  if (waiting === 0 || !canHostAgain) return [];
  const people = waiting === 1 ? '1 person was' : `${waiting} people were`;
  return [`${people} still waiting for a seat. You could host a second conversation for them.`];
}

function otherWays(ended: Ended): readonly Button[] {
  const { id, theme } = ended.conversation;
  const second = { kind: 'proposals.open', topic: '', follows: id, theme } as const;
  return [
    does('Write a summary', { kind: 'afterwards.open-summary', conversation: id }),
    ...(waitingWords(ended).length === 0 ? [] : [does('Host a second conversation', second)]),
  ];
}

/** How a host sees those who had a seat. */
export type Naming = 'by name' | 'by role' | 'by role until they sign in';

/** @param came the ids of those who are ticked when it opens */
export function whoCameForm(
  shown: Shown,
  attendees: readonly Attendee[],
  came: readonly string[],
  naming: Naming,
): Form {
  const { id } = shown.conversation;
  const named = ({ name }: Attendee) => (naming === 'by name' ? [name] : []);
  const labelOf = (attendee: Attendee) =>
    [...named(attendee), attendee.role, attendee.council].filter((part) => part !== '').join(', ');
  return {
    heading: 'Who came',
    body: [
      paragraph(`${nameOf(shown)} is over. Leave out whoever was not there.`),
      paragraph('Nobody but you sees this list. We do not count who misses a conversation.'),
      ...(naming === 'by role until they sign in' ? [paragraph(namesHidden)] : []),
    ],
    fields: [
      {
        ...question('came', 'Who was there?', `You can change this for ${hostDays} days.`),
        required: false,
        kind: 'choices',
        value: writeValues(came),
        options: attendees.map((attendee) => ({ value: attendee.id, label: labelOf(attendee) })),
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'afterwards.who-came', conversation: id },
    openedBy: { kind: 'afterwards.open-who-came', conversation: id },
  };
}

/** To the host; `asked` counts those whom we ask for what they take away because of it. */
export function whoCameSaved(ended: Ended, asked: number): Message {
  const people = asked === 1 ? '1 person' : `${asked} people`;
  const next =
    asked === 0 ? 'We do not need to ask anybody else.' : `We are asking ${people} for one thing they take away.`;
  return {
    summary: `Thank you. We have saved who came to ${titleOf(ended).replace(/^The/, 'the')}.`,
    heading: 'Thank you',
    body: [paragraph('We have saved who came.'), paragraph(next), ...waitingWords(ended).map(paragraph)],
    buttons: [
      ...otherWays(ended),
      does('Change who came', { kind: 'afterwards.open-who-came', conversation: ended.conversation.id }),
    ],
  };
}
