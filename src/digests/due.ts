import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import { activeMembers, readSettings } from '../network/roster.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { beginningOf, digestMoment, monthAfter, monthOf } from './months.ts';
import { keepMembers, waitingFor, writtenBetween } from './parts.ts';
import { digestOf } from './rules.ts';

/** Publishes a month once, tells those who get prompts, and puts the next month on the agenda. */
export async function digestDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const month = due.subject;
  await keepMembers(tx);
  await scheduleDigest(tx, now);
  if (!(await publish(tx, month, now))) return;
  const readers = (await activeMembers(tx)).filter((member) => member.agreesToPrompts);
  await post(
    tx,
    now,
    readers.map(({ id }) => ({
      key: `digests.month:${month}:${id}`,
      kind: 'digests.month' as const,
      subject: month,
      memberId: id,
    })),
  );
}

/** False when there is nothing that may be told, or it is told already. */
async function publish(tx: Transaction, month: string, now: Date): Promise<boolean> {
  const { zone, digestPeople, digestCouncils } = await readSettings(tx);
  const end = beginningOf(monthAfter(month), zone);
  const written = await writtenBetween(tx, beginningOf(month, zone), end);
  const told = digestOf(written, await waitingFor(tx, end), { people: digestPeople, councils: digestCouncils });
  const digest = await tx
    .insertInto('digests')
    .values({ month, published_at: now })
    .onConflict((conflict) => conflict.column('month').doNothing())
    .returning('month')
    .executeTakeFirst();
  if (digest === undefined) return false;
  for (const { framework, theme, people, councils, prompts } of told) {
    await tx.insertInto('digest_themes').values({ month, framework, theme, people, councils }).execute();
    const rows = prompts.map((promptId) => ({ month, framework, theme, prompt_id: promptId }));
    if (rows.length > 0) await tx.insertInto('digest_reflections').values(rows).execute();
  }
  return told.length > 0;
}

/** Puts the digest of the present month on the agenda, unless one stands there. Months we were down for are left out. */
export async function scheduleDigest(tx: Transaction, now: Date): Promise<void> {
  const standing = await tx
    .selectFrom('agenda')
    .select('id')
    .where('kind', '=', 'digests.month')
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (standing !== undefined) return;
  const { zone, promptHour } = await readSettings(tx);
  const month = monthOf(now, zone);
  const at = digestMoment(month, zone, promptHour);
  await schedule(tx, [{ key: `digests.month:${month}`, kind: 'digests.month', subject: month, at }]);
}
