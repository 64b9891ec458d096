import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Intent } from '../../../src/intents.ts';
import { matchCards } from '../../../src/matching/service.ts';
import type { Message } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { addActive, ask } from '../../support/people.ts';
import {
  accept,
  addMatch,
  forget,
  messageOf,
  openTimes,
  suggest,
  type TimesStage,
  toldOf,
} from '../times/times-stage.ts';

let stage: TimesStage;

const [thursday, monday, wednesday] = [
  '2027-03-04T10:00:00.000Z',
  '2027-03-08T15:00:00.000Z',
  '2027-03-10T14:00:00.000Z',
] as const;
const friday = new Date('2027-03-05T10:00Z');
const [onMonday, onWednesday] = ['3pm to 3:30pm on Monday 8 March', '2pm to 2:30pm on Wednesday 10 March'];
const asksFirst = 'If you press “Rematch me” or “Not now”, we first ask whether you met.';
const callsOff = '“Not now” calls off this meeting, and we tell Bo Berg.';

/** Two who agreed to meet on Thursday. */
beforeEach(async () => {
  stage = await openTimes();
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await accept(core, bo, match, thursday);
  await stage.settle();
  forget(stage);
});
afterEach(() => stage.close());

async function press(member: Member, intent: Intent): Promise<Message> {
  return messageOf(await ask(stage.core, member, intent));
}

/** What stands on “match”, and on the home. */
async function cards(member: Member): Promise<readonly Message[]> {
  const [home] = await matchCards(stage.core, member);
  if (home === undefined) throw new Error('There is no match on the home');
  return [await press(member, { kind: 'matching.current' }), home];
}

function labels({ buttons }: Message): readonly string[] {
  return buttons.map(({ label }) => label);
}

function words({ body }: Message): string {
  return JSON.stringify(body);
}

test('whoever has met sees the next time that is suggested or agreed, can answer and change it, and call it off', async () => {
  const { core, asha, bo, match, clock } = stage;
  clock.set(friday);
  await press(asha, { kind: 'matching.answer', match, outcome: 'useful' });
  for (const card of await cards(asha)) {
    expect(words(card)).toContain('You have said that you met.');
    expect(labels(card)).not.toContain('Not now');
  }
  await suggest(core, bo, match, monday);
  for (const card of await cards(asha)) {
    expect(words(card)).toContain('Bo Berg suggests');
    expect(words(card)).toContain(onMonday);
    expect(words(card)).not.toContain('find half an hour');
    expect(labels(card)).toEqual(expect.arrayContaining(['Yes, that suits me', 'Suggest another time']));
    expect(labels(card)).not.toContain('Not now');
  }
  await accept(core, asha, match, monday);
  for (const card of await cards(asha)) {
    expect(words(card)).toContain(`You meet Bo Berg from ${onMonday}.`);
    expect(words(card)).toContain(callsOff);
    expect(words(card)).not.toContain('Rematch me');
    expect(labels(card)).toEqual(
      expect.arrayContaining(['Add to your calendar', 'Change to another time', 'Email Bo Berg', 'Not now']),
    );
    expect(labels(card)).not.toContain('Rematch me');
  }
  await suggest(core, bo, match, wednesday);
  for (const card of await cards(asha)) {
    expect(words(card)).toContain(`You meet Bo Berg from ${onMonday}.`);
    expect(words(card)).toContain(onWednesday);
    expect(labels(card)).toEqual(
      expect.arrayContaining(['Yes, that suits me', 'Keep the time we agreed', 'Add to your calendar', 'Not now']),
    );
  }
  const off = await press(asha, { kind: 'matching.not-now', match });
  expect(off.heading).toBe('You do not meet');
  for (const card of await cards(asha)) expect(labels(card)).not.toContain('Not now');
});

test('whoever has not answered, though the other says that they met, reads that only the next meeting is called off', async () => {
  const { asha, bo, match } = stage;
  await press(bo, { kind: 'matching.met', match });
  for (const card of await cards(asha)) {
    expect(words(card)).toContain(`${callsOff}"`);
    expect(words(card)).not.toContain('end this match');
    expect(labels(card)).toContain('Not now');
    expect(labels(card)).not.toContain('Rematch me');
  }
  expect((await press(asha, { kind: 'matching.rematch', match })).heading).toBe('Did you meet Bo Berg?');
  expect((await press(asha, { kind: 'matching.not-now', match })).heading).toBe('You do not meet');
});

test('once the agreed time has passed no card says that a press ends the match, and the press asks first', async () => {
  const { asha, match, clock } = stage;
  clock.set(friday);
  for (const card of await cards(asha)) {
    expect(words(card)).toContain(asksFirst);
    expect(words(card)).not.toContain('end this match');
  }
  const dated = await press(asha, { kind: 'matching.dated', match });
  expect(words(dated)).toContain(asksFirst);
  expect(labels(dated)).toEqual(['We met', 'Rematch me', 'Not now']);
  for (const kind of ['matching.not-now', 'matching.rematch'] as const) {
    expect((await press(asha, { kind, match })).heading).toBe('Did you meet Bo Berg?');
  }
});

test('of a time that has passed, an old “We have a date” offers “We met”, and no end of a complete match', async () => {
  const { asha, bo, match, clock } = stage;
  clock.set(friday);
  await press(bo, { kind: 'matching.answer', match, outcome: 'not-met' });
  await press(asha, { kind: 'matching.met', match });
  expect(labels(await press(bo, { kind: 'matching.dated', match }))).toEqual(['We met']);
});

test('before that time it offers “Not now”, and not “We met”', async () => {
  const { asha, match } = stage;
  expect(labels(await press(asha, { kind: 'matching.dated', match }))).toEqual(['Rematch me', 'Not now']);
});

test('a group whose time has passed, and from which one goes, is told so with “We met”', async () => {
  const { core, asha, bo, clock } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const three = await addMatch(core, asha, bo, cy);
  const at = '2027-03-04T14:00:00.000Z';
  await suggest(core, asha, three, at);
  for (const other of [bo, cy]) await accept(core, other, three, at);
  await stage.settle();
  clock.set(friday);
  await press(bo, { kind: 'matching.answer', match: three, outcome: 'not-met' });
  forget(stage);
  await press(cy, { kind: 'matching.not-now', match: three });
  await stage.settle();
  const smaller = toldOf(stage, asha).find(({ heading }) => heading === 'Your group is smaller');
  expect(smaller === undefined ? [] : labels(smaller)).toEqual(['We met', 'Rematch me', 'Not now', 'See your match']);
});

test('of a group, whoever says only that they met is asked how it was before they drop out of a next meeting', async () => {
  const { core, asha, bo, clock } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const three = await addMatch(core, asha, bo, cy);
  const meet = async (at: string) => {
    await suggest(core, bo, three, at);
    for (const other of [asha, cy]) await accept(core, other, three, at);
  };
  await meet('2027-03-04T14:00:00.000Z');
  clock.set(friday);
  await press(asha, { kind: 'matching.met', match: three });
  await meet(monday);
  const asked = await press(asha, { kind: 'matching.not-now', match: three });
  expect(labels(asked)).toContain('It was useful');
  await press(asha, { kind: 'matching.answer', match: three, outcome: 'useful' });
  expect((await press(asha, { kind: 'matching.not-now', match: three })).heading).not.toBe(asked.heading);
  // That they met is not forgotten with her going: the others do not end it.
  for (const card of await cards(cy)) expect(words(card)).not.toContain('end this match');
});
