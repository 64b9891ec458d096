import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choose } from '../../src/reflections/choosing.ts';
import { betweenModules } from '../../src/reflections/model.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask } from '../support/people.ts';

let stage: TestCore;

beforeEach(async () => {
  stage = await openTestCore();
});
afterEach(() => stage.close());

type Chosen = Awaited<ReturnType<typeof choose>>;

const monday = (week: number) =>
  new Date(Date.parse('2027-03-08T00:00Z') + week * 7 * 86_400_000).toISOString().slice(0, 10);

/** Puts a prompt into a member's history, as it is when it has been sent. */
async function send(memberId: string, week: number, prompt: Chosen): Promise<string> {
  const id = randomUUID();
  const row = { id, member_id: memberId, week: monday(week), ...prompt, sent_at: stage.clock.now() };
  await stage.core.db.insertInto('prompts').values(row).execute();
  return id;
}

test('themes of interest of the member’s own frameworks come sooner and more often', async () => {
  const member = await addActive(stage.core, { level: 'chief executive' });
  const interests = [
    { framework: 'chief-executives', theme: 'public-ethics' },
    { framework: 'collective-leadership', theme: 'politics' },
  ];
  await stage.core.db
    .insertInto('interests')
    .values(interests.map((one) => ({ member_id: member.id, ...one })))
    .execute();
  const themes: string[] = [];
  for (let week = 0; week < 24; week += 1) {
    const chosen = await choose(stage.core, stage.core.db, member);
    await send(member.id, week, chosen);
    themes.push(chosen.theme);
  }
  expect(themes[0]).toBe('public-ethics');
  expect(themes.filter((theme) => theme === 'public-ethics')).toHaveLength(6);
  expect(themes.filter((theme) => theme === 'politics')).toHaveLength(3);
});

test('what was swapped counts as asked before what came in its place, and a cohort’s prompt does not count', async () => {
  const member = await addActive(stage.core, { level: 'chief executive' });
  const first = await choose(stage.core, stage.core.db, member);
  const id = await send(member.id, 0, first);
  const plain = { prompt_id: id, swapped_at: stage.clock.now() };
  const second = await choose(stage.core, stage.core.db, member, id);
  expect(second).toEqual(first);
  const { framework, theme, stage: at, prompt } = first;
  await stage.core.db
    .insertInto('swapped_prompts')
    .values({ ...plain, framework, theme, stage: at, prompt })
    .execute();
  const instead = await choose(stage.core, stage.core.db, member, id);
  expect(instead.theme).not.toBe(first.theme);
  await stage.core.db.updateTable('prompts').set(instead).where('id', '=', id).execute();
  const third = await choose(stage.core, stage.core.db, member);
  expect(new Set([first.theme, instead.theme, third.theme]).size).toBe(3);
  const ofCohort = { framework: betweenModules, theme: betweenModules, stage: betweenModules, prompt: randomUUID() };
  await send(member.id, 1, { ...third, ...ofCohort });
  expect(await choose(stage.core, stage.core.db, member)).toEqual(third);
});

test('a theme stays at its stage when what was written is deleted', async () => {
  const member = await addActive(stage.core, { level: 'chief executive' });
  const sent: (Chosen & { id: string })[] = [];
  async function sendNext(): Promise<Chosen & { id: string }> {
    const next = await choose(stage.core, stage.core.db, member);
    const found = { ...next, id: await send(member.id, sent.length, next) };
    sent.push(found);
    return found;
  }
  // Twice through seven themes, and the first of them again.
  for (let week = 0; week < 15; week += 1) {
    const { id: prompt } = await sendNext();
    await ask(stage.core, member, { kind: 'reflections.answer', prompt, text: 'Words', action: '' });
  }
  const [theme, reached] = [sent[14]?.theme, sent[14]?.stage];
  expect(reached).toBe('experience');
  for (const { id: prompt } of sent) await ask(stage.core, member, { kind: 'reflections.confirm-delete', prompt });
  expect(await stage.core.db.selectFrom('reflections').select('prompt_id').execute()).toEqual([]);
  for (let week = 0; week < 7; week += 1) await sendNext();
  const after = sent.slice(15).map((one) => [one.theme, one.stage]);
  expect(after).toContainEqual([theme, 'experience']);
  expect(after.filter(([, stageNow]) => stageNow === 'knowledge')).toHaveLength(6);
});
