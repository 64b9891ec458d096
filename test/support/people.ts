import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import {
  asLetter,
  type Letter,
  type Outbound,
  type Outcome,
  type Pace,
  type Parcel,
  type Trace,
} from '../../src/delivery/model.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { addMember, type NewMember } from './core.ts';

/** The member as the web channel authenticates them. */
export function webSender(member: Member): Sender {
  return {
    account: { platform: 'web', space: '', user: member.id },
    address: {},
    profile: () => Promise.resolve({ name: '', email: member.email, zone: '', locale: '' }),
  };
}

export async function ask(core: Core, member: Member, intent: Intent): Promise<Reply> {
  return await handle(core, webSender(member), intent);
}

/** A member who has joined. */
export async function addActive(core: Core, given: NewMember = {}): Promise<Member> {
  const member = await addMember(core, given);
  await ask(core, member, { kind: 'network.join' });
  return await mustFind(core, member.id);
}

export async function mustFind(core: Core, id: string): Promise<Member> {
  const member = await findMember(core.db, id);
  if (member === undefined) throw new Error('The member is gone');
  return member;
}

/** As fast as it goes. */
export const noPace: Pace = { inFlight: 1000, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 };

/** A channel that keeps what it was given, and answers as it is told: 'sent' unless `outcomes` holds something else. */
export interface RecordingOutbound extends Outbound {
  readonly parcels: Parcel[];
  /** Those that are a message to one person. */
  readonly letters: Letter[];
  readonly outcomes: Outcome[];
  /** What it answers when asked whether something was sent. */
  answer: Trace;
  /** Since when it was asked to look, each time. */
  readonly asked: Date[];
}

export function recordingOutbound(platform: Outbound['platform'] = 'web'): RecordingOutbound {
  const outbound: RecordingOutbound = {
    platform,
    pace: noPace,
    parcels: [],
    letters: [],
    outcomes: [],
    answer: { kind: 'unknown' },
    asked: [],
    send(parcel) {
      outbound.parcels.push(parcel);
      const letter = asLetter(parcel);
      if (letter !== undefined) outbound.letters.push(letter);
      return Promise.resolve(outbound.outcomes.shift() ?? { kind: 'sent', receipt: {} });
    },
    findTrace(_parcel, since) {
      outbound.asked.push(since);
      return Promise.resolve(outbound.answer);
    },
  };
  return outbound;
}

/** What was said to one member, in order. */
export function saidTo(outbound: RecordingOutbound, member: Member): readonly string[] {
  return outbound.letters
    .filter((letter) => letter.account.user === member.id || letter.account.user === member.email)
    .map((letter) => letter.message.summary);
}

/** The whole of a reply as text, for looking for words in it. */
export function textOf(reply: Reply): string {
  return JSON.stringify(reply);
}

/** A message to one person, as an adapter is given it. */
export function parcelOf({ deliveryId, account, address, message }: Letter): Parcel {
  return { deliveryId, to: { kind: 'account', account, address }, act: { kind: 'post', message } };
}
