import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import { scheduleDigest } from '../../src/digests/due.ts';
import { handle } from '../../src/handle.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, recordingOutbound, saidTo, textOf, webSender } from '../support/people.ts';

let stage: TestCore;
const outbound = recordingOutbound('web');
const outbounds = new Map([['web', outbound] as const]);

beforeEach(async () => {
  stage = await openTestCore(new Date('2027-03-01T08:00:00Z'));
  outbound.parcels.length = 0;
  outbound.letters.length = 0;
  await prepareAgenda(stage.core);
});
afterEach(async () => await stage.close());

async function people(councils: readonly string[]): Promise<readonly Member[]> {
  const members: Member[] = [];
  for (const [index, council] of councils.entries()) {
    members.push(await addActive(stage.core, { name: `Person ${index}`, council }));
  }
  await settleAll(stage.core, outbounds);
  return members;
}

async function until(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  await settleAll(stage.core, outbounds);
}

/** Everybody is asked of one theme, so that it is their number that counts and nothing else. */
async function allOfOneTheme(): Promise<void> {
  await stage.core.db.updateTable('prompts').set({ framework: 'chief-executives', theme: 'good-governance' }).execute();
}

async function write(member: Member, text: string, audience: 'nobody' | 'network'): Promise<string> {
  const row = await stage.core.db
    .selectFrom('prompts')
    .select('id')
    .where('member_id', '=', member.id)
    .orderBy('week', 'desc')
    .executeTakeFirstOrThrow();
  await ask(stage.core, member, { kind: 'reflections.answer', prompt: row.id, text, action: '' });
  if (audience === 'network') {
    await ask(stage.core, member, { kind: 'reflections.share', prompt: row.id, with: 'network' });
  }
  return row.id;
}

const themePage = (month: string) =>
  ({ kind: 'digests.theme', month, theme: 'chief-executives/good-governance', from: 0 }) as const;

/** Five of five councils, all of whom wrote and shared in March. */
async function march(): Promise<{ members: readonly Member[]; prompts: readonly string[] }> {
  const members = await people(['Leeds', 'Fife', 'Kent', 'Cardiff', 'Belfast']);
  await until('2027-03-09T12:00:00Z');
  await allOfOneTheme();
  const prompts: string[] = [];
  for (const [index, member] of members.entries()) prompts.push(await write(member, `secret ${index}`, 'network'));
  return { members, prompts };
}

test('tells of March on the first working day of April, once, with no shared word in the message', async () => {
  const { members } = await march();
  await until('2027-04-01T07:59:00Z');
  expect(outbound.letters.filter(({ message }) => message.heading.includes('reflected on'))).toEqual([]);
  await until('2027-04-01T08:00:00Z');
  await until('2027-04-02T12:00:00Z');
  for (const member of members) {
    expect(
      saidTo(outbound, member).filter((said) => said === 'What the network reflected on in March 2027.'),
    ).toHaveLength(1);
  }
  expect(JSON.stringify(outbound.parcels)).not.toContain('secret');
  expect(JSON.stringify(outbound.letters)).toContain('Some people shared what they wrote');
  const [reader] = members;
  if (reader === undefined) throw new Error('nobody');
  const month = textOf(await ask(stage.core, reader, { kind: 'digests.latest' }));
  expect(month).toContain('5 or more people, from 3 or more councils');
  expect(month).not.toContain('secret');
  const theme = textOf(await ask(stage.core, reader, themePage('2027-03')));
  for (const index of members.keys()) expect(theme).toContain(`secret ${index}`);
  expect(theme).not.toContain('Person');
});

test('four people, or a fifth who did not share, and no word of it is told', async () => {
  const { members, prompts } = await march();
  const [first, second] = members;
  const [prompt] = prompts;
  if (first === undefined || second === undefined || prompt === undefined) throw new Error('nobody');
  await ask(stage.core, first, { kind: 'reflections.share', prompt, with: 'nobody' });
  await until('2027-04-02T12:00:00Z');
  const theme = textOf(await ask(stage.core, second, themePage('2027-03')));
  expect(theme).not.toContain('secret');
  const standing = await stage.core.db.selectFrom('digest_reflections').selectAll().execute();
  expect(standing).toEqual([]);
  expect(saidTo(outbound, second)).toContain('What the network reflected on in March 2027.');
  expect(JSON.stringify(outbound.letters)).not.toContain('Some people shared');
});

test('what is taken back is gone at once, and so are the others when too few are left', async () => {
  const { members, prompts } = await march();
  await until('2027-04-02T12:00:00Z');
  const [first, second] = members;
  const [prompt] = prompts;
  if (first === undefined || second === undefined || prompt === undefined) throw new Error('nobody');
  await ask(stage.core, first, { kind: 'reflections.share', prompt, with: 'nobody' });
  expect(textOf(await ask(stage.core, second, themePage('2027-03')))).not.toContain('secret');
});

test('what waited stands in a later digest once enough have shared, and in one only', async () => {
  const { members, prompts } = await march();
  const [first] = members;
  const [prompt] = prompts;
  if (first === undefined || prompt === undefined) throw new Error('nobody');
  await ask(stage.core, first, { kind: 'reflections.share', prompt, with: 'nobody' });
  await until('2027-04-14T12:00:00Z');
  await allOfOneTheme();
  for (const member of members) await write(member, 'April', member.id === first.id ? 'network' : 'nobody');
  await until('2027-05-05T12:00:00Z');
  const april = textOf(await ask(stage.core, first, themePage('2027-04')));
  for (const index of [1, 2, 3, 4]) expect(april).toContain(`secret ${index}`);
  expect(april).not.toContain('secret 0');
  const standing = await stage.core.db.selectFrom('digest_reflections').select('prompt_id').execute();
  expect(new Set(standing.map((row) => row.prompt_id)).size).toBe(standing.length);
});

test('a link in an e-mail opens none of it, nor does somebody who left', async () => {
  const { members } = await march();
  await until('2027-04-02T12:00:00Z');
  const [first, second] = members;
  if (first === undefined || second === undefined) throw new Error('nobody');
  const sender = { ...webSender(first), account: { platform: 'email', space: '', user: first.email } } as const;
  expect(textOf(await handle(stage.core, sender, themePage('2027-03')))).toContain('Sign in to read');
  await ask(stage.core, second, { kind: 'network.confirm-leave' });
  const gone = await mustFind(stage.core, second.id);
  expect(textOf(await ask(stage.core, gone, themePage('2027-03')))).not.toContain('secret');
});

test('who pauses prompts or does not agree to them is not told', async () => {
  const { members } = await march();
  const [first] = members;
  if (first === undefined) throw new Error('nobody');
  await stage.core.db
    .updateTable('members')
    .set({ prompts_paused_until: new Date('2027-06-01T00:00:00Z') })
    .where('id', '=', first.id)
    .execute();
  await until('2027-04-02T12:00:00Z');
  expect(saidTo(outbound, first)).not.toContain('What the network reflected on in March 2027.');
});

test('the next one is put on the agenda once, however often it is asked for', async () => {
  for (let time = 0; time < 3; time += 1) {
    await stage.core.db.transaction().execute(async (tx) => await scheduleDigest(tx, stage.clock.now()));
  }
  const rows = await stage.core.db.selectFrom('agenda').select('subject').where('kind', '=', 'digests.month').execute();
  expect(rows).toEqual([{ subject: '2027-03' }]);
});
