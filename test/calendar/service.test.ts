import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { readSettings } from '../../src/network/roster.ts';
import { plannedFor, promptsOf, roundsPlanned, runUntil } from '../support/calendar.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let convener: Member;
let member: Member;

// Tuesday 2 March 2027, noon in London; the first round is planned for Tuesday the 9th.
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  convener = await addActive(core, { permission: 'convener', council: 'Bristol' });
  member = await addActive(core, { cohort: 'Spring 2027' });
  await core.db.transaction().execute(async (tx) => {
    // The first round of the network, as at a start.
    await tx.deleteFrom('agenda').where('kind', '=', 'matching.round').execute();
  });
  await prepareAgenda(core);
});
afterEach(() => stage.close());

const until = (moment: string) => runUntil(core, stage.clock, moment);

const rhythm = {
  kind: 'calendar.rhythm',
  zone: 'Europe/London',
  promptWeekday: '1',
  promptHour: '9',
  roundWeekday: '2',
  roundHour: '10',
  roundWeeks: '2',
} as const;

const aBreak = {
  kind: 'calendar.break',
  name: 'Reading week',
  sort: 'break',
  first: '2027-03-08',
  last: '2027-03-12',
  nation: 'all',
  cohort: 'all',
} as const;

function problemsOf(reply: Reply): readonly string[] {
  return reply.kind === 'invalid' ? reply.problems.map(({ field }) => field) : [`${reply.kind}, and no problem`];
}

async function audited(): Promise<readonly unknown[]> {
  return await core.db.selectFrom('audit').select(['actor_id', 'by', 'action', 'detail']).orderBy('id').execute();
}

describe('the network’s rhythm', () => {
  test('moves what is planned for everybody, the round, and the words that tell of it; and is written down', async () => {
    const sydney = await addActive(core, { zone: 'Australia/Sydney', council: 'York' });
    const saved = await ask(core, convener, {
      ...rhythm,
      promptWeekday: '4',
      promptHour: '8',
      roundWeeks: '3',
      roundWeekday: '3',
    });
    expect(textOf(saved)).toContain('Prompts come every week, at 8am on Thursday on each member’s clock.');
    expect(textOf(saved)).toContain('every three weeks');
    // It is Tuesday: this week’s Thursday is still to come.
    expect(await plannedFor(core, member)).toEqual(['2027-03-01: 2027-03-04T08:00']);
    expect(await plannedFor(core, sydney)).toEqual(['2027-03-01: 2027-03-03T21:00']);
    expect(await roundsPlanned(core)).toEqual(['1: 2027-03-03T10:00']);
    expect(await audited()).toEqual([
      {
        actor_id: convener.id,
        by: 'convener',
        action: 'rhythm.changed',
        detail: { promptWeekday: '1 to 4', promptHour: '9 to 8', roundWeekday: '2 to 3', roundWeeks: '2 to 3' },
      },
    ]);
    await until('2027-04-02T00:00Z');
    expect(await promptsOf(core, member)).toEqual([
      '2027-03-01: 2027-03-04T08:00',
      '2027-03-08: 2027-03-11T08:00',
      '2027-03-15: 2027-03-18T08:00',
      '2027-03-22: 2027-03-25T08:00',
      '2027-03-29: 2027-04-01T07:00',
    ]);
    expect(await roundsPlanned(core)).toEqual(['3: 2027-04-14T09:00']);
  });

  test('sends nobody this week’s prompt again', async () => {
    await until('2027-03-08T12:00Z');
    await ask(core, convener, { ...rhythm, promptWeekday: '3' });
    expect(await plannedFor(core, member)).toEqual(['2027-03-15: 2027-03-17T09:00']);
    // A week’s prompt that was still to come, moved to a day that has passed, comes on the next working day.
    await until('2027-03-16T12:00Z');
    await ask(core, convener, { ...rhythm, promptWeekday: '1', promptHour: '10' });
    expect(await plannedFor(core, member)).toEqual(['2027-03-15: 2027-03-17T10:00']);
  });

  test('is refused with a problem for each mistake, and changes nothing', async () => {
    const mistaken = {
      zone: 'Mars',
      promptWeekday: '7',
      promptHour: '2',
      roundWeekday: 'x',
      roundHour: '24',
      roundWeeks: '13',
    };
    const before = await readSettings(core.db);
    expect(problemsOf(await ask(core, convener, { ...rhythm, ...mistaken }))).toEqual(Object.keys(mistaken));
    expect(problemsOf(await ask(core, convener, { ...rhythm, roundWeeks: '0' }))).toEqual(['roundWeeks']);
    expect(await readSettings(core.db)).toEqual(before);
    expect(await audited()).toEqual([]);
  });

  test('keeps a weekday that the form would not offer, and shows it', async () => {
    await core.db.updateTable('network').set({ prompt_weekday: 7, prompt_hour: 22 }).execute();
    const form = await ask(core, convener, { kind: 'calendar.open-rhythm' });
    expect(textOf(form)).toContain('Sunday');
    const saved = await ask(core, convener, { ...rhythm, promptWeekday: '7', promptHour: '22' });
    expect(textOf(saved)).toContain('at 10pm on Sunday');
  });

  test('and the rest of the calendar are for conveners alone', async () => {
    const kinds = [
      'calendar.open-rhythm',
      'calendar.breaks',
      'calendar.open-break',
      'calendar.cohort-prompts',
    ] as const;
    const intents: readonly Intent[] = [...kinds.map((kind) => ({ kind })), rhythm, aBreak];
    for (const intent of intents) expect(textOf(await ask(core, member, intent))).toContain('Only conveners');
  });
});

describe('a break', () => {
  test('moves prompts and rounds past its days, says so, and gives them back when it ends', async () => {
    const reply = await ask(core, convener, { ...aBreak, first: '2027-03-08', last: '2027-03-09' });
    expect(textOf(reply)).toContain(
      '“Reading week” is in the calendar from Monday 8 March 2027 to Tuesday 9 March 2027.',
    );
    expect(await plannedFor(core, member)).toEqual(['2027-03-08: 2027-03-10T09:00']);
    expect(await roundsPlanned(core)).toEqual(['1: 2027-03-10T10:00']);
    const { id } = await core.db.selectFrom('breaks').select('id').executeTakeFirstOrThrow();
    expect(textOf(await ask(core, convener, { kind: 'calendar.breaks' }))).toContain('Reading week');
    await ask(core, convener, { kind: 'calendar.end-break', break: id });
    expect(await plannedFor(core, member)).toEqual(['2027-03-08: 2027-03-08T09:00']);
    expect(await roundsPlanned(core)).toEqual(['1: 2027-03-09T10:00']);
    expect((await audited()).map((row) => JSON.stringify(row)).join()).toMatch(/break\.made.*break\.ended/);
    expect(textOf(await ask(core, convener, { kind: 'calendar.end-break', break: id }))).toContain('no longer');
  });

  test('leaves a week without a day without a prompt, for those it is for, and rounds as they are unless it is for all', async () => {
    const cohort = member.cohortId ?? '';
    await ask(core, convener, { ...aBreak, last: '2027-03-19', cohort, sort: 'pre-election' });
    expect(await plannedFor(core, member)).toEqual(['2027-03-22: 2027-03-22T09:00']);
    expect(await plannedFor(core, convener)).toEqual(['2027-03-08: 2027-03-08T09:00']);
    expect(await roundsPlanned(core)).toEqual(['1: 2027-03-09T10:00']);
    await ask(core, convener, { ...aBreak, nation: 'Scotland', last: '2027-05-01' });
    expect(await plannedFor(core, convener)).toEqual(['2027-03-08: 2027-03-08T09:00']);
    await until('2027-03-23T00:00Z');
    expect(await promptsOf(core, member)).toEqual(['2027-03-22: 2027-03-22T09:00']);
    expect(await promptsOf(core, convener)).toHaveLength(3);
  });

  test('that begins today stops what is due today, and what was missed is not made up', async () => {
    await until('2027-03-08T08:00Z');
    await ask(core, convener, aBreak);
    await until('2027-03-15T08:00Z');
    expect(await promptsOf(core, member)).toEqual([]);
    await until('2027-03-15T10:00Z');
    expect(await promptsOf(core, member)).toEqual(['2027-03-15: 2027-03-15T09:00']);
  });

  test('that nobody replanned by is heeded all the same when a prompt falls due', async () => {
    const row = {
      id: crypto.randomUUID(),
      sort: 'break',
      name: 'x',
      first_day: '2027-03-08',
      last_day: '2027-03-08',
    } as const;
    await core.db.insertInto('breaks').values(row).execute();
    await until('2027-03-12T00:00Z');
    expect(await promptsOf(core, member)).toEqual(['2027-03-08: 2027-03-09T09:00']);
  });

  test.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ sort: 'holiday' }, 'sort'],
    [{ first: '2027-02-30' }, 'first'],
    [{ last: 'soon' }, 'last'],
    [{ last: '2027-03-07' }, 'last'],
    [{ first: '2027-03-01', last: '2027-03-01' }, 'last'],
    [{ last: '2028-03-09' }, 'last'],
    [{ nation: 'France' }, 'nation'],
    [{ cohort: 'nobody' }, 'cohort'],
  ])('is refused with %o', async (answers, field) => {
    expect(problemsOf(await ask(core, convener, { ...aBreak, ...answers }))).toEqual([field]);
    expect(await core.db.selectFrom('breaks').selectAll().execute()).toEqual([]);
  });

  test('may last a year, and may have begun', async () => {
    expect((await ask(core, convener, { ...aBreak, first: '2027-03-01', last: '2028-03-01' })).kind).toBe('message');
    expect(await plannedFor(core, member)).toEqual(['2028-02-28: 2028-03-02T09:00']);
  });
});

test('rounds keep their rhythm through a break and a bank holiday, and two never come in one week', async () => {
  await ask(core, convener, { ...aBreak, first: '2027-03-22', last: '2027-04-02' });
  await ask(core, convener, { ...rhythm, roundWeekday: '1', roundWeeks: '1' });
  await until('2027-05-06T00:00Z');
  const rounds = await core.db.selectFrom('rounds').select('published_at').orderBy('number').execute();
  // From 8 March each Monday: the break pushes that of the 22nd to 5 April; 3 May is a holiday in all nations.
  expect(rounds.map((row) => row.published_at.toISOString().slice(0, 10))).toEqual([
    '2027-03-08',
    '2027-03-15',
    '2027-04-05',
    '2027-04-12',
    '2027-04-19',
    '2027-04-26',
    '2027-05-04',
  ]);
});
