import type { AuditBy } from '../convening/audit.ts';
import { writeAudit } from '../convening/audit.ts';
import { dueToFreshen, dueToTakePart, freshen, membersOutside } from '../convening/freshen.ts';
import { applyPlan } from '../convening/roster/apply.ts';
import { readHeld } from '../convening/roster/held.ts';
import type { Plan } from '../convening/roster/model.ts';
import { changesNothing, planImport } from '../convening/roster/rules.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Transaction } from '../store/database.ts';
import { holdRoster } from './hold-roster.ts';
import { refusals } from './messages.ts';
import type { RosterRow } from './roster-row.ts';

/** What of a core an import needs. */
export type ImportCore = Pick<Core, 'db' | 'cipher' | 'clock'>;

export interface ImportOptions {
  /** Adds those who once asked to be erased: only where they asked to come back. */
  readonly includeErased: boolean;
}

/** Who imports: the operator on the command line, or a convener on the web. */
export interface Importer {
  readonly by: AuditBy;
  readonly actorId: string | null;
}

export const operator: Importer = { by: 'operator', actorId: null };

/** What a roster file would change now. Changes nothing. */
export async function previewRoster(
  core: ImportCore,
  rows: readonly RosterRow[],
  { includeErased }: ImportOptions,
): Promise<Plan> {
  // One moment for all that is read.
  return await core.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => planImport(rows, await readHeld(tx, core.cipher, rows), includeErased));
}

/**
 * Carries out a roster file, all of it or nothing: people are put on the roster and brought up to date, and nobody is
 * taken off it or written to. What it does is planned anew while nobody else can change the roster.
 *
 * @throws Refusal when the importer is a convener no longer
 * @param agreed told the plan before anything is done; `false` stops it. It holds everybody up: no waiting here
 * @param onProgress told how many of how many people are done
 */
export async function importRoster(
  core: ImportCore,
  rows: readonly RosterRow[],
  { includeErased, importer, agreed }: ImportOptions & { importer: Importer; agreed(plan: Plan): boolean },
  onProgress: (done: number, total: number) => void,
): Promise<Plan> {
  const now = core.clock.now();
  const { plan, done } = await core.db.transaction().execute(async (tx) => {
    await holdRoster(tx);
    await mustStillBe(tx, importer);
    const planned = planImport(rows, await readHeld(tx, core.cipher, rows), includeErased);
    if (!agreed(planned)) return { plan: planned, done: false };
    const outside = await membersOutside(tx);
    const acts = await applyPlan(tx, planned, { cipher: core.cipher, now, onProgress });
    if (!changesNothing(planned)) await note(tx, planned, importer, now);
    for (const act of acts) await writeAudit(tx, { ...importer, ...act }, now);
    await dueToTakePart(tx, outside, now);
    await dueToFreshen(tx, { members: planned.changed.map(({ id }) => id) }, now);
    return { plan: planned, done: true };
  });
  if (done) {
    await freshen(
      core,
      plan.changed.map(({ id }) => id),
    );
  }
  return plan;
}

/** Between what a convener looked at and now, they may have become something else. */
async function mustStillBe(tx: Transaction, { actorId }: Importer): Promise<void> {
  if (actorId === null) return;
  const row = tx.selectFrom('members').select(['permission', 'status']).where('id', '=', actorId);
  const held = await row.executeTakeFirst();
  if (held?.permission !== 'convener' || held.status !== 'active') throw new Refusal(refusals.notConvener);
}

async function note(tx: Transaction, plan: Plan, { by, actorId }: Importer, now: Date): Promise<void> {
  const detail = { added: String(plan.added.length), changed: String(plan.changed.length) };
  await writeAudit(tx, { by, actorId, action: 'roster.imported', subject: '', detail }, now);
}
