import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { askWhetherTheyMet, remindHalfWay } from '../../../src/matching/following-up/due.ts';
import { planFollowUps } from '../../../src/matching/matches/follow-up-plan.ts';
import type { Member } from '../../../src/network/model.ts';
import { schedule } from '../../../src/store/agenda.ts';
import { ask, textOf } from '../../support/people.ts';
import { openPair, type PairStage, press } from '../match-stage.ts';

let stage: PairStage;

/** Published on Tuesday 2 March 2027 at noon; the next one is on Tuesday 30 March at 10. */
beforeEach(async () => {
  stage = await openPair();
  await planNext(stage.core, '2027-03-30T09:00:00Z');
});
afterEach(() => stage.close());

async function planNext(core: Core, at: string): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('agenda').where('kind', 'in', ['matching.round', 'matching.opening']).execute();
    await schedule(tx, [{ key: 'matching.round:2', kind: 'matching.round', subject: '2', at: new Date(at) }]);
    await planFollowUps(tx, core.clock.now());
  });
}

async function planned(core: Core): Promise<Readonly<Record<string, string>>> {
  const rows = core.db.selectFrom('agenda').select(['kind', 'due_at']).where('done_at', 'is', null);
  const found = await rows.where('kind', 'in', ['matching.half-way', 'matching.question']).execute();
  return Object.fromEntries(found.map(({ kind, due_at }) => [kind, due_at.toISOString()]));
}

/** Each of the match by their first name, in small letters. */
async function people(core: Core): Promise<readonly unknown[]> {
  const rows = core.db.selectFrom('match_members').innerJoin('people', 'people.id', 'member_id');
  const found = await rows.select(['name', 'match_members.state', 'outcome']).orderBy('name').execute();
  return found.map(({ name, state, outcome }) => [name.split(' ')[0]?.toLowerCase(), state, outcome]);
}

/** What they were told of their match. */
function toldTo(member: Member): readonly string[] {
  return stage.told(member).filter((summary) => !summary.startsWith('Your reflection prompt'));
}

/** The buttons of what was last said to them of it. */
function buttons(member: Member): readonly string[] {
  const own = stage.web.letters.filter(({ account }) => account.user === member.id);
  const said = own.findLast(({ message }) => message.summary === toldTo(member).at(-1));
  return said?.message.buttons.map(({ label }) => label) ?? [];
}

async function remind(core: Core, round: string): Promise<void> {
  await core.db.transaction().execute((tx) => remindHalfWay(core, tx, round));
}

async function question(core: Core, round: string): Promise<void> {
  await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
}

const asked = (name: string) => `Did you meet ${name}, and was it useful?`;

test('the reminder comes half way, the question the day before the next round opens, each once, and both move with it', async () => {
  const { core, asha, bo, round } = stage;
  expect(await planned(core)).toEqual({
    'matching.half-way': '2027-03-16T10:00:00.000Z',
    'matching.question': '2027-03-24T10:00:00.000Z',
  });
  await planNext(core, '2027-04-20T09:00:00Z');
  expect(await planned(core)).toEqual({
    'matching.half-way': '2027-03-25T10:00:00.000Z',
    'matching.question': '2027-04-15T09:00:00.000Z',
  });
  stage.clock.set(new Date('2027-03-25T10:00:00Z'));
  await stage.settle();
  expect(toldTo(asha)).toEqual(['You are matched with Bo Berg. Have you found a time to meet?']);
  expect(buttons(asha)).toEqual(['We have a date', 'We met', 'Rematch me', 'Not now', 'See your match']);
  await remind(core, round);
  await planNext(core, '2027-04-20T09:00:00Z');
  stage.clock.set(new Date('2027-04-16T09:00:00Z'));
  await stage.settle();
  await question(core, round);
  await stage.settle();
  expect(toldTo(bo).slice(1)).toEqual([asked('Asha Rahman')]);
});

test('once they are asked, their home asks too, until they have answered', async () => {
  const { core, asha, match } = stage;
  const shown = async () => textOf(await ask(core, asha, { kind: 'matching.current' }));
  stage.clock.set(new Date('2027-03-24T09:59:00Z'));
  await stage.settle();
  expect(await shown()).toContain('Rematch me');
  stage.clock.set(new Date('2027-03-24T10:00:00Z'));
  await stage.settle();
  expect(await shown()).toContain(asked('Bo Berg'));
  expect(await shown()).not.toContain('Rematch me');
  const answered = textOf(await ask(core, asha, { kind: 'matching.answer', match, outcome: 'no-show' }));
  expect(answered).toContain('We have noted that Bo Berg did not come.');
  expect(answered).not.toContain('They did not come');
  const changed = textOf(await ask(core, asha, { kind: 'matching.answer', match, outcome: 'useful' }));
  expect(changed).toContain('They did not come');
  expect(await shown()).not.toContain(asked('Bo Berg'));
});

test('a round that comes near leaves the question and no reminder', async () => {
  const { core, asha } = stage;
  stage.clock.set(new Date('2027-03-10T12:00:00Z'));
  await planNext(core, '2027-03-12T10:00:00Z');
  expect(await planned(core)).toEqual({ 'matching.question': '2027-03-09T10:00:00.000Z' });
  await stage.settle();
  expect(toldTo(asha)).toEqual([asked('Bo Berg')]);
});

test('where we were down until the question was due too, there is no reminder beside it', async () => {
  const { asha, bo } = stage;
  stage.clock.set(new Date('2027-03-25T10:01:00Z'));
  await stage.settle();
  expect([toldTo(asha), toldTo(bo)]).toEqual([[asked('Bo Berg')], [asked('Asha Rahman')]]);
});

test('nobody is reminded once one of them has a date, and they are asked in the end all the same', async () => {
  const { core, asha, bo, match } = stage;
  expect(await press(core, asha, 'dated', match)).toContain('you have a date with Bo Berg');
  expect(await press(core, asha, 'dated', match)).toContain('you have a date with Bo Berg');
  expect(await people(core)).toEqual([
    ['asha', 'dated', null],
    ['bo', 'open', null],
  ]);
  stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  await stage.settle();
  expect([toldTo(asha), toldTo(bo)]).toEqual([[], []]);
  stage.clock.set(new Date('2027-03-25T10:00:00Z'));
  await stage.settle();
  expect([toldTo(asha), toldTo(bo)]).toEqual([[asked('Bo Berg')], [asked('Asha Rahman')]]);
});

test('a reminder that waited says nothing where they have found a date meanwhile; a match of yesterday needs none', async () => {
  const { core, asha, bo, round, match } = stage;
  stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  await remind(core, round);
  await press(core, bo, 'dated', match);
  await stage.settle();
  expect(toldTo(asha)).toEqual([]);
  await core.db.deleteFrom('deliveries').execute();
  await core.db.updateTable('match_members').set({ state: 'open' }).execute();
  await core.db
    .updateTable('matches')
    .set({ made_at: new Date('2027-03-15T10:00:00Z') })
    .execute();
  await remind(core, round);
  await stage.settle();
  expect(toldTo(asha)).toEqual([]);
});

test('those who agreed to a time that is still to come are asked after it', async () => {
  const { core, asha } = stage;
  await core.db
    .updateTable('matches')
    .set({ agreed_at: new Date('2027-03-26T14:00:00Z') })
    .execute();
  stage.clock.set(new Date('2027-03-25T10:00:00Z'));
  await stage.settle();
  expect(toldTo(asha)).toEqual([]);
  stage.clock.set(new Date('2027-03-26T15:30:00Z'));
  await stage.settle();
  await stage.settle();
  expect(toldTo(asha)).toEqual([asked('Bo Berg')]);
});

test('who met says how it was, may change it, and is not asked again; the other is, and is told nothing of it', async () => {
  const { core, asha, bo, match } = stage;
  const reply = await press(core, asha, 'met', match);
  expect(reply).toContain('you met Bo Berg. Was it useful?');
  const useful = textOf(await ask(core, asha, { kind: 'matching.answer', match, outcome: 'useful' }));
  expect(useful).toContain('you met and that it was useful');
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'not-met' });
  expect((await people(core))[0]).toEqual(['asha', 'dated', 'not-met']);
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'not-useful' });
  expect(await people(core)).toEqual([
    ['asha', 'met', 'not-useful'],
    ['bo', 'open', null],
  ]);
  const row = core.db.selectFrom('match_members').select('answered_at').where('member_id', '=', asha.id);
  expect(await row.executeTakeFirst()).toEqual({ answered_at: core.clock.now() });
  stage.clock.set(new Date('2027-03-25T10:00:00Z'));
  await stage.settle();
  expect([toldTo(asha), toldTo(bo)]).toEqual([[], [asked('Asha Rahman')]]);
  const posted = core.db.selectFrom('deliveries').select('member_id').where('kind', '=', 'matching.question');
  expect(await posted.execute()).toEqual([{ member_id: bo.id }]);
  expect(buttons(bo)).toEqual([
    'We met, and it was useful',
    'We met, and it was not useful',
    'We did not meet',
    'They did not come',
  ]);
  expect(textOf(await ask(core, bo, { kind: 'matching.current' }))).not.toMatch(/noted|useful\./);
});

test('a question that waited is not put to who has answered, and nobody answers for a match that is not theirs', async () => {
  const { core, asha, bo, round, match } = stage;
  await question(core, round);
  await ask(core, bo, { kind: 'matching.answer', match, outcome: 'no-show' });
  await stage.settle();
  expect([toldTo(asha), toldTo(bo)]).toEqual([[asked('Bo Berg')], []]);
  const cy = await stage.joins('Cy Cole');
  for (const kind of ['dated', 'met', 'rematch', 'not-now'] as const) {
    expect(await press(core, cy, kind, match)).toContain('We could not find that match.');
  }
  const forged = await ask(core, cy, { kind: 'matching.answer', match, outcome: 'useful' });
  expect(textOf(forged)).toContain('We could not find that match.');
  expect((await people(core)).length).toBe(2);
});

test('whoever has paused by the time of the question is asked nothing', async () => {
  const { core, asha, bo, round } = stage;
  await question(core, round);
  const paused = { matching_paused_until: new Date('2027-06-01T00:00:00Z') };
  await core.db.updateTable('members').set(paused).where('id', '=', bo.id).execute();
  await stage.settle();
  expect([toldTo(asha), toldTo(bo)]).toEqual([[asked('Bo Berg')], []]);
});
