import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';

export const problems = { room: 'Choose a channel.' } as const;

export const refusals = {
  noChannels: 'Channels are chosen where they are. Open settings in Slack to choose one.',
} as const;

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

export function announcementsChosen(): Message {
  const text = 'We will announce conversations in that channel.';
  return {
    summary: text,
    heading: 'Channel chosen',
    body: [
      paragraph(text),
      paragraph('We are posting a first message there now, so that you can see it works.'),
      paragraph('If the channel is private, or no message comes, type “/invite @Colloquy” there and choose it again.'),
    ],
    buttons: [does('See your settings', { kind: 'network.settings' })],
  };
}

export function announcementsChosenAlready(): Message {
  const text = 'That channel is chosen already. We announce conversations there.';
  const buttons = [does('See your settings', { kind: 'network.settings' })];
  return { summary: text, heading: 'Chosen already', body: [paragraph(text)], buttons };
}

export function announcementsStopped(): Message {
  const text = 'We no longer announce conversations in a channel of this workspace.';
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

export function announcementsFailed(): Message {
  const text = 'We could not post in the channel you chose for announcements, so it is no longer chosen.';
  return {
    summary: text,
    heading: 'We could not post in the channel',
    body: [paragraph(text), paragraph('In Slack, type “/invite @Colloquy” in the channel. Then choose it again.')],
    buttons: [does('Choose a channel', openIt, 'main')],
  };
}
