import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Parcel } from '../../../src/delivery/model.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import { home } from '../../../src/home.ts';
import { introduceSeparately } from '../../../src/matching/introductions/introducing.ts';
import { runRound } from '../../../src/matching/publishing/service.ts';
import type { Button } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, textOf } from '../../support/people.ts';

let stage: TestCore;
let core: Core;
let slack: RecordingOutbound;
let teams: RecordingOutbound;
let web: RecordingOutbound;
let outbounds: Outbounds;
let asha: Member;
let bo: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  slack = recordingOutbound('slack');
  teams = recordingOutbound('teams');
  web = recordingOutbound('web');
  outbounds = new Map([slack, teams, web].map((outbound) => [outbound.platform, outbound] as const));
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  await settleAll(core, outbounds);
  web.letters.length = 0;
});
afterEach(() => stage.close());

/** An account by which this member is reached; seen a minute later than any before. */
async function reach(member: Member, platform: 'slack' | 'teams', space: string, user = member.name): Promise<void> {
  stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
  const account = { member_id: member.id, platform, space, platform_user: user, address: '{"home":"yes"}' };
  await core.db
    .insertInto('accounts')
    .values({ ...account, id: crypto.randomUUID(), seen_at: core.clock.now() })
    .execute();
}

async function match(): Promise<string> {
  await core.db.transaction().execute((tx) => runRound(core, tx, 1));
  return (await core.db.selectFrom('matches').select('id').executeTakeFirstOrThrow()).id;
}

function groups(): readonly Parcel[] {
  return slack.parcels.filter(({ to }) => to.kind === 'group');
}

/** What became of the introduction in a group, where one was meant to be made. */
async function grouped(): Promise<readonly { readonly status: string; readonly reason: string }[]> {
  const rows = core.db.selectFrom('deliveries').select(['status', 'reason']);
  return await rows.where('kind', '=', 'matching.group-introduction').execute();
}

/** Who was introduced one by one, and to whom. */
function alone(): readonly string[] {
  return [slack, teams, web]
    .flatMap(({ letters }) => letters)
    .map(({ message }) => message.summary)
    .toSorted();
}

const oneByOne = [
  'We would like to introduce you to Asha Rahman, Director of Place at Leeds City Council.',
  'We would like to introduce you to Bo Berg, Director of Place at City of York Council.',
];

test('two who share a workspace are introduced once, in a group of their own, and not one by one too', async () => {
  await reach(asha, 'slack', 'T1', 'UA');
  await reach(bo, 'slack', 'T1', 'UB');
  await match();
  await settleAll(core, outbounds);
  await settleAll(core, outbounds);

  expect(groups()).toHaveLength(1);
  const [parcel] = groups();
  expect(parcel?.to).toEqual({ kind: 'group', space: 'T1', users: ['UA', 'UB'] });
  if (parcel?.act.kind !== 'post') throw new Error('Nothing was posted');
  const said = JSON.stringify(parcel.act.message);
  expect(parcel.act.message.summary).toMatch(
    /^We would like to introduce you to each other: (Asha Rahman and Bo Berg|Bo Berg and Asha Rahman)\.$/,
  );
  for (const words of [
    '"Name","value":"Asha Rahman"},{"label":"Role","value":"Director of Place"},{"label":"Council","value":"Leeds City',
    '"Name","value":"Bo Berg"},{"label":"Role","value":"Director of Place"},{"label":"Council","value":"City of York',
    'Say hello',
  ]) {
    expect(said).toContain(words);
  }
  expect(parcel.act.message.body.some((block) => block.kind === 'quote')).toBe(true);
  expect(said).not.toContain(asha.email);
  expect(alone()).toEqual([]);
});

test('who was introduced in a group still finds the other’s card by asking and at home, which is drawn anew', async () => {
  await reach(asha, 'slack', 'T1');
  await reach(bo, 'slack', 'T1');
  await match();
  await settleAll(core, outbounds);
  expect(textOf(await ask(core, asha, { kind: 'matching.current' }))).toContain(bo.email);
  expect(JSON.stringify(await home(core, bo))).toContain(asha.email);
  stage.clock.set(new Date(core.clock.now().getTime() + 10_000));
  await settleAll(core, outbounds);
  const drawn = slack.parcels.flatMap(({ act }) => (act.kind === 'home' ? [JSON.stringify(act.page)] : []));
  expect(drawn.filter((page) => page.includes('Meet Bo Berg') || page.includes('Meet Asha Rahman'))).toHaveLength(2);
});

test.each<[string, () => Promise<void>]>([
  ['only one is on a platform that has groups', () => reach(asha, 'slack', 'T1')],
  [
    'each is in another workspace',
    async () => {
      await reach(asha, 'slack', 'T1');
      await reach(bo, 'slack', 'T2');
    },
  ],
  [
    'one of them chats elsewhere now',
    async () => {
      await reach(asha, 'slack', 'T1');
      await reach(bo, 'slack', 'T1');
      await reach(bo, 'teams', 'tenant');
    },
  ],
  [
    'they share a platform that has no groups for us',
    async () => {
      await reach(asha, 'teams', 'tenant');
      await reach(bo, 'teams', 'tenant');
    },
  ],
  [
    'one of them cannot be reached there any more',
    async () => {
      await reach(asha, 'slack', 'T1');
      await reach(bo, 'slack', 'T1');
      await core.db.updateTable('accounts').set({ reachable: false }).where('platform_user', '=', bo.name).execute();
    },
  ],
  ['neither chats anywhere', async () => undefined],
])('they are introduced one by one when %s', async (_, arrange) => {
  await arrange();
  await match();
  await settleAll(core, outbounds);
  expect(alone()).toEqual(oneByOne);
  expect(await grouped()).toEqual([]);
});

/** The ways to write to the other that each of the two was given, on the platform where they were. */
function ways(): ReadonlyMap<string, readonly Button[]> {
  const letters = [slack, teams, web].flatMap((outbound) => outbound.letters);
  const isWay = ({ kind }: Button) => kind !== 'does';
  return new Map(
    letters.map(({ account, message }) => [`${account.platform} ${account.user}`, message.buttons.filter(isWay)]),
  );
}

const mailTo = ({ name, email }: Member) =>
  ({ kind: 'opens', label: `Email ${name}`, url: `mailto:${email}` }) as const;
const chatWith = ({ name, email }: Member) =>
  ({ kind: 'chats', label: `Chat with ${name}`, platform: 'teams', email }) as const;

test.each([
  ['one tenant', 'tenant', 'tenant'],
  ['two tenants', 'tenant', 'other'],
])('two on Teams, of %s, each get a message of their own with a chat to open, and no group', async (_, one, other) => {
  await reach(asha, 'teams', one);
  await reach(bo, 'teams', other);
  await match();
  await settleAll(core, outbounds);
  expect(ways()).toEqual(
    new Map([
      ['teams Asha Rahman', [mailTo(bo), chatWith(bo)]],
      ['teams Bo Berg', [mailTo(asha), chatWith(asha)]],
    ]),
  );
  expect([await grouped(), groups(), teams.parcels.map(({ to }) => to.kind)]).toEqual([[], [], ['account', 'account']]);
});

test('a chat is offered with someone whom we reach on Teams now, and with nobody else', async () => {
  await reach(asha, 'slack', 'T1');
  await reach(bo, 'teams', 'tenant');
  await match();
  await settleAll(core, outbounds);
  expect(ways()).toEqual(
    new Map([
      ['slack Asha Rahman', [mailTo(bo), chatWith(bo)]],
      ['teams Bo Berg', [mailTo(asha)]],
    ]),
  );
  await core.db.updateTable('accounts').set({ reachable: false }).where('platform', '=', 'teams').execute();
  expect(textOf(await ask(core, asha, { kind: 'matching.current' }))).not.toContain('Chat with');
});

test('where the platform will not make the group they are introduced one by one, once', async () => {
  await reach(asha, 'slack', 'T1');
  await reach(bo, 'slack', 'T1');
  slack.outcomes.push({ kind: 'refused', reason: 'too_many_users' });
  const id = await match();
  await settleAll(core, outbounds);
  await core.db.transaction().execute((tx) => introduceSeparately(core, tx, id));
  await settleAll(core, outbounds);
  expect(alone()).toEqual(oneByOne);
});

test('where that platform is switched off they are introduced one by one', async () => {
  await reach(asha, 'slack', 'T1');
  await reach(bo, 'slack', 'T1');
  await match();
  await settleAll(core, new Map([['web', web]]));
  expect(alone()).toEqual(oneByOne);
});

test.each([
  ['has left', { status: 'left' }, 'someone in the match is no longer in the network'],
  ['is paused', { matching_paused_until: new Date('2027-06-01T00:00:00Z') }, 'someone in the match is paused'],
] as const)('nobody is put into a group with someone who %s, nor told to write to them', async (_, changed, reason) => {
  await reach(asha, 'slack', 'T1');
  await reach(bo, 'slack', 'T1');
  await match();
  await core.db.updateTable('members').set(changed).where('id', '=', bo.id).execute();
  await settleAll(core, outbounds);
  expect([groups(), alone()]).toEqual([[], []]);
  expect(await grouped()).toEqual([{ status: 'dropped', reason }]);
});

test('nobody is put into a group with someone who was erased', async () => {
  await reach(asha, 'slack', 'T1');
  await reach(bo, 'slack', 'T1');
  await match();
  await core.db.deleteFrom('members').where('id', '=', bo.id).execute();
  await settleAll(core, outbounds);
  expect([groups(), alone()]).toEqual([[], []]);
  expect(await grouped()).toEqual([{ status: 'dropped', reason: 'someone in the match is no longer in the network' }]);
});
