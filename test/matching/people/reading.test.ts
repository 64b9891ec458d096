import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { planRound } from '../../../src/matching/planning/planning.ts';
import type { Candidate, RoundInput } from '../../../src/matching/scoring/model.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, mustFind } from '../../support/people.ts';
import { planRounds, readMatches, round } from '../round-stage.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let bo: Member;
let cy: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  [asha, bo, cy] = [
    await addActive(core, { name: 'Asha', council: 'Leeds', cohort: 'Programme 2026' }),
    await addActive(core, { name: 'Bo', council: 'York', level: 'chief executive', cohort: '' }),
    await addActive(core, { name: 'Cy', council: 'Hull' }),
  ];
});
afterEach(() => stage.close());

async function read(): Promise<RoundInput> {
  return (await planRound(core, core.db)).input;
}

async function of(member: Member): Promise<Candidate | undefined> {
  return (await read()).members.find(({ id }) => id === member.id);
}

function firstTheme() {
  const framework = core.frameworks.find(({ stages }) => stages.length === 3);
  const [theme, other] = framework?.themes ?? [];
  if (framework === undefined || theme === undefined || other === undefined) throw new Error('No framework has stages');
  return { framework, theme: theme.id, key: `${framework.id}/${theme.id}`, other: other.id };
}

async function wrote(member: Member, week: string, theme: string, stageId: string): Promise<void> {
  const id = crypto.randomUUID();
  const { framework } = firstTheme();
  const prompt = {
    framework: framework.id,
    framework_version: 1,
    theme,
    stage: stageId,
    prompt: 'x',
    wording: '',
    why: '',
  };
  const sent = { id, member_id: member.id, week, sent_at: new Date(`${week}T09:00Z`), ...prompt };
  await core.db.insertInto('prompts').values(sent).execute();
  const answer = core.cipher.seal('private', `reflection:${id}`);
  const written = { prompt_id: id, member_id: member.id, answer, written_at: new Date(`${week}T10:00Z`) };
  await core.db.insertInto('reflections').values(written).execute();
}

/** A conversation last week that all of these came to, as its host said. */
async function talked(chathamHouse: boolean, theme: string, people: readonly Member[]): Promise<void> {
  const id = crypto.randomUUID();
  const startsAt = new Date(core.clock.now().getTime() - 7 * 86_400_000);
  const subject = { title: 'Talk', about: '', theme, chatham_house: chathamHouse };
  const when = { starts_at: startsAt, created_at: startsAt, zone: 'Europe/London', minutes: 60, capacity: 8 };
  const row = { id, host_id: people[0]?.id ?? null, link: 'https://meet.example', ...subject, ...when };
  await core.db.insertInto('conversations').values(row).execute();
  const seat = { conversation_id: id, state: 'seated', came: true, signed_up_at: startsAt } as const;
  await core.db
    .insertInto('seats')
    .values(people.map((member) => ({ ...seat, member_id: member.id })))
    .execute();
}

test('what the network holds of a member is read as the round needs it', async () => {
  const { framework, theme, key, other } = firstTheme();
  await core.db.updateTable('councils').set({ region: 'Yorkshire' }).where('name', '=', 'Leeds').execute();
  await core.db.insertInto('interests').values({ member_id: asha.id, framework: framework.id, theme }).execute();
  await core.db.insertInto('interests').values({ member_id: asha.id, framework: 'gone', theme: 'gone' }).execute();
  await core.db.insertInto('experiences').values({ member_id: asha.id, experience: 'merger' }).execute();
  await core.db
    .updateTable('members')
    .set({ newly_appointed: true, works_from: '08:00', works_until: '12:00' })
    .where('id', '=', asha.id)
    .execute();
  const wish = JSON.stringify({ kind: 'theme', theme: key });
  const said = { member_id: asha.id, wish, wants_group: true, said_at: core.clock.now() };
  await core.db.insertInto('round_wishes').values(said).execute();
  const [first, second, third] = framework.stages.map(({ id }) => id);
  await wrote(asha, '2027-02-15', theme, third ?? '');
  await wrote(asha, '2027-02-22', theme, second ?? '');
  await wrote(asha, '2027-02-08', other, first ?? '');
  expect(await of(asha)).toEqual({
    id: asha.id,
    council: asha.councilId,
    level: 'director',
    cohort: asha.cohortId,
    nation: 'England',
    region: 'Yorkshire',
    themes: [key],
    stages: { [key]: 1, [`${framework.id}/${other}`]: 0 },
    experiences: ['merger'],
    isNewToRole: true,
    hours: [0, 1, 2, 3, 4].map((day) => [day * 1440 + 480, day * 1440 + 720]),
    wish: { kind: 'theme', theme: key },
    wantsGroup: true,
    leftOut: 0,
    owed: 0,
  });
  expect(await of(bo)).toMatchObject({
    level: 'chief executive',
    cohort: '',
    themes: [],
    stages: {},
    isNewToRole: false,
  });
});

test('a theme that two talked about lately counts, but nothing of a conversation under the Chatham House Rule', async () => {
  const { framework, key, other } = firstTheme();
  await talked(false, key, [asha, bo]);
  await talked(true, `${framework.id}/${other}`, [asha, bo]);
  expect((await of(asha))?.themes).toEqual([key]);
  expect((await of(cy))?.themes).toEqual([]);
});

test('earlier matches count with how long ago they were and what became of them, and who came off badly is owed', async () => {
  await round(core, 1);
  const [match] = await readMatches(core);
  const [one = '', two = '', three = ''] = match?.people ?? [];
  expect(three).not.toBe('');
  const outcomes = [
    [one, 'useful'],
    [two, 'not-useful'],
    [three, 'no-show'],
  ] as const;
  for (const [id, outcome] of outcomes)
    await core.db
      .updateTable('match_members')
      .set({ outcome, state: outcome === 'no-show' ? 'open' : 'met' })
      .where('member_id', '=', id)
      .execute();
  await core.db
    .updateTable('network')
    .set({ match_weights: JSON.stringify({ coolDownRounds: 6 }) })
    .execute();
  stage.clock.set(new Date('2027-03-16T12:00:00Z'));
  await round(core, 2);
  stage.clock.set(new Date('2027-03-30T12:00:00Z'));
  const input = await read();
  expect(input.number).toBe(3);
  const past = input.past.map(({ a, b, ...rest }) => [[a, b].toSorted().join(' '), rest]);
  const pair = (a: string, b: string) => [a, b].toSorted().join(' ');
  expect(new Map(past.map(([key, rest]) => [key, rest]))).toEqual(
    new Map([
      [pair(one, two), { roundsAgo: 2, outcome: 'not-useful' }],
      [pair(one, three), { roundsAgo: 2, outcome: 'useful' }],
      [pair(two, three), { roundsAgo: 2, outcome: 'not-useful' }],
    ]),
  );
  // All three were left out of the second round, so none of them more than another.
  expect(input.members.map(({ id, leftOut, owed }) => [id, leftOut, owed]).toSorted()).toEqual(
    [
      [one, 0, 1],
      [two, 0, 1],
      [three, 0, 2],
    ].toSorted(),
  );
});

test('whoever does not take part is not in it: paused until after the round, sitting out, no agreement, a council outside', async () => {
  await planRounds(core);
  await ask(core, asha, pauseUntil('2027-03-09'));
  await core.db.updateTable('members').set({ skips_round: true }).where('id', '=', bo.id).execute();
  // Paused now, and back when the round comes.
  expect((await read()).members.map(({ id }) => id).toSorted()).toEqual([asha.id, cy.id].toSorted());
  await ask(core, await mustFind(core, asha.id), pauseUntil('2027-03-10'));
  expect((await read()).members.map(({ id }) => id)).toEqual([cy.id]);
  await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('name', '=', 'Hull').execute();
  expect((await read()).members).toEqual([]);
});

test('a plan names what it was made from: it is the same until something changes, and changes nothing', async () => {
  const plan = await planRound(core, core.db);
  stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
  expect((await planRound(core, core.db)).fingerprint).toBe(plan.fingerprint);
  expect((await planRound(core, core.db, { level: 0 })).fingerprint).not.toBe(plan.fingerprint);
  const said = {
    id: crypto.randomUUID(),
    member_id: bo.id,
    other_id: cy.id,
    token: null,
    said: core.cipher.seal('x', 'x'),
  };
  await core.db
    .insertInto('do_not_match')
    .values({ ...said, said_at: core.clock.now() })
    .execute();
  expect((await planRound(core, core.db)).fingerprint).not.toBe(plan.fingerprint);
  expect(await core.db.selectFrom('rounds').selectAll().execute()).toEqual([]);
});

test('what conveners fixed and has become impossible since does not stop the round', async () => {
  const lock = { id: crypto.randomUUID(), kind: 'together', set_by: null, set_at: core.clock.now() } as const;
  await core.db.insertInto('round_locks').values(lock).execute();
  await core.db
    .insertInto('round_lock_members')
    .values([asha, bo].map(({ id }) => ({ lock_id: lock.id, member_id: id })))
    .execute();
  expect((await read()).locked).toEqual([[asha.id, bo.id].toSorted()]);
  await core.db.updateTable('members').set({ council_id: asha.councilId }).where('id', '=', bo.id).execute();
  expect((await read()).locked).toEqual([]);
  await round(core, 1);
  expect(await readMatches(core)).toHaveLength(1);
});
