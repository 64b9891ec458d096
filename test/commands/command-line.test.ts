import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../bin/colloquy.mjs', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-'));
  // Where we are root PostgreSQL runs as a user of its own, who must be able to pass through.
  await chmod(folder, 0o711);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as an operator would, in a folder of its own, with these settings and no others. */
function run(args: readonly string[], settings: Record<string, string> = {}, typed = ''): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, ...settings };
  return new Promise((resolve) => {
    const started = execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
    // A command that reads nothing may have ended before.
    started.stdin?.on('error', () => undefined).end(typed);
  });
}

test('--help tells what there is, and the exit codes', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  for (const word of ['start', 'demo', 'import', 'migrate', 'frameworks', 'doctor', 'slack', 'teams', 'Exit codes'])
    expect(out).toContain(word);
});

test('a mistyped command exits with 2, a mistaken setting with 1 and its mending', async () => {
  expect((await run(['strat'])).code).toBe(2);
  expect((await run(['import'])).code).toBe(2);
  const { code, err } = await run(['doctor'], { PORT: 'eighty', REDIS_URL: 'nowhere' });
  expect(code).toBe(1);
  expect(err).toMatch(/PORT: use a port number.*REDIS_URL: use an address/s);
  expect(err).not.toContain('    at ');
});

test('the shipped frameworks are in order', async () => {
  expect(await run(['frameworks', 'check'])).toMatchObject({ code: 0, out: 'Every framework file is in order.\n' });
});

test('a database that is not there is said in words', async () => {
  const key = Buffer.alloc(32).toString('base64');
  const { code, err } = await run(['migrate'], {
    DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/d',
    ENCRYPTION_KEY: key,
  });
  expect(code).toBe(1);
  expect(err).toContain('The database at DATABASE_URL cannot be used');
  expect(err).not.toContain('hunter2');
});

test('slack manifest needs no setting, and gives nothing but JSON to a program', async () => {
  const { code, out, err } = await run(['slack', 'manifest']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ settings: { socket_mode_enabled: false } });
  expect(err).toMatch(/http:\/\/localhost:3000: set PUBLIC_URL to an https address.*--socket/);
  expect(err.trim().split('\n')).toHaveLength(3);
});

test('slack manifest works with half of the settings, and follows those it finds', async () => {
  const url = { PUBLIC_URL: 'https://network.example/' };
  const http = await run(['slack', 'manifest'], { ...url, SLACK_SIGNING_SECRET: 'hunter2', SLACK_CLIENT_ID: '1.1' });
  expect(http.code).toBe(0);
  expect(JSON.parse(http.out)).toMatchObject({
    oauth_config: { redirect_urls: ['https://network.example/slack/oauth_redirect'] },
    settings: { interactivity: { request_url: 'https://network.example/slack/events' } },
  });
  expect(http.err.trim().split('\n')).toHaveLength(2);
  for (const given of [
    await run(['slack', 'manifest', '--socket', '--many'], url),
    await run(['slack', 'manifest', '--many'], { ...url, SLACK_APP_TOKEN: 'xapp-hunter2' }),
  ]) {
    const { settings, oauth_config } = JSON.parse(given.out);
    expect(settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
    expect(settings.interactivity).not.toHaveProperty('request_url');
    expect(oauth_config.redirect_urls).toHaveLength(1);
    expect(given.out + given.err).not.toContain('hunter2');
  }
});

test('slack manifest refuses what is mistyped', async () => {
  expect((await run(['slack', 'manifest', '--sockets'])).code).toBe(2);
  expect((await run(['slack', 'manifst'])).code).toBe(2);
  const { code, out, err } = await run(['slack', 'manifest'], { PUBLIC_URL: 'network.example' });
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('PUBLIC_URL: use the full address');
});

test('doctor says what to mend about Slack, and prints no secret', async () => {
  const slack = { SLACK_SIGNING_SECRET: 'hunter2', SLACK_BOT_TOKEN: 'xoxb-hunter2' };
  const { code, out, err } = await run(['doctor'], { ...slack, SLACK_API_URL: 'https://slack.invalid/api/' });
  expect(code).toBe(1);
  expect(out).toMatch(/ok +Slack +on/);
  expect(out).toMatch(/PROBLEM +Slack +slack\.invalid: no answer/);
  expect(out).toMatch(/PROBLEM +Slack address +http:\/\/localhost:3000 is not https/);
  expect(out).toContain('Members');
  expect(out + err).not.toContain('hunter2');
});

test('what only looks at a network, or is about one of its people, makes none', async () => {
  for (const args of [
    ['match', 'verify', '1'],
    ['export', 'asha@leeds.example'],
  ]) {
    const { code, out, err } = await run(args);
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringContaining(`No network is kept in ${folder}. Set DATABASE_URL`),
    ]);
  }
  expect(await readdir(folder)).toEqual([]);
});

const tenant = '22222222-bbbb-4bbb-8bbb-222222222222';
const ownApp = '33333333-aaaa-4aaa-8aaa-333333333333';
const teamsSettings = {
  TEAMS_APP_ID: '11111111-aaaa-4aaa-8aaa-111111111111',
  TEAMS_APP_PASSWORD: 'hunter2',
  TEAMS_APP_TENANT_ID: '11111111-bbbb-4bbb-8bbb-111111111111',
};

test('the commands of Teams refuse what is mistyped, and make no database in vain', async () => {
  const enrol = ['teams', 'enrol', tenant, '--name', 'York'];
  expect((await run(enrol.slice(0, 3), teamsSettings)).code).toBe(2);
  expect((await run([...enrol, '--app-password', 'x'], teamsSettings)).code).toBe(2);
  const off = await run(enrol);
  expect([off.code, off.out, off.err]).toEqual([1, '', expect.stringContaining('Set TEAMS_APP_ID')]);
  const empty = await run([...enrol, '--app-id', ownApp], teamsSettings, '\n');
  expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('client secret is empty')]);
  expect(await readdir(folder)).toEqual([]);
});

test('a tenant is enrolled with a secret from standard input, and listed', async () => {
  const enrol = ['teams', 'enrol', tenant, '--name', 'York', '--app-id', ownApp];
  const enrolled = await run(enrol, teamsSettings, 'opensesame\r\nmore\n');
  expect([enrolled.code, enrolled.out]).toEqual([0, expect.stringContaining(`Enrolled: York (${tenant})`)]);
  const listed = await run(['teams', 'tenants'], teamsSettings);
  expect(listed.out).toMatch(new RegExp(`York +${tenant} +its own \\(${ownApp}\\)`));
  expect(JSON.stringify([enrolled, listed])).not.toMatch(/opensesame|hunter2/);
});

test('import and doctor work on the embedded database, one after the other', async () => {
  const file = join(folder, 'roster.csv');
  await writeFile(
    file,
    'name,email,council,role,level,permission\nAsha,asha@leeds.example,Leeds City Council,Director,director,convener\nBo,,York,Head,manager,',
  );
  const refused = await run(['import', file]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('line 3');
  const partial = await run(['import', file, '--allow-partial', '--apply']);
  expect(partial).toMatchObject({ code: 0, out: expect.stringContaining('Imported: 1 added, 0 changed') });
  const examined = await run(['doctor']);
  expect(examined.code).toBe(0);
  expect(examined.out).toMatch(/ok +Members +1 invited/);
});

test('export and erase work on one member, refuse a wrong one, and ask for the address again', async () => {
  const file = join(folder, 'roster.csv');
  await writeFile(file, 'name,email,council,role,level\nAsha,asha@leeds.example,Leeds City Council,Director,director');
  expect(await run(['import', file, '--apply'])).toMatchObject({ code: 0 });
  const json = await run(['export', 'asha@leeds.example', '--json']);
  expect(json.code).toBe(0);
  expect(JSON.stringify(JSON.parse(json.out))).toContain('asha@leeds.example');
  const out = join(folder, 'files');
  const written = await run(['export', 'Asha@leeds.example', '--out', out]);
  expect(written.code).toBe(0);
  const names = await readdir(out);
  expect(names.map((name) => name.split('.').at(-1)).toSorted()).toEqual(['html', 'json']);
  for (const name of names) expect((await stat(join(out, name))).mode & 0o777).toBe(0o600);
  const mistyped = await run(['erase', 'asha@leeds.example'], {}, 'asha@leeds.exampel\n');
  expect(mistyped.code).toBe(1);
  expect(mistyped.err).toContain('Nothing was erased');
  const erased = await run(['erase', 'asha@leeds.example'], {}, ' Asha@leeds.example\n');
  expect([erased.code, erased.out]).toEqual([0, expect.stringContaining('Erased.')]);
  const gone = await run(['erase', 'asha@leeds.example', '--yes']);
  expect([gone.code, gone.out]).toEqual([1, '']);
  expect(gone.err).toContain('There is no member asha@leeds.example');
}, 240_000);
