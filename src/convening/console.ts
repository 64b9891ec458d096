import type { Core } from '../core.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import { isOfMembers } from '../network/guest-organisations.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import type { Reader } from '../store/database.ts';
import * as say from './messages.ts';
import { councilMayTakePart } from './rules.ts';

/** What conveners do, from one page. */
export async function showConsole(core: Core): Promise<Reply> {
  return { kind: 'page', page: say.console(await count(core.db)) };
}

/** Chats take no files: the roster is imported on the web. */
export async function showRoster(core: Core): Promise<Reply> {
  return { kind: 'page', page: say.rosterPage(await count(core.db), `${core.publicUrl}/console/roster`) };
}

async function count(db: Reader): Promise<say.Counts> {
  const open = await db.selectFrom('join_requests').select('id').where('decided_at', 'is', null).execute();
  const members = await db
    .selectFrom('members')
    .select(['status', ({ fn }) => fn.countAll<string>().as('people')])
    .groupBy('status')
    .execute();
  const having = new Map(members.map(({ status, people }) => [status, Number(people)]));
  const councils = await db.selectFrom('councils').select('consent').where(isOfMembers).execute();
  const cohorts = await db.selectFrom('cohorts').select('graduated_at').execute();
  const proposals = await db.selectFrom('proposals').select('id').where('state', '=', 'awaiting').execute();
  const series = await db.selectFrom('series').select('id').where('ended_at', 'is', null).execute();
  const { councilsMustAgree } = await readSettings(db);
  return {
    requests: open.length,
    joined: having.get('active') ?? 0,
    invited: having.get('invited') ?? 0,
    left: having.get('left') ?? 0,
    councils: councils.length,
    agreed: councils.filter(({ consent }) => consent === 'given').length,
    withdrawn: councils.filter(({ consent }) => consent === 'withdrawn').length,
    cohorts: cohorts.length,
    graduated: cohorts.filter((cohort) => cohort.graduated_at !== null).length,
    mustAgree: councilsMustAgree,
    series: series.length,
    proposals: proposals.length,
  };
}

/** Why this member is sent nothing new; `undefined` while their council takes part. */
export async function whyOutside(db: Reader, member: Member): Promise<Message | undefined> {
  const { councilsMustAgree } = await readSettings(db);
  const row = db.selectFrom('councils').select(['name', 'consent']).where('id', '=', member.councilId);
  const { name, consent } = await row.executeTakeFirstOrThrow();
  if (councilMayTakePart(consent, councilsMustAgree)) return undefined;
  return say.councilOutside(name, consent === 'withdrawn');
}
