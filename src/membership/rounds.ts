import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import * as say from './rounds-messages.ts';

/** Sits out the next round of matches, and only that. */
export async function skipRound(core: Core, member: Member): Promise<Reply> {
  await setSkips(core, member, true);
  return { kind: 'replace', message: say.skipsRound(await nextRound(core), member.zone) };
}

export async function takeRound(core: Core, member: Member): Promise<Reply> {
  await setSkips(core, member, false);
  return { kind: 'replace', message: say.takesRound(await nextRound(core), member.zone) };
}

async function setSkips({ db }: Core, member: Member, skips: boolean): Promise<void> {
  await db.updateTable('members').set({ skips_round: skips }).where('id', '=', member.id).execute();
}

async function nextRound({ db }: Core): Promise<Date | undefined> {
  const row = await db
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row?.due_at;
}

/**
 * Who sits out the round that this transaction runs. It is asked once: whoever says so from now on means the next one.
 */
export async function takeSkips(tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('members')
    .select('id')
    .where('skips_round', '=', true)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await tx.updateTable('members').set({ skips_round: false }).where('id', 'in', ids).execute();
  return new Set(ids);
}
