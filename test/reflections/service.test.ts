import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, recordingOutbound, textOf, webSender } from '../support/people.ts';

let stage: TestCore;
let core: Core;
const secret = 'I doubt the merger and have told nobody';

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

/** Joins a member and lets the clock run to the Tuesday after their first Monday. */
async function withPrompt(member: Partial<Member> = {}): Promise<{ member: Member; prompt: string }> {
  const added = await addActive(core, member);
  stage.clock.set(new Date('2027-03-09T12:00Z'));
  await settleAll(core, new Map([['web', recordingOutbound()]]));
  const { id } = await core.db
    .selectFrom('prompts')
    .select('id')
    .where('member_id', '=', added.id)
    .executeTakeFirstOrThrow();
  return { member: added, prompt: id };
}

test('a prompt comes at 9am on the member’s own Monday, once a week', async () => {
  const london = await addActive(core, { zone: 'Europe/London' });
  const sydney = await addActive(core, { zone: 'Australia/Sydney', council: 'York' });
  const web = recordingOutbound();
  const moments: Record<string, string[]> = { [london.id]: [], [sydney.id]: [] };
  for (let hour = 0; hour < 24 * 21; hour += 1) {
    stage.clock.set(new Date(Date.parse('2027-03-15T00:00Z') + hour * 3_600_000));
    web.letters.length = 0;
    await settleAll(core, new Map([['web', web]]));
    for (const parcel of web.letters.filter((found) => found.message.heading === 'Your prompt for this week')) {
      moments[parcel.account.user]?.push(core.clock.now().toISOString().slice(0, 16));
    }
  }
  // The prompt of 8 March was due before this test looks, so it comes with the first look, as that of the week it comes
  // in; clocks change on the 28th, and the 29th is a bank holiday.
  expect(moments[london.id]).toEqual(['2027-03-15T00:00', '2027-03-22T09:00', '2027-03-30T08:00']);
  expect(moments[sydney.id]).toEqual(['2027-03-15T00:00', '2027-03-21T22:00', '2027-03-29T22:00', '2027-04-04T23:00']);
});

test('an answer is kept sealed, opens for its writer in the journal, and is nowhere in the database’s bytes', async () => {
  const { member, prompt } = await withPrompt();
  const reply = await ask(core, member, { kind: 'reflections.answer', prompt, text: secret, action: '' });
  expect(textOf(reply)).toContain('We have saved your reflection');
  expect(textOf(reply)).not.toContain(secret);
  const { answer } = await core.db.selectFrom('reflections').select('answer').executeTakeFirstOrThrow();
  expect(answer.toString('latin1')).not.toContain('merger');
  const journal = await ask(core, member, { kind: 'reflections.journal' });
  expect(journal.kind).toBe('page');
  expect(textOf(journal)).toContain(secret);
});

test('answering again replaces the answer, and the form shows what was written', async () => {
  const { member, prompt } = await withPrompt();
  await ask(core, member, { kind: 'reflections.answer', prompt, text: secret, action: '' });
  await ask(core, member, { kind: 'reflections.answer', prompt, text: 'Second thoughts', action: '' });
  const form = await ask(core, member, { kind: 'reflections.open', prompt });
  expect(form.kind === 'form' && form.form.fields[0]?.value).toBe('Second thoughts');
  expect(textOf(await ask(core, member, { kind: 'reflections.journal' }))).not.toContain(secret);
});

test('nobody else can open, answer or read it: not a peer, a host or a convener', async () => {
  const { member, prompt } = await withPrompt();
  await ask(core, member, { kind: 'reflections.answer', prompt, text: secret, action: '' });
  for (const permission of ['member', 'host', 'convener'] as const) {
    const other = await addActive(core, { permission, council: `Council of the ${permission}` });
    for (const intent of [
      { kind: 'reflections.open', prompt },
      { kind: 'reflections.answer', prompt, text: 'not mine', action: '' },
      { kind: 'reflections.journal' },
      { kind: 'network.home' },
    ] as const) {
      expect(textOf(await ask(core, other, intent))).not.toContain(secret);
    }
  }
  expect(textOf(await ask(core, member, { kind: 'reflections.journal' }))).toContain(secret);
});

test('whoever holds a link from an e-mail can write with it, and cannot read', async () => {
  const { member, prompt } = await withPrompt();
  await ask(core, member, { kind: 'reflections.answer', prompt, text: secret, action: '' });
  const holder = { ...webSender(member), account: { platform: 'email', space: '', user: member.email } } as const;
  const form = await handle(core, holder, { kind: 'reflections.open', prompt });
  expect(form.kind).toBe('form');
  expect(textOf(form)).not.toContain(secret);
  expect(textOf(form)).toContain('this one replaces it');
  expect(textOf(await handle(core, holder, { kind: 'reflections.journal' }))).toContain('Sign in to read your journal');
});

test.each([
  ['   \n', 'Write something'],
  ['x'.repeat(3001), '3,000 characters or fewer'],
])('an answer that is empty or too long keeps the form open', async (text, words) => {
  const { member, prompt } = await withPrompt();
  const reply = await ask(core, member, { kind: 'reflections.answer', prompt, text, action: '' });
  expect(reply).toEqual({ kind: 'invalid', problems: [{ field: 'text', text: expect.stringContaining(words) }] });
});

test('a paused member is sent no prompt, and gets the next one after the pause', async () => {
  const member = await addActive(core);
  await ask(core, member, pauseUntil('2027-03-09'));
  const web = recordingOutbound();
  for (const day of ['2027-03-08T09:00Z', '2027-03-09T12:00Z', '2027-03-15T09:00Z']) {
    stage.clock.set(new Date(day));
    await settleAll(core, new Map([['web', web]]));
  }
  const headings = web.letters.map((parcel) => parcel.message.heading);
  expect(headings).toEqual(['Welcome to the network', 'Messages are on', 'Your prompt for this week']);
});

test('a week in which the network was down is not made up: one prompt, then the next Monday’s', async () => {
  await addActive(core);
  const web = recordingOutbound();
  stage.clock.set(new Date('2027-03-31T12:00Z'));
  await settleAll(core, new Map([['web', web]]));
  stage.clock.set(new Date('2027-04-05T08:00Z'));
  await settleAll(core, new Map([['web', web]]));
  expect(web.letters.filter((parcel) => parcel.message.heading === 'Your prompt for this week')).toHaveLength(2);
});
