import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Account, type Profile, type Sender, withEdits } from '../account.ts';
import type { IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { holdConveners } from '../network/hold.ts';
import { alreadyJoined } from '../network/messages.ts';
import type { Member } from '../network/model.ts';
import { findMemberByVouchedEmail, readSettings } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { isZone } from '../time/local.ts';
import { councilOfAddress } from './councils.ts';
import { requestsADay } from './model.ts';
import { type Plea, readPlea } from './plea.ts';
import { problems } from './problem-messages.ts';
import * as say from './request-messages.ts';
import type { Asking } from './review-messages.ts';

/*
 * Whoever the roster does not name asks the conveners. What is answered never tells who is on the roster: only the address
 * that a platform vouches for is compared with it, and a typed one opens nothing.
 */

/** The form by which somebody asks conveners to be let in, with what we may know of them already. */
export async function askToBeLetIn(core: Core, { account }: Sender, profile: Profile): Promise<Reply> {
  const open = await openRequestOf(core.db, account);
  const council = profile.email === '' ? undefined : await councilOfAddress(core.db, profile.email);
  const known = open ?? {
    name: profile.name.trim(),
    email: profile.email.toLowerCase(),
    council: council?.name ?? '',
    role: '',
    level: '' as const,
    note: '',
  };
  return { kind: 'form', form: say.requestForm(known, open !== undefined) };
}

async function openRequestOf(db: Reader, { platform, space, user }: Account) {
  return await db
    .selectFrom('join_requests')
    .select(['name', 'email', 'council', 'role', 'level', 'note'])
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .where('decided_at', 'is', null)
    .executeTakeFirst();
}

export async function openRequest(core: Core, sender: Sender, member: Member | undefined): Promise<Reply> {
  if (member?.status === 'active') return { kind: 'message', message: alreadyJoined() };
  const profile = await sender.profile();
  if (await mayJoin(core, member, profile)) return { kind: 'message', message: say.mayJoin() };
  return await askToBeLetIn(core, sender, profile);
}

/** Whether there is nothing to ask for: their platform vouches for an address that the roster names. */
async function mayJoin(core: Core, member: Member | undefined, { email }: Profile): Promise<boolean> {
  return member !== undefined || (await findMemberByVouchedEmail(core.db, email)) !== undefined;
}

/**
 * Puts a request to the conveners. Asked again while it is open, it is brought up to date, and nobody is told twice.
 *
 * @throws Refusal with a problem for each answer that cannot be used, or where one workspace brings too many in a day
 */
export async function sendRequest(
  core: Core,
  sender: Sender,
  member: Member | undefined,
  answers: Extract<IntentOf<'joining'>, { kind: 'joining.request' }>,
): Promise<Reply> {
  if (member?.status === 'active') return { kind: 'message', message: alreadyJoined() };
  const profile = await sender.profile();
  if (await mayJoin(core, member, profile)) return { kind: 'message', message: say.mayJoin() };
  const read = readPlea(answers);
  if (read.kind === 'wrong') throw new Refusal(problems.some, read.problems);
  const conveners = await core.db.transaction().execute(async (tx) => {
    await holdWorkspace(tx, sender.account);
    const id = await keepRequest(core, tx, sender, profile, read.said);
    return await tellConveners(core, tx, id);
  });
  const isToldHere = withEdits.has(sender.account.platform);
  const prospect = { hasConveners: conveners > 0, isToldHere, days: core.retention.requests };
  return { kind: 'message', message: say.requestSent(prospect) };
}

/** One after the other, so that they can be counted. */
async function holdWorkspace(tx: Transaction, { platform, space }: Account): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`joining.request:${platform}:${space}`}))`.execute(tx);
}

async function keepRequest(
  core: Core,
  tx: Transaction,
  { account, address }: Sender,
  profile: Profile,
  plea: Plea,
): Promise<string> {
  const { platform, space, user } = account;
  const now = core.clock.now();
  const said = {
    ...plea,
    address: JSON.stringify(address),
    email_verified: profile.email.toLowerCase() === plea.email,
  };
  const updated = await tx
    .updateTable('join_requests')
    .set(said)
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .where('decided_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (updated !== undefined) return updated.id;
  await refuseFlood(tx, account, now);
  const id = randomUUID();
  const zone = isZone(profile.zone) ? profile.zone : (await readSettings(tx)).zone;
  const row = { id, platform, space, platform_user: user, zone, requested_at: now, ...said };
  await tx.insertInto('join_requests').values(row).execute();
  return id;
}

const dayMs = 24 * 3_600_000;

/**
 * Counts this one. Requests themselves are not counted: each one was told to every convener, and stays told when it is
 * erased to make room for the next.
 */
async function refuseFlood(tx: Transaction, { platform, space }: Account, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - dayMs);
  const { count } = await tx
    .insertInto('join_request_counts')
    .values({ platform, space, count: 1, since: now })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'space']).doUpdateSet({
        count: sql<number>`case when join_request_counts.since <= ${dayAgo} then 1 else join_request_counts.count + 1 end`,
        since: sql<Date>`case when join_request_counts.since <= ${dayAgo} then ${now} else join_request_counts.since end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  if (count > requestsADay) throw new Refusal(say.tooMany);
}

/** @returns how many there are */
async function tellConveners(core: Core, tx: Transaction, request: string): Promise<number> {
  const conveners = await holdConveners(tx);
  const kind = 'joining.requested';
  const postings = conveners.map(
    (memberId) => ({ key: `${kind}:${request}:${memberId}`, kind, subject: request, memberId }) as const,
  );
  await post(tx, core.clock.now(), postings);
  return conveners.length;
}

/** Somebody's request, as those who decide on it read it. */
export interface JoinRequest extends Asking {
  readonly account: Account;
  readonly address: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly decision: Decision | undefined;
}

export interface Decision {
  readonly kind: 'approved' | 'refused';
  readonly at: Date;
  /** Who decided; '' where they were erased. */
  readonly by: string;
  readonly reason: string;
}

function requestRows(db: Reader) {
  return db
    .selectFrom('join_requests')
    .leftJoin('people', 'people.id', 'join_requests.decided_by')
    .select(['join_requests.id', 'platform', 'space', 'platform_user as user', 'address', 'decision', 'reason'])
    .select(['join_requests.name', 'join_requests.email', 'email_verified as emailVerified', 'join_requests.council'])
    .select(['join_requests.role', 'join_requests.level', 'note', 'join_requests.zone'])
    .select(['requested_at as requestedAt', 'decided_at as decidedAt', 'people.name as decidedBy']);
}

function readRequest({
  platform,
  space,
  user,
  decision,
  decidedAt,
  decidedBy,
  reason,
  ...rest
}: Awaited<ReturnType<ReturnType<typeof requestRows>['execute']>>[number]): JoinRequest {
  const isDecided = decision !== null && decidedAt !== null;
  return {
    ...rest,
    account: { platform, space, user },
    decision: isDecided ? { kind: decision, at: decidedAt, by: decidedBy ?? '', reason } : undefined,
  };
}

export async function findJoinRequest(db: Reader, id: string): Promise<JoinRequest | undefined> {
  const row = await requestRows(db).where('join_requests.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : readRequest(row);
}

/** Those that nobody has decided on, the oldest first. */
export async function openRequests(db: Reader): Promise<readonly JoinRequest[]> {
  const rows = await requestRows(db).where('decided_at', 'is', null).orderBy('requested_at').execute();
  return rows.map(readRequest);
}
