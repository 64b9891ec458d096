import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { themeOptions } from '../../../src/conversations/themes.ts';
import type { Intent } from '../../../src/intents.ts';
import type { Member } from '../../../src/network/model.ts';
import { type Link, writeLink } from '../../../src/store/links.ts';
import { propose } from '../../support/conversations.ts';
import { addMember } from '../../support/core.ts';
import { joinOnWeb } from '../../support/joining.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { mustFind } from '../../support/people.ts';
import { fill, press } from '../../support/web-acts.ts';
import { sentSignInLink } from '../../support/web-client.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import type { Visitor } from '../../support/web-visitor.ts';

let site: WebSite;
let member: Member;
let visitor: Visitor;
beforeEach(async () => {
  site = await openSite();
  member = await addMember(site.core, { status: 'active', name: 'Asha Rahman' });
  visitor = site.visitor();
});
afterEach(() => site.close());

function linkTo(intent: Intent, other: Partial<Link> = {}): string {
  const expires = site.clock.now().getTime() + 86_400_000;
  return `/act/${writeLink(site.core.cipher, { id: 'an-e-mail.0', memberId: member.id, intent, expires, ...other })}`;
}

/** A conversation that another member hosts. */
async function announced(title = 'Winter pressures'): Promise<string> {
  const host = await addMember(site.core, { status: 'active', permission: 'host' });
  const theme = themeOptions(site.core.frameworks)[0]?.value ?? '';
  const rest = { date: '2027-03-18', capacity: '8', link: 'https://meet.example/winter' };
  return await propose(site.core, host, { theme, title, about: 'How do you plan?', ...rest });
}

async function seated(): Promise<readonly string[]> {
  const rows = await site.core.db.selectFrom('seats').select('member_id').execute();
  return rows.map((row) => row.member_id);
}

/** A prompt that was sent to the member. */
async function prompted(): Promise<string> {
  await site.core.db.updateTable('members').set({ status: 'invited' }).where('id', '=', member.id).execute();
  await joinOnWeb(site.core, member);
  await site.pass(7 * 24);
  const sent = await site.core.db
    .selectFrom('prompts')
    .select('id')
    .where('member_id', '=', member.id)
    .executeTakeFirstOrThrow();
  return sent.id;
}

test('a link shows what it would do, and does it when its button is pressed, without signing anybody in', async () => {
  const conversation = await announced();
  const asked = await visitor.get(linkTo({ kind: 'conversations.sign-up', conversation }));
  expect(asked.main).toContain('Winter pressures');
  expect(asked.main).toContain('This link was sent to Asha Rahman.');
  expect(await seated()).toEqual([]);
  const done = await press(visitor, asked, 'Sign up');
  expect(done.main).toContain('You have a seat');
  expect(await seated()).toEqual([member.id]);
  expect(visitor.cookies.size).toBe(0);
  expect((await press(visitor, done, 'Give up my seat')).main).toContain('You no longer have a place');
  expect(await seated()).toEqual([]);
});

test('a link whose card is gone still says what it would do', async () => {
  const conversation = await announced();
  const asked = await visitor.get(linkTo({ kind: 'conversations.withdraw', conversation }));
  expect(asked.main).toContain('Give up your place in a conversation');
  expect((await press(visitor, asked, 'Continue')).main).toContain('You no longer have a place');
});

test('a reflection can be written by a link, is kept sealed, and is not shown again by it', async () => {
  const link = linkTo({ kind: 'reflections.open', prompt: await prompted() }, { expires: Number.MAX_SAFE_INTEGER });
  const saved = await fill(visitor, await visitor.get(link), 'Save', { text: 'the restructure worries me' });
  expect(saved.main).toContain('We have saved your reflection');
  const { answer } = await site.core.db.selectFrom('reflections').select('answer').executeTakeFirstOrThrow();
  expect(answer.toString('utf8')).not.toContain('restructure');
  expect((await visitor.get(link)).html).not.toContain('restructure');
});

test('a form that a link opens comes back with what was wrong', async () => {
  const form = await visitor.get(linkTo({ kind: 'network.open-pause' }));
  const again = await fill(visitor, form, 'Pause', { 'until.year': '2026' });
  expect(again.html).toContain('<title>Error: Pause messages');
  const paused = await fill(visitor, again, 'Pause', { 'until.year': '2027' });
  expect(paused.main).toContain('We have paused prompts to reflect on');
});

test('what a link opens can be used there: a list of conversations takes a sign-up', async () => {
  await announced();
  const done = await press(visitor, await visitor.get(linkTo({ kind: 'conversations.list' })), 'Sign up');
  expect(done.main).toContain('You have a seat');
  expect(await seated()).toEqual([member.id]);
});

test('somebody who follows the link to leave can pause instead', async () => {
  const offered = await visitor.get(linkTo({ kind: 'network.leave' }));
  const form = await press(visitor, offered, 'Pause instead');
  const paused = await fill(visitor, form, 'Pause', {});
  expect(paused.main).toContain('We have paused prompts to reflect on');
});

test.each([
  ['a button', (intent: string) => ({ intent })],
  ['a form', (form: string) => ({ form, ticket: 'a', 'answer.until': '2027-03-16' })],
])('a link does nothing but what it is for, whatever %s in the request says', async (_what, fields) => {
  const conversation = await announced();
  const forged: readonly Intent[] = [
    { kind: 'network.confirm-leave' },
    { kind: 'network.open-preferences' },
    { kind: 'reflections.journal' },
    { kind: 'conversations.sign-up', conversation },
  ];
  for (const intent of forged) {
    const visited = await visitor.post(linkTo({ kind: 'matching.current' }), fields(JSON.stringify(intent)));
    expect(visited.main).toContain('This page has changed since you opened it.');
  }
  await visitor.post(linkTo({ kind: 'conversations.sign-up', conversation }), fields(JSON.stringify(forged[0])));
  const { status, prompts_paused_until } = await site.core.db
    .selectFrom('members')
    .selectAll()
    .where('id', '=', member.id)
    .executeTakeFirstOrThrow();
  expect({ status, prompts_paused_until }).toEqual({ status: 'active', prompts_paused_until: null });
  expect(await seated()).toEqual([member.id]);
});

test('a form goes to what its link opens: another prompt cannot be answered by it', async () => {
  const first = await prompted();
  const link = linkTo({ kind: 'reflections.open', prompt: first });
  await site.pass(7 * 24);
  const prompts = await site.core.db.selectFrom('prompts').select('id').where('member_id', '=', member.id).execute();
  const second = prompts.find(({ id }) => id !== first)?.id ?? '';
  const again = linkTo({ kind: 'reflections.open', prompt: first });
  expect((await visitor.get(link)).status).toBe(410);
  const form = JSON.stringify({ kind: 'reflections.open', prompt: second });
  const refused = await visitor.post(again, { form, 'answer.text': 'moved' });
  expect(refused.main).toContain('This page has changed since you opened it.');
  expect(refused.main).toContain('moved');
  await visitor.post(again, { 'answer.text': 'kept', 'answer.prompt': second, prompt: second });
  const rows = await site.core.db.selectFrom('reflections').select('prompt_id').execute();
  expect(rows).toEqual([{ prompt_id: first }]);
});

test('a mail scanner that fetches a link changes nothing, whatever the link is for', async () => {
  const conversation = await announced();
  const intents: readonly Intent[] = [
    { kind: 'conversations.sign-up', conversation },
    { kind: 'network.confirm-leave' },
    pauseUntil('2027-03-16'),
    { kind: 'network.resume' },
  ];
  const before = await snapshot();
  for (const intent of intents) {
    const link = linkTo(intent);
    expect((await visitor.get(link)).status).toBe(200);
    await fetch(`${site.url}${link}`, { method: 'HEAD' });
  }
  expect(await snapshot()).toEqual(before);
});

async function snapshot() {
  const members = await site.core.db.selectFrom('members').selectAll().orderBy('id').execute();
  const deliveries = await site.core.db.selectFrom('deliveries').selectAll().orderBy('id').execute();
  const agenda = await site.core.db.selectFrom('agenda').selectAll().orderBy('id').execute();
  return { members, deliveries, agenda, seats: await seated() };
}

test('a link that was changed, has ended, or is of somebody erased does nothing', async () => {
  const intent = { kind: 'network.confirm-leave' } as const;
  const good = linkTo(intent);
  const changed = good.slice(0, 60) + (good[60] === 'A' ? 'B' : 'A') + good.slice(61);
  const ended = linkTo(intent, { expires: site.clock.now().getTime() });
  const stranger = linkTo(intent, { memberId: '00000000-0000-4000-8000-000000000000' });
  for (const link of [changed, ended, stranger, '/act/', '/act/x', `/act/${'A'.repeat(200)}`]) {
    const status = link === '/act/' ? 404 : 410;
    expect((await visitor.get(link)).status).toBe(status);
    expect((await visitor.post(link, {})).status).toBe(status);
  }
  const { status } = await site.core.db.selectFrom('members').select('status').executeTakeFirstOrThrow();
  expect(status).toBe('active');
});

test('a link to sign in cannot be used to act, before it is used or after', async () => {
  await visitor.post('/sign-in', { email: member.email });
  const token = (await sentSignInLink(site, member.email)).slice('/sign-in/'.length);
  expect((await visitor.get(`/act/${token}`)).status).toBe(410);
  await visitor.post(`/sign-in/${token}`, {});
  expect((await site.visitor().get(`/act/${token}`)).status).toBe(410);
});

test('what the core refuses is said kindly on a link’s page', async () => {
  const proposing = linkTo({ kind: 'proposals.open', topic: '', follows: '', theme: '' });
  expect((await visitor.get(proposing)).main).toContain('Only hosts can do that');
  expect((await visitor.get(linkTo({ kind: 'reflections.journal' }))).main).toContain('Sign in to read your journal');
});

test('what conveners do is not done by a link, which may have been forwarded: it leads to signing in', async () => {
  await site.core.db.updateTable('members').set({ permission: 'convener' }).where('id', '=', member.id).execute();
  const asking = { platform: 'slack', space: 'T1', platform_user: 'U1', address: '{}', name: 'Bo Lind' } as const;
  const work = { council: 'York', role: 'Director', level: 'director', note: '', zone: 'Europe/London' } as const;
  const request = randomUUID();
  const row = { id: request, email: 'bo@york.example', email_verified: true, requested_at: site.clock.now() };
  await site.core.db
    .insertInto('join_requests')
    .values({ ...row, ...asking, ...work })
    .execute();
  for (const intent of [
    { kind: 'joining.open-approval', request },
    { kind: 'joining.open-refusal', request },
    { kind: 'joining.requests' },
  ] as const) {
    const page = await visitor.get(linkTo(intent));
    expect(page.main).toContain('Sign in to do this');
    expect(page.html).toContain('href="/sign-in"');
    expect(page.main).not.toContain('Bo Lind');
  }
  const signedIn = await site.signedIn(await mustFind(site.core, member.id));
  expect((await signedIn.get('/')).main).toContain('Convene');
});
