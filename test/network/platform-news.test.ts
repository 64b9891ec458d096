import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account, Profile } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { noteAccountClosed, noteProfile } from '../../src/network/platform-news.ts';
import { openTestCore, settleAll, startOfTest, type TestCore } from '../support/core.ts';
import { addActive, mustFind } from '../support/people.ts';

let stage: TestCore;
let core: Core;

beforeAll(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterAll(() => stage.close());

const silent: Profile = { name: '', email: '', zone: '', locale: '' };

async function inSlack(space = 'T1'): Promise<{ member: Member; account: Account }> {
  const member = await addActive(core);
  const account = { platform: 'slack', space, user: `U${randomUUID()}` } as const;
  const address = JSON.stringify({ home: 'yes' });
  await core.db
    .insertInto('accounts')
    .values({
      id: randomUUID(),
      member_id: member.id,
      platform: 'slack',
      space,
      platform_user: account.user,
      address,
      seen_at: core.clock.now(),
    })
    .execute();
  return { member, account };
}

async function prompts(member: Member): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('subject', '=', member.id)
    .where('kind', '=', 'reflections.prompt')
    .where('done_at', 'is', null)
    .execute();
  return rows.map((row) => row.due_at.toISOString());
}

async function homes(member: Member): Promise<number> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select('id')
    .where('member_id', '=', member.id)
    .where('kind', '=', 'network.home')
    .where('status', '=', 'pending')
    .execute();
  return rows.length;
}

async function reachable(account: Account): Promise<boolean> {
  const row = await core.db
    .selectFrom('accounts')
    .select('reachable')
    .where('space', '=', account.space)
    .where('platform_user', '=', account.user)
    .executeTakeFirstOrThrow();
  return row.reachable;
}

test('a profile is what holds until the member chooses; what it does not say, or says wrongly, stays', async () => {
  const { member, account } = await inSlack();
  await noteProfile(core, account, { name: 'Asha R', email: 'x@y.example', zone: 'Europe/Paris', locale: 'cy' });
  const known = { name: 'Asha R', zone: 'Europe/Paris', locale: 'cy', email: member.email };
  expect(await mustFind(core, member.id)).toMatchObject(known);
  await noteProfile(core, account, { ...silent, name: ' ', zone: 'Mars/Olympus' });
  expect(await mustFind(core, member.id)).toMatchObject(known);
  const chosen = { chosen_name: 'Ash', chosen_zone: 'Europe/Rome', chosen_locale: 'en' };
  await core.db.updateTable('members').set(chosen).where('id', '=', member.id).execute();
  const before = [await prompts(member), await homes(member)];
  await noteProfile(core, account, { ...silent, name: 'Someone', zone: 'Asia/Tokyo', locale: 'fr' });
  expect(await mustFind(core, member.id)).toMatchObject({ name: 'Ash', zone: 'Europe/Rome', locale: 'en' });
  expect([await prompts(member), await homes(member)]).toEqual(before);
});

test('somebody nobody knows is passed over', async () => {
  const stranger = { platform: 'slack', space: 'T1', user: 'UNOBODY' } as const;
  await noteProfile(core, stranger, { ...silent, name: 'Nobody' });
  await noteAccountClosed(core, stranger, core.clock.now());
  expect(await core.db.selectFrom('members').select('id').where('profile_name', '=', 'Nobody').execute()).toEqual([]);
});

test('what is known already is not written again, by however many messages it is said', async () => {
  const { member, account } = await inSlack();
  const said = { name: 'Asha R', email: '', zone: 'Europe/Paris', locale: 'cy' };
  const version = () =>
    sql<{ xmin: string }>`select xmin from members where id = ${member.id}`.execute(core.db).then(({ rows }) => rows);
  await noteProfile(core, account, said);
  const before = await version();
  for (const profile of [said, silent, { ...silent, zone: 'Mars/Olympus', locale: 'not a language' }]) {
    await noteProfile(core, account, profile);
  }
  expect(await version()).toEqual(before);
  await noteProfile(core, account, { ...said, locale: 'cy-GB' });
  expect(await version()).not.toEqual(before);
});

test.each(['en-GB', 'cy', 'nl-NL', 'zh-Hant-TW'])('%s is a language', async (locale) => {
  const { member, account } = await inSlack();
  await noteProfile(core, account, { ...silent, locale });
  expect((await mustFind(core, member.id)).locale).toBe(locale);
});

test.each(['', 'en_GB', 'en-', 'x', `en-x-${'a'.repeat(8)}${'-b'.repeat(20)}`])(
  '“%s” is no language, and changes nothing',
  async (locale) => {
    const { member, account } = await inSlack();
    await noteProfile(core, account, { ...silent, locale: 'cy' });
    await noteProfile(core, account, { ...silent, locale });
    expect((await mustFind(core, member.id)).locale).toBe('cy');
  },
);

test('news that an account was closed, told after its person was heard of again, closes nothing', async () => {
  const { account } = await inSlack();
  const seen = startOfTest.getTime();
  await noteAccountClosed(core, account, new Date(seen - 1));
  expect(await reachable(account)).toBe(true);
  await noteAccountClosed(core, account, new Date(seen));
  expect(await reachable(account)).toBe(false);
});

test('with the zone the next prompt moves, and stays one; the home is drawn anew, and only for what shows', async () => {
  const { member, account } = await inSlack();
  expect(await prompts(member)).toEqual(['2027-03-08T09:00:00.000Z']);
  await noteProfile(core, account, { ...silent, zone: 'America/New_York' });
  expect(await prompts(member)).toEqual(['2027-03-08T14:00:00.000Z']);
  expect(await homes(member)).toBe(1);
  await noteProfile(core, account, { ...silent, zone: 'Pacific/Auckland' });
  expect(await prompts(member)).toEqual(['2027-03-07T20:00:00.000Z']);

  const other = await inSlack();
  await noteProfile(core, other.account, { ...silent, name: other.member.name, zone: other.member.zone });
  expect([await homes(other.member), await prompts(other.member)]).toEqual([0, ['2027-03-08T09:00:00.000Z']]);
});

test('someone who left the network is moved to no prompt', async () => {
  const { member, account } = await inSlack();
  await core.db.updateTable('members').set({ status: 'left' }).where('id', '=', member.id).execute();
  await core.db.deleteFrom('agenda').where('subject', '=', member.id).execute();
  await noteProfile(core, account, { ...silent, zone: 'America/New_York' });
  expect(await prompts(member)).toEqual([]);
});

test('accounts close one by one; membership stays', async () => {
  const { member, account } = await inSlack('TCLOSES');
  const colleague = (await inSlack('TCLOSES')).account;
  await noteAccountClosed(core, account, core.clock.now());
  expect(await Promise.all([account, colleague].map(reachable))).toEqual([false, true]);
  expect((await mustFind(core, member.id)).status).toBe('active');
});

test('an account that is opened again is reached again, with a home drawn anew; not where our app is taken out', async () => {
  const { member, account } = await inSlack('TREOPENS');
  await noteAccountClosed(core, account, core.clock.now());
  await noteProfile(core, account, silent);
  expect([await reachable(account), await homes(member)]).toEqual([true, 1]);

  const gone = (await inSlack('TGONE')).account;
  const name = 'Gone';
  const at = core.clock.now();
  await core.db
    .insertInto('installations')
    .values({ platform: 'slack', space: 'TGONE', name, secret: null, installed_at: at, removed_at: at })
    .execute();
  await noteAccountClosed(core, gone, at);
  await noteProfile(core, gone, { ...silent, name: 'Late news' });
  expect(await reachable(gone)).toBe(false);
});

test('someone who goes east, where the hour of this week’s prompt is over, is due it at once, and once', async () => {
  const { member, account } = await inSlack();
  stage.clock.set(new Date('2027-03-07T23:00:00Z'));
  await noteProfile(core, account, { ...silent, zone: 'Pacific/Auckland' });
  expect(await prompts(member)).toEqual(['2027-03-07T20:00:00.000Z']);
  await settleAll(core, new Map());
  expect(await prompts(member)).toEqual(['2027-03-14T20:00:00.000Z']);
});

test('someone who goes west after this week’s prompt gets the next one next week', async () => {
  const { member, account } = await inSlack();
  const monday = new Date('2027-03-08T10:00:00Z');
  expect(monday > startOfTest).toBe(true);
  stage.clock.set(monday);
  await settleAll(core, new Map());
  expect(await prompts(member)).toEqual(['2027-03-15T09:00:00.000Z']);
  await noteProfile(core, account, { ...silent, zone: 'America/New_York' });
  // The clocks there went forward on the Sunday between.
  expect(await prompts(member)).toEqual(['2027-03-15T13:00:00.000Z']);
});
