import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbound } from '../../../adapters/web/outbound.ts';
import type { Letter } from '../../../src/delivery/model.ts';
import type { Member } from '../../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../../support/core.ts';
import { parcelOf } from '../../support/people.ts';

let stage: TestCore;
let member: Member;
beforeEach(async () => {
  stage = await openTestCore();
  member = await addMember(stage.core, { status: 'active' });
});
afterEach(() => stage.close());

const message = { summary: 'Hello there.', heading: 'Hello', body: [], buttons: [] };

async function letter(): Promise<Letter> {
  const deliveryId = randomUUID();
  const now = stage.clock.now();
  const row = {
    id: deliveryId,
    key: deliveryId,
    kind: 'network.welcome',
    subject: member.id,
    member_id: member.id,
  } as const;
  await stage.core.db
    .insertInto('deliveries')
    .values({ ...row, not_before: now, created_at: now })
    .execute();
  return { deliveryId, account: { platform: 'web', space: '', user: member.id }, address: {}, message };
}

test('a message stands in the inbox once, however often it is sent', async () => {
  const outbound = openOutbound(stage.core);
  const sent = await letter();
  const taken = { kind: 'sent', receipt: { inbox: sent.deliveryId } };
  expect(await outbound.send(parcelOf(sent))).toEqual(taken);
  expect(await outbound.send(parcelOf({ ...sent, message: { ...message, heading: 'Other' } }))).toEqual(taken);
  const rows = await stage.core.db.selectFrom('web_inbox').select(['member_id', 'message', 'sent_at']).execute();
  expect(rows).toEqual([{ member_id: member.id, message, sent_at: stage.clock.now() }]);
});

test('after a crash it is known whether a message was sent', async () => {
  const outbound = openOutbound(stage.core);
  const sent = await letter();
  const parcel = parcelOf(sent);
  expect(await outbound.findTrace(parcel, stage.clock.now())).toEqual({ kind: 'not-sent' });
  await outbound.send(parcel);
  const receipt = { inbox: sent.deliveryId };
  expect(await outbound.findTrace(parcel, stage.clock.now())).toEqual({ kind: 'sent', receipt });
});

test('a member erased while a message was on its way is gone, and nothing is kept', async () => {
  const sent = await letter();
  await stage.core.db.deleteFrom('members').where('id', '=', member.id).execute();
  expect((await openOutbound(stage.core).send(parcelOf(sent))).kind).toBe('gone');
  expect(await stage.core.db.selectFrom('web_inbox').selectAll().execute()).toEqual([]);
});

test('a message goes into nobody’s inbox but that of the person it is for', async () => {
  const sent = await letter();
  const other = await addMember(stage.core, { status: 'active' });
  await openOutbound(stage.core).send(parcelOf({ ...sent, account: { ...sent.account, user: other.id } }));
  expect(await stage.core.db.selectFrom('web_inbox').selectAll().execute()).toEqual([]);
});
