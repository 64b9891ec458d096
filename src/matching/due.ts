import { addWeeks } from 'date-fns/addWeeks';
import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { NetworkSettings } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { nextLocal } from '../time/local.ts';
import { runRound } from './service.ts';

/** Runs the round and puts the next one on the agenda. The subject is the round's number. */
export async function matchingDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const number = Number(due.subject);
  await runRound(core, tx, number);
  const settings = await readSettings(tx);
  // Counted from the day it was due, so a late round does not push the later ones; never more than one is made up.
  const next = roundAfter(addWeeks(due.at, settings.roundWeeks - 1), settings);
  const now = core.clock.now();
  await scheduleRound(tx, number + 1, next > now ? next : roundAfter(now, settings));
}

/** Puts the network's first round on the agenda, unless one stands there. */
export async function scheduleFirstRound(tx: Transaction, now: Date): Promise<void> {
  const standing = await tx
    .selectFrom('agenda')
    .select('id')
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (standing !== undefined) return;
  const last = await tx.selectFrom('rounds').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst();
  await scheduleRound(tx, (last?.number ?? 0) + 1, roundAfter(now, await readSettings(tx)));
}

async function scheduleRound(tx: Transaction, number: number, at: Date): Promise<void> {
  await schedule(tx, [{ key: `matching.round:${number}`, kind: 'matching.round', subject: String(number), at }]);
}

function roundAfter(moment: Date, settings: NetworkSettings): Date {
  return nextLocal(moment, settings.zone, settings.roundWeekday, settings.roundHour);
}
