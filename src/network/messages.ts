import type { Agreements } from '../joining/consents.ts';
import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { telling } from '../messages/telling.ts';
import { words } from '../words.ts';
import type { Member, NetworkSettings } from './model.ts';
import { begin, promptRhythmWords, promptTimeWords, roundsWords } from './rhythm-words.ts';
import { zoneLabel } from './zones.ts';

export const refusals = {
  notJoined: telling('You have not joined the network yet. Type “join” to join it.', 'join'),
  guest:
    'You are a guest here. The links in our emails are for the conversations you host. To join the network, ask a convener.',
  notHost: 'Only hosts can do that. Ask your convener if you would like to host.',
  notConvener: 'Only conveners can do that. Ask yours to do it for you.',
  signInToConvene:
    'Sign in to do this, or use Slack or Teams. Anyone who has a link in an email can open it, so it cannot act for a convener.',
  linkEnded: 'This link has been used or has ended. Ask for a new one.',
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

/** What somebody agreed to decides what they are told to expect; when it comes, the network's settings do. */
export function welcome(member: Member, settings: NetworkSettings): Message {
  const { agreesToPrompts: prompts, agreesToMatching: matching, findable } = member;
  return {
    summary: `Welcome to the network. ${expectation(member)}`,
    heading: 'Welcome to the network',
    body: [
      paragraph('You are now part of a network of leaders from councils across the country.'),
      {
        kind: 'list',
        items: [
          ...(prompts ? [promptsExpected(member, settings)] : []),
          ...(matching
            ? [
                `${roundsWords(settings)} we introduce you to a peer from another council. You each get the other’s work email.`,
              ]
            : []),
          'Hosts invite you to small conversations on a theme.',
          ...(findable ? ['Other members can find you by your name, role and council.'] : []),
        ],
      },
      facts(['Council', member.council], ['Role', member.role], ['Time zone', zoneLabel(member.zone)]),
      paragraph('You can change what you agreed to, pause for a while or leave at any time. Nobody else is told.'),
    ],
    buttons: [
      does('See conversations', { kind: 'conversations.list' }, 'main'),
      does('Settings', { kind: 'network.settings' }),
    ],
  };
}

function expectation({ agreesToPrompts, agreesToMatching }: Member): string {
  if (agreesToPrompts) return 'We will send you questions to reflect on.';
  return agreesToMatching ? 'We will introduce you to peers.' : 'You can take part in conversations.';
}

function promptsExpected({ promptRhythm }: Member, settings: NetworkSettings): string {
  const when = `at ${promptTimeWords(settings)} where you are`;
  return `${begin(promptRhythmWords(promptRhythm))}, ${when}, we send you a question to reflect on. Only you can read your answer, unless you share it.`;
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
    body: [
      paragraph('Type “join” to join the network. Joining is your choice. You can leave at any time.'),
      paragraph('If you are a member elsewhere, connect this account with a code from there.'),
    ],
    buttons: [
      does('Join the network', { kind: 'network.join' }, 'main'),
      does('Connect with a code', { kind: 'membership.open-connect' }),
    ],
  };
}

/** @param agreed what they said to each of the three: somebody who said no to all is a member all the same */
export function joined(agreed: Agreements): Message {
  const text = 'You have joined the network. We have sent you a welcome message.';
  const isQuiet = !agreed.prompts && !agreed.matching && !agreed.findable;
  const quiet = paragraph(
    'You said no to all three. You can take part in conversations, and change your mind in settings.',
  );
  return {
    summary: text,
    heading: 'You have joined',
    body: [paragraph(text), ...(isQuiet ? [quiet] : [])],
    buttons: [],
  };
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
        body: [
          paragraph('Joining is your choice. You can leave at any time.'),
          paragraph('If you are a member elsewhere, connect this account with a code from there.'),
        ],
        buttons: [join, does('Connect with a code', { kind: 'membership.open-connect' })],
      },
    ],
  };
}
