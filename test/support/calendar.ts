import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import type { SetClock } from '../../src/time/clock.ts';
import { settleAll } from './core.ts';
import { recordingOutbound } from './people.ts';

/** Looks at every hour until then, as the sweep would; prompts and rounds come in the hours they are due. */
export async function runUntil(core: Core, clock: SetClock, until: string): Promise<void> {
  const web = recordingOutbound();
  const outbounds = new Map([['web', web] as const]);
  for (;;) {
    await settleAll(core, outbounds);
    const next = await nextDue(core, new Date(until));
    if (next === undefined) break;
    clock.set(next);
  }
  clock.set(new Date(until));
  await settleAll(core, outbounds);
}

/** When the next thing falls due after now. */
async function nextDue(core: Core, until: Date): Promise<Date | undefined> {
  const row = await core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('done_at', 'is', null)
    .where('due_at', '>', core.clock.now())
    .where('due_at', '<', until)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at;
}

/** The prompts a member was sent, as 'week: moment'. */
export async function promptsOf(core: Core, { id }: Member): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('prompts')
    .select(['week', 'sent_at'])
    .where('member_id', '=', id)
    .orderBy('sent_at')
    .execute();
  return rows.map(({ week, sent_at }) => `${week}: ${sent_at.toISOString().slice(0, 16)}`);
}

/** What is planned for a member, as 'week: moment'. */
export async function plannedFor(core: Core, { id }: Member): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('agenda')
    .select(['key', 'due_at'])
    .where('kind', '=', 'reflections.prompt')
    .where('subject', '=', id)
    .where('done_at', 'is', null)
    .execute();
  return rows.map(({ key, due_at }) => `${key.slice(-10)}: ${due_at.toISOString().slice(0, 16)}`);
}

export async function roundsPlanned(core: Core): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('agenda')
    .select(['subject', 'due_at'])
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is', null)
    .execute();
  return rows.map(({ subject, due_at }) => `${subject}: ${due_at.toISOString().slice(0, 16)}`);
}
