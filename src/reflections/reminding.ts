import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import { schedule } from '../store/agenda.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { dayOf } from '../time/days.ts';
import { comesAgain, nextPromptAt } from './prompt-card.ts';
import { findPromptState, type PromptState, promptStates } from './prompts.ts';
import { reminderMoment } from './put-off.ts';
import { readWorkingDays } from './working-days.ts';

/** Prompts in a row without an answer, after which we ask whether fewer would be better. */
const longSilence = 3;

const dayMs = 24 * 3_600_000;

/** What the key of the appointment to remind of a prompt begins with; a prompt has one. */
export function remindKey(promptId: string): string {
  return `reflections.remind:${promptId}`;
}

/**
 * What follows once a prompt is sent: a reminder in three working days. After three in a row without an answer, a
 * question instead: would fewer be better? It is asked once, and until they answer or skip one, no reminder comes.
 */
export async function expectAnswer(core: Core, tx: Transaction, member: Member, promptId: string): Promise<void> {
  const now = core.clock.now();
  const silence = await silenceBefore(tx, member.id, promptId);
  const began = silence.at(-1);
  if (silence.length < longSilence || began === undefined) return await moveReminder(tx, member, promptId, now);
  const key = `reflections.rhythm-offer:${member.id}:${began.id}`;
  await post(tx, now, [{ key, kind: 'reflections.rhythm-offer', subject: member.id, memberId: member.id }]);
}

/** Puts the reminder three working days after `sentAt`; one that has come already stays the only one. */
export async function moveReminder(tx: Transaction, member: Member, promptId: string, sentAt: Date): Promise<void> {
  const at = reminderMoment(sentAt, await readWorkingDays(tx, member, sentAt));
  await schedule(tx, [{ key: remindKey(promptId), kind: 'reflections.remind', subject: promptId, at }]);
}

/** Reminds once, gently, of a prompt that is still open, unless this would be a bad time for it. */
export async function remindDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const open = await findOpenPrompt(core, tx, due.subject);
  if (open === undefined || (await isBadTime(tx, open, now))) return;
  const marked = await tx
    .updateTable('prompts')
    .set({ reminded_at: now })
    .where('id', '=', due.subject)
    .where('reminded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (marked === undefined) return;
  const key = `reflections.reminder:${due.subject}`;
  await post(tx, now, [{ key, kind: 'reflections.reminder', subject: due.subject, memberId: open.member.id }]);
}

/** Not on a day off, which a network that was down may wake up on; not before it comes again; not next to a new one. */
async function isBadTime(tx: Transaction, { member, state }: OpenPrompt, now: Date): Promise<boolean> {
  const today = dayOf(now, member.zone);
  if (!(await readWorkingDays(tx, member, now)).isWorking(today)) return true;
  if ((await comesAgain(tx, state.id, now)) !== undefined) return true;
  const next = await nextPromptAt(tx, member.id);
  return next !== undefined && next.getTime() - now.getTime() <= dayMs;
}

/** A prompt that its member can be written to about. */
export interface OpenPrompt {
  readonly member: Member;
  readonly state: PromptState;
}

/** Their latest, neither answered nor skipped, of somebody who wants prompts now; `undefined` for any other. */
export async function findOpenPrompt(core: Core, db: Reader, promptId: string): Promise<OpenPrompt | undefined> {
  const row = await db.selectFrom('prompts').select('member_id').where('id', '=', promptId).executeTakeFirst();
  if (row === undefined) return undefined;
  const member = await findMember(db, row.member_id);
  if (member === undefined || !wantsPrompts(member, core.clock.now())) return undefined;
  const found = await findPromptState(db, member.id, promptId);
  if (found === undefined || !found.isLatest || found.state.isAnswered || found.state.isSkipped) return undefined;
  return { member, state: found.state };
}

/** Somebody in the network who agreed to prompts and has not paused them. */
function wantsPrompts(member: Member, now: Date): boolean {
  return member.status === 'active' && member.agreesToPrompts && !isPaused(member, 'prompts', now);
}

/** True while they have left so many in a row without an answer before their latest. */
export async function isSilent(db: Reader, memberId: string): Promise<boolean> {
  const [latest] = await promptStates(db, memberId);
  return latest !== undefined && (await silenceBefore(db, memberId, latest.id)).length >= longSilence;
}

/** The prompts before this one that were left without an answer, the newest first. To skip one is an answer too. */
async function silenceBefore(db: Reader, memberId: string, promptId: string): Promise<readonly PromptState[]> {
  const states = await promptStates(db, memberId);
  const before = states.slice(states.findIndex(({ id }) => id === promptId) + 1);
  const broken = before.findIndex(({ isAnswered, isSkipped }) => isAnswered || isSkipped);
  return broken === -1 ? before : before.slice(0, broken);
}
