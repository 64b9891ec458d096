import type { Config } from '../config.ts';
import type { Core } from '../core.ts';
import { deliveriesByStatus, overdueSeconds } from '../metrics.ts';

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
  return [await members(core), await deliveries(core), ...(await failures(core)), await agenda(core), frameworks(core)];
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

async function deliveries(core: Core): Promise<Finding> {
  const rows = await deliveriesByStatus(core);
  return finding('Messages', rows.map((row) => `${row.count} ${row.status}`).join(', ') || 'none yet');
}

async function failures(core: Core): Promise<readonly Finding[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select((select) => ['reason', select.fn.countAll<string>().as('count')])
    .where('status', '=', 'failed')
    .groupBy('reason')
    .orderBy('count', 'desc')
    .limit(10)
    .execute();
  return rows.map((row) =>
    finding('Failed messages', `${row.count}: ${row.reason}`, 'Mend the cause; these members were not told.'),
  );
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
    finding('Slack', state(config.slack !== undefined, 'SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN')),
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
