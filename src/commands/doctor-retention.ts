import type { Core } from '../core.ts';
import { daysOf, endOfPeriod, kinds } from '../retention/kinds.ts';
import { type Finding, finding } from './doctor.ts';

/** After so long without a night, something is not running; in milliseconds. */
const patienceMs = 2 * 86_400_000;

/** What is kept for how long, how much of it is older, and when that was last deleted. */
export async function examineRetention(core: Core): Promise<readonly Finding[]> {
  const now = core.clock.now();
  const found: Finding[] = [await lastNight(core, now)];
  for (const kind of kinds) {
    const older = await kind.count(core.db, endOfPeriod(kind, core.retention, now));
    const days = daysOf(kind, core.retention);
    found.push(finding('Kept', `${kind.name}: ${days} ${days === 1 ? 'day' : 'days'}, ${older} older`));
  }
  return found;
}

async function lastNight({ db }: Core, now: Date): Promise<Finding> {
  const { done, due } = await db
    .selectFrom('agenda')
    .select((select) => [
      select.fn.max('done_at').as('done'),
      select.fn.min('due_at').filterWhere('done_at', 'is', null).as('due'),
    ])
    .where('kind', '=', 'retention.night')
    .executeTakeFirstOrThrow();
  const since = done ?? due;
  const late = since !== null && now.getTime() - since.getTime() > patienceMs;
  const last = done === null ? 'not yet: the first night is to come' : `last at ${done.toISOString()}`;
  const mend = 'Start a process with ROLE=all or ROLE=worker: nothing that is older than its period is deleted.';
  return finding('Deletion each night', late && done === null ? 'never' : last, late ? mend : '');
}
