import { nameOf, type Shown } from '../conversations/messages.ts';
import { type Form, question } from '../messages/form.ts';
import { type Block, does, type Message, type Page, paragraph } from '../messages/message.ts';
import { titleOf } from './messages.ts';
import { lengths, type Takeaway } from './model.ts';

export const problems = {
  empty: 'Write one thing that you take away.',
  tooLong: `Write up to ${lengths.takeaway} characters.`,
} as const;

export const refusals = {
  wasNotThere: 'This is for the people who came to that conversation.',
  nothing: 'You have not written anything about that conversation.',
  signInToRead:
    'Only people who sign in can read what was shared. A link in an email can be opened by anyone who has it.',
} as const;

/** To somebody who came. It never says what anybody wrote. */
export function askTakeaway(shown: Shown): Message {
  const { id } = shown.conversation;
  const summary = `What do you take away from ${inSentence(shown)}?`;
  return {
    summary,
    heading: 'One thing you take away',
    body: [paragraph(summary), paragraph('Write down one thing. Only you can read it, unless you choose to share it.')],
    buttons: [does('Write it down', { kind: 'afterwards.open-takeaway', conversation: id }, 'main')],
  };
}

function inSentence(shown: Shown): string {
  return titleOf(shown).replace(/^The/, 'the');
}

/**
 * @param written what stands there now; `undefined` where nothing does, or whoever asks may not read it
 * @param mayShare whether they can choose who reads it, which a link in an e-mail does not let them
 */
export function takeawayForm(shown: Shown, written: Takeaway | undefined, mayShare: boolean): Form {
  const { id, chathamHouse } = shown.conversation;
  const sharing = {
    ...question('shared', 'Who can read it?', 'You can change this at any time.'),
    kind: 'choice',
    value: written?.shared === true ? 'yes' : 'no',
    options: [
      { value: 'no', label: 'Only me' },
      { value: 'yes', label: 'The host and those who were there, without my name' },
    ],
  } as const;
  return {
    heading: 'One thing you take away',
    body: [paragraph(`${nameOf(shown)} is over.`), ...(mayShare ? warnings(chathamHouse) : behindLink())],
    fields: [
      {
        ...question('text', 'What do you take away?', 'One thing is enough.'),
        kind: 'text',
        value: written?.text ?? '',
        maxLength: lengths.takeaway,
      },
      ...(mayShare ? [sharing] : []),
    ],
    submitLabel: 'Save',
    completes: { kind: 'afterwards.takeaway', conversation: id, ...(mayShare ? {} : { shared: '' }) },
    openedBy: { kind: 'afterwards.open-takeaway', conversation: id },
  };
}

function warnings(chathamHouse: boolean): readonly Block[] {
  const rule = 'This conversation was under the Chatham House rule. Do not write who said something.';
  return [
    paragraph('If you share it, we leave out your name. In a small group, people may still guess that it is yours.'),
    ...(chathamHouse ? [paragraph(rule)] : []),
  ];
}

function behindLink(): readonly Block[] {
  return [
    paragraph('You came here by a link in an email, which others may hold. So we do not show what you wrote before.'),
    paragraph('What you save here takes its place. Only you can read it, even if you shared what you wrote before.'),
    paragraph('To share it, sign in and choose who can read it.'),
  ];
}

/** Says that it is kept, and nothing of what it says. */
export function takeawaySaved(shown: Shown, isShared: boolean): Message {
  const { id } = shown.conversation;
  const readers = isShared
    ? 'The host and those who were there can read it, without your name.'
    : 'Only you can read it.';
  return {
    summary: `We have saved what you take away from ${inSentence(shown)}. ${readers}`,
    heading: 'Saved',
    body: [paragraph(readers), paragraph('It stands in your journal.')],
    buttons: [
      does('Change it', { kind: 'afterwards.open-takeaway', conversation: id }),
      does('See what others shared', { kind: 'afterwards.takeaways', conversation: id }),
      does('Read your journal', { kind: 'reflections.journal' }),
      does('Delete it', { kind: 'afterwards.drop-takeaway', conversation: id }, 'warning'),
    ],
  };
}

export function takeawayDropped(shown: Shown): Message {
  return {
    summary: `We have deleted what you took away from ${inSentence(shown)}.`,
    heading: 'Deleted',
    body: [paragraph('Nobody can read it any more. You can write something else at any time.')],
    buttons: [does('Write it down', { kind: 'afterwards.open-takeaway', conversation: shown.conversation.id })],
  };
}

/** What is shared by those who came, without names and in no order. Private text: for a page, never for a message. */
export function takeawaysPage(shown: Shown, texts: readonly string[], isHost: boolean): Page {
  const none = 'Nobody has shared anything yet.';
  const some =
    'People who were there shared this without their names. Do not try to find out whose it is, or pass it on.';
  const own: Message = {
    summary: 'You can add what you take away.',
    heading: 'And you?',
    body: [paragraph('You can add what you take away, or change it.')],
    buttons: [does('Write it down', { kind: 'afterwards.open-takeaway', conversation: shown.conversation.id })],
  };
  const all: Message = {
    summary: 'What people took away.',
    heading: 'What people took away',
    body: texts.flatMap((text, index): readonly Block[] => [paragraph(`Number ${index + 1}`), { kind: 'quote', text }]),
    buttons: [],
  };
  return {
    heading: shown.conversation.title === '' ? shown.themeName : shown.conversation.title,
    body: [paragraph(texts.length === 0 ? none : some)],
    cards: [...(texts.length === 0 ? [] : [all]), ...(isHost ? [] : [own])],
  };
}
