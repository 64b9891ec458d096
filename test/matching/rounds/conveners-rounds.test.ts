import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { facts } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { settleAll } from '../../support/core.ts';
import { recordingOutbound, saidTo, textOf } from '../../support/people.ts';
import { addMatch, addRound } from '../following-up/following-up-stage.ts';
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
  expect(of('People whom conveners put together')).toMatch(
    /Without this rule, [234] of 4 matches would be different\. The other rules would fit \d+% better\./,
  );
  expect(of('These cost nothing')).toContain('Different stages');
  expect(of('Shared themes')).toContain('{"label":"Without this rule","value":"0 of 4 (0%)"}');
  expect(of('Rounds before two meet again')).not.toContain('Without this rule');
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
  expect(textOf(looked)).toContain('It waits to be published, and publishes itself at 10am on Monday 15 March.');
  const publish = buttons(looked).get('Publish this round') ?? next;
  await fix('together', 'Asha Ali', 'Ben Brown');
  const changed = await say(publish);
  expect(textOf(changed)).toContain('Something has changed since you looked');
  expect(await core.db.selectFrom('rounds').selectAll().execute()).toEqual([]);
  const looking = groupsOn(await say(groups));
  const question = await say(buttons(changed).get('Publish this round') ?? next);
  expect(textOf(question)).toContain('We introduce 8 people to each other at once. This cannot be undone.');
  expect(await core.db.selectFrom('rounds').selectAll().execute()).toEqual([]);
  await say(buttons(question).get('Publish it now') ?? next);
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
  const [first, second, third] = [...new Set(matches.map(({ match_id: id }) => id))];
  const leave = core.db.updateTable('matches').set({ ended_at: core.clock.now() });
  await leave.where('id', '=', third ?? '').execute();
  const put = async (match: string | undefined, outcome: 'useful' | 'no-show') =>
    await core.db
      .updateTable('match_members')
      .set({ outcome })
      .where('match_id', '=', match ?? '')
      .execute();
  await put(first, 'useful');
  await put(second, 'no-show');
  const rounds = await say({ kind: 'matching.rounds' });
  const card = pageOf(rounds).cards.find(({ heading }) => heading.startsWith('Round 1, '));
  expect(card?.body).toEqual([
    facts(
      ['People who took part', '7'],
      ['Matches', '3'],
      ['Met', '1'],
      ['Have a date', '0'],
      ['Did not meet', '1'],
      ['Ended before they met', '1'],
      ['Nobody has said', '0'],
      ['Left out', '0'],
    ),
  ]);
  const page = pageOf(await say(buttons(rounds).get('See who met') ?? next));
  const headings = page.cards.map(({ heading }) => heading);
  expect(headings).toEqual(
    expect.arrayContaining([
      'They met',
      'They did not meet',
      'Ended before they met',
      'What became of it',
      'How good it was',
    ]),
  );
  expect(JSON.stringify(page)).toContain('After the next round we say here whether most people found it useful.');
  expect(JSON.stringify(page)).not.toContain('no-show');
  const gone = await say({ kind: 'matching.round', round: convener.id });
  expect(textOf(gone)).toContain('not there any more');
});

test('a round says who left a group, whose time has passed, where people disagree, and what was made later', async () => {
  const { core: at, clock } = stage;
  const round = await addRound(at, 1, clock.now());
  const [asha = convener, ben = convener, carys = convener, dan = convener, eve = convener, femi = convener] = people;
  const group = await addMatch(at, round, [asha, ben, carys]);
  const pair = await addMatch(at, round, [dan, eve]);
  const later = await addMatch(at, round, [femi, convener]);
  const put = async (
    match: string,
    who: Member,
    told: { state?: 'dated' | 'dropped'; outcome?: 'useful' | 'no-show' },
  ) =>
    await at.db
      .updateTable('match_members')
      .set(told)
      .where('match_id', '=', match)
      .where('member_id', '=', who.id)
      .execute();
  await put(group, asha, { state: 'dated' });
  await put(group, ben, { state: 'dropped' });
  await put(pair, dan, { outcome: 'useful' });
  await put(pair, eve, { outcome: 'no-show' });
  const passed = { agreed_at: clock.now(), origin: 'pool' } as const;
  await at.db.updateTable('matches').set(passed).where('id', '=', later).execute();
  const rounds = await say({ kind: 'matching.rounds' });
  expect(textOf(rounds)).toContain('{"label":"Matches","value":"2 in the round, 1 later"}');
  expect(textOf(rounds)).toContain('{"label":"They say different things","value":"1"}');
  expect(textOf(rounds)).toContain('{"label":"Time has passed, nobody has said","value":"1"}');
  const { cards } = pageOf(await say({ kind: 'matching.round', round }));
  const listed = (heading: string) =>
    cards.filter((card) => card.heading === heading).flatMap(({ body }) => body.filter(({ kind }) => kind === 'list'));
  expect(listed('They have a date')).toEqual([
    { kind: 'list', items: ['Asha Ali (Ali Council), Ben Brown (Brown Council) (left) and Carys Cox (Cox Council)'] },
  ]);
  expect(listed('They say different things')).toEqual([
    { kind: 'list', items: ['Dan Dale (Dale Council) and Eve Ellis (Ellis Council)'] },
  ]);
  expect(JSON.stringify(listed('Their time has passed; nobody has said'))).toContain('Femi Frost');
  expect(listed('They met')).toEqual([]);
  // Who of two ended their match is for them to know.
  await at.db.updateTable('matches').set({ ended_at: clock.now() }).where('id', '=', group).execute();
  expect(textOf(await say({ kind: 'matching.round', round }))).not.toContain('(left)');
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
  expect(nobody).toContain('Ali Council: nobody from another council took part');
  expect(textOf(await say(groups))).toContain('Nobody would meet.');
  expect(textOf(await say({ kind: 'matching.costs' }))).toContain(
    'People of one council never meet. This rule leaves 2 people out. You cannot switch it off.',
  );
});
