import { randomUUID } from 'node:crypto';
import type { Act, Destination, Parcel, Receipt } from '../../src/delivery/model.ts';
import { does, type Message, type Page, paragraph } from '../../src/messages/message.ts';
import { slackTeam } from './slack-emulator.ts';

export function toPerson(user: string, address: Readonly<Record<string, string>> = {}): Destination {
  return { kind: 'account', account: { platform: 'slack', space: slackTeam, user }, address };
}

export function toRoom(room: string): Destination {
  return { kind: 'room', space: slackTeam, room, address: {} };
}

export function toGroup(...users: readonly string[]): Destination {
  return { kind: 'group', space: slackTeam, users };
}

/** A card that says one word, and can be pressed. */
function saying(word: string): Message {
  return {
    summary: `We say ${word}.`,
    heading: word,
    body: [paragraph('Text')],
    buttons: [does('Open your home', { kind: 'network.home' })],
  };
}

export function homeSaying(word: string): Page {
  return { heading: 'Your network', body: [paragraph('Welcome.')], cards: [saying(word), saying(`${word} again`)] };
}

export function parcel(to: Destination, act: Act): Parcel {
  return { deliveryId: randomUUID(), to, act };
}

export function posting(to: Destination, word = 'Hello'): Parcel {
  return parcel(to, { kind: 'post', message: saying(word) });
}

export function editing(to: Destination, receipt: Receipt, word = 'Changed'): Parcel {
  return parcel(to, { kind: 'edit', message: saying(word), receipt });
}
