import { does, facts, type Message, paragraph } from '../messages/message.ts';
import type { Member } from '../network/model.ts';

/** The first week of somebody new to their role. */
export function whoIsWhoStep(): Message {
  const text = 'You are new to your role, so we show you round in your first six weeks: one thing at a time.';
  return {
    summary: 'Your first weeks in the network: who is who.',
    heading: 'Your first weeks: who is who',
    body: [paragraph(text), paragraph('First, see who your conveners are, and who else is in your cohort.')],
    buttons: [does('See who is who', { kind: 'joining.who-is-who' }, 'main')],
  };
}

/** The second week. */
export function firstPrompt(agrees: boolean): Message {
  const heading = 'Your first weeks: reflecting';
  if (!agrees) {
    const text = 'Many members find ten minutes of writing a week useful when they are new. You can try it.';
    return {
      summary: text,
      heading,
      body: [paragraph(text), paragraph('We send one question at a time. Only you can read what you write.')],
      buttons: [does('Choose what you agree to', { kind: 'joining.open-agreements' }, 'main')],
    };
  }
  const text = 'Ten minutes is enough for a prompt. There is no right answer, and only you can read it.';
  return {
    summary: `Your first weeks: ${text}`,
    heading,
    body: [paragraph(text), paragraph('Write about one thing that happened this week. You can change it later.')],
    buttons: [does('Write about your latest prompt', { kind: 'reflections.open', prompt: 'latest' }, 'main')],
  };
}

function about({ name, role, council, email }: Member) {
  return facts(['Name', name], ['Role', role], ['Council', council], ['Email', email]);
}

/** The third week. */
export function meetBuddy(buddy: Member): Message {
  return {
    summary: `${buddy.name}, ${buddy.role} at ${buddy.council}, has been in the network for longer, and is your first contact.`,
    heading: `Your first weeks: meet ${buddy.name}`,
    body: [
      about(buddy),
      paragraph('They have been here for longer. Write to them, and ask what you would not ask at home.'),
      paragraph('We have told them that you are new, with your name, role, council and email.'),
    ],
    buttons: [],
  };
}

/** To the experienced one of the two. */
export function lookOutFor(newcomer: Member): Message {
  return {
    summary: `${newcomer.name}, ${newcomer.role} at ${newcomer.council}, is new. We have asked them to write to you.`,
    heading: `Look out for ${newcomer.name}`,
    body: [
      about(newcomer),
      paragraph('They are new to their role and to the network. A short hello from you will help.'),
      paragraph('You will have two of them at most at a time. If it does not suit you now, pause matching.'),
    ],
    buttons: [does('Pause', { kind: 'network.open-pause' })],
  };
}

/** The fourth week. */
export function firstConversation(coming: number): Message {
  const text = 'Conversations are small groups of peers, with a host who leads elsewhere. Listening is enough.';
  const none = 'None is planned at the moment. We tell you when one is.';
  return {
    summary: 'Your first weeks: join a conversation.',
    heading: 'Your first weeks: a conversation',
    body: [paragraph(text), paragraph(coming === 0 ? none : 'Choose one that is near to what you have to do now.')],
    buttons: [does('See conversations', { kind: 'conversations.list' }, 'main')],
  };
}

/** The end of the sixth week. */
export function lookingBack(): Message {
  const text = 'You have been in the network for six weeks. From now on you get what everybody gets.';
  return {
    summary: text,
    heading: 'Your first weeks are over',
    body: [
      paragraph(text),
      paragraph('If anything does not suit you, change it. Your conveners like to hear of it too.'),
    ],
    buttons: [
      does('Change your settings', { kind: 'network.settings' }, 'main'),
      does('See who is who', { kind: 'joining.who-is-who' }),
    ],
  };
}
