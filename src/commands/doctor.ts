import type { Platform } from '../account.ts';
import type { Config } from '../config.ts';
import type { Core } from '../core.ts';
import { deliveriesByStatus, deliveriesInDoubt, overdueSeconds } from '../metrics.ts';

/** One thing looked at. `mend` says what to do; '' when nothing is wrong. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  readonly mend: string;
}

/** Overdue for longer than this, something is not running. */
const overdueLimitSeconds = 120;

/** What the database says of the network's health: counts and reasons, never a name. */
export async function examineNetwork(core: Core): Promise<readonly Finding[]> {
  return [
    await members(core),
    ...(await conveners(core)),
    await deliveries(core),
    ...(await delays(core)),
    ...(await doubts(core)),
    ...(await givenUp(core)),
    ...(await failures(core)),
    await agenda(core),
    frameworks(core),
  ];
}

async function members(core: Core): Promise<Finding> {
  const rows = await core.db
    .selectFrom('members')
    .select((select) => ['status', select.fn.countAll<string>().as('count')])
    .groupBy('status')
    .orderBy('status')
    .execute();
  const found = rows.map((row) => `${row.count} ${row.status}`).join(', ');
  return finding(
    'Members',
    found || 'none yet',
    found === '' ? 'Import a roster: npm run colloquy -- import FILE.csv' : '',
  );
}

/**
 * Without one, nobody hears of requests to join, and nobody can decide on them. One who is yet to join is no fault of a
 * network that begins, and an empty roster has been told of.
 */
async function conveners(core: Core): Promise<readonly Finding[]> {
  const rows = await core.db
    .selectFrom('members')
    .select((select) => ['permission', 'status', select.fn.countAll<string>().as('count')])
    .where('status', 'in', ['invited', 'active'])
    .groupBy(['permission', 'status'])
    .orderBy('status')
    .execute();
  if (rows.length === 0) return [];
  const found = rows.filter(({ permission }) => permission === 'convener');
  const counts = found.map(({ count, status }) => `${count} ${status}`).join(', ');
  const mend =
    'Nobody decides on requests to join. Import a roster that says “convener” under “permission” for somebody.';
  return [finding('Conveners', counts || 'none', counts === '' ? mend : '')];
}

async function deliveries(core: Core): Promise<Finding> {
  const rows = await deliveriesByStatus(core);
  return finding('Messages', rows.map((row) => `${row.count} ${row.status}`).join(', ') || 'none yet');
}

async function delays(core: Core): Promise<readonly Finding[]> {
  const mend = 'They are sent once the platform takes them. If this stays, mend the cause.';
  return (await reasonsOf(core, 'pending')).map((found) => finding('Waiting messages', found, mend));
}

/** Sent out for longer than this and not settled, a message cannot be looked up. */
const doubtLimitMinutes = 10;

async function doubts(core: Core): Promise<readonly Finding[]> {
  const since = new Date(core.clock.now().getTime() - doubtLimitMinutes * 60_000);
  const { count } = await core.db
    .selectFrom('deliveries')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('status', '=', 'sending')
    .where('sending_at', '<', since)
    .executeTakeFirstOrThrow();
  const mend =
    'Their platform does not say whether it took them. They are asked about again, and given up after hours.';
  const found = `${count} not settled for ${doubtLimitMinutes} minutes or more`;
  return count === '0' ? [] : [finding('Messages in doubt', found, mend)];
}

/** Apart from the failures: these may have arrived. */
async function givenUp(core: Core): Promise<readonly Finding[]> {
  const mend = 'They may have arrived, so they are not sent again. Members find what is theirs on the web page.';
  const counts = (await deliveriesInDoubt(core)).filter(({ count }) => count > 0);
  const found = counts.map(({ platform, count }) => `${count} by ${platform}`).join(', ');
  return found === '' ? [] : [finding('Given up in doubt', found, mend)];
}

async function failures(core: Core): Promise<readonly Finding[]> {
  const mend = 'Mend the cause; these members were not told.';
  return (await reasonsOf(core, 'failed')).map((found) => finding('Failed messages', found, mend));
}

/** The commonest reasons of the messages in this state, each with how many there are. */
async function reasonsOf(core: Core, status: 'pending' | 'failed'): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select((select) => ['reason', select.fn.countAll<string>().as('count')])
    .where('status', '=', status)
    .where('reason', '<>', '')
    .where('in_doubt', '=', false)
    .groupBy('reason')
    .orderBy('count', 'desc')
    .limit(10)
    .execute();
  return rows.map((row) => `${row.count}: ${row.reason}`);
}

/** Messages that a platform puts off, by workspace and reason. */
export interface Waiting {
  readonly space: string;
  readonly reason: string;
  readonly count: number;
}

export async function waitingIn(core: Core, platform: Platform): Promise<readonly Waiting[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .leftJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .leftJoin('rooms', 'rooms.id', 'deliveries.room_id')
    .select((select) => [
      select.fn.coalesce('rooms.space', 'accounts.space', select.val('')).as('space'),
      'deliveries.reason',
      select.fn.countAll<string>().as('count'),
    ])
    .where('deliveries.status', '=', 'pending')
    .where('deliveries.put_off', '>', 0)
    .where((or) => or.or([or('accounts.platform', '=', platform), or('rooms.platform', '=', platform)]))
    .groupBy(['rooms.space', 'accounts.space', 'deliveries.reason'])
    .orderBy('count', 'desc')
    .execute();
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
}

/** Workspaces that had our app and took it out, on a day such as 2027-03-02. */
export async function removedSpaces(
  core: Core,
  platform: Platform,
): Promise<readonly { readonly space: string; readonly name: string; readonly on: string }[]> {
  const rows = await core.db
    .selectFrom('installations')
    .select(['space', 'name', 'removed_at'])
    .where('platform', '=', platform)
    .where('removed_at', 'is not', null)
    .orderBy('name')
    .execute();
  return rows.map(({ space, name, removed_at }) => ({ space, name, on: removed_at?.toISOString().slice(0, 10) ?? '' }));
}

async function agenda(core: Core): Promise<Finding> {
  const seconds = Math.round(await overdueSeconds(core));
  const late = seconds > overdueLimitSeconds;
  return finding(
    'Agenda',
    late ? `the oldest item is ${seconds} seconds overdue` : 'nothing overdue',
    late ? 'Start a process with ROLE=all or ROLE=worker.' : '',
  );
}

function frameworks(core: Core): Finding {
  const prompts = core.frameworks
    .flatMap((framework) => framework.themes)
    .flatMap((theme) => Object.values(theme.prompts).flat());
  return finding('Frameworks', `${core.frameworks.length} with ${prompts.length} prompts`);
}

/** Which channels are on, and what would turn the others on. */
export function examineChannels(config: Config): readonly Finding[] {
  const state = (on: boolean, names: string) => (on ? 'on' : `off (set ${names})`);
  return [
    finding('Slack', config.slack === undefined ? 'off (begin with npm run colloquy -- slack manifest)' : 'on'),
    finding('Teams', state(config.teams !== undefined, 'TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID')),
    finding('E-mail', state(config.email !== undefined, 'SMTP_URL and MAIL_FROM')),
    finding('Web', `on, at ${config.publicUrl}`),
    finding('Queues', config.redisUrl === '' ? 'on PostgreSQL' : 'on Redis'),
  ];
}

export function finding(what: string, found: string, mend = ''): Finding {
  return { what, found, mend };
}

/** The findings as lines for a terminal; says in words, not by colour, which are well. */
export function report(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map((item) => item.what.length));
  return findings
    .map(({ what, found, mend }) => {
      const line = `${mend === '' ? 'ok     ' : 'PROBLEM'}  ${what.padEnd(width)}  ${found}`;
      return mend === '' ? line : `${line}\n         ${' '.repeat(width)}  → ${mend}`;
    })
    .join('\n');
}
