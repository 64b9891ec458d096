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
import { activate } from '../../src/joining/activate.ts';
import { recordAgreements } from '../../src/joining/consents.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { linkAccount } from '../../src/network/linking.ts';
import type { Member } from '../../src/network/model.ts';
import { profileDefaults } from '../../src/network/profile-defaults.ts';
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

/** A member who has joined, and agreed to prompts and matching. */
export async function addActive(core: Core, given: NewMember = {}): Promise<Member> {
  const member = await addMember(core, given);
  await core.db.transaction().execute(async (tx) => {
    await recordAgreements(tx, member.id, { prompts: true, matching: true }, core.clock.now());
    await activate(core, tx, member.id);
  });
  return await mustFind(core, member.id);
}

/** A person of the roster who joined from this account, of whom its platform says this. */
export async function joinFrom(core: Core, member: Member, { account, address, profile }: Sender): Promise<Member> {
  const says = await profile();
  await core.db.transaction().execute(async (tx) => {
    await linkAccount(tx, member.id, account, address, core.clock.now());
    await recordAgreements(tx, member.id, { prompts: true, matching: true }, core.clock.now());
    const said = profileDefaults(says);
    if (Object.keys(said).length > 0) await tx.updateTable('members').set(said).where('id', '=', member.id).execute();
    await activate(core, tx, member.id);
  });
  return await mustFind(core, member.id);
}

/** The code on the page that shows one. */
export function codeIn(reply: Reply): string {
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(reply.kind === 'page' ? JSON.stringify(reply.page.body) : '')?.[0];
  if (code === undefined) throw new Error(`No code: ${textOf(reply)}`);
  return code;
}

/** They said yes to being found by other members. */
export async function agreeToBeFound(core: Core, memberId: string): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await recordAgreements(tx, memberId, { findable: true }, core.clock.now());
  });
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
