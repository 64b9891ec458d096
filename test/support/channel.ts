import { randomUUID } from 'node:crypto';
import type { Core } from '../../src/core.ts';
import type { Outbound, Outcome, Parcel } from '../../src/delivery/model.ts';
import type { Message } from '../../src/messages/message.ts';
import { addRoom } from '../../src/store/rooms.ts';
import { recordingOutbound } from './people.ts';

/** A platform with channels, as its readers see it: what is posted stands there until it is edited or removed. */
export interface Channels extends Outbound {
  /** The cards of each channel by the platform's id of the channel, then of the card. */
  readonly cards: Map<string, Map<string, Message>>;
  /** Everything it was ever asked to do in a channel or a group. */
  readonly parcels: Parcel[];
  /** What it answers next instead of taking it. */
  readonly outcomes: Outcome[];
}

export function channels(): Channels {
  const made: Channels = {
    ...recordingOutbound('slack'),
    cards: new Map(),
    parcels: [],
    outcomes: [],
    send(parcel) {
      const refused = made.outcomes.shift();
      if (refused !== undefined) return Promise.resolve(refused);
      made.parcels.push(parcel);
      const { to, act } = parcel;
      const cards = to.kind === 'room' ? (made.cards.get(to.room) ?? new Map<string, Message>()) : new Map();
      if (to.kind === 'room') made.cards.set(to.room, cards);
      const card = act.kind === 'edit' || act.kind === 'remove' ? (act.receipt['card'] ?? '') : randomUUID();
      if (act.kind === 'edit' && !cards.has(card)) return Promise.resolve({ kind: 'gone', reason: 'no such card' });
      if (act.kind === 'remove') cards.delete(card);
      if (act.kind === 'post' || act.kind === 'edit') cards.set(card, act.message);
      return Promise.resolve({ kind: 'sent', receipt: { card } });
    },
  };
  return made;
}

/** A channel that conversations are announced in, one for each workspace. */
export async function addChannel(core: Core, space: string, room: string): Promise<string> {
  const place = { platform: 'slack', space, purpose: 'announcements', room, address: {}, subject: '' } as const;
  const createdAt = core.clock.now();
  return await core.db.transaction().execute((tx) => addRoom(tx, { ...place, chosenBy: null, createdAt }));
}

/** The only card in a channel; fails when there is another or none. */
export function cardIn({ cards }: Channels, room: string): Message {
  const [card, ...others] = cards.get(room)?.values() ?? [];
  if (card === undefined || others.length > 0) throw new Error(`There are ${others.length} cards too many, or none`);
  return card;
}
