import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { Intent } from '../../../src/intents.ts';
import { paragraph } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { filled, formOf } from '../../support/edits.ts';
import { addActive, textOf } from '../../support/people.ts';
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

test('the next round is shown with its proof and figures; nothing is kept by looking at it', async () => {
  const reply = await say(next);
  const text = textOf(reply);
  expect(text).toContain('8 people take part. All of them would meet, in 4 pairs.');
  expect(text).not.toContain('A group of three counts as three');
  expect(text).toContain('This is the best possible round: none of the possible pairs would improve it.');
  expect(text).toContain('It publishes itself.');
  expect(text).toContain('With a theme in common');
  const shown = await say(groups);
  expect(groupsOn(shown)).toHaveLength(4);
  expect(textOf(shown)).toContain('They are both interested in');
  for (const table of ['rounds', 'matches', 'audit'] as const) {
    expect(await core.db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});

test('nobody but a convener sees or changes a round', async () => {
  const [member = convener] = people;
  const form = formOf(await say({ kind: 'matching.open-rules' }));
  const asked: readonly Intent[] = [
    next,
    groups,
    { kind: 'matching.costs' },
    { kind: 'matching.locks' },
    { kind: 'matching.rounds' },
    { kind: 'matching.open-weights', tried: '' },
    { kind: 'matching.lock', how: 'apart', first: 'Asha Ali', second: 'Ben Brown', third: '', fourth: '', after: '' },
    filled(form, { groupSize: '3' }),
  ];
  for (const intent of asked) expect(textOf(await say(intent, member))).toContain('Only conveners');
  expect(await core.db.selectFrom('round_locks').selectAll().execute()).toEqual([]);
});

test('sliders show what they would change before anything is saved, and what is saved holds', async () => {
  const opener = { kind: 'matching.open-weights', tried: '' } as const;
  const shown = await set(opener, { themes: '0', level: '10' });
  expect(textOf(shown)).toContain('from 5 to 0');
  expect((await core.db.selectFrom('network').select('match_weights').executeTakeFirstOrThrow()).match_weights).toEqual(
    {},
  );
  // The sliders stand where they were moved to.
  const again = buttons(shown).get('Move them again');
  expect(formOf(await say(again ?? opener)).fields.map(({ value }) => value)).toEqual([
    '0',
    '5',
    '5',
    '10',
    '5',
    '5',
    '5',
  ]);
  const save = buttons(shown).get('Save');
  expect(textOf(await say(save ?? opener))).toContain('We have saved what counts in a match.');
  const saved = await core.db.selectFrom('network').select('match_weights').executeTakeFirstOrThrow();
  expect(saved.match_weights).toMatchObject({ themes: 0, level: 10, coolDownRounds: 4 });
  expect(await acts()).toEqual([['round.weights', true, { fields: 'themes: 5 to 0, level: 5 to 10' }]]);
  await say(save ?? opener);
  expect(await acts()).toHaveLength(1);
  expect(textOf(await set(opener, {}))).toContain('Nothing would change');
  const wrong = await set(opener, { themes: '11', hours: 'x' });
  expect(wrong.kind === 'invalid' && wrong.problems.map(({ field }) => field)).toEqual(['themes', 'hours']);
});

test('the effect of a slider is told in matches that would be different and in the figures that change', async () => {
  const [asha, ben] = people;
  await core.db
    .updateTable('members')
    .set({ level: 'chief executive' })
    .where('id', 'in', [asha?.id ?? '', ben?.id ?? ''])
    .execute();
  const opener = { kind: 'matching.open-weights', tried: '' } as const;
  const shown = textOf(await set(opener, { themes: '0', level: '10' }));
  expect(shown).toMatch(/([23] of the|All) 4 matches would be different\./);
  expect(shown).toMatch(/from [0-3] of 4 \([0-9]+%\) to 4 of 4 \(100%\)/);
  expect(shown).toContain('Nothing else changes.');
  expect(shown).not.toContain('People who take part');
});

test('rules are kept, and the round follows them at once', async () => {
  const opener = { kind: 'matching.open-rules' } as const;
  const saved = await set(opener, { groupSize: '4', byHand: 'yes', coolDownRounds: '2', place: '-5' });
  expect(textOf(saved)).toContain('We have saved how rounds are made.');
  const row = await core.db.selectFrom('network').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ group_size: 4, rounds_by_hand: true });
  expect(row.match_weights).toMatchObject({ coolDownRounds: 2, place: -5, themes: 5 });
  expect(textOf(saved)).toMatch(/"Rounds come","value":"every (\w+ )?weeks?, at \d+[ap]m on \w+day"/);
  expect(textOf(await say(next))).toContain('8 people take part. All of them would meet, in 2 groups of four.');
  expect(textOf(await say(next))).toContain('A group of three counts as three, a group of four as six.');
  expect(textOf(await say(next))).toContain('A convener can publish it from then on.');
  const detail = {
    fields:
      'people in a group: 2 to 4, published by a convener: no to yes, rounds before two meet again: 4 to 2, place: 0 to -5',
  };
  expect(await acts()).toEqual([['round.rules', true, detail]]);
  await set(opener, {});
  expect(await acts()).toHaveLength(1);
  const reply = await set(opener, { groupSize: '5', byHand: '', coolDownRounds: '53', place: '3' });
  expect(reply.kind === 'invalid' && reply.problems.map(({ field }) => field)).toEqual([
    'groupSize',
    'byHand',
    'coolDownRounds',
    'place',
  ]);
});

test('people put together meet, people kept apart do not, and freed people are matched freely', async () => {
  const [asha, ben] = people;
  const before = groupsOn(await say(groups));
  expect(before).not.toContain('Asha Ali and Ben Brown');
  expect(textOf(await fix('together', 'asha ali', ben?.email ?? ''))).toContain(
    'We put Asha Ali and Ben Brown together',
  );
  const shown = await say(groups);
  expect(groupsOn(shown)).toContain('Asha Ali and Ben Brown');
  expect(textOf(shown)).toContain('A convener fixed this.');
  expect(textOf(shown)).not.toContain('have not been matched before');
  const undo = buttons(shown).get('Undo');
  expect(undo).toMatchObject({ kind: 'matching.unlock' });
  expect(textOf(await say(undo ?? next))).toContain('They are matched freely again.');
  expect(await core.db.selectFrom('round_locks').selectAll().execute()).toEqual([]);
  await fix('together', 'asha ali', 'ben brown');
  const other =
    groupsOn(shown).find((heading) => heading.startsWith('Carys Cox') || heading.endsWith('Carys Cox')) ?? '';
  const [one = '', two = ''] = other.split(' and ');
  await fix('apart', one, two);
  expect(groupsOn(await say(groups))).not.toContain(other);
  expect(textOf(await say(next))).toContain('Conveners have fixed 2 things.');
  const locks = await core.db.selectFrom('round_locks').select('id').execute();
  for (const { id } of locks) await say({ kind: 'matching.unlock', lock: id });
  await say({ kind: 'matching.unlock', lock: locks[0]?.id ?? '' });
  expect(groupsOn(await say(groups))).toEqual(before);
  expect((await acts()).map((act) => JSON.stringify(act).split('"')[1])).toEqual([
    'round.fixed',
    'round.freed',
    'round.fixed',
    'round.fixed',
    'round.freed',
    'round.freed',
  ]);
  expect(textOf(await say({ kind: 'convening.audit', before: '' }))).not.toContain(asha?.name);
});

test('a button of the list of groups leads back to the same place of the list, with what was saved said on top', async () => {
  const shown = await say(groups);
  const [kept = '', ...rest] = groupsOn(shown);
  const lockOf = (on: Reply, label: string, after: string): Intent => {
    const found = pageOf(on)
      .cards.flatMap(({ buttons: shown }) => shown)
      .find((one) => one.label === label);
    return found?.kind === 'does' && found.intent.kind === 'matching.lock' ? { ...found.intent, after } : next;
  };
  const together = await say(lockOf(shown, 'Keep this', '0'));
  expect(pageOf(together).heading).toBe('Who meets whom');
  expect(pageOf(together).body[0]).toEqual(paragraph(`Saved. We put ${kept} together in the next round if we can.`));
  // Of two rounds worth the same the other may be found once a pair is fixed.
  expect(groupsOn(together)).toContain(kept);
  expect(groupsOn(together)).toHaveLength(rest.length + 1);
  const later = await say(lockOf(await say(groups), 'Keep them apart', '3'));
  expect(textOf(later)).toContain('These are 4 to 4 of 4.');
  expect(await core.db.selectFrom('round_locks').selectAll().execute()).toHaveLength(2);
  // A card from before there was a way back is answered with a card.
  const old = {
    kind: 'matching.lock',
    how: 'apart',
    first: people[0]?.id,
    second: people[6]?.id,
    third: '',
    fourth: '',
  };
  expect((await say(Intent.parse(old))).kind).toBe('message');
});

test('people of a group of three are kept apart all three', async () => {
  await set({ kind: 'matching.open-rules' }, { groupSize: '3' });
  for (const person of people.slice(-2)) await say({ kind: 'membership.skip-round' }, person);
  const cards = pageOf(await say(groups)).cards.filter(({ heading }) => heading.includes(','));
  for (const { buttons: shown } of cards)
    expect(shown.map(({ label }) => label)).toEqual(['Keep this', 'Keep all three apart']);
  expect(cards.length).toBeGreaterThan(0);
});

test('what contradicts is refused with its reason', async () => {
  const [asha = convener, ben = convener, carys = convener] = people;
  await addActive(core, { name: 'Ada Ali', council: 'Ali Council' });
  const problem = async (how: string, ...who: readonly string[]) => {
    const reply = await fix(how, ...who);
    return reply.kind === 'invalid'
      ? reply.problems.map(({ field, text }) => `${field}: ${text}`).join(' ')
      : reply.kind;
  };
  expect(await problem('together', 'Ali', 'Nobody')).toMatch(
    /^first: Several people .*Ali Council.* second: Nobody who/,
  );
  expect(await problem('together', 'Asha Ali', '')).toBe('second: Enter a name or an email address.');
  expect(await problem('together', 'Asha Ali', asha.email)).toContain('named Asha Ali twice');
  expect(await problem('together', 'Asha Ali', 'Ada Ali')).toContain('of one council');
  await fix('together', asha.id, ben.id);
  expect(await problem('together', 'Asha Ali', 'Carys Cox')).toBe(
    'first: Asha Ali is fixed with other people already. Undo that first.',
  );
  expect(await problem('apart', 'Ben Brown', 'Asha Ali')).toBe(
    'first: Ben Brown and Asha Ali are put together already. Undo that first.',
  );
  const { instead = [] } = formOf(await say({ kind: 'matching.open-lock' }));
  expect(instead.map(({ label }) => label)).toContain('See what is fixed');
  // From the list of groups, which another convener changed meanwhile, it leads back to the list, where it can be undone.
  const press = {
    kind: 'matching.lock',
    how: 'together',
    first: asha.id,
    second: carys.id,
    third: '',
    fourth: '',
  } as const;
  const back = await say({ ...press, after: '0' });
  expect(textOf(back)).toContain('Asha Ali is fixed with other people already. Undo that first.');
  expect(buttons(back).has('Undo')).toBe(true);
  expect(await problem('sideways', 'Ben Brown', 'Asha Ali')).toContain('how: ');
  await say({ kind: 'membership.skip-round' }, people[4] ?? convener);
  expect(await problem('together', 'Carys Cox', 'Eve Ellis')).toBe('first: Eve Ellis takes no part in the next round.');
  expect(await problem('apart', 'Carys Cox', 'Eve Ellis')).toBe('message');
  expect(await core.db.selectFrom('round_locks').selectAll().execute()).toHaveLength(2);
});

/** What conveners read when they fix these two and look again, but for the figures, which follow from who meets whom. */
async function readByFixing(how: string, one: Member, other: Member): Promise<readonly string[]> {
  const seen = [await fix(how, one.id, other.id), await say(next), await say({ kind: 'matching.locks' })].map(textOf);
  const [lock] = await core.db.selectFrom('round_locks').select('id').execute();
  await say({ kind: 'matching.unlock', lock: lock?.id ?? '' });
  return seen.map((text) => (text.split('How good it is')[0] ?? '').replaceAll(lock?.id ?? '', ''));
}

test.each(['together', 'apart'])(
  'fixing people %s is answered the same, whether or not one asked not to meet the other',
  async (how) => {
    const [, , carys = convener, dan = convener] = people;
    const before = await readByFixing(how, carys, dan);
    await say({ kind: 'membership.avoid', who: dan.email }, carys);
    expect(await readByFixing(how, carys, dan)).toEqual(before);
    expect(before[1]).toContain('none of the possible pairs would improve it');
    expect(before[2]).toContain('We may not be able to put people together, and we do not say why.');
  },
);

test('people of whom one asked not to meet the other, or found it of no use, are not put together', async () => {
  const [asha = convener, ben = convener, carys = convener, dan = convener] = people;
  await say({ kind: 'membership.avoid', who: dan.email }, carys);
  const last = await addRound(core, 1, core.clock.now());
  await addMatch(core, last, [asha, ben]);
  await core.db.updateTable('match_members').set({ outcome: 'not-useful' }).where('member_id', '=', ben.id).execute();
  for (const [one, other] of [
    [asha, ben],
    [carys, dan],
  ] as const) {
    await fix('together', one.id, other.id);
    expect(groupsOn(await say(groups))).not.toContain(`${one.name} and ${other.name}`);
  }
  const fixed = textOf(await say({ kind: 'matching.locks' }));
  for (const { name } of [asha, ben, carys, dan]) expect(fixed).toContain(name);
  await core.db.updateTable('match_members').set({ outcome: 'useful' }).execute();
  expect(groupsOn(await say(groups))).toContain('Asha Ali and Ben Brown');
});
