import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { openDivide } from '../../src/convening/learning-sets.ts';
import type { Core } from '../../src/core.ts';
import { connect } from '../../src/membership/connecting.ts';
import { erase } from '../../src/network/erase.ts';
import { linkAccount } from '../../src/network/linking.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { leave } from '../../src/network/service.ts';
import { schedule } from '../../src/store/agenda.ts';
import type { Transaction } from '../../src/store/database.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { together } from '../support/lock-waiters.ts';
import { addActive, ask, codeIn, textOf } from '../support/people.ts';
import { sendPrompt } from '../support/reflections.ts';

/* Members, what they wrote and what they typed: whatever happens at once comes to an end. */

let stage: TestCore;
let core: Core;
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

const bothEnded = [{ status: 'fulfilled' }, { status: 'fulfilled' }];

test('a member connects an account that is theirs already while they are erased', async () => {
  const member = await addActive(core);
  const account = { platform: 'slack', space: 'T1', user: 'U1' } as const;
  await core.db.transaction().execute((tx) => linkAccount(tx, member.id, account, {}, core.clock.now()));
  const code = codeIn(await ask(core, member, { kind: 'membership.show-code' }));
  const profile = () => Promise.resolve({ name: '', email: '', zone: '', locale: '' });
  // An erasure takes the accounts after the member, and what was typed there after that.
  const hold = (tx: Transaction) =>
    tx.selectFrom('accounts').select('id').where('member_id', '=', member.id).forUpdate().execute();
  const type = (typed: string) => connect(core, { account, address: {}, profile }, typed);
  // A count that stands there is what both want.
  await expect(type('AAAA-AAAA')).rejects.toMatchObject({ name: 'Refusal' });
  const [erased, connected] = await together(core, hold, [() => erase(core, member), () => type(code)]);
  expect(erased).toEqual({ status: 'fulfilled', value: undefined });
  // There is no such code any more.
  expect(connected).toMatchObject({ status: 'rejected', reason: { name: 'Refusal' } });
});

test('two conveners divide a cohort that both are in', async () => {
  const conveners: Member[] = [];
  for (const council of ['Leeds', 'York']) {
    conveners.push(await addActive(core, { permission: 'convener', cohort: 'Top', council }));
  }
  for (let index = 0; index < 10; index += 1) await addActive(core, { cohort: 'Top', council: `Council ${index}` });
  const cohort = conveners[0]?.cohortId ?? '';
  const reply = await openDivide(core, cohort, '1');
  const shown = /"shown":"(\w+)"/.exec(reply.kind === 'page' ? JSON.stringify(reply.page) : '')?.[1] ?? '';
  const hold = (tx: Transaction) =>
    tx.selectFrom('cohorts').select('id').where('id', '=', cohort).forUpdate().execute();
  const divide = conveners.map(
    (convener) => async () => textOf(await ask(core, convener, { kind: 'convening.divide', cohort, seed: '1', shown })),
  );
  const divided = { status: 'fulfilled', value: expect.stringContaining('1 learning set now') };
  expect(await together(core, hold, divide)).toMatchObject([divided, divided]);
});

/** An answer of theirs that is shared with the network. */
async function shared(member: Member, id: string = randomUUID()): Promise<string> {
  const words = { framework: 'f', framework_version: 1, theme: 't', stage: 's', prompt: 'p', wording: 'w', why: 'y' };
  const now = core.clock.now();
  await core.db
    .insertInto('prompts')
    .values({ id, member_id: member.id, week: id, sent_at: now, ...words })
    .execute();
  const sharing = { shared_with: 'network', shared_at: now } as const;
  await core.db
    .insertInto('reflections')
    .values({ prompt_id: id, member_id: member.id, answer: Buffer.from('x'), written_at: now, ...sharing })
    .execute();
  return id;
}

/** The digest of this month, which falls due now. */
async function publish(): Promise<unknown> {
  const month = core.clock.now().toISOString().slice(0, 7);
  stage.clock.set(new Date('2027-04-01T08:00:00Z'));
  await core.db
    .transaction()
    .execute((tx) =>
      schedule(tx, [{ key: `digests.month:${month}`, kind: 'digests.month', subject: month, at: core.clock.now() }]),
    );
  const due = core.db.selectFrom('agenda').select('id').where('kind', '=', 'digests.month');
  const { id } = await due.executeTakeFirstOrThrow();
  return await fallDue(core, id);
}

test('a member is erased while the digest that holds their answer is published', async () => {
  const members: Member[] = [];
  for (let index = 0; index < 6; index += 1) members.push(await addActive(core, { council: `Council ${index}` }));
  for (const member of members) await shared(member);
  const [member] = members;
  if (member === undefined) throw new Error('nobody');
  // The digest holds the answers before it is written down, and tells people after that.
  const hold = (tx: Transaction) => sql`lock table digests in share mode`.execute(tx);
  expect(await together(core, hold, [publish, () => erase(core, member)])).toMatchObject(bothEnded);
  expect(await findMember(core.db, member.id)).toBeUndefined();
  const told = core.db.selectFrom('deliveries').select('member_id').where('kind', '=', 'digests.month');
  expect(await told.execute()).toHaveLength(5);
});

test('a member leaves while the digest that holds their answers is published', async () => {
  const member = await addActive(core);
  const ids = [randomUUID(), randomUUID()].toSorted();
  // The later one stands first where they are kept.
  for (const id of ids.toReversed()) await shared(member, id);
  const hold = (tx: Transaction) =>
    tx
      .selectFrom('reflections')
      .select('prompt_id')
      .where('prompt_id', '=', ids[0] ?? '')
      .forUpdate()
      .execute();
  expect(await together(core, hold, [publish, () => leave(core, member)])).toMatchObject(bothEnded);
  const left = core.db.selectFrom('reflections').select('shared_with').distinct();
  expect(await left.execute()).toEqual([{ shared_with: 'nobody' }]);
});

test.each([
  ['leaves', leave],
  ['is erased', erase],
] as const)('a member %s while they skip a prompt that was put off after they had begun to', async (_, goodbye) => {
  const member = await addActive(core);
  const prompt = await sendPrompt(core, member);
  const later = { key: `reflections.later:${prompt}`, kind: 'reflections.later', subject: prompt } as const;
  // Whoever skips holds what is on the agenda, and the member, before the prompt.
  const hold = (tx: Transaction) =>
    tx.selectFrom('prompts').select('id').where('id', '=', prompt).forUpdate().execute();
  const begun = [
    () => ask(core, member, { kind: 'reflections.skip', prompt }),
    async () => {
      await core.db.transaction().execute((tx) => schedule(tx, [{ ...later, at: new Date('2027-03-04T09:00Z') }]));
      await goodbye(core, member);
    },
  ];
  expect(await together(core, hold, begun)).toMatchObject(bothEnded);
  const due = core.db.selectFrom('agenda').select('key').where('subject', '=', prompt);
  expect(await due.execute()).toEqual([]);
});
