import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { readWorkingDays } from '../reflections/working-days.ts';
import { schedule, unschedule } from '../store/agenda.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { dayOf } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import { giveBuddy } from './buddy.ts';
import { newSince } from './newness.ts';
import { isBefore, nextStepDay, stepOn } from './path-rules.ts';

/** What the keys of a member's steps begin with. */
function keyStart(memberId: string): string {
  return `joining.path:${memberId}:`;
}

/** Puts the next step of somebody's first six weeks on the agenda; nothing for those who are not new to their role. */
export async function schedulePath(tx: Transaction, memberId: string, now: Date): Promise<void> {
  const newcomer = await findNewcomer(tx, memberId);
  if (newcomer === undefined) return;
  const { member, begunAt } = newcomer;
  const days = await readWorkingDays(tx, member, now);
  const today = dayOf(now, member.zone);
  const day = nextStepDay(dayOf(begunAt, member.zone), today, days.isWorking);
  if (day === undefined) return;
  const at = momentOn(day, days.hour, member.zone);
  await schedule(tx, [{ key: `${keyStart(memberId)}${day}`, kind: 'joining.path', subject: memberId, at }]);
}

/**
 * A member is new to their role from now on: their first six weeks begin again, with somebody else who looks out for
 * them. To be called with what is on their agenda held.
 */
export async function beginPath(tx: Transaction, memberId: string, now: Date): Promise<void> {
  await tx.updateTable('members').set({ newly_since: now }).where('id', '=', memberId).execute();
  await tx.deleteFrom('buddies').where('member_id', '=', memberId).execute();
  await unschedule(tx, keyStart(memberId));
  await schedulePath(tx, memberId, now);
}

async function findNewcomer(
  db: Reader,
  memberId: string,
): Promise<{ readonly member: Member; readonly begunAt: Date } | undefined> {
  const member = await findMember(db, memberId);
  const begunAt = await newSince(db, memberId);
  return member?.status !== 'active' || begunAt === undefined ? undefined : { member, begunAt };
}

/** Takes the step whose turn it is, and puts the next one on the agenda. */
export async function joiningDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const newcomer = await findNewcomer(tx, due.subject);
  if (newcomer === undefined) return;
  const { member, begunAt } = newcomer;
  await schedulePath(tx, member.id, now);
  const step = stepOn(dayOf(begunAt, member.zone), dayOf(due.at, member.zone));
  if (step === undefined) return;
  // Whoever found nobody in their third week, or rested then, is looked for again with each step that follows.
  const isFound = !isBefore(step, 'first-buddy') && (await giveBuddy(core, tx, member));
  const turns = isFound && step !== 'first-buddy' ? (['first-buddy', step] as const) : [step];
  await post(
    tx,
    now,
    turns.map((turn) => ({
      key: `${keyStart(member.id)}${begunAt.toISOString()}:${turn}${turn === step ? '' : `:${step}`}`,
      kind: 'joining.path' as const,
      subject: turn,
      memberId: member.id,
    })),
  );
}
