import { afterEach, beforeEach, expect, test } from 'vitest';
import { recentTheme } from '../../src/afterwards/recent-theme.ts';
import type { Core } from '../../src/core.ts';
import { introductionTo } from '../../src/matching/introductions/compose.ts';
import { readStarter } from '../../src/matching/introductions/starter.ts';
import type { Member } from '../../src/network/model.ts';
import { choose } from '../../src/reflections/choosing.ts';
import { type Afterwards, openAfterwards, saysWhoCame, takesAway } from './stage.ts';

const inclusive = 'collective-leadership/inclusive-leadership';
let stage: Afterwards;
let core: Core;

beforeEach(async () => {
  stage = await openAfterwards();
  core = stage.core;
});
afterEach(() => stage.close());

const recent = async (member: Member) => await recentTheme(core.db, member.id, core.clock.now());

test('a conversation is recent for who came, as its host said or as they wrote themselves, for six weeks', async () => {
  const { ann, ben, cat, dan, host, id } = stage;
  await stage.until('2027-03-16T10:30:00Z');
  await core.db.updateTable('seats').set({ came: true }).where('member_id', '=', ann.id).execute();
  expect(await recent(ann)).toBeUndefined();
  await stage.until('2027-03-16T11:00:00Z');
  await core.db.updateTable('seats').set({ came: null }).execute();
  for (const member of [ann, ben, cat, dan]) expect(await recent(member)).toBeUndefined();
  await takesAway(core, ben, id, 'Ask earlier');
  expect(await recent(ben)).toEqual({
    conversationId: id,
    theme: inclusive,
    title: 'Making room',
    endedAt: new Date('2027-03-16T11:00:00Z'),
    chathamHouse: false,
  });
  await saysWhoCame(core, host, id, [ann]);
  expect((await recent(ann))?.theme).toBe(inclusive);
  for (const member of [ben, cat, dan]) expect(await recent(member)).toBeUndefined();
  stage.clock.set(new Date('2027-04-27T11:00:01Z'));
  expect(await recent(ann)).toBeUndefined();
});

test('the next prompt leans to its theme, says so, and the one after does not', async () => {
  const { ann, cat, host, id } = stage;
  await core.db.updateTable('members').set({ level: 'manager' }).execute();
  await core.db.deleteFrom('prompts').execute();
  await stage.until('2027-03-16T11:00:00Z');
  await core.db.deleteFrom('prompts').execute();
  const level = { level: 'manager' } as const;
  const before = await choose(core, core.db, { ...ann, ...level });
  expect(before.why).not.toContain('You came');
  await saysWhoCame(core, host, id, [ann]);
  const chosen = await choose(core, core.db, { ...ann, ...level });
  expect(`${chosen.framework}/${chosen.theme}`).toBe(inclusive);
  expect(chosen.why).toContain('You came to a conversation on');
  expect((await choose(core, core.db, { ...cat, ...level })).why).not.toContain('You came');
  const sent = {
    id: crypto.randomUUID(),
    member_id: ann.id,
    week: '2027-03-22',
    sent_at: new Date('2027-03-22T09:00Z'),
  };
  await core.db
    .insertInto('prompts')
    .values({ ...sent, ...chosen })
    .execute();
  expect((await choose(core, core.db, { ...ann, ...level })).why).not.toContain('You came');
  // Nor where what came since was about something else, and this theme would still lean.
  const another = { framework: 'collective-leadership', theme: 'politics', stage: 'any', prompt: 'politics.any.1' };
  await core.db.updateTable('prompts').set(another).where('id', '=', sent.id).execute();
  expect((await choose(core, core.db, { ...ann, ...level })).why).not.toContain('You came');
});

test('an introduction asks about the theme that both came to lately, and does not say that they did', async () => {
  const { ann, ben, cat, host, id } = stage;
  await stage.until('2027-03-16T11:00:00Z');
  // One for which the draw from all questions falls on another theme.
  const matchId = '00000000-0000-4000-8000-000000000000';
  const of = async (one: Member, other: Member) => await readStarter(core, matchId, [one.id, other.id]);
  const theme = core.frameworks
    .flatMap((framework) => framework.themes)
    .find((one) => one.id === 'inclusive-leadership');
  expect(theme?.openingQuestions).not.toContain((await of(ann, ben)).question);
  await saysWhoCame(core, host, id, [ann, ben]);
  const starter = await of(ann, ben);
  expect(await of(ben, ann)).toEqual(starter);
  expect(theme?.openingQuestions).toContain(starter.question);
  expect(theme?.openingQuestions).not.toContain((await of(ann, cat)).question);
  const roundId = crypto.randomUUID();
  await core.db.insertInto('rounds').values({ id: roundId, number: 99, published_at: core.clock.now() }).execute();
  await core.db.insertInto('matches').values({ id: matchId, round_id: roundId, made_at: core.clock.now() }).execute();
  await core.db
    .insertInto('match_members')
    .values([ann, ben].map((member) => ({ match_id: matchId, member_id: member.id })))
    .execute();
  const introduction = JSON.stringify(await introductionTo(core, ann, matchId));
  expect(introduction).toContain(starter.question);
  expect(introduction).not.toMatch(/conversation|Inclusive leadership/);
  await core.db.updateTable('conversations').set({ chatham_house: true }).where('id', '=', id).execute();
  expect(theme?.openingQuestions).not.toContain((await of(ann, ben)).question);
});
