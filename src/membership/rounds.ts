import type { Core } from '../core.ts';
import { beginMatching } from '../matching/taking-part.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import * as say from './rounds-messages.ts';

/** Sits out the next round of matches, and only that. */
export async function skipRound(core: Core, member: Member): Promise<Reply> {
  await setSkips(core.db, member, true);
  return { kind: 'replace', message: say.skipsRound(await nextRound(core), member.zone) };
}

/** Takes part after all; whoever has no match now waits for one from now on. */
export async function takeRound(core: Core, member: Member): Promise<Reply> {
  await core.db.transaction().execute(async (tx) => {
    await setSkips(tx, member, false);
    await beginMatching(core, tx, member.id);
  });
  return { kind: 'replace', message: say.takesRound(await nextRound(core), member.zone) };
}

async function setSkips(db: Reader, member: Member, skips: boolean): Promise<void> {
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
