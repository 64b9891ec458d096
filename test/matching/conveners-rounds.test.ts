import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { settleAll } from '../support/core.ts';
import { recordingOutbound, saidTo, textOf } from '../support/people.ts';
import { buttons, type ConvenersStage, groups, groupsOn, next, openConveners, pageOf } from './conveners-stage.ts';

let stage: ConvenersStage;
let core: Core;
let convener: Member;
let people: readonly Member[];
let say: ConvenersStage['say'];
let set: ConvenersStage['set'];
let fix: ConvenersStage['fix'];
let acts: ConvenersStage['acts'];

beforeEach(async () => {
  stage = await openConveners();
  ({ core, convener, people, say, set, fix, acts } = stage);
});
afterEach(() => stage.close());

test('what each rule costs is told from the round made without it', async () => {
  const [asha = convener, ben = convener] = people;
  // Nobody has both a theme and a level in common with anybody.
  const levels = ['director', 'director', 'manager', 'manager', 'chief executive', 'chief executive'] as const;
  for (const [index, level] of levels.entries()) {
    const id = people[index]?.id ?? '';
    await core.db.updateTable('members').set({ level }).where('id', '=', id).execute();
  }
  await fix('together', asha.id, ben.id);
  const page = pageOf(await say({ kind: 'matching.costs' }));
  const of = (heading: string) =>
    textOf({ kind: 'page', page: { ...page, cards: page.cards.filter((card) => card.heading === heading) } });
  // They have no theme in common, and are in the way of two pairs that would.
  expect(of('What conveners fixed')).toMatch(/[234] of 4 groups would be others\. All else would fit [\d.]+% better\./);
  expect(of('These cost nothing')).toContain('Different stages');
  expect(of('Shared themes')).toContain('{"label":"Without this rule","value":"0 of 4 pairs"}');
  expect(of('Rounds before two meet again')).not.toContain('Without it');
});

test('a round by hand waits, is announced to conveners, and is published as it was looked at', async () => {
  const web = recordingOutbound('web');
  await set({ kind: 'matching.open-rules' }, { byHand: 'yes' });
  const due = await core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'matching.round')
    .executeTakeFirstOrThrow();
  stage.clock.set(due.due_at);
  await settleAll(core, new Map([['web', web]]));
  expect(saidTo(web, convener)).toContain('Round 1 of matches waits for you to publish it.');
  expect(saidTo(web, people[0] ?? convener).join()).not.toContain('publish');
  const looked = await say(next);
  expect(textOf(looked)).toContain('It waits to be published.');
  const publish = buttons(looked).get('Publish this round') ?? next;
  await fix('together', 'Asha Ali', 'Ben Brown');
  const changed = await say(publish);
  expect(textOf(changed)).toContain('Something has changed since you looked');
  expect(await core.db.selectFrom('rounds').selectAll().execute()).toEqual([]);
  const looking = groupsOn(await say(groups));
  await say(buttons(changed).get('Publish this round') ?? next);
  const [round] = await core.db.selectFrom('rounds').selectAll().execute();
  expect(await core.db.selectFrom('round_locks').selectAll().execute()).toEqual([]);
  expect(round).toMatchObject({ number: 1, published_by: convener.id });
  const details = textOf(await say({ kind: 'matching.round', round: round?.id ?? '' }));
  for (const group of looking) {
    const [one = '', two = ''] = group.split(' and ');
    expect(details).toMatch(new RegExp(`${one} \\([^)]*\\) and ${two} \\(|${two} \\([^)]*\\) and ${one} \\(`));
  }
  expect(details).toContain('Cerys Convener published it.');
  expect(details).toContain('fixed by a convener');
  expect(await acts()).toContainEqual(['round.published', true, { groups: '4' }]);
  expect(textOf(await say({ kind: 'convening.audit', before: '' }))).toContain(
    'published a round of matches (4 matches)',
  );
});

test('afterwards it says who met, who did not, and who was left out and why; few answers are not counted out', async () => {
  await say({ kind: 'membership.skip-round' });
  const due = await core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'matching.round')
    .executeTakeFirstOrThrow();
  await core.db.updateTable('network').set({ group_size: 2 }).execute();
  stage.clock.set(due.due_at);
  await settleAll(core, new Map([['web', recordingOutbound('web')]]));
  const matches = await core.db
    .selectFrom('match_members')
    .select(['match_id', 'member_id'])
    .orderBy('match_id')
    .execute();
  const [first, second] = [...new Set(matches.map(({ match_id: id }) => id))];
  const put = async (match: string | undefined, outcome: 'useful' | 'no-show') =>
    await core.db
      .updateTable('match_members')
      .set({ outcome })
      .where('match_id', '=', match ?? '')
      .execute();
  await put(first, 'useful');
  await put(second, 'no-show');
  const rounds = await say({ kind: 'matching.rounds' });
  expect(textOf(rounds)).toContain('Round 1, ');
  const page = pageOf(await say(buttons(rounds).get('See who met') ?? next));
  const headings = page.cards.map(({ heading }) => heading);
  expect(headings).toEqual(
    expect.arrayContaining(['They met', 'They did not meet', 'What became of it', 'How good it was']),
  );
  expect(JSON.stringify(page)).toContain('Too few have answered');
  expect(JSON.stringify(page)).not.toContain('no-show');
  const gone = await say({ kind: 'matching.round', round: convener.id });
  expect(textOf(gone)).toContain('not there any more');
});

test('somebody left out is named with the reason', async () => {
  await core.db.deleteFrom('agenda').execute();
  for (const person of people.slice(2)) await say({ kind: 'membership.skip-round' }, person);
  const text = textOf(await say(next));
  expect(text).toContain('No round is planned.');
  await core.db
    .updateTable('members')
    .set({ council_id: people[0]?.councilId ?? '' })
    .where('id', '=', people[1]?.id ?? '')
    .execute();
  await say({ kind: 'membership.skip-round' });
  const nobody = textOf(await say(next));
  expect(nobody).toContain('2 people take part, and no two of them can meet.');
  expect(nobody).toContain('Ali Council: more than half of those who took part are of their council');
  expect(textOf(await say(groups))).toContain('Nobody would meet.');
  expect(textOf(await say({ kind: 'matching.costs' }))).toContain('What each rule costs');
});
