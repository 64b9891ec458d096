import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { addSeconds } from 'date-fns/addSeconds';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { examineSlack } from '../../../adapters/slack/doctor.ts';
import { botScopes, optionalScopes } from '../../../adapters/slack/scopes.ts';
import type { Finding } from '../../../src/commands/doctor.ts';
import type { SlackConfig } from '../../../src/config.ts';
import type { Core } from '../../../src/core.ts';
import { removeInstallation, saveInstallation } from '../../../src/store/installations.ts';
import { addRoom } from '../../../src/store/rooms.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { addMember, openTestCore, type TestCore } from '../../support/core.ts';
import { busyMachine } from '../../support/patience.ts';
import { openSlackEmulator, type SlackEmulator, slackTeam } from '../../support/slack-emulator.ts';
import { type Failure, refused } from '../../support/slack-emulator-faults.ts';
import { openSlackScene } from '../../support/slack-scene.ts';

let test: TestCore;
let emulator: SlackEmulator;
const servers: Server[] = [];

beforeAll(async () => {
  // The emulator's answers carry this machine's time.
  test = await openTestCore(systemClock.now());
  emulator = await openSlackEmulator();
});
afterEach(async () => {
  emulator.mend();
  for (const table of ['deliveries', 'rooms', 'installations'] as const) await test.core.db.deleteFrom(table).execute();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(async () => {
  await emulator.close();
  await test.close();
});

/** A server of its own; gives its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
}

/** An address of this machine where nobody listens. */
async function nobodyAt(): Promise<string> {
  const url = await serve(() => undefined);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return url;
}

const answering = (status: number, headers: Readonly<Record<string, string>> = {}): Promise<string> =>
  serve((_request, response) => response.writeHead(status, headers).end());

const oauth = { kind: 'oauth', clientId: '1.1', clientSecret: 'x-client', stateSecret: 'x-state' } as const;
const appToken = 'xapp-secret';

function config(given: Partial<SlackConfig> = {}): SlackConfig {
  const { botToken, apiUrl, signingSecret } = emulator.options;
  return { signingSecret, apiUrl, access: { kind: 'token', botToken }, appToken: '', ...given };
}

const socket = (given: Partial<SlackConfig> = {}) => config({ appToken, signingSecret: '', ...given });

/** What the doctor finds; every finding is checked for what holds of all of them. */
async function examine(slack: SlackConfig, given: Partial<Core> = {}, limitMs = 2_000): Promise<readonly Finding[]> {
  const core = { ...test.core, ...given };
  const findings = await examineSlack(core, slack, limitMs);
  const settings = [slack.signingSecret, slack.appToken, ...Object.values(slack.access)];
  const secrets = settings.filter((value) => !['', 'token', 'oauth', oauth.clientId].includes(value));
  for (const { what, found, mend } of findings) {
    const text = `${what} ${found} ${mend}`;
    for (const secret of [...secrets, 'ticket', 'xoxe']) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/undefined|null|\[object|Error\b/);
    if (mend !== '') expect(mend).toMatch(/^[A-Z].*\.$/);
    expect(what).not.toBe('');
    expect(found).not.toBe('');
  }
  return findings;
}

const about = (findings: readonly Finding[], what: string) => findings.filter((finding) => finding.what === what);
const problems = (findings: readonly Finding[]) => findings.filter(({ mend }) => mend !== '');

/** Slack's answer to auth.test, as Slack gives it: the emulator leaves the scopes out. */
function granted(scopes: readonly string[], more: Readonly<Record<string, unknown>> = {}): Failure {
  const body = { ok: true, team: 'Council', team_id: slackTeam, user: 'colloquy', ...more };
  const headers = { 'content-type': 'application/json', 'x-oauth-scopes': scopes.join(',') };
  return { kind: 'answer', status: 200, headers, body: JSON.stringify(body) };
}

const everyScope = [...botScopes, ...optionalScopes];

async function install(space: string, name: string, token = emulator.options.botToken): Promise<void> {
  const installation = { platform: 'slack', space, name, installedAt: test.clock.now() } as const;
  const secret = { token, id: 'B1', user: 'U1', scopes: [], refresh: null };
  await saveInstallation(test.core, installation, secret);
}

describe('the token', () => {
  it('is well where Slack takes it, with all its scopes', async () => {
    emulator.fail('auth.test', granted(everyScope));
    const findings = await examine(socket({ appToken: '' }), { publicUrl: await answering(401) });
    expect(problems(findings)).toEqual([]);
    expect(about(findings, 'Slack workspace')).toEqual([
      { what: 'Slack workspace', found: `Council (${slackTeam}), as colloquy`, mend: '' },
    ]);
    expect(about(findings, 'Slack scopes')[0]?.found).toMatch(/: all granted$/);
  });

  it.each([
    'invalid_auth',
    'token_revoked',
    'account_inactive',
    'token_expired',
    'not_allowed_token_type',
    'a_new_code',
  ])('%s is a problem, and its mending names the setting', async (error) => {
    emulator.fail('auth.test', refused(error));
    const [problem, ...others] = about(await examine(config()), 'Slack workspace');
    expect(others).toEqual([]);
    expect(problem?.found).toContain(error);
    expect(problem?.mend).toContain('SLACK_BOT_TOKEN');
  });

  it.each(['ratelimited', 'internal_error'])('%s says nothing of it: look again', async (error) => {
    emulator.fail('auth.test', refused(error));
    const findings = await examine(socket(), {});
    expect(about(findings, 'Slack')[0]).toMatchObject({ found: expect.stringContaining('look again'), mend: '' });
    expect(about(findings, 'Slack workspace')).toEqual([]);
  });

  it('of a whole organisation is a problem', async () => {
    emulator.fail('auth.test', granted(everyScope, { is_enterprise_install: true }));
    const [problem] = about(await examine(config()), 'Slack workspace');
    expect(problem).toMatchObject({
      found: expect.stringContaining('organisation'),
      mend: expect.stringContaining('one'),
    });
  });
});

describe('the scopes', () => {
  it('that are missing are named, and how to add them', async () => {
    emulator.fail('auth.test', granted(everyScope.filter((scope) => !['mpim:write', 'users:read'].includes(scope))));
    const [problem] = about(await examine(config()), 'Slack scopes');
    expect(problem?.found).toContain('mpim:write, users:read missing');
    expect(problem?.mend).toContain('Add them under OAuth & Permissions, then install the app again.');
  });

  it('that are optional are a note', async () => {
    emulator.fail('auth.test', granted(botScopes));
    const [note] = about(await examine(config()), 'Slack scopes');
    expect(note).toMatchObject({ found: expect.stringContaining('channels:history, groups:history'), mend: '' });
  });

  it('that Slack does not tell are no problem', async () => {
    const [note] = about(await examine(config()), 'Slack scopes');
    expect(note).toMatchObject({ found: expect.stringContaining('did not say'), mend: '' });
  });
});

describe('many workspaces', () => {
  it('are each looked at, and one that fails hides no other', async () => {
    await install('T1', 'Leeds City Council');
    await install('T2', 'York', 'xoxb-unknown');
    const findings = about(await examine(config({ access: oauth })), 'Slack workspace');
    expect(findings).toHaveLength(2);
    expect(findings[0]?.found).toContain(slackTeam);
    expect(findings[1]?.found).toMatch(/York \(T2\).*invalid_auth/);
    expect(findings[1]?.mend).toContain('slack invite');
  });

  it('one that took the app out is listed, and asked nothing', async () => {
    await install('T1', 'Leeds City Council');
    const removedAt = addSeconds(test.clock.now(), 1);
    await removeInstallation(test.core, { platform: 'slack', space: 'T1' }, test.clock.now(), removedAt);
    const before = emulator.calls('auth.test').length;
    const findings = about(await examine(config({ access: oauth })), 'Slack workspace');
    expect(emulator.calls('auth.test')).toHaveLength(before);
    const gone = findings.find(({ found }) => found.includes('took the app out'));
    expect(gone).toMatchObject({ found: expect.stringContaining('Leeds City Council (T1)'), mend: '' });
  });

  it('none yet is a note that says where to install it', async () => {
    const [note] = about(await examine(config({ access: oauth })), 'Slack workspace');
    expect(note).toMatchObject({ found: expect.stringContaining('slack invite'), mend: '' });
  });

  it('a token that expired and cannot be renewed is one of them', async () => {
    const secret = {
      token: 'xoxe.xoxb-1',
      id: 'B1',
      user: 'U1',
      scopes: [],
      refresh: { token: 'xoxe-1', expiresAt: 1 },
    };
    const installation = { platform: 'slack', space: 'T1', name: 'Leeds', installedAt: test.clock.now() } as const;
    await saveInstallation(test.core, installation, secret);
    const [problem] = problems(about(await examine(config({ access: oauth })), 'Slack workspace'));
    expect(problem?.found).toMatch(/Leeds \(T1\).*could not be renewed/);
  });
});

describe('Slack out of reach', () => {
  it('is one finding, however many workspaces there are', async () => {
    await install('T1', 'Leeds');
    await install('T2', 'York');
    const findings = await examine(socket({ access: oauth, apiUrl: `${await nobodyAt()}/api/` }));
    expect(problems(findings)).toHaveLength(1);
    expect(about(findings, 'Slack')[0]?.found).toContain('ECONNREFUSED');
  });

  it.each([
    ['a name nobody knows', 'https://slack.invalid/api/', /DNS/],
    ['a line that is not TLS', '', /NODE_EXTRA_CA_CERTS/],
  ])('%s has its own mending', async (_, given, mend) => {
    const plainHttp = (await answering(200)).replace('http:', 'https:');
    const [problem] = about(await examine(socket({ apiUrl: given || `${plainHttp}/api/` })), 'Slack');
    expect(problem?.mend).toMatch(mend);
  });

  it.each([
    [503, 'slack-status.com'],
    [403, 'proxy'],
  ])('HTTP %i in its place', async (status, mend) => {
    const answer: Failure = { kind: 'answer', status, headers: {}, body: '<html>' };
    emulator.fail('*', answer, Number.POSITIVE_INFINITY);
    const findings = problems(await examine(socket()));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ what: 'Slack', mend: expect.stringContaining(mend) });
  });

  it.each(['<html>Sign in', '{"ok":false,"error":"Sign in"}'])('%s in its place is not quoted', async (body) => {
    emulator.fail('*', { kind: 'answer', status: 200, headers: {}, body }, Number.POSITIVE_INFINITY);
    const [problem] = problems(await examine(socket()));
    expect(problem?.found).toMatch(/answers HTTP 200, and not as Slack does/);
    expect(problem?.found).not.toContain('Sign in');
  });

  it('a call that hangs is given up, and all at once', busyMachine, async () => {
    emulator.fail('*', { kind: 'hang' }, Number.POSITIVE_INFINITY);
    await install('T1', 'Leeds');
    await install('T2', 'York');
    const started = performance.now();
    const findings = problems(await examine(socket({ access: oauth }), {}, 500));
    expect(findings).toMatchObject([{ what: 'Slack', found: expect.stringContaining('within 0.5 seconds') }]);
    expect(performance.now() - started).toBeLessThan(1_400);
  });
});

describe('the address', () => {
  const address = async (publicUrl: string, slack = config()) =>
    about(await examine(slack, { publicUrl }), 'Slack address');

  it('of our own adapter is well', async () => {
    const scene = await openSlackScene();
    const [finding] = await address(scene.url);
    await scene.close();
    expect(finding).toMatchObject({ found: expect.stringContaining('/slack/events answers'), mend: '' });
  });

  it.each([
    [200, {}, 'PUBLIC_URL'],
    [302, { location: 'https://sign.in/' }, 'PUBLIC_URL'],
    [401, { 'www-authenticate': 'Basic' }, 'password|without one'],
    [403, {}, 'firewall'],
    [404, {}, 'Start Colloquy again with these settings'],
    [502, {}, 'Start Colloquy'],
  ])('that answers %i %j has its mending', async (status, headers, mend) => {
    const [problem] = await address(await answering(status, headers));
    expect(problem?.found).toContain(String(status));
    expect(problem?.mend).toMatch(new RegExp(mend));
  });

  it('that nobody listens at, or whose name nobody knows', async () => {
    expect((await address(await nobodyAt()))[0]?.mend).toContain('Start Colloquy');
    expect((await address('https://colloquy.invalid'))[0]?.mend).toContain('DNS');
  });

  it('without a certificate that holds', async () => {
    const publicUrl = (await answering(401)).replace('http:', 'https:');
    expect((await address(publicUrl))[0]?.mend).toContain('certificate');
  });

  it('that never answers', async () => {
    const publicUrl = await serve(() => undefined);
    const [problem] = about(await examine(config(), { publicUrl }, 300), 'Slack address');
    expect(problem?.found).toContain('no answer within 0.3 seconds');
  });

  it('must be https for Slack itself; in Socket Mode only to install from', async () => {
    const real = { apiUrl: 'https://slack.invalid/api/' };
    expect((await address('http://a.example', config(real)))[0]?.mend).toMatch(/https address, or use Socket Mode/);
    expect(await address('http://a.example', socket(real))).toEqual([]);
    const many = socket({ ...real, access: oauth });
    expect((await address('http://a.example', many))[0]?.mend).toBe('Set PUBLIC_URL to an https address.');
    expect(await address('https://a.example', many)).toEqual([]);
  });
});

describe('Socket Mode', () => {
  it('asks for a line and does not open it', async () => {
    const before = emulator.calls('apps.connections.open').length;
    emulator.fail('apps.connections.open', granted([], { url: 'wss://wss.invalid/link?ticket=1' }));
    const [finding] = about(await examine(socket()), 'Slack socket');
    expect(finding).toMatchObject({ found: 'Slack gives us a line', mend: '' });
    expect(emulator.calls('apps.connections.open')).toHaveLength(before + 1);
  });

  it.each(['invalid_auth', 'missing_scope', 'not_allowed_token_type'])('%s is a problem', async (error) => {
    emulator.fail('apps.connections.open', refused(error));
    const [problem] = about(await examine(socket()), 'Slack socket');
    expect(problem?.found).toContain(error);
    expect(problem?.mend).toMatch(/connections:write.*SLACK_APP_TOKEN/);
  });

  it('asked too often is a note', async () => {
    emulator.fail('apps.connections.open', { kind: 'answer', status: 429, headers: { 'retry-after': '30' }, body: '' });
    const findings = await examine(socket());
    expect(problems(findings)).toEqual([]);
    expect(about(findings, 'Slack')[0]?.found).toMatch(/Socket Mode.*look again/);
  });

  it('is not asked for over HTTP', async () => {
    const before = emulator.calls('apps.connections.open').length;
    await examine(config());
    expect(emulator.calls('apps.connections.open')).toHaveLength(before);
  });
});

describe('the clock', () => {
  const at = (seconds: number) => ({ clock: { now: () => addSeconds(systemClock.now(), seconds) } });

  it.each([0, 30, -30])('%i seconds off is well', async (seconds) => {
    const [finding] = about(await examine(config(), at(seconds)), 'Slack clock');
    expect(finding).toMatchObject({ found: expect.stringContaining('agree'), mend: '' });
  });

  it.each([
    [90, 'ahead of'],
    [-90, 'behind'],
  ])('%i seconds off is a problem', async (seconds, words) => {
    const [problem] = about(await examine(config(), at(seconds)), 'Slack clock');
    expect(problem?.found).toMatch(new RegExp(`(89|90|91) seconds ${words}`));
    expect(problem?.mend).toContain('5 minutes');
  });

  it('is compared also where Slack refuses the token', async () => {
    emulator.fail('auth.test', refused('invalid_auth'));
    expect(about(await examine(config(), at(90)), 'Slack clock')[0]?.mend).not.toBe('');
  });
});

describe('what the database knows', () => {
  const room = (space: string, id: string) => {
    const about = {
      platform: 'slack',
      space,
      purpose: 'announcements',
      room: id,
      address: {},
      subject: '',
      chosenBy: null,
    } as const;
    return test.core.db.transaction().execute((tx) => addRoom(tx, { ...about, createdAt: test.clock.now() }));
  };

  it('no channel for announcements is a note; one that is chosen is named', async () => {
    await install('T1', 'Leeds');
    await install('T2', 'York');
    const none = about(await examine(config({ access: oauth })), 'Announcements');
    expect(none).toMatchObject([{ found: expect.stringContaining('no channel chosen yet'), mend: '' }]);
    await room('T1', 'C123');
    const [leeds, york] = about(await examine(config({ access: oauth })), 'Announcements');
    expect(leeds?.found).toBe('Leeds (T1): in channel C123');
    expect(york).toMatchObject({ found: expect.stringMatching(/no channel .* in York \(T2\);/), mend: '' });
  });

  it('messages that wait are counted by workspace and reason; what mends itself is a note', async () => {
    await install('T1', 'Leeds');
    const inRoom = await room('T1', 'C123');
    const member = await addMember(test.core);
    const account = {
      id: randomUUID(),
      member_id: member.id,
      platform: 'slack',
      space: 'T2',
      platform_user: 'U1',
    } as const;
    await test.core.db
      .insertInto('accounts')
      .values({ ...account, address: '{}', seen_at: test.clock.now() })
      .execute();
    const waiting = (place: object, reason: string, putOff = 1) => {
      const row = {
        id: randomUUID(),
        key: randomUUID(),
        kind: 'reflections.prompt',
        subject: '',
        status: 'pending',
      } as const;
      const times = { not_before: test.clock.now(), created_at: test.clock.now() };
      const to = { member_id: null, room_id: null, account_id: null, ...place };
      return test.core.db
        .insertInto('deliveries')
        .values({ ...row, ...times, ...to, reason, put_off: putOff })
        .execute();
    };
    await waiting({ room_id: inRoom }, 'Slack: token_revoked. Install the app again.');
    await waiting({ room_id: inRoom }, 'Slack: token_revoked. Install the app again.');
    await waiting({ member_id: member.id, account_id: account.id }, 'Slack: too many messages');
    await waiting({ member_id: member.id, account_id: account.id }, 'Slack: update_failed', 0);
    const mail = await test.core.db.selectFrom('accounts').select('id').where('platform', '=', 'email').execute();
    await waiting({ member_id: member.id, account_id: mail[0]?.id }, 'E-mail: busy');
    await waiting({ member_id: member.id }, '');
    const findings = about(await examine(config({ access: oauth })), 'Slack messages');
    expect(findings).toEqual([
      {
        what: 'Slack messages',
        found: 'Leeds (T1): 2 waiting (token_revoked)',
        mend: 'Install the app again. Then they go by themselves.',
      },
      { what: 'Slack messages', found: 'T2: 1 waiting (too many messages); they go by themselves', mend: '' },
    ]);
  });
});
