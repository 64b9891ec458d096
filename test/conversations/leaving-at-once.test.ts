import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import {
  addPeople,
  type ConversationStage,
  openConversations,
  propose,
  proposeBy,
  signUp,
} from '../support/conversations.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { ask } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let person: Member;
let id: string;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host } = stage);
  [person = host] = await addPeople(core, 1);
  id = await propose(core, host);
});
afterEach(() => stage.close());

async function seats(): Promise<readonly unknown[]> {
  return await core.db.selectFrom('seats').select('member_id').execute();
}

test('someone who leaves while their sign-up waits for its turn has no seat in the end', async () => {
  let pressed: readonly Promise<unknown>[] = [];
  await core.db.transaction().execute(async (tx) => {
    await tx.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
    const signingUp = signUp(core, person, id);
    await untilWaiting(core, tx, 1, signingUp);
    const leaving = ask(core, person, { kind: 'network.confirm-leave' });
    await untilWaiting(core, tx, 2, leaving);
    pressed = [signingUp, leaving];
  });
  await Promise.all(pressed);
  expect(await seats()).toEqual([]);
});

test('someone who has a seat may sign up again, leave and be erased at once: none of it fails', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [member = host] = await addPeople(core, 1);
    await signUp(core, member, id);
    const leaving = round % 2 === 0 ? 'network.confirm-leave' : 'network.confirm-erase';
    await Promise.all([
      signUp(core, member, id),
      ask(core, member, { kind: leaving }),
      signUp(core, member, id),
      ask(core, member, { kind: 'network.resume' }),
    ]);
    expect(await seats()).toEqual([]);
  }
});

test.each<[string, () => Promise<unknown>, () => Promise<readonly unknown[]>]>([
  ['signs up', () => signUp(core, person, id), seats],
  [
    'proposes a conversation',
    () => proposeBy(core, person, { title: 'Another' }),
    () => core.db.selectFrom('conversations').select('id').where('title', '=', 'Another').execute(),
  ],
])('someone who %s while they are leaving is refused', async (_, press, left) => {
  await core.db.updateTable('members').set({ permission: 'host' }).where('id', '=', person.id).execute();
  let pressed: Promise<unknown> = Promise.resolve();
  await core.db.transaction().execute(async (tx) => {
    await tx.updateTable('members').set({ status: 'left' }).where('id', '=', person.id).execute();
    pressed = press();
    await untilWaiting(core, tx, 1, pressed);
  });
  expect(JSON.stringify(await pressed)).toContain('You have not joined the network');
  expect(await left()).toEqual([]);
});
