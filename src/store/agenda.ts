import { randomUUID } from 'node:crypto';
import type { DueKind } from '../agenda/model.ts';
import type { Database, Transaction } from './database.ts';

/** Something that will fall due. `key` makes it stand once; writing the same key again moves it, unless it is done. */
export interface Appointment {
  readonly key: string;
  readonly kind: DueKind;
  readonly subject: string;
  readonly at: Date;
}

export async function schedule(tx: Transaction, appointments: readonly Appointment[]): Promise<void> {
  if (appointments.length === 0) return;
  const rows = appointments.map(({ key, kind, subject, at }) => ({
    id: randomUUID(),
    key,
    kind,
    subject,
    due_at: at,
    done_at: null,
  }));
  await tx
    .insertInto('agenda')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({ due_at: row.ref('excluded.due_at') }))
        .where('agenda.done_at', 'is', null),
    )
    .execute();
}

/**
 * Puts an appointment on the agenda unless it stands there undone; one that was done is opened again. Whichever it is,
 * it is held until this transaction ends: it is not done before what this transaction changes can be seen.
 */
export async function scheduleAgain(tx: Transaction, { key, kind, subject, at }: Appointment): Promise<void> {
  await tx
    .insertInto('agenda')
    .values({ id: randomUUID(), key, kind, subject, due_at: at, done_at: null })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({ due_at: row.ref('excluded.due_at'), done_at: null }))
        // One that is not done is locked all the same: https://www.postgresql.org/docs/current/sql-insert.html
        .where('agenda.done_at', 'is not', null),
    )
    .execute();
}

/** Takes appointments off the agenda, by key prefix: whatever of it is done stays as a record. */
export async function unschedule(tx: Transaction, keyPrefix: string): Promise<void> {
  await tx.deleteFrom('agenda').where('key', 'like', `${keyPrefix}%`).where('done_at', 'is', null).execute();
}

/** The ids of what is due and not done, the oldest first. */
export async function findDue(db: Database, now: Date, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('agenda')
    .select('id')
    .where('done_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
