import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { MemberDeliveryKind } from '../../src/delivery/model.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { addPeople, type ConversationStage, openConversations } from '../support/conversations.ts';
import { together } from '../support/lock-waiters.ts';
import { addActive, ask, saidTo } from '../support/people.ts';
import { announcing, draft, formOf, needApproval, posted } from './stage.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let one: Member;
let gone: Member;
let id: string;
beforeEach(async () => {
  stage = await openConversations();
  ({ core, host } = stage);
  [one = host, gone = host] = await addPeople(core, 2);
  id = await draft(core, host);
});
afterEach(() => stage.close());

const others = {
  date2: '2027-03-25',
  time2: '10:00',
  date3: '',
  time3: '',
  date4: '',
  time4: '',
  date5: '',
  time5: '',
};

async function askingTimes(date1 = '2027-03-16'): Promise<Intent> {
  const { completes } = formOf(await ask(core, host, { kind: 'proposals.open-times', proposal: id, revision: '' }));
  const revision = completes['revision'] ?? '';
  return { kind: 'proposals.ask-times', proposal: id, revision, minutes: '45', date1, time1: '10:00', ...others };
}

async function announcingIt(): Promise<Intent> {
  return await announcing(core, host, id);
}

test.each<[string, MemberDeliveryKind, () => Promise<Intent>]>([
  ['announced', 'conversations.announcement', announcingIt],
  ['put before the conveners', 'proposals.wanted', announcingIt],
  ['asked about', 'proposals.which-time', () => askingTimes()],
])('somebody is erased while it is %s: all the others are told', async (_, kind, intentOf) => {
  if (kind === 'proposals.wanted') {
    await needApproval(core);
    one = await addActive(core, { permission: 'convener' });
    gone = await addActive(core, { permission: 'convener' });
  }
  const intent = await intentOf();
  // At the end of an erasure.
  const ended = await together(core, (tx) => tx.deleteFrom('members').where('id', '=', gone.id).execute(), [
    () => ask(core, host, intent),
  ]);
  expect(ended).toMatchObject([{ status: 'fulfilled', value: { kind: 'message' } }]);
  const told = await posted(core, kind, id);
  expect(told).toContain(one.id);
  expect(told).not.toContain(gone.id);
});

test('asked about other times before the first message has come: one message asks, about those of now', async () => {
  await stage.settle();
  await ask(core, host, await askingTimes());
  await ask(core, host, await askingTimes('2027-03-18'));
  await stage.settle();
  expect(saidTo(stage.web, one).filter((said) => said.startsWith('When could you come'))).toHaveLength(1);
  await ask(core, host, await askingTimes('2027-03-19'));
  await stage.settle();
  expect(saidTo(stage.web, one).filter((said) => said.startsWith('When could you come'))).toHaveLength(2);
});
