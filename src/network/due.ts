import type { Due } from '../agenda/model.ts';
import { planPrompt } from '../calendar/planning.ts';
import type { Core } from '../core.ts';
import { beginMatching, endMatchingUnlessTakingPart } from '../matching/pool/taking-part.ts';
import { writeValues } from '../messages/form.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { holdWithAgenda } from './hold.ts';
import { refreshHomes } from './homes.ts';
import type { NetworkDue } from './model.ts';
import { endPauses, planEnds } from './pausing.ts';

export async function networkDue(core: Core, tx: Transaction, due: Due & { readonly kind: NetworkDue }): Promise<void> {
  switch (due.kind) {
    case 'network.freshen':
      return await freshen(core, tx, due.subject);
    case 'network.takes-part':
      return await takePartAgain(core, tx, due.subject);
    case 'network.pause-ends':
      return await endPause(core, tx, due);
  }
}

/** Puts right, for one member, what depends on where they belong: it was changed for them. */
async function freshen(core: Core, tx: Transaction, memberId: string): Promise<void> {
  if (!(await holdWithAgenda(tx, memberId))) return;
  const now = core.clock.now();
  await planEnds(tx, memberId);
  await planPrompt(tx, memberId, now);
  await endMatchingUnlessTakingPart(core, tx, memberId);
  await refreshHomes(tx, now, memberId);
}

/** Their council takes part from now on. */
async function takePartAgain(core: Core, tx: Transaction, memberId: string): Promise<void> {
  if (await holdWithAgenda(tx, memberId)) await beginMatching(core, tx, memberId);
}

/** A pause ends by itself, and the member is told once what is on again. */
async function endPause(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const ended = await endPauses(tx, due.subject, now);
  if (ended.length === 0) return;
  if (ended.includes('matching')) await beginMatching(core, tx, due.subject);
  const key = `network.resumed:${due.subject}:${due.at.toISOString()}`;
  await post(tx, now, [{ key, kind: 'network.resumed', subject: writeValues(ended), memberId: due.subject }]);
}
