import type { Platform } from '../account.ts';
import { type HeldAfterwards, heldAfterwards } from '../afterwards/held.ts';
import { type HeldAudit, heldAudit } from '../convening/held.ts';
import { type HeldConversations, heldConversations } from '../conversations/held.ts';
import type { Core } from '../core.ts';
import { type HeldDiary, heldDiary } from '../diary/held.ts';
import { type HeldJoining, heldJoining } from '../joining/held.ts';
import { type HeldMatches, heldMatches } from '../matching/held.ts';
import { type HeldMembership, heldMembership } from '../membership/held.ts';
import { type HeldProposals, heldProposals } from '../proposals/held.ts';
import { type HeldReflections, heldReflections } from '../reflections/held.ts';
import { type HeldSeries, heldSeries } from '../series/held.ts';
import { type Choices, readChoices } from './choices.ts';
import { isMessageKind, type MessageKind } from './message-kinds.ts';
import type { Member } from './model.ts';
import { findMember } from './roster.ts';

/** Everything we hold about one member, and nothing about anybody else but what this member was shown. */
export interface Everything
  extends HeldConversations,
    HeldProposals,
    HeldSeries,
    HeldDiary,
    HeldAfterwards,
    HeldMatches,
    HeldReflections,
    HeldJoining,
    HeldMembership,
    HeldAudit {
  readonly member: Member;
  /** When the roster last named them, when they joined and when they left. */
  readonly listedAt: Date;
  readonly joinedAt: Date | null;
  readonly leftAt: Date | null;
  readonly choices: Choices;
  readonly accounts: readonly HeldAccount[];
  /** Until when each browser stays signed in. */
  readonly sessions: readonly Date[];
  readonly messages: readonly SentMessage[];
  /** When they chose each channel for announcements that still is one. */
  readonly rooms: readonly { readonly platform: Platform; readonly createdAt: Date }[];
}

export interface HeldAccount {
  readonly platform: Platform;
  readonly space: string;
  readonly user: string;
  /** Where we write to, as their platform has it. */
  readonly address: Readonly<Record<string, string>>;
  readonly reachable: boolean;
  readonly seenAt: Date;
}

export interface SentMessage {
  readonly kind: MessageKind;
  readonly sentAt: Date;
}

/**
 * Read as of one moment, so that no part of it contradicts another. `undefined` for somebody erased meanwhile.
 *
 * @param eyes whose they are: for the operator's, nothing is opened that a member wrote for themselves
 */
export async function everything(
  core: Core,
  memberId: string,
  eyes: 'theirs' | 'operator',
): Promise<Everything | undefined> {
  return await core.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const member = await findMember(tx, memberId);
      return member === undefined ? undefined : await gather({ ...core, db: tx }, member, eyes);
    });
}

async function gather(core: Core, member: Member, eyes: 'theirs' | 'operator'): Promise<Everything> {
  const { id } = member;
  return {
    member,
    ...(await moments(core, id)),
    choices: await readChoices(core.db, id),
    accounts: await accounts(core, id),
    sessions: await sessions(core, id),
    messages: await messages(core, id),
    rooms: await rooms(core, id),
    ...(await heldReflections(core, id, eyes)),
    ...(await heldConversations(core, id)),
    ...(await heldProposals(core, id)),
    ...(await heldSeries(core, id)),
    ...(await heldDiary(core, id)),
    ...(await heldAfterwards(core, id, eyes)),
    ...(await heldMatches(core, id)),
    ...(await heldJoining(core, id)),
    ...(await heldMembership(core, id, eyes)),
    ...(await heldAudit(core, id)),
  };
}

async function moments({ db }: Core, id: string): Promise<Pick<Everything, 'listedAt' | 'joinedAt' | 'leftAt'>> {
  return await db
    .selectFrom('members')
    .select(['listed_at as listedAt', 'joined_at as joinedAt', 'left_at as leftAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

async function accounts({ db }: Core, memberId: string): Promise<readonly HeldAccount[]> {
  return await db
    .selectFrom('accounts')
    .select(['platform', 'space', 'platform_user as user', 'address', 'reachable', 'seen_at as seenAt'])
    .where('member_id', '=', memberId)
    .orderBy('platform')
    .orderBy('space')
    .execute();
}

async function sessions({ db, clock }: Core, memberId: string): Promise<readonly Date[]> {
  const rows = await db
    .selectFrom('web_sessions')
    .select('expires_at')
    .where('member_id', '=', memberId)
    .where('expires_at', '>', clock.now())
    .orderBy('expires_at')
    .execute();
  return rows.map((row) => row.expires_at);
}

async function messages({ db }: Core, memberId: string): Promise<readonly SentMessage[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['kind', 'created_at', 'settled_at'])
    .where('member_id', '=', memberId)
    .where('status', '=', 'sent')
    .orderBy('settled_at')
    .execute();
  return rows.flatMap(({ kind, created_at: createdAt, settled_at: settledAt }) =>
    isMessageKind(kind) ? [{ kind, sentAt: settledAt ?? createdAt }] : [],
  );
}

async function rooms({ db }: Core, memberId: string): Promise<Everything['rooms']> {
  return await db
    .selectFrom('rooms')
    .select(['platform', 'created_at as createdAt'])
    .where('chosen_by', '=', memberId)
    .orderBy('created_at')
    .execute();
}
