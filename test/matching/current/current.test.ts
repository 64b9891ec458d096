import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Core } from '../../../src/core.ts';
import { home } from '../../../src/home.ts';
import { heldMatches } from '../../../src/matching/held.ts';
import { erase } from '../../../src/network/erase.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, mustFind, textOf } from '../../support/people.ts';
import { addMatch, addRound } from '../following-up/following-up-stage.ts';
import { agendaOf } from '../round-stage.ts';
import { accept, messageOf, suggest } from '../times/times-stage.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let bo: Member;
let cy: Member;
let first: string;

/** Two were matched in the first round, on Tuesday 2 March 2027; nobody waits. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await core.db.deleteFrom('standing_pool').execute();
  first = await addMatch(core, await addRound(core, 1, core.clock.now()), [asha, bo]);
  await prepareAgenda(core);
});
afterEach(() => stage.close());

/** A second round, in which these are matched. */
async function secondRound(...people: readonly Member[]): Promise<{ readonly id: string; readonly match: string }> {
  const id = await addRound(core, 2, new Date(core.clock.now().getTime() + 1000));
  return { id, match: people.length === 0 ? '' : await addMatch(core, id, people) };
}

/** What "match" says, and the headings on their home of what concerns matches. */
async function shown(member: Member) {
  const card = messageOf(await ask(core, member, { kind: 'matching.current' }));
  const page = await home(core, await mustFind(core, member.id));
  const headings = page.cards.map(({ heading }) => heading).filter((heading) => heading !== 'More');
  const labels = card.buttons.map(({ label }) => label);
  const mains = card.buttons.flatMap((one) => (one.kind === 'does' && one.style === 'main' ? [one.label] : []));
  return { heading: card.heading, text: JSON.stringify(card.body), labels, mains, home: headings, onHome: page.cards };
}

async function answered(member: Member): Promise<void> {
  await ask(core, member, { kind: 'matching.answer', match: first, outcome: 'not-met' });
}

const question = [
  'We met, and it was useful',
  'We met, and it was not useful',
  'We did not meet',
  'They did not come',
] as const;

/** Of the next round. */
const ahead = ['Say who you would like to meet', 'Sit out the next round'] as const;

test('a match of the last round is introduced, and what is open of the one before it has a card of its own', async () => {
  await secondRound(asha, cy);
  const { heading, text, labels, home: headings, onHome } = await shown(asha);
  expect([heading, headings]).toEqual(['Meet Cy Cole', ['Meet Cy Cole', 'Did you meet Bo Berg?']]);
  expect(text).toContain('From an earlier round: Did you meet Bo Berg, and was it useful?');
  // Its answers would be taken for answers about the other.
  expect(labels).toContain('Say whether you met Bo Berg');
  expect(labels).not.toContain(question[0]);
  expect(onHome.find((card) => card.heading === 'Did you meet Bo Berg?')?.buttons.map(({ label }) => label)).toEqual(
    question,
  );
  await answered(asha);
  expect((await shown(asha)).home).toEqual(['Meet Cy Cole']);
});

test('whoever waits reads since when and why, who is looked for, and when the next round is', async () => {
  const { id } = await secondRound(asha, cy);
  await core.db.insertInto('left_out').values({ round_id: id, member_id: bo.id, reason: 'odd-number' }).execute();
  expect((await shown(bo)).mains).toEqual([question[0]]);
  const waits = { member_id: bo.id, since: core.clock.now(), why: 'left-out' } as const;
  await core.db.insertInto('standing_pool').values(waits).execute();
  const { heading, text, home: headings, labels, mains } = await shown(bo);
  expect(heading).toBe('We are looking for a match');
  expect(text).toContain('We did not have a match for you in the last round.');
  expect(text).toContain('You have waited since Tuesday 2 March. We look for somebody from another council');
  expect(text).toContain('You take part in the next round, on Tuesday 16 March.');
  // Bo and Asha are not introduced to each other again: whether they met is all that is open.
  expect(text).toContain('Did you meet Asha Rahman, and was it useful?');
  expect(labels).toEqual([...question, ...ahead, 'Pause matches']);
  expect(mains).toEqual([question[0]]);
  expect(headings).toEqual(['We are looking for a match', 'Did you meet Asha Rahman?']);
  await ask(core, bo, { kind: 'membership.skip-round' });
  expect((await shown(bo)).text).toContain('You sit out the next round, on Tuesday 16 March.');
});

test('who was left out, and waits no more, reads that; who sat out, or said "not now", reads that', async () => {
  const { id, match } = await secondRound(asha, cy);
  for (const member of [asha, bo]) await answered(member);
  await core.db.insertInto('left_out').values({ round_id: id, member_id: bo.id, reason: 'odd-number' }).execute();
  expect(await shown(bo)).toMatchObject({
    heading: 'No match this time',
    labels: ['See conversations', ...ahead, 'Pause matches'],
    home: ['No match this time'],
  });
  await core.db.deleteFrom('left_out').execute();
  await core.db.updateTable('members').set({ rests_in_round: 2 }).where('id', '=', bo.id).execute();
  const satOut = await shown(bo);
  expect(satOut).toMatchObject({ heading: 'No match now', home: ['No match now'] });
  expect(satOut.text).toContain('because you asked for none until the next round.');
  await ask(core, asha, { kind: 'matching.not-now', match });
  const notNow = await shown(asha);
  expect(notNow).toMatchObject({ heading: 'No match now', home: ['No match now'] });
  expect(notNow.text).toContain('because you asked for none until the next round.');
  expect(notNow.labels).toEqual(['Find me a match now', ...ahead, 'Pause matches']);
  await ask(core, asha, { kind: 'matching.look-now' });
  expect((await shown(asha)).text).toContain('You asked us for a match.');
  expect((await shown(cy)).text).toContain('Somebody you were matched with cannot meet.');
});

test('whose partner asked for somebody else may ask for another match', async () => {
  await ask(core, asha, { kind: 'matching.rematch', match: first });
  expect(await shown(bo)).toMatchObject({
    heading: 'Your match has ended',
    labels: ['Match me again', ...ahead, 'Pause matches'],
  });
});

test('a meeting that is still to come stands under a heading of its own, and can be called off there', async () => {
  await suggest(core, asha, first, '2027-03-05T10:00:00.000Z');
  await accept(core, bo, first, '2027-03-05T10:00:00.000Z');
  await secondRound(asha, cy);
  const matched = await shown(asha);
  expect(matched.home).toEqual(['Meet Cy Cole', 'Your next meeting']);
  expect(matched.text).toContain('From an earlier round: You meet Bo Berg from 10am to 10:30am on Friday 5 March.');
  const unmatched = await shown(bo);
  expect(unmatched.text).not.toContain('We would like to introduce you');
  expect(unmatched.labels.slice(0, 2)).toEqual(['Add to your calendar', 'Call it off']);
  expect(unmatched.home).toEqual(['No match now', 'Your next meeting']);
  await ask(core, bo, { kind: 'matching.not-now', match: first });
  expect([(await shown(bo)).home, (await shown(asha)).home]).toEqual([['No match now'], ['Meet Cy Cole']]);
});

test('where another time is suggested for a meeting of an earlier round, it is answered on the card of that', async () => {
  const [friday, monday] = ['2027-03-05T10:00:00.000Z', '2027-03-08T15:00:00.000Z'] as const;
  await suggest(core, asha, first, friday);
  await accept(core, bo, first, friday);
  await suggest(core, asha, first, monday);
  await secondRound(asha, cy);
  const asked = await shown(bo);
  expect(asked.text).toContain(
    'Asha Rahman suggests 3pm to 3:30pm on Monday 8 March instead. You meet as agreed, unless',
  );
  const open = ['Yes, that suits me', 'Keep the time we agreed', 'Add to your calendar', 'Call it off'];
  expect([asked.labels.slice(0, 4), asked.mains]).toEqual([open, open.slice(0, 1)]);
  const own = (await shown(asha)).onHome.find(({ heading }) => heading === 'Your next meeting');
  expect(own?.buttons.map(({ label }) => label)).toEqual(open.slice(1));
  expect(JSON.stringify(own?.body)).toContain('You meet as agreed until Bo Berg says yes.');
  const yes = asked.onHome.flatMap(({ buttons }) => buttons).find(({ label }) => label === open[0]);
  if (yes?.kind !== 'does') throw new Error('There is no such button');
  expect(messageOf(await ask(core, bo, yes.intent)).heading).toBe('The time is changed');
  const changed = await shown(bo);
  expect(changed.text).toContain('You meet Asha Rahman from 3pm to 3:30pm on Monday 8 March.');
  expect(changed.labels.slice(0, 2)).toEqual(open.slice(2));
  // From an hour before the agreed time it is kept, and nothing is asked any more.
  const wednesday = new Date('2027-03-10T15:00:00Z');
  await core.db.updateTable('matches').set({ suggested_at: wednesday }).where('id', '=', first).execute();
  expect((await shown(bo)).text).toContain('Wednesday 10 March instead');
  stage.clock.set(new Date('2027-03-08T14:30:00Z'));
  expect((await shown(bo)).text).not.toContain('instead');
});

test('whoever answered of one date of an earlier round is asked of the next one, once that has passed', async () => {
  await suggest(core, asha, first, '2027-03-05T10:00:00.000Z');
  await accept(core, bo, first, '2027-03-05T10:00:00.000Z');
  stage.clock.set(new Date('2027-03-05T12:00:00Z'));
  await answered(bo);
  await suggest(core, asha, first, '2027-03-09T10:00:00.000Z');
  await accept(core, bo, first, '2027-03-09T10:00:00.000Z');
  await secondRound(asha, cy);
  expect((await shown(bo)).home).toEqual(['No match now', 'Your next meeting']);
  stage.clock.set(new Date('2027-03-09T12:00:00Z'));
  expect((await shown(bo)).home).toEqual(['No match now', 'Did you meet Asha Rahman?']);
  await answered(bo);
  expect((await shown(bo)).home).toEqual(['No match now']);
});

test('a round later nothing of what was never answered is open any more', async () => {
  await secondRound(asha, cy);
  await addRound(core, 3, new Date(core.clock.now().getTime() + 2000));
  expect((await shown(bo)).home).toEqual(['No match now']);
  expect((await shown(asha)).home).toEqual(['No match now', 'Did you meet Cy Cole?']);
});

test('before the first round somebody reads when it is, and who takes no part reads why', async () => {
  await core.db.deleteFrom('matches').execute();
  await core.db.deleteFrom('rounds').execute();
  const none = await shown(cy);
  expect(none).toMatchObject({ heading: 'Your match', home: [] });
  const [next] = await agendaOf(core, 'matching.round');
  expect(next).toBeDefined();
  expect(none.text).toMatch(/You do not have a match yet\. We introduce people every .+\./);
  expect(none.text).toContain('You take part in the next round, on Tuesday 16 March.');
  expect(none.labels).toEqual([...ahead, 'Pause matches']);
  await ask(core, cy, pauseUntil('2027-06-01'));
  const paused = await shown(cy);
  expect(paused.text).toContain('Matches are paused for you.');
  expect(paused.labels).toEqual(['Start again now']);
});

test('whoever met somebody who has left since is asked about them without their name', async () => {
  await ask(core, asha, { kind: 'matching.met', match: first });
  await ask(core, bo, { kind: 'network.confirm-leave' });
  await core.db.updateTable('match_members').set({ state: 'open' }).where('member_id', '=', asha.id).execute();
  await core.db.updateTable('match_members').set({ state: 'met' }).where('member_id', '=', bo.id).execute();
  const { text, home: headings } = await shown(asha);
  expect(text).toContain('Did you meet the person you were matched with, and was it useful?');
  expect(headings).toEqual(['Did you meet?']);
  await secondRound();
  expect((await shown(asha)).home).toEqual(['No match now', 'Did you meet?']);
});

test('nobody is asked about somebody of an earlier round who left, and whom they have not met as far as we know', async () => {
  await secondRound();
  expect((await shown(asha)).home).toEqual(['No match now', 'Did you meet Bo Berg?']);
  await ask(core, bo, { kind: 'network.confirm-leave' });
  expect((await shown(asha)).home).toEqual(['No match now']);
});

/** They agree on a time, which passes. */
async function meetOnFriday(): Promise<void> {
  await suggest(core, asha, first, '2027-03-05T10:00:00.000Z');
  await accept(core, bo, first, '2027-03-05T10:00:00.000Z');
  stage.clock.set(new Date('2027-03-06T10:00:00Z'));
}

test('whoever met somebody who left after that reads that their match is complete', async () => {
  await meetOnFriday();
  await ask(core, bo, { kind: 'network.confirm-leave' });
  await ask(core, asha, { kind: 'matching.answer', match: first, outcome: 'useful' });
  const { heading, text, home: headings } = await shown(asha);
  expect([heading, headings]).toEqual(['Your match', ['Your match']]);
  expect(text).toContain('You have said that you met, so your match is complete.');
});

test('whoever waited for somebody who never came, and left, can ask for another match', async () => {
  await meetOnFriday();
  await ask(core, bo, { kind: 'network.confirm-leave' });
  const thanks = messageOf(await ask(core, asha, { kind: 'matching.answer', match: first, outcome: 'no-show' }));
  expect(thanks.buttons[0]?.label).toBe('Match me again');
  expect(await shown(asha)).toMatchObject({
    heading: 'Your match has ended',
    labels: ['Match me again', ...ahead],
  });
  const again = textOf(await ask(core, asha, { kind: 'matching.rematch', match: first }));
  expect(again).toContain('Your match has ended.');
  expect(again).not.toContain('We tell');
  expect((await shown(asha)).heading).toBe('We are looking for a match');
});

test('whoever met somebody who was erased since is not told that they had no match', async () => {
  await meetOnFriday();
  await erase(core, bo);
  const { text, labels } = await shown(asha);
  expect(text).toContain('You have no match now. You can ask for one.');
  expect(labels[0]).toBe('Find me a match now');
});

test('who said “not now” reads that they asked for no match, also once the other is erased', async () => {
  await ask(core, bo, { kind: 'matching.not-now', match: first });
  await erase(core, asha);
  const { text, labels } = await shown(bo);
  expect(text).toContain('because you asked for none until the next round.');
  expect(labels[0]).toBe('Find me a match now');
});

test('whoever is back from a pause is not told that they began to take part after the last round', async () => {
  await ask(core, bo, pauseUntil('2027-03-10'));
  await ask(core, bo, { kind: 'network.resume' });
  expect((await shown(bo)).text).toContain('You began to take part, or came back, after the last round.');
});

test('after “They did not come” the card asks nobody to tell us that they met, and says what was said', async () => {
  await meetOnFriday();
  const before = await shown(asha);
  expect(before.text).toContain('Tell us once you have met. If you did not meet, you can suggest another time.');
  const thanks = messageOf(await ask(core, asha, { kind: 'matching.answer', match: first, outcome: 'no-show' }));
  expect(thanks.body.at(-1)).toMatchObject({ text: 'You can change your answer, or ask for another match now.' });
  expect(thanks.buttons[0]).toMatchObject({ label: 'Match me again', intent: { kind: 'matching.rematch' } });
  const { text } = await shown(asha);
  expect(text).not.toContain('Tell us once you have met');
  expect(text).toContain('You have said that you did not meet. You can suggest another time.');
  // They meet after all.
  await ask(core, asha, { kind: 'matching.met', match: first });
  expect((await shown(asha)).text).toContain('You have said that you met.');
  const own = core.db.selectFrom('match_members').select(['state', 'outcome']).where('member_id', '=', asha.id);
  expect(await own.execute()).toEqual([{ state: 'met', outcome: null }]);
  const kept = await ask(core, bo, { kind: 'matching.answer', match: first, outcome: 'not-met' });
  // What they say of it counts together: somebody has met.
  expect(messageOf(kept).buttons.map(({ label }) => label)).not.toContain('Match me again');
});

test('an old card sits out the round that it was shown for, and no later one', async () => {
  await ask(core, asha, { kind: 'matching.not-now', match: first });
  const card = messageOf(await ask(core, asha, { kind: 'matching.current' }));
  const button = card.buttons.find(({ label }) => label === 'Sit out the next round');
  if (button?.kind !== 'does') throw new Error('There is no such button');
  expect(button.intent).toEqual({ kind: 'membership.skip-round', round: '2' });
  await secondRound(asha, bo);
  const [planned] = await agendaOf(core, 'matching.round');
  expect(planned?.subject).toBe('2');
  await core.db.updateTable('agenda').set({ subject: '3' }).where('kind', '=', 'matching.round').execute();
  expect(textOf(await ask(core, asha, button.intent))).toContain('That round has taken place.');
});

test('what we say that we hold of a match names whom the home names, and nobody whom it never showed', async () => {
  await secondRound(asha, cy);
  const named = async () => (await heldMatches(core, bo.id)).matches.flatMap(({ people }) => people).join();
  expect(await named()).toContain('Asha Rahman');
  await answered(bo);
  expect(await named()).toBe('');
  expect(textOf(await ask(core, bo, { kind: 'matching.current' }))).not.toContain('Asha Rahman');
});
