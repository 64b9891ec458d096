import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../src/messages/message.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';
import { intentOf, labelsOf, lastCard, openPromptWeek, type PromptWeek } from '../support/prompt-week.ts';

let stage: TestCore;
let week: PromptWeek;

beforeEach(async () => {
  stage = await openTestCore();
  week = await openPromptWeek(stage);
});
afterEach(() => stage.close());

async function swappedRows() {
  return await stage.core.db.selectFrom('swapped_prompts').selectAll().orderBy('swapped_at').execute();
}

async function answer(prompt: string): Promise<void> {
  await ask(stage.core, week.member, { kind: 'reflections.answer', prompt, text: 'An answer', action: '' });
}

const written = (card: Message) => JSON.stringify(card);

test('a prompt’s card has one main button, and at most six in all', () => {
  const card = lastCard(week.web);
  expect(labelsOf(card)).toEqual([
    'Write your answer',
    'Ask me tomorrow',
    'Ask me on Thursday',
    'Swap it',
    'Skip it',
    'Why this one?',
  ]);
  expect(card.buttons.map((button) => button.kind === 'does' && button.style)).toEqual([
    'main',
    ...new Array(5).fill('plain'),
  ]);
});

describe('swapping', () => {
  test('puts another prompt in its place, by the same rules, and counts the first as asked', async () => {
    const before = await week.prompt();
    stage.clock.set(new Date('2027-03-08T09:05Z'));
    const card = await week.press(intentOf(lastCard(week.web), 'Swap it'));
    const after = await week.prompt();
    expect(after).toMatchObject({ id: before.id, week: before.week, swaps: 1 });
    expect(after.theme).not.toBe(before.theme);
    expect(after.wording).not.toBe(before.wording);
    expect(after.why).not.toBe(before.why);
    expect(written(card)).toContain(after.wording);
    expect(written(card)).toContain('You can swap once more');
    expect(await swappedRows()).toEqual([
      {
        prompt_id: before.id,
        framework: before.framework,
        theme: before.theme,
        stage: before.stage,
        prompt: before.prompt,
        swapped_at: new Date('2027-03-08T09:05Z'),
      },
    ]);
  });

  test('is offered twice and no more', async () => {
    const first = await week.press(intentOf(lastCard(week.web), 'Swap it'));
    const second = await week.press(intentOf(first, 'Swap it'));
    expect(labelsOf(second)).not.toContain('Swap it');
    const { id, wording, swaps } = await week.prompt();
    expect(swaps).toBe(2);
    const third = await week.press({ kind: 'reflections.swap', prompt: id, swaps: 2 });
    expect(written(third)).toContain(wording);
    expect((await week.prompt()).swaps).toBe(2);
    expect(new Set([wording, ...(await swappedRows()).map(({ prompt }) => prompt)]).size).toBe(3);
  });

  test('counts once for one button, however often and however fast it is pressed', async () => {
    const press = intentOf(lastCard(week.web), 'Swap it');
    const cards = await Promise.all([week.press(press), week.press(press), week.press(press)]);
    const { swaps, wording } = await week.prompt();
    expect(swaps).toBe(1);
    for (const card of cards) expect(written(card)).toContain(wording);
    expect(await swappedRows()).toHaveLength(1);
  });

  test('is not answered by a prompt that comes again: all that was shown waits for its cell to be used up', async () => {
    const shown: string[] = [];
    for (let weeks = 0; weeks < 12; weeks += 1) {
      // Wednesdays: a Monday may be a bank holiday.
      if (weeks > 0) await week.at(new Date(Date.parse('2027-03-10T12:00Z') + weeks * 7 * 86_400_000).toISOString());
      const { id, prompt } = await week.prompt();
      shown.push(prompt);
      await week.press({ kind: 'reflections.swap', prompt: id, swaps: 0 });
      shown.push((await week.prompt()).prompt);
    }
    expect(shown.length).toBe(24);
    expect(new Set(shown).size).toBe(24);
  });

  test('leaves the only prompt there is in its place, and says so', async () => {
    const [framework] = stage.core.frameworks;
    const [theme] = framework?.themes ?? [];
    const only = theme?.prompts['knowledge']?.[0];
    if (framework === undefined || theme === undefined || only === undefined) throw new Error('No framework');
    const one = { ...framework, stages: [], themes: [{ ...theme, prompts: { any: [only] } }] };
    Object.assign(stage.core, { frameworks: [one] });
    await week.at('2027-03-15T09:00Z');
    const card = await week.press(intentOf(lastCard(week.web), 'Swap it'));
    expect(written(card)).toContain('We have no other prompt for you now');
    expect(await week.prompt()).toMatchObject({ prompt: only.id, swaps: 0 });
    expect(await swappedRows()).toEqual([]);
  });
});

describe('skipping', () => {
  test('is said kindly, and what is skipped can still be answered', async () => {
    const card = await week.press(intentOf(lastCard(week.web), 'Skip it'));
    expect(card).toMatchObject({ heading: 'Skipped' });
    expect(labelsOf(card)).toEqual(['Write your answer']);
    const { id, skipped_at: skippedAt } = await week.prompt();
    expect(skippedAt).toEqual(stage.clock.now());
    const form = await ask(stage.core, week.member, { kind: 'reflections.open', prompt: 'latest' });
    expect(form.kind === 'form' && form.form.completes['prompt']).toBe(id);
    await answer(id);
    expect((await week.prompt()).skipped_at).toBeNull();
    expect(textOf(await ask(stage.core, week.member, { kind: 'network.home' }))).toContain('You have answered');
  });
});

describe('the card of a prompt that is over', () => {
  const presses = [
    ['swap', (prompt: string) => ({ kind: 'reflections.swap', prompt, swaps: 0 }) as const],
    ['put it off', (prompt: string) => ({ kind: 'reflections.later', prompt, day: 'tomorrow' }) as const],
    ['skip', (prompt: string) => ({ kind: 'reflections.skip', prompt }) as const],
  ] as const;

  test.each(presses)('cannot %s what is answered', async (_, intent) => {
    const before = await week.prompt();
    await answer(before.id);
    const card = await week.press(intent(before.id));
    expect(card.heading).toBe('Your prompt, answered');
    expect(labelsOf(card)).toEqual(['Change your answer', 'Read your journal']);
    expect(await week.prompt()).toEqual(before);
    expect(await laterRows()).toEqual([]);
  });

  test.each(presses)('cannot %s what is skipped', async (_, intent) => {
    const { id } = await week.prompt();
    await week.press({ kind: 'reflections.skip', prompt: id });
    const before = await week.prompt();
    stage.clock.set(new Date('2027-03-08T10:00Z'));
    expect((await week.press(intent(id))).heading).toBe('Skipped');
    expect(await week.prompt()).toEqual(before);
    expect(await laterRows()).toEqual([]);
  });

  test.each(presses)('cannot %s what has been followed by a newer one, and opens both', async (_, intent) => {
    const old = await week.prompt();
    await week.at('2027-03-15T09:00Z');
    const card = await week.press(intent(old.id));
    expect(card.heading).toBe('An earlier prompt');
    expect(await week.prompt(old.week)).toEqual(old);
    expect(await laterRows()).toEqual([]);
    const form = await ask(stage.core, week.member, intentOf(card, 'Answer this one'));
    expect(textOf(form)).toContain(old.wording);
    const newer = await ask(stage.core, week.member, intentOf(card, 'Open the newer one'));
    expect(textOf(newer)).toContain((await week.prompt()).wording);
  });

  async function laterRows() {
    return await stage.core.db.selectFrom('agenda').select('key').where('kind', '=', 'reflections.later').execute();
  }
});

describe('why this one', () => {
  test('is told in the words that were kept, without taking the card away', async () => {
    const { id, why } = await week.prompt();
    const reply = await ask(stage.core, week.member, { kind: 'reflections.why', prompt: id });
    expect(reply.kind).toBe('message');
    expect(textOf(reply)).toContain(why);
    expect(why).toMatch(/^We have not asked you about .+ yet\.$/);
    expect(textOf(reply)).toContain('Choose your themes');
  });
});

test('nobody can do anything with somebody else’s prompt', async () => {
  const before = await week.prompt();
  const other = await addActive(stage.core, { council: 'York', permission: 'convener' });
  const prompt = before.id;
  for (const intent of [
    { kind: 'reflections.swap', prompt, swaps: 0 },
    { kind: 'reflections.later', prompt, day: 'tomorrow' },
    { kind: 'reflections.skip', prompt },
    { kind: 'reflections.why', prompt },
  ] as const) {
    expect(textOf(await ask(stage.core, other, intent))).toContain('We could not find that prompt');
  }
  expect(await week.prompt()).toEqual(before);
});

test.each(['network.confirm-leave', 'network.confirm-erase'] as const)(
  'whoever presses while %s is under way neither waits for it for ever nor leaves anything due',
  async (kind) => {
    const { id: prompt } = await week.prompt();
    const press = [
      { kind: 'reflections.later', prompt, day: 'tomorrow' },
      { kind: 'reflections.swap', prompt, swaps: 0 },
      { kind: 'reflections.later', prompt, day: 'thursday' },
      { kind },
      { kind: 'reflections.skip', prompt },
    ] as const;
    await Promise.all(press.map(async (intent) => await ask(stage.core, week.member, intent)));
    const due = stage.core.db.selectFrom('agenda').select('kind').where('subject', '=', prompt);
    expect(await due.where('done_at', 'is', null).execute()).toEqual([]);
  },
);
