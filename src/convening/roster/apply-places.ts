import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../store/database.ts';
import type { ChangedPlace } from './model.ts';

export async function putCouncils(tx: Transaction, changed: readonly ChangedPlace[]): Promise<void> {
  for (const { name, fields, more } of changed) {
    const row = await tx
      .insertInto('councils')
      .values({ id: randomUUID(), name, type: '', nation: '' })
      // Names itself, so that its id comes back.
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const { field, to } of fields) {
      if (field !== 'type' && field !== 'nation' && field !== 'region') continue;
      await tx
        .updateTable('councils')
        .set({ [field]: to })
        .where('id', '=', row.id)
        .execute();
    }
    for (const domain of more) await tx.insertInto('council_domains').values({ domain, council_id: row.id }).execute();
  }
}

export async function putCohorts(tx: Transaction, changed: readonly ChangedPlace[]): Promise<void> {
  for (const { name, fields, more } of changed) {
    const row = await tx
      .insertInto('cohorts')
      .values({ id: randomUUID(), name })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
      .returning('id')
      .executeTakeFirstOrThrow();
    const { programme, year } = Object.fromEntries(fields.map(({ field, to }) => [field, to]));
    if (programme !== undefined) await tx.updateTable('cohorts').set({ programme }).where('id', '=', row.id).execute();
    if (year !== undefined) {
      await tx
        .updateTable('cohorts')
        .set({ year: Number(year) })
        .where('id', '=', row.id)
        .execute();
    }
    for (const set of more) {
      await tx.insertInto('learning_sets').values({ id: randomUUID(), cohort_id: row.id, name: set }).execute();
    }
  }
}
