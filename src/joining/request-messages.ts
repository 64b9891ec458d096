import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import { type Level, nameLength } from '../network/model.ts';
import { levelOptions } from './form-messages.ts';
import { lengths } from './model.ts';

/** What stands in the form when it opens; '' for what we do not know. */
export interface KnownOfStranger {
  readonly name: string;
  readonly email: string;
  readonly council: string;
  readonly role: string;
  readonly level: Level | '';
  readonly note: string;
}

/** @param isAsked whether they asked before, and nobody has answered */
export function requestForm(known: KnownOfStranger, isAsked: boolean): Form {
  const again = 'You have asked already, and nobody has answered yet. You can change what you wrote.';
  const first =
    'We could not find your work email address on the network’s list. You can ask the conveners to add you.';
  return {
    heading: 'Ask to join the network',
    body: [paragraph(isAsked ? again : first)],
    fields: [
      { ...question('name', 'Your name'), value: known.name, kind: 'line', maxLength: nameLength },
      { ...question('email', 'Work email address'), value: known.email, kind: 'line', maxLength: 254 },
      { ...question('council', 'Council'), value: known.council, kind: 'line', maxLength: lengths.line },
      { ...question('role', 'Job title'), value: known.role, kind: 'line', maxLength: lengths.line },
      { ...question('level', 'Level'), value: known.level, kind: 'choice', options: levelOptions },
      {
        ...question('note', 'A note to the conveners', 'Optional. Only conveners read it.'),
        value: known.note,
        required: false,
        kind: 'text',
        maxLength: lengths.note,
      },
    ],
    submitLabel: isAsked ? 'Save' : 'Ask to join',
    completes: { kind: 'joining.request' },
    openedBy: { kind: 'joining.open-request' },
  };
}

/** What becomes of a request. */
export interface Prospect {
  readonly hasConveners: boolean;
  /** Whether whoever decides it can be heard where it was asked. */
  readonly isToldHere: boolean;
  /** How long it waits for an answer, in days. */
  readonly days: number;
}

/** The same whoever they are, and whichever address they typed. */
export function requestSent({ hasConveners, isToldHere, days }: Prospect): Message {
  const answer = isToldHere
    ? 'We tell you here when one of them has answered.'
    : 'We cannot write to you here. To see whether you can join, come back and ask to join again.';
  const nobody = 'The network has no convener yet, so this may take longer.';
  const ends = `If nobody answers within ${days} days, we delete your request. You can then ask again.`;
  const text = 'We have asked the conveners whether you can join.';
  return {
    summary: text,
    heading: 'We have asked the conveners',
    body: [
      ...(hasConveners ? [] : [paragraph(nobody)]),
      paragraph(answer),
      paragraph(ends),
      paragraph('To take your request back, erase it. We hold nothing else about you.'),
    ],
    buttons: [does('Erase my request', { kind: 'network.erase' }, 'warning')],
  };
}

export const tooMany =
  'Many people from your workspace have asked to join today. Try again tomorrow, or write to a convener.';

/** To somebody whom the roster names, by now or all along. */
export function mayJoin(): Message {
  const text = 'You can join the network now.';
  return {
    summary: text,
    heading: 'You can join',
    body: [paragraph('Joining is your choice. You can leave at any time.')],
    buttons: [does('Join the network', { kind: 'network.join' }, 'main')],
  };
}

/** To whoever asked, where they have not joined. @param reason the convener's own words */
export function refused(reason: string): Message {
  return {
    summary: 'A convener has answered that you cannot join the network now.',
    heading: 'You cannot join now',
    body: [
      paragraph('You asked to join the network. A convener has read your request and gave this reason.'),
      { kind: 'quote', text: reason },
      paragraph('If something has changed, you can ask again.'),
    ],
    buttons: [
      does('Ask again', { kind: 'joining.open-request' }),
      does('Erase my request', { kind: 'network.erase' }, 'warning'),
    ],
  };
}
