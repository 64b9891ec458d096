import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { heldMatches } from '../../../src/matching/held.ts';
import type { Message } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { addActive, ask, textOf } from '../../support/people.ts';
import { accept, addMatch, forget, messageOf, openTimes, suggest, type TimesStage, toldOf } from './times-stage.ts';

let stage: TimesStage;
let core: Core;
let asha: Member;
let bo: Member;
let match: string;

const [thursday, monday, wednesday] = [
  '2027-03-04T10:00:00.000Z',
  '2027-03-08T15:00:00.000Z',
  '2027-03-10T14:00:00.000Z',
] as const;
const agreedOn = '10am to 10:30am on Thursday 4 March';
const suggestedOn = '3pm to 3:30pm on Monday 8 March';

/** Two who have agreed to meet on Thursday, and of whom one would rather meet on Monday. */
beforeEach(async () => {
  stage = await openTimes();
  ({ core, asha, bo, match } = stage);
  await agree(match, asha, bo);
  stage.email.parcels.length = 0;
});
afterEach(() => stage.close());

async function agree(of: string, one: Member, ...others: readonly Member[]): Promise<void> {
  await suggest(core, one, of, thursday);
  for (const other of others) await accept(core, other, of, thursday);
  await stage.settle();
  forget(stage);
}

async function keep(member: Member, of = match, at: string = monday): Promise<Message> {
  return messageOf(await ask(core, member, { kind: 'matching.keep-time', match: of, at }));
}

async function card(member: Member): Promise<Message> {
  return messageOf(await ask(core, member, { kind: 'matching.current' }));
}

function labels({ buttons }: Message): readonly string[] {
  return buttons.map(({ label }) => label);
}

/** What was put into this member's calendar, and taken out. */
function entries({ email }: Member): readonly string[] {
  return stage
    .invited()
    .filter(({ to }) => to === email)
    .map(({ entry }) => `${entry.status} ${entry.startsAt.toISOString()}`);
}

async function times(of = match) {
  const row = core.db.selectFrom('matches').select(['agreed_at', 'suggested_at']).where('id', '=', of);
  const { agreed_at: agreed, suggested_at: suggested } = await row.executeTakeFirstOrThrow();
  return [agreed?.toISOString(), suggested?.toISOString()];
}

test('an agreed time stands in calendars, diary and cards until the other says yes to a new one', async () => {
  expect(JSON.stringify((await card(asha)).body)).toContain('The time that you have stays until they say yes.');
  const asked = await suggest(core, asha, match, monday);
  expect(JSON.stringify(asked.body)).toContain(`Until Bo Berg says yes, you meet as agreed: ${agreedOn}.`);
  await stage.settle();
  expect(toldOf(stage, bo).map(({ summary }) => summary)).toEqual([
    `Asha Rahman would like to change the time that you meet, to ${suggestedOn}.`,
  ]);
  expect(JSON.stringify(toldOf(stage, bo))).toContain(
    `You have agreed on ${agreedOn}. You meet then, unless you say yes to the other time.`,
  );
  expect(stage.invited()).toEqual([]);
  expect(textOf(await ask(core, bo, { kind: 'diary.show' }))).toContain(agreedOn);
  for (const member of [asha, bo]) {
    const { body, buttons } = await card(member);
    expect(JSON.stringify(body)).toContain(`You meet ${member === asha ? 'Bo Berg' : 'Asha Rahman'} from ${agreedOn}.`);
    expect(JSON.stringify(body)).toContain(suggestedOn);
    expect(buttons.filter((button) => button.kind === 'does' && button.style === 'main')).toHaveLength(1);
  }
  expect(labels(await card(bo)).slice(0, 3)).toEqual([
    'Yes, that suits me',
    'Keep the time we agreed',
    'Add to your calendar',
  ]);
  expect(labels(await card(asha)).slice(0, 2)).toEqual(['Keep the time we agreed', 'Add to your calendar']);
});

test('once the other says yes, the same entry moves in both calendars, and is never taken out', async () => {
  await suggest(core, bo, match, monday);
  await stage.settle();
  forget(stage);
  const said = await accept(core, asha, match, monday);
  expect([said.heading, JSON.stringify(said.body)]).toEqual([
    'The time is changed',
    expect.stringContaining(`You do not meet from ${agreedOn} any more.`),
  ]);
  await stage.settle();
  expect(await times()).toEqual([monday, undefined]);
  expect(toldOf(stage, bo).map(({ heading }) => heading)).toEqual(['The time is changed']);
  for (const member of [asha, bo]) expect(entries(member)).toEqual([`confirmed ${monday}`]);
  const [one] = stage.invited();
  expect([one?.entry.id, one?.message.heading.startsWith('Changed: ')]).toEqual([match, true]);
  // First it was suggested and agreed, then suggested and agreed once more.
  expect(one?.entry.sequence).toBe(4);
  expect(textOf(await ask(core, asha, { kind: 'matching.accept-time', match, at: thursday }))).toContain(
    'That time is not suggested any more.',
  );
});

test('whoever cannot make the new time says so: the agreed one stands, and whoever suggested it is told kindly', async () => {
  await suggest(core, asha, match, monday);
  await stage.settle();
  forget(stage);
  const kept = await keep(bo);
  expect([kept.heading, kept.summary]).toEqual(['You meet as agreed', `You meet Asha Rahman from ${agreedOn}.`]);
  await stage.settle();
  expect(toldOf(stage, asha).map(({ summary }) => summary)).toEqual([`You meet Bo Berg as agreed, from ${agreedOn}.`]);
  expect(JSON.stringify(toldOf(stage, asha))).toContain(`The other time, ${suggestedOn}, does not suit both of you.`);
  expect(await times()).toEqual([thursday, undefined]);
  expect(stage.invited()).toEqual([]);
  // Pressed again, or late, it changes nothing and tells nobody.
  forget(stage);
  expect((await keep(bo)).summary).toBe(kept.summary);
  expect((await accept(core, bo, match, monday)).summary).toContain('That time is not suggested any more.');
  await stage.settle();
  expect(toldOf(stage, asha)).toEqual([]);
});

test('whoever suggested another time can take it back; the other is told, or was never asked', async () => {
  await suggest(core, asha, match, monday);
  expect(JSON.stringify((await keep(asha)).body)).not.toContain('We tell');
  await stage.settle();
  expect(toldOf(stage, bo)).toEqual([]);
  expect(labels(await card(bo))).not.toContain('Yes, that suits me');
  await suggest(core, asha, match, monday);
  await stage.settle();
  forget(stage);
  expect(JSON.stringify((await keep(asha)).body)).toContain('We tell Bo Berg that the time does not change.');
  await stage.settle();
  expect(toldOf(stage, bo).map(({ heading }) => heading)).toEqual(['You meet as agreed']);
  expect(JSON.stringify(toldOf(stage, bo))).toContain(`The other time, ${suggestedOn}, is not suggested any more.`);
});

test('in a group, who said yes to a change before they were told of it reads that it does not come', async () => {
  const { cy, group } = await three();
  await suggest(core, asha, group, monday);
  await accept(core, bo, group, monday);
  await keep(asha, group);
  await stage.settle();
  expect(toldOf(stage, bo).map(({ heading }) => heading)).toEqual(['You meet as agreed']);
  expect(toldOf(stage, cy)).toEqual([]);
});

test('whoever keeps the agreed time once the other one is agreed reads that it is', async () => {
  await suggest(core, asha, match, monday);
  await accept(core, bo, match, monday);
  for (const member of [asha, bo]) {
    expect((await keep(member)).summary).toContain('All of you have agreed on the new time already.');
  }
  expect(await times()).toEqual([monday, undefined]);
});

test('whoever keeps the agreed time twice reads nothing of an invitation', async () => {
  await suggest(core, asha, match, monday);
  await keep(bo);
  const again = await keep(bo);
  expect([again.heading, JSON.stringify(again.body)]).not.toContainEqual(expect.stringMatching(/email|calendar|date/));
});

test('that they meet as agreed is not said any more once something else was suggested or agreed', async () => {
  await suggest(core, asha, match, monday);
  await stage.settle();
  await keep(bo);
  await suggest(core, asha, match, wednesday);
  await accept(core, bo, match, wednesday);
  await stage.settle();
  expect(toldOf(stage, asha).map(({ heading }) => heading)).toEqual(['The time is changed']);
  await suggest(core, bo, match, monday);
  await stage.settle();
  forget(stage);
  await keep(bo);
  await suggest(core, bo, match, monday);
  await stage.settle();
  expect(toldOf(stage, asha).map(({ heading }) => heading)).toEqual(['Bo Berg suggests another time']);
});

test('nor to the rest of a group from which whoever kept it has gone, for whom it may be otherwise', async () => {
  const { cy, group } = await three();
  await suggest(core, asha, group, monday);
  await stage.settle();
  forget(stage);
  await keep(cy, group);
  await ask(core, cy, { kind: 'matching.rematch', match: group });
  await stage.settle();
  for (const member of [asha, bo]) {
    expect(toldOf(stage, member).map(({ heading }) => heading)).not.toContain('You meet as agreed');
  }
});

test('of a match of an earlier round a change is said yes to or not, and no third time is offered or suggested', async () => {
  await suggest(core, asha, match, monday);
  await addMatch(core, await addActive(core), await addActive(core));
  await stage.settle();
  const [asked] = toldOf(stage, bo).filter(({ heading }) => heading === 'Asha Rahman suggests another time');
  expect(asked === undefined ? [] : labels(asked)).toEqual(['Yes, that suits me', 'Keep the time we agreed']);
  expect((await suggest(core, bo, match, wednesday)).summary).toContain('That match is of an earlier round.');
  await keep(bo);
  await stage.settle();
  const [told] = toldOf(stage, asha).filter(({ heading }) => heading === 'You meet as agreed');
  expect(told === undefined ? [] : labels(told)).toEqual(['See your match']);
  // Nor is one promised, once the agreed one has passed, to whoever says that they did not meet.
  stage.clock.set(new Date('2027-03-05T10:00Z'));
  expect((await suggest(core, bo, match, wednesday)).summary).toContain('That match is of an earlier round.');
});

test('how long a change can be agreed is said to all whom it concerns', async () => {
  const limit = 'The time can be changed until an hour before you meet.';
  expect(JSON.stringify((await suggest(core, asha, match, monday)).body)).toContain(limit);
  await stage.settle();
  expect(JSON.stringify(toldOf(stage, bo))).toContain(limit);
  for (const member of [asha, bo]) expect(JSON.stringify((await card(member)).body)).toContain(limit);
});

test('one who is asked about a change can suggest a third time instead, and that holds', async () => {
  await suggest(core, asha, match, monday);
  await suggest(core, bo, match, wednesday);
  expect((await accept(core, bo, match, monday)).summary).toContain('That time is not suggested any more.');
  expect((await keep(asha, match, monday)).summary).toContain('That time is not suggested any more.');
  await accept(core, asha, match, wednesday);
  await stage.settle();
  expect(await times()).toEqual([wednesday, undefined]);
  for (const member of [asha, bo]) expect(entries(member)).toEqual([`confirmed ${wednesday}`]);
});

test('from an hour before it an agreed time is not changed any more; a change that is open lapses', async () => {
  await suggest(core, asha, match, monday);
  stage.clock.set(new Date('2027-03-04T09:00:00Z'));
  expect(labels(await card(bo))).toContain('Yes, that suits me');
  stage.clock.set(new Date('2027-03-04T09:01:00Z'));
  const tooLate = 'It is too late to change the time that you agreed on';
  expect((await accept(core, bo, match, monday)).summary).toContain(tooLate);
  expect((await suggest(core, bo, match, wednesday)).summary).toContain(tooLate);
  expect(textOf(await ask(core, bo, { kind: 'matching.open-own-time', match }))).toContain(tooLate);
  expect((await keep(bo)).summary).toBe(`You meet Asha Rahman from ${agreedOn}.`);
  for (const member of [asha, bo]) {
    const offered = labels(await card(member));
    expect(offered.filter((label) => /suits me|Change|Keep|Suggest/.test(label))).toEqual([]);
  }
  // What was on its way is not sent any more.
  await stage.settle();
  expect(toldOf(stage, bo)).toEqual([]);
  expect(await times()).toEqual([thursday, monday]);
});

test('once the agreed time has passed, they are asked whether they met, whatever was suggested', async () => {
  await suggest(core, asha, match, monday);
  stage.clock.set(new Date('2027-03-04T11:00:00Z'));
  expect(labels(await card(bo))).not.toContain('Yes, that suits me');
  expect((await suggest(core, bo, match, monday)).summary).toBe('Did you meet Asha Rahman?');
  expect((await accept(core, bo, match, monday)).summary).toBe('Did you meet Asha Rahman?');
  expect((await keep(bo)).summary).toContain('You have no agreed time to come');
  await ask(core, bo, { kind: 'matching.answer', match, outcome: 'not-met' });
  expect((await accept(core, bo, match, monday)).summary).toContain('That time is not suggested any more.');
  expect((await suggest(core, bo, match, monday)).heading).toBe('You suggested a time');
  expect(await times()).toEqual([undefined, monday]);
  await accept(core, asha, match, monday);
  expect(await times()).toEqual([monday, undefined]);
});

test('when a match ends with a change open, the agreed time goes from the calendars, once', async () => {
  await suggest(core, asha, match, monday);
  await stage.settle();
  await ask(core, bo, { kind: 'matching.not-now', match });
  await stage.settle();
  for (const member of [asha, bo]) expect(entries(member)).toEqual([`cancelled ${thursday}`]);
  expect((await keep(bo)).summary).toContain('That match has ended');
});

test('when one is erased with a change open, the other’s calendar loses the agreed time', async () => {
  await suggest(core, asha, match, monday);
  await stage.settle();
  await ask(core, asha, { kind: 'network.confirm-erase' });
  await stage.settle();
  expect(entries(bo)).toEqual([`cancelled ${thursday}`]);
});

async function three(): Promise<{ readonly cy: Member; readonly group: string }> {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await stage.settle();
  // Two of them are free again at the time that they agree on.
  await core.db.updateTable('matches').set({ agreed_at: null }).where('id', '=', match).execute();
  const group = await addMatch(core, asha, bo, cy);
  await agree(group, asha, bo, cy);
  stage.email.parcels.length = 0;
  return { cy, group };
}

test('in a group all have to say yes to a change; one who cannot keeps it as it is for all', async () => {
  const { cy, group } = await three();
  await suggest(core, asha, group, monday);
  const waits = await accept(core, bo, group, monday);
  expect(JSON.stringify(waits.body)).toContain(`Until everybody says yes, you meet as agreed: ${agreedOn}.`);
  expect(await times(group)).toEqual([thursday, monday]);
  await stage.settle();
  forget(stage);
  await keep(cy, group);
  await stage.settle();
  for (const member of [asha, bo]) {
    expect(toldOf(stage, member).map(({ heading }) => heading)).toEqual(['You meet as agreed']);
    const why = member === asha ? 'does not suit all of you' : 'is not suggested any more';
    expect(JSON.stringify(toldOf(stage, member))).toContain(why);
  }
  await suggest(core, bo, group, wednesday);
  for (const member of [asha, cy]) await accept(core, member, group, wednesday);
  await stage.settle();
  for (const member of [asha, bo, cy]) expect(entries(member)).toEqual([`confirmed ${wednesday}`]);
});

test('of a group, whoever has not said yes and leaves is not waited for; the rest meet at the new time', async () => {
  const { cy, group } = await three();
  await suggest(core, asha, group, monday);
  await accept(core, bo, group, monday);
  await stage.settle();
  await ask(core, cy, { kind: 'matching.rematch', match: group });
  await stage.settle();
  expect(await times(group)).toEqual([monday, undefined]);
  expect(entries(cy)).toEqual([`cancelled ${thursday}`]);
  for (const member of [asha, bo]) expect(entries(member)).toEqual([`confirmed ${monday}`]);
  const held = async (member: Member) => (await heldMatches(core, member.id)).matches.map(({ own }) => own.agreedAt);
  expect([await held(cy), await held(bo)]).toEqual([[null], [null, new Date(monday)]]);
});

test('of a group, a change goes with whoever suggested it; the agreed time stands for the rest', async () => {
  const { cy, group } = await three();
  await suggest(core, cy, group, monday);
  await stage.settle();
  await ask(core, cy, { kind: 'matching.rematch', match: group });
  await stage.settle();
  expect(await times(group)).toEqual([thursday, undefined]);
  expect((await accept(core, bo, group, monday)).summary).toContain('That time is not suggested any more.');
  for (const member of [asha, bo]) expect(entries(member)).toEqual([`confirmed ${thursday}`]);
});

test('of a group, whoever leaves does not keep a change from being asked about that was on its way', async () => {
  const { cy, group } = await three();
  await suggest(core, asha, group, monday);
  await ask(core, cy, { kind: 'matching.rematch', match: group });
  // One who was asked by e-mail or chat and has not answered still is; nothing of it is left for who has gone.
  expect(await times(group)).toEqual([thursday, monday]);
  await stage.settle();
  expect(toldOf(stage, bo).map(({ heading }) => heading)).toContain('Asha Rahman suggests another time');
  expect(toldOf(stage, cy).map(({ heading }) => heading)).not.toContain('Asha Rahman suggests another time');
});
