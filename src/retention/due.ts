import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import { readSettings } from '../network/roster.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { dayOf, daysAfter, startOfDay } from '../time/days.ts';
import { momentAt } from '../time/local.ts';
import { endOfPeriod, kinds } from './kinds.ts';

/** When everybody is asleep; where clocks jump over this hour, the day begins it. */
const nightHour = '03:00';

/**
 * Deletes some of what is older than its period: rows of one kind in one transaction, so that nobody waits for long. It
 * comes back at once while there is more, and tomorrow when there is not.
 */
export async function retentionDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const { day, turn, kind } = readSubject(due.subject);
  const next = await endSome(core, tx, kind, now);
  if (next === undefined) return await scheduleNight(tx, now);
  const subject = writeSubject({ day, turn: turn + 1, kind: next });
  await schedule(tx, [{ key: `retention.night:${subject}`, kind: 'retention.night', subject, at: now }]);
}

/** @returns where to go on, or `undefined` when all is done */
async function endSome(core: Core, tx: Transaction, first: number, now: Date): Promise<number | undefined> {
  for (const [index, kind] of kinds.entries()) {
    if (index < first) continue;
    const { rows, more } = await kind.end(core, tx, endOfPeriod(kind, core.retention, now));
    if (rows > 0) return more ? index : index + 1;
  }
  return undefined;
}

interface Turn {
  /** `YYYY-MM-DD` on the network's calendar. */
  readonly day: string;
  /** Counted within one night. */
  readonly turn: number;
  /** The first of {@link kinds} that may have something left. */
  readonly kind: number;
}

function writeSubject({ day, turn, kind }: Turn): string {
  return `${day}/${turn}/${kind}`;
}

function readSubject(subject: string): Turn {
  const [day = '', turn, kind] = subject.split('/');
  return { day, turn: Number(turn), kind: Number(kind) };
}

/** Puts the next night on the agenda, unless one stands there. */
export async function scheduleNight(tx: Transaction, now: Date): Promise<void> {
  const standing = await tx
    .selectFrom('agenda')
    .select('id')
    .where('kind', '=', 'retention.night')
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (standing !== undefined) return;
  const { zone } = await readSettings(tx);
  const { day, at } = nextNight(now, zone);
  const subject = writeSubject({ day, turn: 0, kind: 0 });
  await schedule(tx, [{ key: `retention.night:${subject}`, kind: 'retention.night', subject, at }]);
}

/** The first night of these clocks after `now`. */
export function nextNight(now: Date, zone: string): { readonly day: string; readonly at: Date } {
  const today = dayOf(now, zone);
  for (let ahead = 0; ahead < 4; ahead += 1) {
    const day = daysAfter(today, ahead);
    const at = momentAt(day, nightHour, zone) ?? startOfDay(day, zone);
    if (at !== undefined && at > now) return { day, at };
  }
  throw new Error(`There is no night in ${zone}`);
}
