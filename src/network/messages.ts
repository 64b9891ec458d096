import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Block, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { dayWords, momentWords } from '../time/words.ts';
import { words } from '../words.ts';
import type { Member } from './model.ts';
import { pauseWeeks } from './rules.ts';
import { zoneLabel } from './zones.ts';

export const refusals = {
  notJoined: 'You have not joined the network yet. Type “join” to join it.',
  notHost: 'Only hosts can do that. Ask your convener if you would like to host.',
  notConvener: 'Only conveners can do that. Ask yours to do it for you.',
  noEmail: 'We could not see a work email address for you here. Ask your convener to add you to the network.',
  notOnRoster:
    'We could not find your email address on the network’s list. Ask your convener to add you, then try again.',
  linkEnded: 'This link has been used or has ended. Ask for a new one.',
  pauseLength: 'Choose how long to pause for.',
  unknownZone: 'We do not know that time zone.',
  signInToExport: 'Sign in to see what we hold about you. A link in an email can be opened by anyone who has it.',
} as const;

export function help(asked: string): Message {
  const unknown = asked === '' ? [] : [paragraph(`We do not know the word “${asked}”.`)];
  const items = Object.entries(words).map(([word, { description }]) => `${word}: ${description}`);
  return {
    summary: asked === '' ? 'Here is what you can do.' : `We do not know the word “${asked}”. Here is what you can do.`,
    heading: 'What you can do',
    body: [...unknown, paragraph('Type one of these words.'), { kind: 'list', items }],
    buttons: [],
  };
}

export function welcome(member: Member): Message {
  return {
    summary: 'Welcome to the network. You will get one reflection prompt a week.',
    heading: 'Welcome to the network',
    body: [
      paragraph('You are now part of a network of leaders from councils across the country.'),
      {
        kind: 'list',
        items: [
          'Once a week, at 9am on Monday where you are, we send you a question to reflect on. Only you can read your answer.',
          'Every two weeks we introduce you to a peer from another council. You each get the other’s work email.',
          'Hosts invite you to small conversations on a theme.',
        ],
      },
      facts(['Council', member.council], ['Role', member.role], ['Time zone', zoneLabel(member.zone)]),
      paragraph('You can pause for a while or leave at any time. Nobody else is told.'),
    ],
    buttons: [
      does('See conversations', { kind: 'conversations.list' }, 'main'),
      does('Pause', { kind: 'network.open-pause' }),
    ],
  };
}

export function alreadyJoined(): Message {
  const text = 'You are already in the network.';
  return { ...help(''), summary: text, heading: text };
}

/** To somebody who has just put our app in place. */
export function greeting(): Message {
  return {
    summary: 'Hello. Type “join” to join the network.',
    heading: 'Hello',
    body: [paragraph('Type “join” to join the network. Joining is your choice. You can leave at any time.')],
    buttons: [does('Join the network', { kind: 'network.join' }, 'main')],
  };
}

export function joined(): Message {
  const text = 'You have joined the network. We have sent you a welcome message.';
  return { summary: text, heading: 'You have joined', body: [paragraph(text)], buttons: [] };
}

/** The same whether or not the address is known to us, so that nobody can find out who is a member. */
export function signInSent(): Message {
  const text =
    'If your email address is on the network’s list, we have sent you a link. It works once, for 30 minutes.';
  return { summary: text, heading: 'Check your email', body: [paragraph(text)], buttons: [] };
}

export function signInLink(url: string): Message {
  return {
    summary: 'Use the link in this email to sign in to the network.',
    heading: 'Sign in to the network',
    body: [
      paragraph('You asked to sign in. This link works once, for 30 minutes.'),
      paragraph('If you did not ask for it, you do not need to do anything.'),
    ],
    buttons: [{ kind: 'opens', label: 'Sign in', url }],
  };
}

export function profile(member: Member): Message {
  return {
    summary: `You are ${member.name}, ${member.role} at ${member.council}.`,
    heading: 'Your profile',
    body: [
      facts(
        ['Name', member.name],
        ['Council', member.council],
        ['Role', member.role],
        ['Cohort', member.cohort],
        ['Email', member.email],
        ['Time zone', zoneLabel(member.zone)],
        ['Messages', member.pausedUntil === null ? 'On' : `Paused until ${dayWords(member.pausedUntil, member.zone)}`],
      ),
      paragraph('You can change your name and time zone in settings. If anything else is wrong, tell your convener.'),
    ],
    buttons: [
      does('Settings', { kind: 'network.settings' }),
      does('Pause', { kind: 'network.open-pause' }),
      does('Leave', { kind: 'network.leave' }, 'warning'),
    ],
  };
}

export function pauseForm(): Form {
  const options = pauseWeeks.map((weeks) => ({
    value: String(weeks),
    label: weeks === 1 ? '1 week' : `${weeks} weeks`,
  }));
  return {
    heading: 'Pause messages',
    body: [
      paragraph('While you are paused we send no prompts, matches or announcements. You keep your seats.'),
      paragraph('We start again by ourselves, and tell you when we do.'),
    ],
    fields: [{ ...question('weeks', 'How long do you want to pause for?'), kind: 'choice', options }],
    submitLabel: 'Pause',
    completes: { kind: 'network.pause' },
    openedBy: { kind: 'network.open-pause' },
  };
}

export function paused(until: Date, zone: string): Message {
  const text = `We have paused your messages until ${dayWords(until, zone)}.`;
  return {
    summary: text,
    heading: 'Paused',
    body: [paragraph(text)],
    buttons: [does('Start again now', { kind: 'network.resume' })],
  };
}

export function resumed(): Message {
  const text = 'Your messages are on again.';
  return {
    summary: text,
    heading: 'Messages are on',
    body: [paragraph(text)],
    buttons: [does('Pause', { kind: 'network.open-pause' })],
  };
}

export function confirmLeave(): Message {
  return {
    summary: 'Leaving stops all messages and gives up your seats. Confirm that you want to leave.',
    heading: 'Do you want to leave the network?',
    body: [
      paragraph('We will stop all messages, give up your seats and cancel the conversations you were to host.'),
      paragraph('Those who had a place in them are told. Nobody else but your convener can see that you left.'),
    ],
    buttons: [
      does('Leave the network', { kind: 'network.confirm-leave' }, 'warning'),
      does('Pause instead', { kind: 'network.open-pause' }),
    ],
  };
}

export function left(): Message {
  const text = 'You have left the network. You can come back at any time: type “join”.';
  return { summary: text, heading: 'You have left', body: [paragraph(text)], buttons: [] };
}

/** What the web page and the apps' home show to someone who has not joined. */
export function strangerHome(): Page {
  const join = does('Join the network', { kind: 'network.join' }, 'main');
  const text = 'A peer support network for leaders of public services.';
  return {
    heading: 'Welcome',
    body: [paragraph(text)],
    cards: [
      {
        summary: text,
        heading: 'Join',
        body: [paragraph('Joining is your choice. You can leave at any time.')],
        buttons: [join],
      },
    ],
  };
}

/** When a member next hears from us; `undefined` where nothing is planned. While they are paused, nothing is sent. */
export interface Ahead {
  readonly prompt: Date | undefined;
  readonly round: Date | undefined;
  readonly pausedUntil: Date | undefined;
}

function aheadWords({ prompt, round, pausedUntil }: Ahead, zone: string): readonly Block[] {
  if (pausedUntil !== undefined) return [facts(['Messages', `Paused until ${dayWords(pausedUntil, zone)}`])];
  const lines = [
    ...(prompt === undefined ? [] : [['Next prompt', momentWords(prompt, zone)] as const]),
    ...(round === undefined ? [] : [['Next match', dayWords(round, zone)] as const]),
  ];
  return lines.length === 0 ? [] : [facts(...lines)];
}

/** The same for a member: their cards, and the way to everything else. */
export function memberHome(member: Member, ahead: Ahead, cards: readonly Message[]): Page {
  const more: Message = {
    summary: 'Your journal, all conversations, your profile, your settings and help.',
    heading: 'More',
    body: [],
    buttons: [
      does('Journal', { kind: 'reflections.journal' }),
      does('Conversations', { kind: 'conversations.list' }),
      does('Profile', { kind: 'network.profile' }),
      does('Settings', { kind: 'network.settings' }),
      does('Help', { kind: 'network.help', asked: '' }),
    ],
  };
  return {
    heading: `Hello, ${member.name}`,
    body: [paragraph(`${member.role}, ${member.council}`), ...aheadWords(ahead, member.zone)],
    cards: [...cards, more],
  };
}
