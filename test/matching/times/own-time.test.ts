import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Message } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, textOf } from '../../support/people.ts';
import { accept, addMatch, forget, messageOf, openTimes, suggest, type TimesStage, toldOf } from './times-stage.ts';

let stage: TimesStage;
let core: Core;
let asha: Member;
let bo: Member;
let match: string;

/** Two who are matched, on Tuesday 2 March 2027. */
beforeEach(async () => {
  stage = await openTimes();
  ({ core, asha, bo, match } = stage);
});
afterEach(() => stage.close());

async function suggestOwn(member: Member, date: string, time: string): Promise<Reply> {
  return await ask(core, member, { kind: 'matching.own-time', match, date, time });
}

async function cardOf(member: Member): Promise<Message> {
  return messageOf(await ask(core, member, { kind: 'matching.current' }));
}

function opens({ buttons }: Message): readonly string[] {
  return buttons.flatMap((button) =>
    button.kind === 'does' && button.intent.kind === 'matching.open-own-time' ? [button.label] : [],
  );
}

async function formFor(member: Member) {
  const reply = await ask(core, member, { kind: 'matching.open-own-time', match });
  if (reply.kind !== 'form') throw new Error(textOf(reply));
  return reply.form;
}

test('a time of one’s own, at any hour, is suggested, said yes to, and put into both calendars', async () => {
  expect(opens(await cardOf(asha))).toEqual(['Suggest another time']);
  const form = await formFor(asha);
  expect(JSON.stringify(form.body)).toContain(
    'We ask Bo Berg about half an hour at that time. It is agreed once they say yes.',
  );
  expect(form.fields.map(({ name, kind, hint }) => [name, kind, hint])).toEqual([
    ['date', 'date', ''],
    ['time', 'time', 'On your clock: UK time (London).'],
  ]);
  expect(form.completes).toEqual({ kind: 'matching.own-time', match });
  const evening = '2027-04-15T18:30:00.000Z';
  const reply = await suggestOwn(asha, '2027-04-15', '19:30');
  expect(reply.kind).toBe('message');
  expect(textOf(reply)).toContain('We have asked Bo Berg about 7:30pm to 8pm on Thursday 15 April.');
  await stage.settle();
  const [asked] = toldOf(stage, bo);
  expect(asked?.summary).toContain('Asha Rahman would like to meet you from 7:30pm to 8pm on Thursday 15 April.');
  expect(asked === undefined ? [] : opens(asked)).toEqual(['Suggest another time']);
  await accept(core, bo, match, evening);
  await stage.settle();
  expect(stage.invited().map(({ entry }) => entry.startsAt.toISOString())).toEqual([evening, evening]);
  expect(opens(await cardOf(bo))).toEqual(['Change to another time']);
  expect(JSON.stringify((await formFor(bo)).body)).toContain('you meet as agreed: 7:30pm to 8pm on Thursday 15 April.');
});

test('whoever is asked can answer with a time of their own, and the same time is a yes', async () => {
  await suggestOwn(asha, '2027-03-11', '18:00');
  expect(textOf(await suggestOwn(bo, '2027-03-12', '07:45'))).toContain('We have asked Asha Rahman about 7:45am');
  const late = await accept(core, bo, match, '2027-03-11T18:00:00.000Z');
  expect(late.summary).toContain('That time is not suggested any more.');
  const yes = await suggestOwn(asha, '2027-03-12', '07:45');
  expect([yes.kind, textOf(yes)]).toEqual(['message', expect.stringContaining('You meet Bo Berg from 7:45am')]);
});

test('where none of their hours meet they can suggest a time still, which is then the next step', async () => {
  await core.db
    .updateTable('members')
    .set({ works_from: '08:00', works_until: '10:00' })
    .where('id', '=', asha.id)
    .execute();
  await core.db
    .updateTable('members')
    .set({ works_from: '14:00', works_until: '18:00' })
    .where('id', '=', bo.id)
    .execute();
  const card = await cardOf(asha);
  expect(JSON.stringify(card.body)).toContain('Suggest a time, and we ask Bo Berg.');
  expect(card.buttons[0]).toMatchObject({ label: 'Suggest a time', style: 'main' });
  expect(textOf(await suggestOwn(asha, '2027-03-11', '12:00'))).toContain('We have asked Bo Berg');
});

test('who found a date by themselves can put it into the calendars of both', async () => {
  const dated = messageOf(await ask(core, asha, { kind: 'matching.dated', match }));
  expect(opens(dated)).toEqual(['Put the date in your calendars']);
  const card = await cardOf(asha);
  expect(opens(card)).toEqual(['Put the date in your calendars']);
  const main = card.buttons.find((button) => button.kind === 'does' && button.style === 'main');
  expect(main?.label).toBe('We met');
  await suggestOwn(asha, '2027-03-11', '18:00');
  expect(messageOf(await ask(core, bo, { kind: 'matching.current' })).buttons[0]?.label).toBe('Yes, that suits me');
});

test.each([
  ['2027-02-30', '10:00', 'date', 'Enter a real date'],
  ['2027-03-11', '25:00', 'time', 'Enter a time'],
  ['2027-03-11', '', 'time', 'Enter a time'],
  ['2027-03-02', '11:59', 'date', 'in the future'],
  ['2027-04-28', '10:00', 'date', 'in the next 8 weeks'],
  ['2027-03-28', '01:30', 'time', 'Clocks change that night'],
])(
  '%s at “%s” is refused beside the answer that needs changing, and nothing is suggested',
  async (date, time, field, text) => {
    const reply = await suggestOwn(asha, date, time);
    expect(reply).toMatchObject({ kind: 'invalid', problems: [{ field, text: expect.stringContaining(text) }] });
    const row = core.db.selectFrom('matches').select('suggested_at').where('id', '=', match);
    expect(await row.executeTakeFirstOrThrow()).toEqual({ suggested_at: null });
  },
);

test('both answers are asked for again where both are wrong', async () => {
  const reply = await suggestOwn(asha, '', '');
  expect(reply).toMatchObject({ kind: 'invalid', problems: [{ field: 'date' }, { field: 'time' }] });
});

test('the last day of eight weeks will do', async () => {
  expect(textOf(await suggestOwn(asha, '2027-04-27', '10:00'))).toContain('Tuesday 27 April');
});

test('nobody but the two of them opens the form or suggests a time, nor once it is over', async () => {
  const cy = await addActive(core, { name: 'Cy' });
  const refused = async (member: Member, words: string) => {
    expect(textOf(await ask(core, member, { kind: 'matching.open-own-time', match }))).toContain(words);
    expect(textOf(await suggestOwn(member, '2027-03-11', '10:00'))).toContain(words);
  };
  await refused(cy, 'We could not find that match.');
  await ask(core, bo, pauseUntil('2027-03-29'));
  await refused(bo, 'That match has ended');
  await refused(asha, 'That match has ended');
});

test('what an agreed time comes to is said before another is suggested, and after', async () => {
  await suggest(core, asha, match, '2027-03-04T10:00:00.000Z');
  await accept(core, bo, match, '2027-03-04T10:00:00.000Z');
  await stage.settle();
  forget(stage);
  const stands = 'Until Bo Berg says yes, you meet as agreed: 10am to 10:30am on Thursday 4 March.';
  expect(JSON.stringify((await formFor(asha)).body)).toContain(stands);
  expect(textOf(await suggestOwn(asha, '2027-03-05', '18:00'))).toContain(stands);
  await stage.settle();
  const [asked] = toldOf(stage, bo);
  expect(JSON.stringify(asked)).toContain(
    'You have agreed on 10am to 10:30am on Thursday 4 March. You meet then, unless',
  );
  // Their own time, again, is to keep it.
  expect(textOf(await suggestOwn(asha, '2027-03-04', '10:00'))).toContain('You meet as agreed');
});

test('of a group of three all are asked', async () => {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  match = await addMatch(core, asha, bo, cy);
  expect(textOf(await suggestOwn(asha, '2027-03-11', '18:00'))).toContain('Bo Berg and Cy Cole');
  await stage.settle();
  for (const member of [bo, cy]) expect(JSON.stringify(toldOf(stage, member))).toContain('suggests a time to meet');
});

async function planRound(at: string): Promise<void> {
  const row = {
    id: crypto.randomUUID(),
    key: 'matching.round:1',
    kind: 'matching.round',
    subject: '1',
    done_at: null,
  } as const;
  await core.db
    .insertInto('agenda')
    .values({ ...row, due_at: new Date(at) })
    .execute();
}

test('it is before the next round, and the form says when that is', async () => {
  await planRound('2027-03-16T10:00Z');
  const { fields } = await formFor(asha);
  expect(fields[0]?.hint).toBe('Before 10am on Tuesday 16 March.');
  const reply = await suggestOwn(asha, '2027-03-16', '10:00');
  expect(reply).toMatchObject({
    kind: 'invalid',
    problems: [{ field: 'date', text: expect.stringContaining('next round') }],
  });
  expect(textOf(await suggestOwn(asha, '2027-03-16', '09:30'))).toContain('We have asked Bo Berg about 9:30am');
});

test('no time is fixed anew for a match of an earlier round', async () => {
  await addMatch(core, await addActive(core), await addActive(core));
  const opened = await ask(core, asha, { kind: 'matching.open-own-time', match });
  expect(textOf(opened)).toContain('That match is of an earlier round.');
  expect(textOf(await suggestOwn(asha, '2027-03-11', '10:00'))).toContain('That match is of an earlier round.');
});

test('the date that they found by themselves holds while the others are asked to put it into their calendars', async () => {
  for (const member of [asha, bo]) await ask(core, member, { kind: 'matching.dated', match });
  await suggestOwn(asha, '2027-03-11', '18:00');
  const states = core.db.selectFrom('match_members').select('state').where('match_id', '=', match);
  expect(await states.execute()).toEqual([{ state: 'dated' }, { state: 'dated' }]);
  const { buttons } = await cardOf(bo);
  const main = buttons.filter((button) => button.kind === 'does' && button.style === 'main');
  expect(main.map(({ label }) => label)).toEqual(['Yes, that suits me']);
});

test('whoever opens the form once their time has passed is asked whether they met, before they write anything', async () => {
  await suggestOwn(asha, '2027-03-03', '18:00');
  await accept(core, bo, match, '2027-03-03T18:00:00.000Z');
  stage.clock.set(new Date('2027-03-04T10:00Z'));
  const reply = await ask(core, asha, { kind: 'matching.open-own-time', match });
  expect(textOf(reply)).toContain('Did you meet?');
});
