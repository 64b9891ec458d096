import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFeed } from '../../../src/diary/feed.ts';
import { writeInvitation } from '../../../src/diary/write-calendar.ts';
import { openDownload } from '../../../src/downloads.ts';
import { takeOut } from '../../../src/matching/pool/ending.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { eventsIn, onlyEvent, valuesOf } from '../../support/calendar-text.ts';
import { addActive, ask, textOf } from '../../support/people.ts';
import { accept, addMatch, openTimes, suggest, type TimesStage } from './times-stage.ts';

let stage: TimesStage;

beforeEach(async () => {
  stage = await openTimes();
});

afterEach(async () => {
  await stage.close();
});

const [thursday, monday, wednesday] = [
  '2027-03-04T10:00:00.000Z',
  '2027-03-08T15:00:00.000Z',
  '2027-03-10T14:00:00.000Z',
] as const;

async function agree(at: string = thursday, match = stage.match): Promise<void> {
  await suggest(stage.core, stage.asha, match, at);
  await accept(stage.core, stage.bo, match, at);
}

async function dropsOut({ id }: Member, match = stage.match): Promise<void> {
  await stage.core.db.transaction().execute((tx) => takeOut(stage.core, tx, match, id));
}

async function feedOf(member: Member): Promise<string> {
  const made = textOf(await ask(stage.core, member, { kind: 'diary.new-feed' }));
  const token = /calendar\/([\w-]+)\.ics/.exec(made)?.[1] ?? '';
  return (await readFeed(stage.core, token)) ?? '';
}

async function diaryOf(member: Member): Promise<string> {
  return textOf(await ask(stage.core, member, { kind: 'diary.show' }));
}

async function fileIn(reply: Reply): Promise<string> {
  const link = /\/download\/([\w-]+)/.exec(textOf(reply))?.[1] ?? '';
  const opened = await openDownload(stage.core, link);
  return opened.kind === 'file' ? String(opened.file.body) : '';
}

test('an agreed time stands in the diary, the feed and a file, as what is only suggested does not', async () => {
  const { core, asha, bo, match } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await suggest(core, asha, match, thursday);
  expect(await diaryOf(bo)).not.toContain('Meet Asha Rahman');
  expect(eventsIn(await feedOf(bo))).toEqual([]);
  await accept(core, bo, match, thursday);
  expect(await diaryOf(bo)).toContain('10am to 10:30am on Thursday 4 March: Meet Asha Rahman');
  expect(await diaryOf(cy)).not.toContain('Meet ');
  const feed = await feedOf(bo);
  expect(onlyEvent(feed)).toMatchObject({
    summary: 'Meet Asha Rahman',
    status: 'CONFIRMED',
    start: new Date(thursday),
  });
  expect(valuesOf(feed, 'UID')).toEqual([`:${match}@localhost`]);
  const file = await fileIn(await ask(core, bo, { kind: 'diary.file', of: match }));
  expect(onlyEvent(file)).toMatchObject({ summary: 'Meet Asha Rahman', uid: `${match}@localhost` });
  for (const text of [feed, file]) expect(text).not.toMatch(/ATTENDEE|ORGANIZER|METHOD|council\.example/);
  expect(textOf(await ask(core, cy, { kind: 'diary.file', of: match }))).toContain('could not find');
});

test('an e-mail’s calendar part asks to put it in, and to take it out, under one id with a rising number', async () => {
  await agree();
  await stage.settle();
  await dropsOut(stage.asha);
  await stage.settle();
  const organiser = { name: 'The network', address: 'bot@network.example' };
  const attendee = { name: stage.bo.name, address: stage.bo.email };
  const texts = stage
    .invited()
    .filter(({ to }) => to === stage.bo.email)
    .map(({ entry }) => writeInvitation({ entry, organiser, attendee }, stage.core.clock.now(), 'http://localhost'));
  expect(texts.map((text) => valuesOf(text, 'METHOD')[0])).toEqual([':REQUEST', ':CANCEL']);
  expect(texts.map((text) => valuesOf(text, 'UID')[0])).toEqual([
    `:${stage.match}@localhost`,
    `:${stage.match}@localhost`,
  ]);
  const [put, taken] = texts.map((text) => Number(valuesOf(text, 'SEQUENCE')[0]?.slice(1)));
  expect(taken).toBeGreaterThan(put ?? Number.NaN);
  for (const text of texts) expect(text).not.toContain(stage.asha.email);
});

test('what is called off is shown so in the feed for a month, and nowhere else', async () => {
  const { asha, bo, match } = stage;
  await agree();
  const before = Number(valuesOf(await feedOf(bo), 'SEQUENCE')[0]?.slice(1));
  await dropsOut(asha);
  const feed = await feedOf(bo);
  expect(onlyEvent(feed)).toMatchObject({ summary: 'Cancelled: Meet your match', status: 'CANCELLED' });
  expect(Number(valuesOf(feed, 'SEQUENCE')[0]?.slice(1))).toBeGreaterThan(before);
  expect(await diaryOf(bo)).not.toContain('Meet ');
  expect(textOf(await ask(stage.core, bo, { kind: 'diary.file', of: match }))).toContain('could not find');
  stage.clock.set(new Date('2027-04-03T12:00:00Z'));
  expect(eventsIn(await feedOf(bo))).toEqual([]);
});

type Step =
  | 'suggest'
  | 'suggest another'
  | 'yes'
  | 'keep'
  | 'all say yes'
  | 'settle'
  | 'drop out'
  | 'invitations off'
  | 'invitations on';

type Taken = readonly [step: Step, who: 'asha' | 'bo' | 'cy'];

const agreedAndLeft: readonly Taken[] = [
  ['suggest', 'asha'],
  ['all say yes', 'asha'],
  ['settle', 'asha'],
  ['drop out', 'bo'],
];
const agreedAndKept: readonly Taken[] = [
  ['suggest', 'asha'],
  ['all say yes', 'asha'],
  ['suggest another', 'bo'],
  ['yes', 'asha'],
  ['keep', 'cy'],
  ['all say yes', 'asha'],
];
const agreedAndMoved: readonly Taken[] = [
  ['suggest', 'asha'],
  ['all say yes', 'asha'],
  ['settle', 'asha'],
  ['suggest another', 'bo'],
  ['settle', 'asha'],
  ['all say yes', 'asha'],
];

const stoppedAndMoved: readonly Taken[] = [
  ['suggest', 'asha'],
  ['all say yes', 'asha'],
  ['settle', 'asha'],
  ['invitations off', 'asha'],
  ['suggest another', 'asha'],
  ['all say yes', 'asha'],
  ['settle', 'asha'],
];

test('in any order, numbers only rise for each person, and their calendar ends as the match stands', async () => {
  const { core, asha, bo } = stage;
  const who = fc.constantFrom<Taken[1]>('asha', 'bo', 'cy');
  const often = fc.constantFrom<Step>(
    'suggest',
    'suggest another',
    'all say yes',
    'all say yes',
    'yes',
    'keep',
    'settle',
  );
  const seldom = fc.constantFrom<Step>('drop out', 'invitations off', 'invitations on');
  const step = fc.oneof({ weight: 6, arbitrary: often }, { weight: 1, arbitrary: seldom });
  const steps: fc.Arbitrary<readonly Taken[]> = fc.array(fc.tuple(step, who), {
    minLength: 3,
    maxLength: 14,
    size: 'max',
  });
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const people = { asha, bo, cy } as const;
  async function take(step: Step, member: Member, match: string): Promise<void> {
    const suggested = await core.db.selectFrom('matches').select('suggested_at').where('id', '=', match).execute();
    const at = suggested[0]?.suggested_at?.toISOString() ?? wednesday;
    if (step === 'suggest') await suggest(core, member, match, thursday);
    if (step === 'suggest another') await suggest(core, member, match, monday);
    if (step === 'yes') await accept(core, member, match, at);
    if (step === 'keep') await ask(core, member, { kind: 'matching.keep-time', match, at });
    if (step === 'all say yes') for (const each of [asha, bo, cy]) await accept(core, each, match, at);
    if (step === 'settle') await stage.settle();
    if (step === 'drop out') await dropsOut(member, match);
    if (step === 'invitations off') await ask(core, member, { kind: 'diary.invitations', on: 'no' });
    if (step === 'invitations on') await ask(core, member, { kind: 'diary.invitations', on: 'yes' });
  }
  let [agreed, calledOff] = [0, 0];
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      // What was agreed before is not to be seen in what follows.
      await core.db.updateTable('matches').set({ agreed_at: null }).execute();
      const match = await addMatch(core, asha, bo, cy);
      stage.email.parcels.length = 0;
      for (const [step, name] of taken) await take(step, people[name], match);
      for (const member of Object.values(people)) await take('invitations on', member, match);
      await stage.settle();
      const row = await core.db.selectFrom('matches').selectAll().where('id', '=', match).executeTakeFirstOrThrow();
      const isOn = row.agreed_at !== null && row.ended_at === null;
      agreed += isOn ? 1 : 0;
      for (const member of Object.values(people)) {
        const sent = stage.invited().flatMap(({ to, entry }) => (to === member.email ? [entry] : []));
        calledOff += sent.filter(({ status }) => status === 'cancelled').length;
        const numbers = sent.map(({ sequence }) => sequence);
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        expect(sent.every(({ id }) => id === match)).toBe(true);
        const own = core.db.selectFrom('match_members').select('state').where('match_id', '=', match);
        const { state } = await own.where('member_id', '=', member.id).executeTakeFirstOrThrow();
        expect(sent.at(-1)?.status ?? 'cancelled').toBe(isOn && state !== 'dropped' ? 'confirmed' : 'cancelled');
        if (isOn && state !== 'dropped') expect(sent.at(-1)?.startsAt).toEqual(row.agreed_at);
        const isSound = sent.every(({ status }, at) => status !== 'cancelled' || sent[at - 1]?.status === 'confirmed');
        expect(isSound).toBe(true);
      }
    }),
    { numRuns: 12, examples: [[agreedAndLeft], [agreedAndKept], [agreedAndMoved], [stoppedAndMoved]] },
  );
  expect(Math.min(agreed, calledOff)).toBeGreaterThan(0);
});

test('of two who say yes at the same time, the time is agreed once, and one hears of it from the other', async () => {
  const { core, asha, bo } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const matches: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    const match = await addMatch(core, asha, bo, cy);
    await suggest(core, asha, match, thursday);
    matches.push(match);
  }
  const said = matches.map((match) => Promise.all([bo, cy].map((member) => accept(core, member, match, thursday))));
  const posted = core.db.selectFrom('deliveries').select('kind').where('kind', '!=', 'matching.time-suggested');
  for (const [index, replies] of (await Promise.all(said)).entries()) {
    expect(replies.map(({ heading }) => heading).toSorted()).toEqual(['We have told your group', 'You have a date']);
    const rows = await posted.where('subject', '=', matches[index] ?? '').execute();
    const kinds = Map.groupBy(rows, ({ kind }) => kind);
    expect([kinds.get('matching.time-agreed')?.length, kinds.get('matching.invite')?.length]).toEqual([2, 3]);
  }
});
