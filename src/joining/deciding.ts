import { randomUUID } from 'node:crypto';
import { withEdits } from '../account.ts';
import { type Asker, type IntentOf, readsPrivately } from '../asker.ts';
import { actAs } from '../convening/act.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { findByName } from '../network/comparing.ts';
import { forgetStranger, keepWhereToWrite } from '../network/greeting.ts';
import { inviteGuest } from '../network/guests.ts';
import { addAccount } from '../network/linking.ts';
import type { Level, Member, Permission } from '../network/model.ts';
import {
  findMemberByAccount,
  findMemberByVouchedEmail,
  findMemberListedAs,
  findPersonByEmail,
} from '../network/roster.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { readApproval, readReason } from './approval.ts';
import { addCouncil, councilOfAddress, readCouncils } from './councils.ts';
import { problems } from './problem-messages.ts';
import { findJoinRequest, type JoinRequest, openRequests } from './requests.ts';
import * as say from './review-messages.ts';

type AnswersTo<Kind extends string> = Extract<IntentOf<'joining'>, { kind: Kind }>;

export async function showRequests(core: Core, { sender, member }: Asker): Promise<Reply> {
  const waiting = await openRequests(core.db);
  return { kind: 'page', page: say.requestsPage(waiting, member.zone, readsPrivately(sender)) };
}

/** @throws Refusal where it is gone, or somebody has decided: who, and when */
async function mustBeOpen(db: Parameters<typeof findJoinRequest>[0], id: string, member: Member): Promise<JoinRequest> {
  const request = await findJoinRequest(db, id);
  if (request === undefined) throw new Refusal(say.requestGone);
  if (request.decision !== undefined) throw new Refusal(say.decidedAlready(request.decision, member.zone));
  return request;
}

/** Nobody is let into a membership by typing its address. @throws Refusal */
async function mustBeNew(
  db: Parameters<typeof findJoinRequest>[0],
  { email, emailVerified }: JoinRequest,
): Promise<void> {
  const holder = await findMemberListedAs(db, email);
  if (holder === undefined) {
    const guest = emailVerified ? undefined : await findPersonByEmail(db, email);
    if (guest !== undefined) throw new Refusal(say.isGuest(guest.name));
    return;
  }
  const isVouchedFor = (await findMemberByVouchedEmail(db, email)) !== undefined;
  throw new Refusal(isVouchedFor ? say.onRosterAlready(holder.name) : say.onRosterUnconfirmed(holder.name));
}

export async function openApproval(core: Core, { member }: Asker, id: string): Promise<Reply> {
  const asking = await mustBeOpen(core.db, id, member);
  await mustBeNew(core.db, asking);
  const known =
    findByName(asking.council, await readCouncils(core.db)) ??
    (asking.emailVerified ? await councilOfAddress(core.db, asking.email) : undefined);
  const cohorts = await readCohorts(core);
  const council = known?.name ?? asking.council;
  const shown = markOf(core, asking);
  return { kind: 'form', form: say.approvalForm({ asking, council, isKnown: known !== undefined, cohorts, shown }) };
}

/** What a convener was shown and does not type: who it is. Whoever asked may change it while their request is open. */
function markOf({ cipher }: Core, { name, email, emailVerified }: Shown): string {
  return cipher.token(`join request: ${JSON.stringify([name, email, emailVerified])}`).toString('base64url');
}

type Shown = Pick<JoinRequest, 'name' | 'email' | 'emailVerified'>;

/** A list in Slack takes 100, and one of ours is "None": https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const mostCohorts = 99;

async function readCohorts({ db }: Core) {
  const rows = await db
    .selectFrom('cohorts')
    .select(['id', 'name'])
    .orderBy('year', (order) => order.desc().nullsLast())
    .orderBy('name')
    .limit(mostCohorts)
    .execute();
  return rows.map(({ id, name }) => ({ value: id, label: name }));
}

/** Puts whoever asked on the roster, with the account they asked from, and tells them that they may join. */
export async function approve(core: Core, { member }: Asker, answers: AnswersTo<'joining.approve'>): Promise<Reply> {
  const asking = await mustBeOpen(core.db, answers.request, member);
  if (markOf(core, asking) !== answers.shown) throw new Refusal(say.changedSince);
  await mustBeNew(core.db, asking);
  const cohorts = (await readCohorts(core)).map(({ value }) => value);
  const read = readApproval(answers, await readCouncils(core.db), cohorts);
  if (read.kind === 'wrong') throw new Refusal(problems.some, read.problems);
  await actAs(core, member, async (tx) => {
    const { council, ...place } = read.said;
    const at = 'id' in council ? { id: council.id, isNew: false } : await addCouncil(tx, council.name);
    const memberId = await putOnRoster(core, tx, asking, { ...place, councilId: at.id });
    if (memberId === undefined) {
      // Another convener was faster, or an import.
      await mustBeOpen(tx, asking.id, member);
      await mustBeNew(tx, asking);
      throw new Refusal(say.requestGone);
    }
    // docs/delivery.md names the order: accounts, rooms, requests.
    await addAccount(tx, memberId, asking.account, asking.address, core.clock.now());
    await forgetStranger(tx, asking.account);
    const decided = await decide(core, tx, asking, member, { decision: 'approved', reason: '' });
    if (markOf(core, decided) !== answers.shown) throw new Refusal(say.changedSince);
    await keepAsTheirs(tx, asking, memberId);
    const holder = await findMemberByAccount(tx, asking.account);
    if (holder?.id !== memberId) throw new Refusal(say.requestGone);
    const kind = 'joining.approved';
    await post(tx, core.clock.now(), [{ key: `${kind}:${asking.id}`, kind, subject: asking.id, memberId }]);
    const { level, permission } = place;
    const approved = { action: kind, subject: memberId, detail: { request: asking.id, level, permission } } as const;
    return at.isNew ? [{ action: 'council.added', subject: at.id, detail: {} }, approved] : [approved];
  });
  return { kind: 'message', message: say.approved(asking) };
}

/** What an approval makes of somebody. */
export interface Placed {
  readonly councilId: string;
  readonly role: string;
  readonly level: Level;
  readonly cohortId: string | null;
  readonly permission: Permission;
}

/**
 * An address that nobody vouches for is written down and is no way in: a link to sign in, sent to whoever has it, would
 * open what this person writes, and what somebody else writes would be open to this person.
 *
 * @returns their id; `undefined` where somebody with that address is on the roster by now
 */
async function putOnRoster(
  core: Core,
  tx: Transaction,
  { name, email, emailVerified, zone }: JoinRequest,
  { councilId, role, level, cohortId, permission }: Placed,
): Promise<string | undefined> {
  const id = randomUUID();
  const cohort_since = cohortId === null ? null : core.clock.now();
  const place = { council_id: councilId, cohort_id: cohortId, cohort_since };
  const added = await tx
    .insertInto('members')
    .values({ id, name, email, role, level, permission, zone, status: 'invited', ...place })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) {
    const theirs = { name, role, level, permission, zone, ...place };
    return emailVerified ? await takeGuest(core, tx, email, theirs) : undefined;
  }
  const account = { member_id: id, space: '', address: '{}', seen_at: core.clock.now() };
  const web = { ...account, id: randomUUID(), platform: 'web', platform_user: id } as const;
  const mail = { ...account, id: randomUUID(), platform: 'email', platform_user: email } as const;
  await tx
    .insertInto('accounts')
    .values(emailVerified ? [web, mail] : [web])
    .execute();
  // They ask to be back: they, and nobody who only typed their address.
  if (emailVerified) await tx.deleteFrom('erased_people').where('token', '=', core.cipher.token(email)).execute();
  return id;
}

/** A guest with this address becomes who was let in, with all that they host. @returns `undefined` where there is none */
async function takeGuest(core: Core, tx: Transaction, email: string, said: TakenGuest): Promise<string | undefined> {
  const guest = await tx
    .updateTable('members')
    .set(said)
    .where('email', '=', email)
    .where('status', '=', 'guest')
    .returning('id')
    .executeTakeFirst();
  if (guest === undefined) return undefined;
  await inviteGuest(tx, guest.id, core.clock.now());
  return guest.id;
}

type TakenGuest = Pick<Member, 'name' | 'role' | 'level' | 'permission' | 'zone'> & {
  readonly council_id: string;
  readonly cohort_id: string | null;
  readonly cohort_since: Date | null;
};

/** Whatever this account ever asked is the member's by now, and goes with them when the account is theirs no longer. */
async function keepAsTheirs(tx: Transaction, { account }: JoinRequest, memberId: string): Promise<void> {
  await tx
    .updateTable('join_requests')
    .set({ member_id: memberId })
    .where('platform', '=', account.platform)
    .where('space', '=', account.space)
    .where('platform_user', '=', account.user)
    .execute();
}

/**
 * Of two conveners at once, the later one is told of the first.
 *
 * @returns who it was that asked, when it was decided
 * @throws Refusal
 */
async function decide(
  core: Core,
  tx: Transaction,
  { id }: JoinRequest,
  member: Member,
  outcome: { readonly decision: 'approved' | 'refused'; readonly reason: string },
): Promise<Shown> {
  const decided = await tx
    .updateTable('join_requests')
    .set({ ...outcome, decided_at: core.clock.now(), decided_by: member.id })
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .returning(['name', 'email', 'email_verified as emailVerified'])
    .executeTakeFirst();
  if (decided !== undefined) return decided;
  await mustBeOpen(tx, id, member);
  throw new Refusal(say.requestGone);
}

export async function openRefusal(core: Core, { member }: Asker, id: string): Promise<Reply> {
  return { kind: 'form', form: say.refusalForm(await mustBeOpen(core.db, id, member)) };
}

/** Tells whoever asked that they may not join, and why, where there is a place to tell them. */
export async function refuse(core: Core, { member }: Asker, answers: AnswersTo<'joining.refuse'>): Promise<Reply> {
  const asking = await mustBeOpen(core.db, answers.request, member);
  const read = readReason(answers.reason);
  if (read.kind === 'wrong') throw new Refusal(problems.some, read.problems);
  const now = core.clock.now();
  const isTold = withEdits.has(asking.account.platform);
  await actAs(core, member, async (tx) => {
    const room = isTold ? await keepWhereToWrite(tx, asking.account, asking.address, asking.requestedAt) : undefined;
    await decide(core, tx, asking, member, { decision: 'refused', reason: read.said });
    const kind = 'joining.refused';
    if (room !== undefined) {
      await post(tx, now, [{ key: `${kind}:${asking.id}`, kind, subject: asking.id, roomId: room.id }]);
    }
    return [{ action: kind, subject: asking.id, detail: {} }];
  });
  return { kind: 'message', message: say.turnedDown(asking, isTold) };
}
