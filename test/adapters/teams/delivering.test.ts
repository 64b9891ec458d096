import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../src/delivery/deliver.ts';
import type { Outcome } from '../../../src/delivery/model.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import { settleAll } from '../../support/core.ts';
import { recordingOutbound } from '../../support/people.ts';
import { typed } from '../../support/teams-activity.ts';
import { appId } from '../../support/teams-rig.ts';
import { type Joined, monday, openStage, type Stage } from './stage.ts';

let stage: Stage;
let joined: Joined;

beforeEach(async () => {
  stage = await openStage();
  joined = await stage.join();
});
afterEach(() => stage.close());

async function prompts() {
  return await stage.core.db
    .selectFrom('deliveries')
    .select(['id', 'status', 'reason', 'receipt'])
    .where('kind', '=', 'reflections.prompt')
    .execute();
}

test('a delivery comes to the private chat, and its receipt names it', async () => {
  stage.clock.set(monday);
  await stage.settle();
  const posted = stage.rig.stub.messages(joined.person.conversationId).at(-1);
  expect(posted?.activity.summary).toContain('Your reflection prompt for this week');
  const receipt = { conversationId: joined.person.conversationId, activityId: posted?.id, appId };
  expect(await prompts()).toMatchObject([{ status: 'sent', receipt }]);
});

const later: Outcome = { kind: 'later', afterMs: 0, reason: 'not yet' };

test('one that two workers take is sent once', async () => {
  stage.clock.set(monday);
  await settleAll(stage.core, new Map([['teams', { ...stage.rig.channel.outbound, send: async () => later }]]));
  const [{ id } = { id: '' }] = await prompts();
  stage.clock.set(new Date('2027-03-08T10:00:00Z'));
  const before = stage.rig.stub.calls.length;
  const outcomes = await Promise.all([1, 2].map(() => deliver(stage.core, stage.outbounds, id)));
  expect(outcomes.toSorted()).toEqual(['idle', 'sent']);
  expect(stage.rig.stub.calls).toHaveLength(before + 1);
});

test('one to somebody who blocked us goes to their next channel, and the next ones too until they write', async () => {
  const email = recordingOutbound('email');
  const both: Outbounds = new Map([...stage.outbounds, ['email', email]]);
  stage.clock.set(monday);
  stage.rig.stub.misbehave({ kind: 'answer', status: 403, code: 'ConversationBlockedByUser' });
  await settleAll(stage.core, both);
  expect(email.letters).toHaveLength(1);
  stage.clock.set(new Date('2027-03-15T09:00:00Z'));
  await settleAll(stage.core, both);
  expect(email.letters).toHaveLength(2);
  await stage.post(joined.person, typed('help'));
  stage.clock.set(new Date('2027-03-22T09:00:00Z'));
  await settleAll(stage.core, both);
  expect(email.letters).toHaveLength(2);
});

test('one that is throttled waits as long as Teams says, and is then sent once', async () => {
  stage.clock.set(monday);
  stage.rig.stub.misbehave({ kind: 'answer', status: 429, code: 'Throttled', headers: { 'retry-after': '90' } });
  for (const seconds of [0, 89]) {
    stage.clock.set(new Date(monday.getTime() + seconds * 1000));
    await stage.settle();
    expect(await prompts()).toMatchObject([{ status: 'pending' }]);
  }
  stage.clock.set(new Date(monday.getTime() + 91_000));
  await stage.settle();
  expect(await prompts()).toMatchObject([{ status: 'sent' }]);
  const read = (await joined.client.messages()).filter((text) => text.includes('Your prompt for this week'));
  expect(read).toHaveLength(1);
});

test('one that is throttled until the end of the century waits an hour, and so do the others of its tenant', async () => {
  stage.clock.set(monday);
  const until = { 'retry-after': 'Thu, 31 Dec 2099 12:00:00 GMT' };
  stage.rig.stub.misbehave({ kind: 'answer', status: 429, code: 'Throttled', headers: until });
  for (const minutes of [0, 59]) {
    stage.clock.set(new Date(monday.getTime() + minutes * 60_000));
    await stage.settle();
    expect(await prompts()).toMatchObject([{ status: 'pending' }]);
  }
  stage.clock.set(new Date(monday.getTime() + 61 * 60_000));
  await stage.settle();
  expect(await prompts()).toMatchObject([{ status: 'sent' }]);
});

test('one that Teams does not take until the end of the century is tried again after an hour', async () => {
  stage.clock.set(monday);
  const until = { 'retry-after': 'Thu, 31 Dec 2099 12:00:00 GMT' };
  stage.rig.stub.misbehave({ kind: 'answer', status: 503, code: 'ServiceUnavailable', headers: until });
  await stage.settle();
  expect(await prompts()).toMatchObject([{ status: 'pending' }]);
  stage.clock.set(new Date(monday.getTime() + 61 * 60_000));
  await stage.settle();
  expect(await prompts()).toMatchObject([{ status: 'sent' }]);
});
