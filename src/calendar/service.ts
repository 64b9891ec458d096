import type { Asker, IntentOf } from '../asker.ts';
import { writeAudit } from '../convening/audit.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { replanRound } from '../matching/publishing/round-agenda.ts';
import type { Reply } from '../messages/reply.ts';
import { refreshManyHomes } from '../network/many-homes.ts';
import type { NetworkSettings } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import type { Transaction } from '../store/database.ts';
import { type Rhythm, readRhythm } from './answers.ts';
import * as say from './messages.ts';
import { holdCalendar, planLater, replan } from './planning.ts';

export async function openRhythm(core: Core): Promise<Reply> {
  return { kind: 'form', form: say.rhythmForm(await readSettings(core.db)) };
}

/**
 * Keeps when prompts and rounds come, and moves all that is planned.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function saveRhythm(
  core: Core,
  { member }: Asker,
  answers: Extract<IntentOf<'calendar'>, { kind: 'calendar.rhythm' }>,
): Promise<Reply> {
  const now = core.clock.now();
  const done = await core.db.transaction().execute(async (tx) => {
    await holdCalendar(tx, 'to change');
    const before = await readSettings(tx);
    const rhythm = readRhythm(answers, before);
    if ('problems' in rhythm) throw new Refusal(say.problems.some, rhythm.problems);
    await tx.updateTable('network').set(rowOf(rhythm)).execute();
    const after = { ...before, ...rhythm };
    const detail = changesOf(before, after);
    if (Object.keys(detail).length > 0) {
      const audited = { by: 'convener', actorId: member.id, action: 'rhythm.changed', subject: '', detail } as const;
      await writeAudit(tx, audited, now);
    }
    return { after, ...(await moveEverything(tx, now)) };
  });
  await planLater(core, done.leftOut);
  return { kind: 'message', message: say.rhythmSaved(done.after, done.round) };
}

export interface Moved {
  /** When the next round comes, where one is planned and does not run just now. */
  readonly round: Date | undefined;
  /** Members to be planned after the transaction. */
  readonly leftOut: readonly string[];
}

/** For whoever has changed the calendar, which they hold. */
export async function moveEverything(tx: Transaction, now: Date): Promise<Moved> {
  const leftOut = await replan(tx, 'everybody', now);
  const { moved, at } = await replanRound(tx, now);
  if (moved) await refreshManyHomes(tx, now, 'everybody');
  return { round: at, leftOut };
}

function rowOf(rhythm: Rhythm) {
  return {
    zone: rhythm.zone,
    prompt_weekday: rhythm.promptWeekday,
    prompt_hour: rhythm.promptHour,
    round_weekday: rhythm.roundWeekday,
    round_hour: rhythm.roundHour,
    round_weeks: rhythm.roundWeeks,
  };
}

/** What is different, as 'before to after'. */
function changesOf(before: NetworkSettings, after: NetworkSettings): Readonly<Record<string, string>> {
  const parts = ['zone', 'promptWeekday', 'promptHour', 'roundWeekday', 'roundHour', 'roundWeeks'] as const;
  const changed = parts.filter((part) => before[part] !== after[part]);
  return Object.fromEntries(changed.map((part) => [part, `${before[part]} to ${after[part]}`]));
}
