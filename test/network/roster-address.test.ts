import { randomUUID } from 'node:crypto';
import { addDays } from 'date-fns/addDays';
import { addHours } from 'date-fns/addHours';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { mayNotMeet } from '../../src/membership/apart.ts';
import { erase } from '../../src/network/erase.ts';
import { importRoster } from '../../src/network/import.ts';
import type { Member } from '../../src/network/model.ts';
import type { RosterRow } from '../../src/network/roster-row.ts';
import { requestSignIn } from '../../src/network/service.ts';
import { findDue } from '../../src/store/agenda.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, type RecordingOutbound, recordingOutbound, textOf } from '../support/people.ts';
import { rowOf } from '../support/rosters.ts';

let stage: TestCore;
let core: Core;
let convener: Member;
let asha: Member;
let web: RecordingOutbound;
let mail: RecordingOutbound;
const [was, now] = ['asha@leeds.example', 'asha@new.example'];

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  convener = await addActive(core, { permission: 'convener', email: 'cleo@leeds.example', name: 'Cleo' });
  asha = await addActive(core, { email: was });
  [web, mail] = [recordingOutbound(), recordingOutbound('email')];
  await settle();
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([web, mail].map((outbound) => [outbound.platform, outbound] as const)));
}

async function imports(...rows: readonly Partial<RosterRow>[]): Promise<string> {
  const importer = { by: 'convener', actorId: convener.id } as const;
  const options = { includeErased: false, importer, agreed: () => true };
  const plan = await importRoster(core, rows.map(rowOf), options, () => undefined);
  await settle();
  return `${plan.added.length} ${plan.changed.length} ${plan.heldBack.map(({ why }) => why).join()}`;
}

const mailOf = async (id: string) => {
  const rows = core.db.selectFrom('accounts').select('platform_user').where('member_id', '=', id);
  return (await rows.where('platform', '=', 'email').execute()).map((row) => row.platform_user);
};

const acts = async () => {
  const rows = core.db.selectFrom('audit').select(['action', 'subject', 'actor_id']).where('subject', '!=', '');
  return await rows.orderBy('id').execute();
};

/** Who was sent a link to sign in, since the last time. */
async function sentLinkTo(email: string): Promise<readonly string[]> {
  mail.letters.length = 0;
  stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
  await requestSignIn(core, email);
  await settle();
  return mail.letters
    .filter(({ message }) => JSON.stringify(message).includes('/sign-in/'))
    .map((one) => one.account.user);
}

function confirmation(): Intent {
  const found = [...web.letters, ...mail.letters]
    .flatMap(({ message }) => message.buttons)
    .findLast((button) => button.label === 'Confirm it');
  if (found?.kind !== 'does') throw new Error('They were not asked');
  return found.intent;
}

async function signIn(memberId: string): Promise<void> {
  const session = { token_hash: Buffer.from(randomUUID()), member_id: memberId, link_id: null };
  await core.db
    .insertInto('web_sessions')
    .values({ ...session, expires_at: addDays(core.clock.now(), 7) })
    .execute();
}

const browsers = async (id: string) => {
  const open = core.db.selectFrom('web_sessions').select('member_id').where('member_id', '=', id);
  return (await open.where('expires_at', '>', core.clock.now()).execute()).length;
};

test('a roster moves nobody who has joined: they are asked, and sign in as before until they say so', async () => {
  await signIn(asha.id);
  expect(await imports({ email: now, old_email: was })).toBe('0 1 ');
  const button = confirmation();
  expect((await mustFind(core, asha.id)).email).toBe(was);
  expect(await mailOf(asha.id)).toEqual([was]);
  expect(await sentLinkTo(now)).toEqual([]);
  expect(await sentLinkTo(was)).toEqual([was]);
  expect(await acts()).toEqual([{ action: 'member.address-asked', subject: asha.id, actor_id: convener.id }]);
  // Nor is it a way in for who has that address on a chat platform: the member is asked once more.
  const account = { platform: 'slack', space: 'T1', user: 'UOTHER' } as const;
  const profile = { name: 'Cleo', email: now, zone: '', locale: '' };
  const sender: Sender = { account, address: { channel: 'D1' }, profile: () => Promise.resolve(profile) };
  expect(textOf(await handle(core, sender, { kind: 'network.join' }))).toContain('Connect this account');
  expect(textOf(await handle(core, sender, { kind: 'reflections.journal' }))).toContain('You have not joined');
  // The same file again changes nothing, with or without the old address.
  expect(await imports({ email: now, old_email: was })).toBe('0 0 ');
  expect(await imports({ email: now })).toBe('0 0 ');
  expect(await imports({ email: now }, { email: was })).toBe('0 0 claimed,claimed');

  expect(textOf(await ask(core, convener, button))).toContain('has ended');
  expect(textOf(await ask(core, asha, button))).toContain('We have connected the account.');
  expect((await mustFind(core, asha.id)).email).toBe(now);
  expect(await mailOf(asha.id)).toEqual([now]);
  expect(await browsers(asha.id)).toBe(0);
  expect(await sentLinkTo(was)).toEqual([]);
  expect(await sentLinkTo(now)).toEqual([now]);
  expect(await imports({ email: now, old_email: was })).toBe('0 0 ');
});

test('who asks for a link at an address that is not confirmed has its member asked again, and a roster can take it back', async () => {
  await imports({ email: now, old_email: was });
  stage.clock.set(addHours(core.clock.now(), 25));
  web.letters.length = 0;
  expect(await sentLinkTo(now)).toEqual([]);
  const button = confirmation();
  expect(await imports({ email: was })).toBe('0 1 ');
  expect(textOf(await ask(core, asha, button))).toContain('has ended');
  expect(await mailOf(asha.id)).toEqual([was]);
});

test('who has not joined is moved at once, and whoever reads the old address has nothing of theirs', async () => {
  const bo = await addMember(core, { email: 'bo@leeds.example', name: 'Bo' });
  await signIn(bo.id);
  expect(await imports({ name: 'Bo', email: 'bo@new.example', old_email: bo.email })).toBe('0 1 ');
  expect(await mailOf(bo.id)).toEqual(['bo@new.example']);
  expect(await browsers(bo.id)).toBe(0);
  expect(await acts()).toMatchObject([{ action: 'member.address', subject: bo.id }]);
});

test('who never wants to meet somebody is kept apart from them whatever their address becomes', async () => {
  const bo = await addMember(core, { email: 'bo@leeds.example', name: 'Bo' });
  for (const who of [was, bo.email]) await ask(core, convener, { kind: 'membership.avoid', who });
  const token = core.cipher.token(bo.email);
  await core.db
    .insertInto('past_matches')
    .values({ member_id: asha.id, token, matched_at: core.clock.now() })
    .execute();
  const apart = await mayNotMeet(core, core.db);
  expect(apart).toHaveLength(2);
  await imports({ email: now, old_email: was }, { name: 'Bo', email: 'bo@new.example', old_email: bo.email });
  await ask(core, asha, confirmation());
  expect(new Set(await mayNotMeet(core, core.db))).toEqual(new Set(apart));
  const past = await core.db.selectFrom('past_matches').select('token').execute();
  expect(past).toEqual([{ token: core.cipher.token('bo@new.example') }]);
});

test('who asked to be erased is not brought back by an address they had, or were to confirm', async () => {
  await imports({ email: now, old_email: was });
  await erase(core, asha);
  expect(await imports({ email: now })).toBe('0 0 erased');
  expect(await imports({ email: 'third@leeds.example', old_email: was })).toBe('0 0 erased');
});

test('a zone of the roster takes a pause along, and a crash after the import leaves nothing as it was', async () => {
  await imports({ email: was });
  const until = { kind: 'network.pause', until: '2027-03-20', programmes: 'prompts' } as const;
  await ask(core, asha, until);
  const ends = core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'network.pause-ends')
    .where('done_at', 'is', null);
  expect(await ends.execute()).toEqual([{ due_at: new Date('2027-03-20T00:00:00Z') }]);
  await imports({ email: was, zone: 'America/New_York' });
  expect((await mustFind(core, asha.id)).promptsPausedUntil).toEqual(new Date('2027-03-20T04:00:00Z'));
  expect(await ends.execute()).toEqual([{ due_at: new Date('2027-03-20T04:00:00Z') }]);
  expect(await findDue(core.db, core.clock.now(), 10)).toEqual([]);
});
