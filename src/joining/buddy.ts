import { subWeeks } from 'date-fns/subWeeks';
import { councilsApart } from '../convening/relations.ts';
import { councilsOutside } from '../convening/taking-part.ts';
import type { Core } from '../core.ts';
import { mayNotMeet } from '../membership/apart.ts';
import type { Member } from '../network/model.ts';
import { activeMembers, findMember } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { chooseBuddy, type Experienced } from './buddy-rules.ts';
import { newNow } from './newness.ts';
import type { PathStep } from './path-rules.ts';

/** How long one looks out for a newcomer. */
const lastsWeeks = 6;

/**
 * Gives a newcomer somebody who looks out for them, where there is anybody, and tells that person. Once.
 *
 * @returns whether they got somebody now
 */
export async function giveBuddy(core: Core, tx: Transaction, newcomer: Member): Promise<boolean> {
  if (!newcomer.agreesToMatching || isPaused(newcomer, 'matching', core.clock.now())) return false;
  if ((await chosenBuddy(tx, newcomer.id)) !== undefined) return false;
  const now = core.clock.now();
  const interests = await interestsOf(tx);
  const person = { ...newcomer, interests: interests.get(newcomer.id) ?? [] };
  const apart = [...(await mayNotMeet(core, tx)), ...(await councilsApart(tx))];
  const buddyId = chooseBuddy(person, await experienced(core, tx, interests), apart);
  if (buddyId === undefined) return false;
  const given = await tx
    .insertInto('buddies')
    .values({ member_id: newcomer.id, buddy_id: buddyId, introduced_at: now })
    .onConflict((conflict) => conflict.column('member_id').doNothing())
    .returning('member_id')
    .executeTakeFirst();
  if (given === undefined) return false;
  // Whoever is new to another role, later, may be given the same person.
  const key = `joining.buddy:${newcomer.id}:${buddyId}:${now.toISOString()}`;
  await post(tx, now, [{ key, kind: 'joining.buddy', subject: newcomer.id, memberId: buddyId }]);
  return true;
}

/** Those who are not new themselves, agreed to be introduced to peers, and are not resting from it. */
async function experienced(
  core: Core,
  tx: Transaction,
  interests: ReadonlyMap<string, readonly string[]>,
): Promise<readonly Experienced[]> {
  const now = core.clock.now();
  const outside = await councilsOutside(tx);
  const isNew = await newNow(tx, now);
  const counts = await tx
    .selectFrom('buddies')
    .select((select) => ['buddy_id as id', select.fn.countAll<string>().as('count')])
    .where('introduced_at', '>', subWeeks(now, lastsWeeks))
    .groupBy('buddy_id')
    .execute();
  const countOf = new Map(counts.map(({ id, count }) => [id, Number(count)]));
  return (await activeMembers(tx))
    .filter((member) => member.agreesToMatching && !isPaused(member, 'matching', now))
    .filter((member) => !isNew.has(member.id) && !outside.has(member.councilId))
    .map((member) => ({
      ...member,
      interests: interests.get(member.id) ?? [],
      lookingOutFor: countOf.get(member.id) ?? 0,
    }));
}

async function interestsOf(db: Reader): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.selectFrom('interests').select(['member_id', 'framework', 'theme']).execute();
  const byMember = Map.groupBy(rows, (row) => row.member_id);
  return new Map([...byMember].map(([id, own]) => [id, own.map(({ framework, theme }) => `${framework}/${theme}`)]));
}

/**
 * Whether the two may be introduced to each other, now: what keeps people apart may have been said since the one was
 * chosen.
 */
export async function mayIntroduce(core: Core, db: Reader, newcomer: Member, buddy: Member): Promise<boolean> {
  if (newcomer.status !== 'active' || buddy.status !== 'active') return false;
  if (!newcomer.agreesToMatching || !buddy.agreesToMatching) return false;
  const outside = await councilsOutside(db);
  if (outside.has(buddy.councilId) || outside.has(newcomer.councilId)) return false;
  const apart = [...(await mayNotMeet(core, db)), ...(await councilsApart(db))];
  const isBetween = (pair: readonly [string, string], one: string, other: string) =>
    pair.includes(one) && pair.includes(other) && one !== other;
  return !apart.some(
    (pair) =>
      isBetween(pair, newcomer.id, buddy.id) ||
      (newcomer.councilId !== buddy.councilId && isBetween(pair, newcomer.councilId, buddy.councilId)),
  );
}

/** Who was chosen to look out for this member, whether or not they were introduced. */
export async function chosenBuddy(db: Reader, memberId: string): Promise<Member | undefined> {
  const row = await db.selectFrom('buddies').select('buddy_id').where('member_id', '=', memberId).executeTakeFirst();
  return row === undefined ? undefined : await findMember(db, row.buddy_id);
}

/**
 * Who looks out for this member, once they were introduced and until the path is over. Nothing that the other says
 * about them later takes it away before: they would see that something was said.
 */
export async function presentBuddy(db: Reader, memberId: string, now: Date): Promise<Member | undefined> {
  const row = await db
    .selectFrom('buddies')
    .innerJoin('deliveries', 'deliveries.member_id', 'buddies.member_id')
    .select('buddies.buddy_id')
    .where('buddies.member_id', '=', memberId)
    .where('buddies.introduced_at', '>', subWeeks(now, lastsWeeks))
    .where('deliveries.kind', '=', 'joining.path')
    .where('deliveries.subject', '=', 'first-buddy' satisfies PathStep)
    .where('deliveries.status', '=', 'sent')
    .whereRef('deliveries.created_at', '>=', 'buddies.introduced_at')
    .executeTakeFirst();
  const buddy = row === undefined ? undefined : await findMember(db, row.buddy_id);
  return buddy?.status === 'active' ? buddy : undefined;
}
