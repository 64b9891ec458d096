import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Outbound, Outcome, Parcel } from '../../src/delivery/model.ts';
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
    profile: () => Promise.resolve({ email: member.email, zone: '' }),
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

/** A channel that keeps what it was given, and answers as it is told: 'sent' unless `outcomes` holds something else. */
export interface RecordingOutbound extends Outbound {
  readonly parcels: Parcel[];
  readonly outcomes: Outcome[];
  /** What it answers when asked whether something was sent. */
  answer: 'yes' | 'no' | 'unknown' | 'later';
  /** Since when it was asked to look, each time. */
  readonly asked: Date[];
}

export function recordingOutbound(platform: Outbound['platform'] = 'web'): RecordingOutbound {
  const outbound: RecordingOutbound = {
    platform,
    parcels: [],
    outcomes: [],
    answer: 'unknown',
    asked: [],
    send(parcel) {
      outbound.parcels.push(parcel);
      return Promise.resolve(outbound.outcomes.shift() ?? { kind: 'sent', receipt: {} });
    },
    wasSent(_parcel, since) {
      outbound.asked.push(since);
      return Promise.resolve(outbound.answer);
    },
  };
  return outbound;
}

/** What was said to one member, in order. */
export function saidTo(outbound: RecordingOutbound, member: Member): readonly string[] {
  return outbound.parcels
    .filter((parcel) => parcel.account.user === member.id || parcel.account.user === member.email)
    .map((parcel) => parcel.message.summary);
}

/** The whole of a reply as text, for looking for words in it. */
export function textOf(reply: Reply): string {
  return JSON.stringify(reply);
}
