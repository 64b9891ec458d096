import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { recordAgreements } from '../../src/joining/consents.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { ask, textOf } from '../support/people.ts';
import { intentOf, labelsOf, lastCard, openPromptWeek, type PromptWeek } from '../support/prompt-week.ts';

let stage: TestCore;
let week: PromptWeek;
const reminder = 'Your prompt is still here';

beforeEach(async () => {
  stage = await openTestCore();
  week = await openPromptWeek(stage);
});
afterEach(() => stage.close());

async function answerLatest(): Promise<void> {
  const { id } = await week.prompt();
  await ask(stage.core, week.member, { kind: 'reflections.answer', prompt: id, text: 'Words', action: '' });
}

async function set(values: Readonly<Record<string, unknown>>): Promise<void> {
  await stage.core.db.updateTable('members').set(values).execute();
}

async function addBreak(firstDay: string, lastDay: string, nation = ''): Promise<void> {
  await stage.core.db
    .insertInto('breaks')
    .values({ id: randomUUID(), sort: 'break', name: 'Recess', first_day: firstDay, last_day: lastDay, nation })
    .execute();
}

async function withdraw(): Promise<void> {
  await stage.core.db.transaction().execute(async (tx) => {
    await recordAgreements(tx, week.member.id, { prompts: false, matching: true }, stage.clock.now());
  });
}

describe('the reminder', () => {
  test('comes once, three working days after the prompt, at the same hour', async () => {
    expect(await week.at('2027-03-11T08:59Z')).toEqual([]);
    expect(await week.at('2027-03-11T09:00Z')).toEqual([reminder]);
    const card = lastCard(week.web);
    expect(labelsOf(card)).toEqual(['Write your answer', 'Ask me tomorrow', 'Skip it']);
    expect((await week.prompt()).reminded_at).toEqual(new Date('2027-03-11T09:00Z'));
    expect(await week.at('2027-03-14T20:00Z')).toEqual([]);
  });

  test('comes once although it falls due twice', async () => {
    await week.at('2027-03-11T09:00Z');
    stage.clock.set(new Date('2027-03-11T09:30Z'));
    const again = { kind: 'reflections.remind', subject: (await week.prompt()).id } as const;
    for (const key of ['again', 'and-again']) {
      const id = randomUUID();
      await stage.core.db
        .insertInto('agenda')
        .values({ id, key, ...again, due_at: stage.clock.now() })
        .execute();
      expect(await fallDue(stage.core, id)).toBe(true);
    }
    expect(await week.at('2027-03-11T10:00Z')).toEqual([]);
    expect((await week.prompt()).reminded_at).toEqual(new Date('2027-03-11T09:00Z'));
  });

  test.each([
    ['answered', answerLatest],
    ['skipped', async () => void (await week.press({ kind: 'reflections.skip', prompt: (await week.prompt()).id }))],
    ['paused', () => set({ prompts_paused_until: new Date('2027-03-12T00:00Z') })],
    ['in a break', () => addBreak('2027-03-11', '2027-03-20')],
    ['in a break of their nation', () => addBreak('2027-03-01', '2027-03-11', 'England')],
    ['no longer agreed to', withdraw],
    ['left', () => set({ status: 'left' })],
  ])('does not come where the prompt is %s', async (_, happen) => {
    await week.at('2027-03-10T12:00Z');
    await happen();
    expect(await week.at('2027-03-11T09:00Z')).toEqual([]);
    expect((await week.prompt()).reminded_at).toBeNull();
  });

  test('comes after a break that is between, on the third of the working days', async () => {
    await addBreak('2027-03-16', '2027-03-16');
    expect(await week.at('2027-03-15T12:00Z')).toEqual(['Your prompt for this week']);
    expect(await week.at('2027-03-18T12:00Z')).toEqual([]);
    expect(await week.at('2027-03-19T12:00Z')).toEqual([reminder]);
  });

  test('comes in spite of a break of another nation or another cohort', async () => {
    await addBreak('2027-03-08', '2027-03-12', 'Wales');
    expect(await week.at('2027-03-11T09:00Z')).toEqual([reminder]);
  });

  test.each([
    ['answered', answerLatest],
    [
      'put off',
      async () => {
        const { id } = await week.prompt();
        await week.press({ kind: 'reflections.later', prompt: id, day: 'tomorrow' });
      },
    ],
    ['no longer agreed to', withdraw],
    ['paused', () => set({ prompts_paused_until: new Date('2027-03-12T00:00Z') })],
  ])('is not sent either where it waited to be sent, and the prompt was %s meanwhile', async (_, happen) => {
    week.web.outcomes.push({ kind: 'later', afterMs: 60_000, reason: 'the line was down' });
    await week.at('2027-03-11T09:00Z');
    await happen();
    expect(await week.at('2027-03-11T09:05Z')).toEqual([]);
    const row = stage.core.db.selectFrom('deliveries').select('status').where('kind', '=', 'reflections.reminder');
    expect((await row.executeTakeFirstOrThrow()).status).toBe('dropped');
  });

  test('moves along with a prompt that is put off, and does not come next to a new prompt', async () => {
    await week.at('2027-03-08T10:00Z');
    const { id } = await week.prompt();
    await week.press({ kind: 'reflections.later', prompt: id, day: 'tomorrow' });
    expect(await week.at('2027-03-09T09:00Z')).toEqual(['Your prompt for this week']);
    expect(await week.at('2027-03-11T12:00Z')).toEqual([]);
    expect(await week.at('2027-03-12T09:00Z')).toEqual([reminder]);
  });

  test('does not come for what was put off so long that the next prompt is there', async () => {
    const { id } = await week.prompt();
    await week.press({ kind: 'reflections.later', prompt: id, day: 'thursday' });
    expect(await week.at('2027-03-11T09:00Z')).toEqual(['Your prompt for this week']);
    expect(await week.at('2027-03-15T09:00Z')).toEqual(['Your prompt for this week']);
    expect(await week.at('2027-03-16T20:00Z')).toEqual([]);
  });

  test('does not come within a day of the next prompt', async () => {
    const next = stage.core.db.updateTable('agenda').where('kind', '=', 'reflections.prompt');
    await next
      .set({ due_at: new Date('2027-03-12T09:00Z') })
      .where('done_at', 'is', null)
      .execute();
    expect(await week.at('2027-03-11T09:00Z')).toEqual([]);
  });

  test('does not come at a weekend, when the network was down on its day', async () => {
    expect(await week.at('2027-03-13T12:00Z')).toEqual([]);
    expect((await week.prompt()).reminded_at).toBeNull();
  });
});

describe('after three prompts without an answer', () => {
  const offer = 'Would fewer prompts suit you better?';

  async function silentWeeks(): Promise<readonly string[]> {
    await week.at('2027-03-15T12:00Z');
    await week.at('2027-03-22T12:00Z');
    // Easter Monday is the 29th.
    return await week.at('2027-03-30T12:00Z');
  }

  test('the next one comes with an offer of fewer, and without a reminder', async () => {
    expect(await silentWeeks()).toEqual(['Your prompt for this week', offer]);
    const card = lastCard(week.web);
    expect(labelsOf(card)).toEqual([
      'One every two weeks',
      'One every four weeks',
      'Pause for a while',
      'Keep one every week',
    ]);
    expect(intentOf(card, 'One every four weeks')).toEqual({ kind: 'reflections.rhythm', rhythm: 'monthly' });
    expect(intentOf(card, 'Pause for a while')).toEqual({ kind: 'network.open-pause' });
    expect(textOf({ kind: 'message', message: card })).not.toMatch(/miss|streak|behind|should|sorry|unanswered|\b3\b/i);
    expect(await week.at('2027-04-04T20:00Z')).toEqual([]);
  });

  test('it is offered once, however long they stay silent, and no reminder comes', async () => {
    await silentWeeks();
    const later: string[] = [];
    for (const day of ['04-06', '04-12', '04-19', '04-26', '05-06']) {
      later.push(...(await week.at(`2027-${day}T12:00Z`)));
      later.push(...(await week.at(`2027-${day}T23:00Z`)));
    }
    expect(new Set(later)).toEqual(new Set(['Your prompt for this week']));
  });

  test('what is put off in a silence brings no reminder back', async () => {
    await silentWeeks();
    await week.press({ kind: 'reflections.later', prompt: (await week.prompt()).id, day: 'tomorrow' });
    expect(await week.at('2027-03-31T12:00Z')).toEqual(['Your prompt for this week']);
    const reminders = stage.core.db.selectFrom('agenda').select('id').where('kind', '=', 'reflections.remind');
    expect(await reminders.where('done_at', 'is', null).execute()).toEqual([]);
  });

  test('it is offered again in a later silence', async () => {
    await silentWeeks();
    await answerLatest();
    const later: string[] = [];
    for (const day of ['04-05', '04-12', '04-19', '04-26']) later.push(...(await week.at(`2027-${day}T12:00Z`)));
    expect(later.filter((heading) => heading === offer)).toHaveLength(1);
    expect(later.at(-1)).toBe(offer);
  });

  test('a skipped prompt is an answer of its own: nothing is offered', async () => {
    await week.at('2027-03-15T12:00Z');
    await week.press({ kind: 'reflections.skip', prompt: (await week.prompt()).id });
    await week.at('2027-03-22T12:00Z');
    expect(await week.at('2027-03-30T12:00Z')).toEqual(['Your prompt for this week']);
    expect(await week.at('2027-04-02T12:00Z')).toEqual([reminder]);
  });

  test('nothing is offered to those who answer an old one before it is sent', async () => {
    await week.at('2027-03-15T12:00Z');
    await week.at('2027-03-22T12:00Z');
    const { id } = await week.prompt();
    const down = { kind: 'later', afterMs: 60_000, reason: 'the line was down' } as const;
    week.web.outcomes.push(down, down);
    await week.at('2027-03-30T08:00Z');
    await ask(stage.core, week.member, { kind: 'reflections.answer', prompt: id, text: 'Words', action: '' });
    expect(await week.at('2027-03-30T08:10Z')).toEqual(['Your prompt for this week']);
  });
});
