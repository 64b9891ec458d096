import type { Member, NetworkSettings } from '../network/model.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { momentInWeek } from '../time/local.ts';
import { scheduleNextPrompt } from './due.ts';

/**
 * Moves the next prompt to the clock of the zone the member has now, within the week it is for: no week gets two, and
 * none goes without. Where that moment has passed there already, it is due at once.
 *
 * @returns when it comes; `undefined` for someone who gets none
 */
export async function movePrompt(
  tx: Transaction,
  member: Member,
  settings: NetworkSettings,
  now: Date,
): Promise<Date | undefined> {
  if (member.status !== 'active') return undefined;
  const next = await tx
    .selectFrom('agenda')
    .select('key')
    .where('kind', '=', 'reflections.prompt')
    .where('subject', '=', member.id)
    .where('done_at', 'is', null)
    .orderBy('due_at')
    .forUpdate()
    .executeTakeFirst();
  if (next === undefined) return await scheduleNextPrompt(tx, member, settings, now);
  // Not the week that the moment falls in on the new clock, which may be another: the same appointment moves.
  const week = next.key.split(':').at(-1) ?? '';
  const at = momentInWeek(week, member.zone, settings.promptWeekday, settings.promptHour);
  await schedule(tx, [{ key: next.key, kind: 'reflections.prompt', subject: member.id, at }]);
  return at;
}
