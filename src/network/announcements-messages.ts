import type { Platform } from '../account.ts';
import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, type Message, type Page, paragraph } from '../messages/message.ts';

export const problems = { room: 'Choose a channel.' } as const;

export const refusals = {
  noChannels:
    'Channels are chosen where they are. In Slack, open settings to choose one. In Teams, mention @Colloquy in the channel.',
  notHere:
    'A channel is chosen in the channel itself. Mention @Colloquy there, then select “Announce conversations here”.',
} as const;

/** What differs from platform to platform. */
interface Ways {
  /** What all the channels to choose from are in. */
  readonly space: string;
  /** Should the first message not come. */
  readonly noMessage: string;
  /** How we are let into a channel. */
  readonly letUsIn: string;
}

const elsewhere: Ways = {
  space: 'place',
  noMessage: 'If no message comes, let us into the channel and choose it again.',
  letUsIn: 'Let us into the channel. Then choose it again.',
};

const ways: Readonly<Record<Platform, Ways>> = {
  slack: {
    space: 'workspace',
    noMessage: 'If the channel is private, or no message comes, type “/invite @Colloquy” there and choose it again.',
    letUsIn: 'In Slack, type “/invite @Colloquy” in the channel. Then open settings there to choose it again.',
  },
  teams: {
    space: 'organisation',
    noMessage: 'If no message comes, check that this app is still in the team. Then choose the channel again.',
    letUsIn:
      'In Teams, check that this app is in the team of the channel. Then mention @Colloquy in the channel, and select “Announce conversations here”.',
  },
  web: elsewhere,
  email: elsewhere,
};

const openIt = { kind: 'network.open-announcements' } as const;

export function announcementsForm(): Form {
  return {
    heading: 'Announcements',
    body: [
      paragraph('We announce each conversation in the channel: its title, theme, time and host.'),
      paragraph('Everyone who can read the channel sees that, whether they are a member or not.'),
    ],
    fields: [
      { ...question('room', 'Channel', 'Add @Colloquy to a private channel before you choose it.'), kind: 'room' },
    ],
    submitLabel: 'Choose',
    completes: { kind: 'network.choose-announcements' },
    openedBy: openIt,
  };
}

/** Where there is no list to choose from, because a platform shows us only the channels that we are spoken to in. */
export function howToChoose(): Page {
  return {
    heading: 'Announcements',
    body: [
      paragraph('We announce each conversation in the channel: its title, theme, time and host.'),
      paragraph('Everyone who can read the channel sees that, whether they are a member or not.'),
      paragraph('You choose a channel in the channel itself.'),
      {
        kind: 'list',
        items: [
          'Add this app to the team, if it is not there yet.',
          'In the channel, type “@Colloquy help” and send it.',
          'Select “Announce conversations here” on our answer.',
        ],
      },
    ],
    cards: [],
  };
}

/** @param platform where the channel is */
export function announcementsChosen(platform: Platform): Message {
  const text = 'We will announce conversations in that channel.';
  return {
    summary: text,
    heading: 'Channel chosen',
    body: [
      paragraph(text),
      paragraph('We are posting a first message there now, so that you can see it works.'),
      paragraph(ways[platform].noMessage),
    ],
    buttons: [does('See your settings', { kind: 'network.settings' })],
  };
}

export function announcementsChosenAlready(): Message {
  const text = 'That channel is chosen already. We announce conversations there.';
  const buttons = [does('See your settings', { kind: 'network.settings' })];
  return { summary: text, heading: 'Chosen already', body: [paragraph(text)], buttons };
}

/** @param platform where the channel is */
export function announcementsStopped(platform: Platform): Message {
  const text = `We no longer announce conversations in a channel of this ${ways[platform].space}.`;
  return {
    summary: text,
    heading: 'Announcements stopped',
    body: [
      paragraph(text),
      paragraph('What stands there already stays there, and is kept up to date. Members are still told one by one.'),
    ],
    buttons: [does('Choose a channel', openIt)],
  };
}

/** Said in the channel itself. */
export function announcementsHere(): Message {
  const text = 'Conversations of this network will be announced here.';
  return { summary: text, heading: 'Announcements', body: [paragraph(text)], buttons: [] };
}

/**
 * With no button: the form that it would open is that of the platform it is pressed on.
 *
 * @param platform where the channel is, whatever way this is said by
 */
export function announcementsFailed(platform: Platform): Message {
  const text = 'We could not post in the channel you chose for announcements, so it is no longer chosen.';
  return {
    summary: text,
    heading: 'We could not post in the channel',
    body: [paragraph(text), paragraph(ways[platform].letUsIn)],
    buttons: [],
  };
}
