import { nameOf, plan, type Shown, timesOf } from '../conversations/messages.ts';
import { type Form, question } from '../messages/form.ts';
import { type Button, does, facts, type Message, paragraph } from '../messages/message.ts';
import { zoneLabel, zoneOptions } from '../network/zones.ts';

export const guestProblems = {
  name: 'Enter their name, of up to 100 characters.',
  email: 'Enter their email address, such as name@example.org.',
  role: 'Enter what they do, such as Professor of Public Policy.',
  organisation: 'Enter where they are from, such as a university.',
  zone: 'Choose a time zone from the list.',
  /** Who is known here, or was, is for nobody to find out: it is one sentence for both. */
  notFree:
    'Nobody with that address can be a guest. If they are in the network, hand the conversation over to them instead. If not, ask a convener.',
} as const;

export const guestRefusals = {
  notYours: 'Only its host or a convener can let a guest host a conversation.',
} as const;

/** @param lengths the longest of each answer, in characters */
export function guestForm(
  shown: Shown,
  lengths: { readonly name: number; readonly email: number; readonly role: number; readonly organisation: number },
): Form {
  const { id } = shown.conversation;
  return {
    heading: 'Let a guest host this conversation',
    body: [
      paragraph(`${nameOf(shown)} will be hosted by somebody who is no member of the network.`),
      paragraph(
        'We write to them by email. Its links let them see who is coming, change the conversation and cancel it. They can do nothing else here.',
      ),
      paragraph('Our email tells them your name and your email address, so that they can write to you.'),
      paragraph('You will not be its host any more. Ask them before you send this form.'),
    ],
    fields: [
      { ...question('name', 'Their name', 'Everybody sees it.'), kind: 'line', maxLength: lengths.name },
      { ...question('email', 'Their email address', 'Nobody sees it.'), kind: 'line', maxLength: lengths.email },
      { ...question('role', 'What they do', 'Everybody sees it.'), kind: 'line', maxLength: lengths.role },
      {
        ...question('organisation', 'Where they are from', 'Everybody sees it.'),
        kind: 'line',
        maxLength: lengths.organisation,
      },
      {
        ...question('zone', 'Their time zone', 'We tell them the times in it.'),
        kind: 'choice',
        value: shown.zone,
        options: zoneOptions(shown.zone),
      },
    ],
    submitLabel: 'Let them host it',
    completes: { kind: 'proposals.guest', conversation: id },
    openedBy: { kind: 'proposals.open-guest', conversation: id },
  };
}

/** To whoever made it over. */
export function guestHosts(shown: Shown, name: string): Message {
  const { conversation } = shown;
  const text = `${name} hosts “${conversation.title}” now. We have written to them.`;
  return {
    summary: text,
    heading: 'A guest hosts it now',
    body: [
      paragraph(text),
      paragraph('They can write to you: our email to them has your name and address.'),
      paragraph('From now on only they or a convener can change it or cancel it.'),
    ],
    buttons: [does('See the conversation', { kind: 'conversations.view', conversation: conversation.id })],
  };
}

/** Whom a guest can write to. */
export interface Contact {
  readonly name: string;
  readonly email: string;
}

/** The first that a guest hears of us: what, when, and all that they can do. */
export function guestWelcome(shown: Shown, contact: Contact | undefined): Message {
  const { conversation } = shown;
  const { title, about, place, capacity, chathamHouse } = conversation;
  const who = contact === undefined ? 'A member of our network' : contact.name;
  const write: readonly Button[] =
    contact === undefined
      ? []
      : [
          {
            kind: 'opens',
            label: `Write to ${contact.name}`,
            url: `mailto:${encodeURIComponent(contact.email).replace('%40', '@')}`,
          },
        ];
  return {
    summary: `You are the guest host of “${title}”, ${timesOf(shown)}.`,
    heading: `You are hosting: ${title}`,
    body: [
      paragraph(`${who} has asked you to host a conversation for leaders of councils, in a small group.`),
      paragraph(about),
      facts(
        ...plan(shown).filter(([label]) => label !== 'Host'),
        ...(place === '' ? [] : [['Place', place] as const]),
        ['Seats', `${capacity}, not counting you`],
      ),
      ...(chathamHouse ? [paragraph('What is said may be used afterwards, but nobody says who said it.')] : []),
      paragraph('You need no account. Each link below opens a page where you can do what it says.'),
      paragraph('Before it begins we send you who is coming. Afterwards we ask you who came.'),
      ...(contact === undefined ? [paragraph('If you have a question, write to the convener of the network.')] : []),
    ],
    buttons: [
      does('See who is coming', { kind: 'conversations.who-is-coming', conversation: conversation.id }, 'main'),
      does('Change it', { kind: 'conversations.open-edit', conversation: conversation.id, revision: '', asked: '' }),
      does('Cancel it', { kind: 'conversations.open-cancel', conversation: conversation.id }, 'warning'),
      ...write,
    ],
  };
}

/** What a guest is told, with the zone its times are in: they are no member, and may be anywhere. */
export function withZone(message: Message, zone: string): Message {
  return { ...message, body: [...message.body, paragraph(`All times are in ${zoneLabel(zone)}.`)] };
}

/** What a guest is told of what they host, with all that they can do: they have no other way to it. */
export function withHostLinks(message: Message, conversation: string): Message {
  const links = [
    does('See who is coming', { kind: 'conversations.who-is-coming', conversation }),
    does('Change it', { kind: 'conversations.open-edit', conversation, revision: '', asked: '' }),
    does('Cancel it', { kind: 'conversations.open-cancel', conversation }, 'warning'),
  ];
  const kinds = message.buttons.flatMap((button) => (button.kind === 'does' ? [button.intent.kind] : []));
  const missing = links.filter((link) => link.kind === 'does' && !kinds.includes(link.intent.kind));
  return { ...message, buttons: [...message.buttons, ...missing] };
}
