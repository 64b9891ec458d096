import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { addChannel, cardIn } from '../support/channel.ts';
import { propose, signUp } from '../support/conversations.ts';
import { ask, textOf } from '../support/people.ts';
import { type Afterwards, formOf, headingsTo, openAfterwards, saysWhoCame } from './stage.ts';

let stage: Afterwards;
let core: Core;

beforeEach(async () => {
  stage = await openAfterwards({ chathamHouse: 'yes' });
  core = stage.core;
});
afterEach(() => stage.close());

const write = async (text: string, id = stage.id) =>
  await ask(core, stage.host, { kind: 'afterwards.summary', conversation: id, text });
const toldOf = (member: Parameters<typeof headingsTo>[1]) =>
  headingsTo(stage, member).filter((heading) => heading === 'Summary: Making room').length;

test('a summary is sent once to those who came, and can be changed for two weeks', async () => {
  const { host, ann, ben, cat, dan, id } = stage;
  expect(textOf(await write('We agreed.'))).toContain('is not over yet');
  await stage.until('2027-03-16T11:00:00Z');
  await saysWhoCame(core, host, id, [ann, ben]);
  expect(textOf(await write('We agreed to ask earlier.'))).toContain('the 2 people who came');
  await stage.until('2027-03-17T12:00:00Z');
  expect([ann, ben, cat, dan, host].map(toldOf)).toEqual([1, 1, 0, 0, 0]);
  const said = JSON.stringify(stage.web.letters.filter(({ message }) => message.heading.startsWith('Summary')));
  expect(said).toContain('We agreed to ask earlier.');
  expect(said).toContain('Chatham House');
  expect(textOf(await write('We agreed to ask much earlier.'))).toContain('Its card shows it');
  await saysWhoCame(core, host, id, [ann, cat]);
  await stage.until('2027-03-18T12:00:00Z');
  expect([ann, ben, cat, dan].map(toldOf)).toEqual([1, 1, 1, 0]);
  const form = await formOf(core, host, { kind: 'afterwards.open-summary', conversation: id });
  expect(form.fields[0]?.value).toBe('We agreed to ask much earlier.');
  expect(JSON.stringify(form.body)).toContain('Chatham House');
  await stage.until('2027-03-30T11:00:00Z');
  expect(textOf(await write('Too late.'))).toContain('14 days');
});

test('it is refused while it names somebody who had a seat, or their council, and says which word', async () => {
  await stage.until('2027-03-16T11:00:00Z');
  await saysWhoCame(core, stage.host, stage.id, [stage.ann]);
  for (const [text, word] of [
    ['As Catrin said, ask earlier.', 'Catrin'],
    ['BROOKES put it well.', 'BROOKES'],
    ['At Northmoor they ask earlier.', 'Northmoor'],
  ] as const) {
    const reply = await write(text);
    expect(reply).toMatchObject({ kind: 'invalid', problems: [{ text: expect.stringContaining(`“${word}”`) }] });
  }
  const row = core.db.selectFrom('conversations').select(['summary', 'summary_at']).where('id', '=', stage.id);
  expect(await row.executeTakeFirst()).toEqual({ summary: '', summary_at: null });
  // Daniel Dobson of Hull only waited.
  expect(textOf(await write('Daniel of Hull was missed.'))).toContain('We have saved');
});

test('nobody but its host writes it', async () => {
  await stage.until('2027-03-16T11:00:00Z');
  const reply = await ask(core, stage.ann, { kind: 'afterwards.summary', conversation: stage.id, text: 'Mine.' });
  expect(textOf(reply)).toContain('Only the host');
});

test('the cards of the conversation in channels show it, and change with it; they go with their host', async () => {
  await addChannel(core, 'T1', 'C1');
  const id = await propose(core, stage.host, { title: 'In the open', date: '2027-03-17' });
  await signUp(core, stage.ann, id);
  await stage.settle();
  await stage.until('2027-03-17T11:00:00Z');
  expect(JSON.stringify(cardIn(stage.slack, 'C1'))).not.toContain('What it came to');
  await write('We agreed to ask earlier.', id);
  await stage.settle();
  expect(JSON.stringify(cardIn(stage.slack, 'C1'))).toContain('We agreed to ask earlier.');
  await write('We agreed to listen longer.', id);
  await stage.settle();
  expect(JSON.stringify(cardIn(stage.slack, 'C1'))).toContain('We agreed to listen longer.');
  await ask(core, stage.host, { kind: 'network.confirm-erase' });
  const rows = await core.db.selectFrom('conversations').select(['summary', 'place', 'host_id']).execute();
  expect(rows.every((row) => row.summary === '' && row.place === '' && row.host_id === null)).toBe(true);
});
