import type { Due } from '../agenda/model.ts';
import { planPrompt } from '../calendar/planning.ts';
import type { Core } from '../core.ts';
import { writeValues } from '../messages/form.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { holdWithAgenda } from './hold.ts';
import { refreshHomes } from './homes.ts';
import { endPauses, planEnds } from './pausing.ts';

export async function networkDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  return due.kind === 'network.freshen' ? await freshen(core, tx, due.subject) : await endPause(core, tx, due);
}

/** Puts right, for one member, what depends on where they belong: it was changed for them. */
async function freshen(core: Core, tx: Transaction, memberId: string): Promise<void> {
  if (!(await holdWithAgenda(tx, memberId))) return;
  const now = core.clock.now();
  await planEnds(tx, memberId);
  await planPrompt(tx, memberId, now);
  await refreshHomes(tx, now, memberId);
}

/** A pause ends by itself, and the member is told once what is on again. */
async function endPause(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const ended = await endPauses(tx, due.subject, now);
  if (ended.length === 0) return;
  const key = `network.resumed:${due.subject}:${due.at.toISOString()}`;
  await post(tx, now, [{ key, kind: 'network.resumed', subject: writeValues(ended), memberId: due.subject }]);
}
