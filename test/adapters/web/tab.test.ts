import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeInstallation, saveInstallation } from '../../../src/store/installations.ts';
import type { Claims } from '../../support/channel-tokens.ts';
import { addMember, startOfTest } from '../../support/core.ts';
import { connectTeams, type EntraStub, issuerOf, openEntraStub, openTab } from '../../support/entra-stub.ts';
import { addActive, ask, mustFind } from '../../support/people.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

const hosts = 'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft';
const cookieName = '__Host-colloquy-tab';

let entra: EntraStub;
let site: WebSite;

beforeEach(async () => {
  entra = await openEntraStub(() => site.clock.now());
  site = await openSite({ secureCookies: true }, (core) => openTab(core, entra));
});
afterEach(async () => {
  await site.close();
  await entra.close();
});

/** One answer, not followed on. */
interface Answer {
  readonly status: number;
  readonly location: string;
  readonly html: string;
  /** As a `Set-Cookie` line each. */
  readonly cookies: readonly string[];
  readonly frameAncestors: string;
  readonly headers: Headers;
}

type Fields = Readonly<Record<string, string>>;

/** A frame inside Teams: its browser keeps one cookie, and says where each request comes from. */
interface Frame {
  cookie: string | undefined;
  get(path: string, headers?: Fields): Promise<Answer>;
  post(path: string, fields: Fields, headers?: Fields): Promise<Answer>;
}

function openFrame(cookie?: string): Frame {
  async function visit(path: string, init: RequestInit & { readonly headers: Fields }): Promise<Answer> {
    const carried = frame.cookie === undefined ? {} : { cookie: `${cookieName}=${frame.cookie}` };
    const headers = { 'sec-fetch-dest': 'iframe', ...carried, ...init.headers };
    const response = await fetch(`${site.url}${path}`, { ...init, headers, redirect: 'manual' });
    const cookies = response.headers.getSetCookie();
    for (const line of cookies) if (line.startsWith(`${cookieName}=`)) keep(line);
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      html: await response.text(),
      cookies,
      frameAncestors:
        / ?frame-ancestors ([^;]+)/.exec(response.headers.get('content-security-policy') ?? '')?.[1] ?? '',
      headers: response.headers,
    };
  }
  function keep(line: string): void {
    const value = line.slice(cookieName.length + 1).split(';')[0] ?? '';
    frame.cookie = line.includes('Expires=Thu, 01 Jan 1970') ? undefined : value;
  }
  const frame: Frame = {
    cookie,
    get: (path, headers = {}) => visit(path, { headers }),
    post: (path, fields, headers = { 'sec-fetch-site': 'same-origin' }) =>
      visit(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
  };
  return frame;
}

/** A member who has joined in the chat, and the tab that they have just opened. */
async function openMemberTab(claims: Claims = entra.claims()) {
  const member = await addActive(site.core, { name: 'Asha Rahman' });
  await connectTeams(site.core, member.id, claims);
  const frame = openFrame();
  const signedIn = await frame.post('/tab/session', { token: entra.token(claims) });
  return { member, claims, frame, signedIn };
}

describe('the page of the tab', () => {
  test('may be framed by Teams alone, runs no script but ours, and is kept by no cache', async () => {
    const page = await openFrame().get('/tab?theme=dark');
    expect(page.status).toBe(200);
    expect(page.frameAncestors).toBe(hosts);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/connect-src|unsafe|cdn/);
    expect(page.headers.get('x-frame-options')).toBeNull();
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.html).not.toMatch(/<script(?![^>]* src="\/assets\/)|\son\w+=|style=/);
    for (const name of ['teams-js.min.js', 'tab.js']) {
      expect((await fetch(`${site.url}/assets/${name}`)).status).toBe(200);
    }
  });

  test('is there only where there is a tab', async () => {
    const other = await openSite({ secureCookies: true });
    try {
      expect((await fetch(`${other.url}/tab`)).status).toBe(404);
      expect((await fetch(`${other.url}/tab/session`, { method: 'POST' })).status).toBe(404);
      const framed = await fetch(`${other.url}/`, { headers: { cookie: `${cookieName}=x` } });
      expect(framed.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    } finally {
      await other.close();
    }
  });

  test('says that it needs https where there is none', async () => {
    const other = await openSite({ secureCookies: false }, (core) => openTab(core, entra));
    try {
      const page = await fetch(`${other.url}/tab`);
      expect(page.status).toBe(503);
      expect(await page.text()).toContain('Set PUBLIC_URL to an https address');
    } finally {
      await other.close();
    }
  });
});

describe('a session in the tab', () => {
  test('is kept in a cookie of its own, for this tab alone, that no script can read', async () => {
    const { signedIn } = await openMemberTab();
    expect(signedIn.status).toBe(303);
    const [line = ''] = signedIn.cookies;
    const parts = line.split('; ').slice(1).toSorted();
    expect(line).toMatch(/^__Host-colloquy-tab=[\w-]{43};/);
    expect(parts).toEqual(['HttpOnly', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure']);
  });

  test.each(['with', 'without'])(
    'outlives joining by its own forms, %s an address that we write to',
    async (address) => {
      const member = await addMember(site.core, { council: 'Leeds City Council' });
      if (address === 'without') {
        await site.core.db.deleteFrom('accounts').where('platform', '=', 'email').execute();
      }
      const claims = entra.claims();
      await connectTeams(site.core, member.id, claims);
      const frame = openFrame();
      await frame.post('/tab/session', { token: entra.token(claims) });
      const answers = { 'answer.prompts': 'yes', 'answer.matching': 'no', 'answer.findable': 'no' };
      const form = JSON.stringify({ kind: 'joining.open-agreements' });
      const joined = await frame.post('/intent', { form, ticket: 'one', ...answers });
      expect(joined.html).toContain('You have joined');
      expect((await mustFind(site.core, member.id)).status).toBe('active');
      expect((await frame.get('/tab/home')).location).toBe('/');
      const kept = site.core.db.selectFrom('accounts').select('platform').where('platform', '=', 'teams');
      expect(await kept.execute()).toHaveLength(1);
    },
  );

  test('shows the member’s pages, which Teams alone may frame', async () => {
    const { frame } = await openMemberTab();
    expect((await frame.get('/tab/home')).location).toBe('/');
    const home = await frame.get('/');
    expect(home.html).toContain('Hello, Asha Rahman');
    for (const path of ['/', '/words/settings', '/words/journal', '/privacy', '/nowhere']) {
      expect((await frame.get(path)).frameAncestors).toBe(hosts);
    }
  });

  test('lets nobody frame what is asked for without it', async () => {
    for (const path of ['/', '/words/settings', '/privacy', '/sign-in', '/nowhere', '/tabs']) {
      expect((await openFrame().get(path)).frameAncestors).toBe("'none'");
    }
  });

  test('takes a form', async () => {
    const { frame, member } = await openMemberTab();
    const intent = JSON.stringify({ kind: 'network.confirm-leave' });
    expect((await frame.post('/intent', { intent })).html).toContain('You have left');
    expect((await mustFind(site.core, member.id)).status).toBe('left');
  });

  test('ends after four hours, and the next page signs in anew', async () => {
    const { frame, claims } = await openMemberTab();
    site.clock.set(new Date(startOfTest.getTime() + 4 * 3_600_000 - 1));
    expect((await frame.get('/')).status).toBe(200);
    site.clock.set(new Date(startOfTest.getTime() + 4 * 3_600_000));
    const next = await frame.get('/');
    expect(next).toMatchObject({ status: 303, location: '/tab', frameAncestors: hosts });
    await frame.get('/tab');
    await frame.post('/tab/session', { token: entra.token({ ...claims, exp: Number(claims['exp']) + 5 * 3600 }) });
    expect((await frame.get('/')).html).toContain('Hello, Asha Rahman');
  });

  test('that has ended gives back what was written, inside the frame', async () => {
    const { frame } = await openMemberTab();
    site.clock.set(new Date(startOfTest.getTime() + 5 * 3_600_000));
    const form = JSON.stringify({ kind: 'series.open-topic' });
    const answer = await frame.post('/intent', { form, 'answer.title': 'Winter pressures' });
    expect(answer).toMatchObject({ status: 403, frameAncestors: hosts });
    expect(answer.html).toContain('Winter pressures');
    expect(answer.html).toContain('href="/tab">Sign in</a>');
  });

  test('ends when its person signs out, and says so inside the frame', async () => {
    const { frame } = await openMemberTab();
    const stolen = openFrame(frame.cookie);
    expect((await frame.post('/sign-out', {})).location).toBe('/tab/signed-out');
    const after = await frame.get('/tab/signed-out');
    expect(after.frameAncestors).toBe(hosts);
    expect(after.html).toContain('You are signed out of this tab, not out of Teams');
    for (const visitor of [frame, stolen]) expect((await visitor.get('/')).location).toBe('/tab');
  });

  test('ends when its person is erased', async () => {
    const { frame, member, claims } = await openMemberTab();
    await ask(site.core, member, { kind: 'network.confirm-erase' });
    expect((await frame.get('/')).location).toBe('/tab');
    expect(await site.core.db.selectFrom('web_sessions').selectAll().execute()).toEqual([]);
    const again = await frame.post('/tab/session', { token: entra.token(claims) });
    expect(again.html).toContain('You have not joined yet');
  });

  test('shows no more than anybody sees who has left', async () => {
    const { frame, member } = await openMemberTab();
    await ask(site.core, member, { kind: 'network.confirm-leave' });
    expect((await frame.get('/words/journal')).html).not.toContain('Your journal');
    expect((await frame.get('/')).html).toContain('Join the network');
  });

  test('shows nothing once the organisation is not served any more', async () => {
    const enrolled = '55555555-eeee-4eee-8eee-555555555555';
    const place = { platform: 'teams', space: enrolled, installedAt: startOfTest } as const;
    await saveInstallation(site.core, { ...place, name: 'Kent' }, {});
    const { frame } = await openMemberTab({ ...entra.claims(), tid: enrolled, iss: issuerOf(enrolled) });
    expect((await frame.get('/')).status).toBe(200);
    await removeInstallation(site.core, place, startOfTest, startOfTest);
    expect((await frame.get('/')).location).toBe('/tab');
  });

  test('ends when the tab is opened anew, whoever does so, and whether or not they get in', async () => {
    const { frame } = await openMemberTab();
    const earlier = openFrame(frame.cookie);
    await frame.get('/tab');
    for (const visitor of [frame, earlier]) {
      expect(await visitor.get('/')).toMatchObject({ location: '/tab', frameAncestors: hosts });
    }
  });

  test.each(['image', 'script', 'style', 'empty'])(
    'lasts when another site has its page fetched as %s',
    async (dest) => {
      const { frame } = await openMemberTab();
      const fetched = await frame.get('/tab', { 'sec-fetch-dest': dest, 'sec-fetch-site': 'cross-site' });
      expect(fetched.cookies).toEqual([]);
      expect((await frame.get('/')).html).toContain('Hello, Asha Rahman');
    },
  );

  test('ends when the tab is opened by a browser that does not say how', async () => {
    const { frame } = await openMemberTab();
    const cookie = `${cookieName}=${frame.cookie}`;
    const page = await fetch(`${site.url}/tab`, { headers: { cookie } });
    expect(page.headers.getSetCookie().join()).toContain('Expires=Thu, 01 Jan 1970');
    expect((await frame.get('/')).location).toBe('/tab');
  });

  test('is no session of the web page, nor the other way round', async () => {
    const { frame, member } = await openMemberTab();
    const asUsual = { cookie: `__Host-colloquy=${frame.cookie}` };
    expect(await (await fetch(`${site.url}/`, { headers: asUsual })).text()).toContain('Your work email address');
    const visitor = await site.signedIn(member);
    const usual = [...visitor.cookies.values()][0];
    expect((await openFrame(usual).get('/')).location).toBe('/tab');
  });

  test('stands in the export', async () => {
    const { frame } = await openMemberTab();
    expect((await frame.get('/words/export')).html).toContain('Browsers you are signed in on');
  });
});

describe('whoever cannot be signed in', () => {
  test('is told how to join when they have not', async () => {
    await addMember(site.core);
    const answer = await openFrame().post('/tab/session', { token: entra.token() });
    expect(answer).toMatchObject({ status: 403, frameAncestors: hosts, cookies: [] });
    expect(answer.html).toContain('type “join”');
    expect(answer.html).toContain('href="/tab">Try again</a>');
  });

  test('gets a link to the web page when their browser keeps no cookie, and goes nowhere in circles', async () => {
    const { claims } = await openMemberTab();
    const frame = openFrame();
    const signedIn = await frame.post('/tab/session', { token: entra.token(claims) });
    frame.cookie = undefined;
    const next = await frame.get(signedIn.location);
    expect(next).toMatchObject({ status: 200, location: '', frameAncestors: hosts });
    expect(next.html).toContain('Your browser did not keep you signed in');
    expect(next.html).toContain(`href="${site.core.publicUrl}/sign-in" target="_blank"`);
    expect(next.html).not.toMatch(/<script(?! type="module" src="\/assets\/start.js")/);
    expect(next.html).not.toContain('href="/"');
  });

  test('outside a frame is not taken to be in the tab from then on', async () => {
    const page = await fetch(`${site.url}/tab`, { headers: { 'sec-fetch-dest': 'document' } });
    expect(page.headers.getSetCookie().join()).toContain('Expires=Thu, 01 Jan 1970');
  });

  test('can sign in by e-mail though an ended tab is remembered', async () => {
    const member = await addMember(site.core, { status: 'active', name: 'Llŷr Bebb' });
    const visitor = await site.signedIn(member);
    const cookie = `${cookieName}=; __Host-colloquy=${[...visitor.cookies.values()][0]}`;
    const home = await fetch(`${site.url}/`, { headers: { cookie } });
    expect(await home.text()).toContain('Hello, Llŷr Bebb');
  });
});

describe('another site', () => {
  const leave = { intent: JSON.stringify({ kind: 'network.confirm-leave' }) };

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://teams.microsoft.com' }],
    [{ origin: 'null' }],
    // A browser that says neither might have been sent by anyone, and brings this cookie along.
    [{}],
  ])('cannot act for somebody in the tab: %o', async (headers) => {
    const { frame, member } = await openMemberTab();
    const answer = await frame.post('/intent', leave, headers);
    expect(answer).toMatchObject({ status: 403, frameAncestors: hosts });
    expect((await mustFind(site.core, member.id)).status).toBe('active');
  });

  test('cannot sign somebody in as somebody else', async () => {
    const { claims } = await openMemberTab();
    const fields = { token: entra.token(claims) };
    const answer = await openFrame().post('/tab/session', fields, { 'sec-fetch-site': 'cross-site' });
    expect(answer).toMatchObject({ status: 403, cookies: [] });
  });
});

test('what leads out of the tab opens in a window of its own; elsewhere it does not', async () => {
  const { frame, member } = await openMemberTab();
  const inTab = (await frame.get('/words/export')).html;
  expect(inTab).toMatch(/<a [^>]*href="[^"]*\/download\/[^"]*" rel="noreferrer" target="_blank">[^<]*new window/);
  const cookie = `__Host-colloquy=${[...(await site.signedIn(member)).cookies.values()][0]}`;
  const outside = await (await fetch(`${site.url}/words/export`, { headers: { cookie } })).text();
  expect(outside).toMatch(/<a [^>]*href="[^"]*\/download\/[^"]*" rel="noreferrer">[^<]*<\/a>/);
  expect(outside).not.toContain('new window');
});
