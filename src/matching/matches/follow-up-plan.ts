import { readWorkingDays } from '../../calendar/reading.ts';
import { schedule, scheduleAgain, unschedule } from '../../store/agenda.ts';
import type { Transaction } from '../../store/database.ts';
import { followUps } from './rules.ts';

/**
 * Puts the reminder and the question of the newest round where they belong before the next one: to be called when a round
 * has been published, and when the next one has moved. Nobody is told twice.
 */
export async function planFollowUps(tx: Transaction, now: Date): Promise<void> {
  const newest = tx.selectFrom('rounds').select(['id', 'published_at as from']).orderBy('number', 'desc').limit(1);
  const round = await newest.executeTakeFirst();
  const next = tx.selectFrom('agenda').select('due_at as until').where('kind', '=', 'matching.round');
  const ahead = await next.where('done_at', 'is', null).executeTakeFirst();
  if (round === undefined || ahead === undefined) return;
  const { halfWay, question } = followUps({ from: round.from, until: ahead.until }, await readWorkingDays(tx, now));
  const of = (kind: 'matching.half-way' | 'matching.question') =>
    ({ key: `${kind}:${round.id}`, kind, subject: round.id }) as const;
  await schedule(tx, [{ ...of('matching.question'), at: question }]);
  // It was asked before the next round moved away: it is asked again for whoever is matched meanwhile, and only of those.
  if (question > now) await scheduleAgain(tx, { ...of('matching.question'), at: question });
  if (halfWay !== undefined && halfWay > now) await schedule(tx, [{ ...of('matching.half-way'), at: halfWay }]);
  // The next round has come so near that a reminder would be followed by the question at once.
  else await unschedule(tx, of('matching.half-way').key);
}
