import { type Form, question } from '../messages/form.ts';
import { does, type Message, type Page, paragraph } from '../messages/message.ts';
import { accountName, type OwnAccount } from './whereabouts.ts';

export const refusals = {
  signIn: 'Sign in to see a code. A link in an email can be opened by anyone who has it.',
  ofAnother:
    'This account already belongs to another member. Disconnect it there first, or ask your convener to help you.',
} as const;

export const problems = {
  wrong: 'This code does not work. It may be wrong, used or too old. Ask for a new one where you use the network.',
  tooMany: 'You have entered too many codes that do not work. Wait an hour, and ask for a new code.',
} as const;

/** For the eyes of the one whose code it is. */
export function codePage(code: string): Page {
  return {
    heading: 'Connect another account',
    body: [
      paragraph('Your code is:'),
      { kind: 'quote', text: code },
      paragraph('It works once, for 10 minutes. If you ask for another code, this one stops working.'),
      {
        kind: 'list',
        items: [
          'Open the network in your other account: on Slack, on Microsoft Teams or on the web page.',
          'Type “connect” there.',
          'Enter the code.',
        ],
      },
      paragraph('Do not give the code to anyone. Whoever has it can read all that you wrote.'),
    ],
    cards: [],
  };
}

export function connectForm(): Form {
  return {
    heading: 'Connect this account',
    body: [
      paragraph('Where you already use the network, open your settings and ask for a code.'),
      paragraph('After that you can use the network here too.'),
    ],
    fields: [
      {
        ...question('code', 'Your code', 'It has 8 letters and numbers, such as ACDF-3469.'),
        kind: 'line',
        maxLength: 20,
      },
    ],
    submitLabel: 'Connect',
    completes: { kind: 'membership.connect' },
    openedBy: { kind: 'membership.open-connect' },
  };
}

export function connectedHere(): Message {
  const text = 'We have connected this account. You can now use the network here.';
  return {
    summary: text,
    heading: 'Account connected',
    body: [paragraph(text)],
    buttons: [does('See your accounts', { kind: 'membership.accounts' })],
  };
}

export function connectedAlready(): Message {
  const text = 'This account was already yours. You can use the network here.';
  return { ...connectedHere(), summary: text, body: [paragraph(text)] };
}

/** On each account they had before. */
export function connectedElsewhere(connected: OwnAccount): Message {
  const text = `Another account was connected to your membership: ${accountName(connected)}.`;
  return {
    summary: text,
    heading: 'Another account was connected',
    body: [paragraph(text), paragraph('If this was not you, disconnect it now and tell your convener.')],
    buttons: [
      does('Disconnect it', { kind: 'membership.disconnect', account: connected.id }, 'warning'),
      does('See your accounts', { kind: 'membership.accounts' }),
    ],
  };
}
