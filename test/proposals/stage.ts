import { expect } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { MemberDeliveryKind } from '../../src/delivery/model.ts';
import type { Intent } from '../../src/intents.ts';
import type { Form } from '../../src/messages/form.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { proposal } from '../support/conversations.ts';
import { ask } from '../support/people.ts';

const { topic, follows, theme, title, about, audience, chathamHouse, ...when } = proposal;
export const words = { theme, title, about, audience, chathamHouse };
export const plan = when;

export function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`No form: ${JSON.stringify(reply)}`);
  return reply.form;
}

export function messageOf(reply: Reply): Message {
  if (reply.kind !== 'message') throw new Error(`No message: ${JSON.stringify(reply)}`);
  return reply.message;
}

/** @returns the id of the new draft */
export async function draft(core: Core, host: Member, changed: Partial<typeof words> = {}): Promise<string> {
  const form = formOf(await ask(core, host, { kind: 'proposals.draft', topic, follows, ...words, ...changed }));
  expect(form.completes.kind).toBe('proposals.announce');
  return form.completes['proposal'] ?? '';
}

/** What announcing it asks, from the form as it stands now. */
export async function announcing(
  core: Core,
  host: Member,
  id: string,
  changed: Partial<typeof plan> = {},
): Promise<Intent> {
  const { completes } = formOf(
    await ask(core, host, { kind: 'proposals.open-when', proposal: id, time: '', at: '', revision: '' }),
  );
  const revision = completes['revision'] ?? '';
  return { kind: 'proposals.announce', proposal: id, revision, ...plan, ...changed };
}

export async function stateOf(core: Core, id: string): Promise<string | undefined> {
  return (await core.db.selectFrom('proposals').select('state').where('id', '=', id).executeTakeFirst())?.state;
}

export async function announced(core: Core): Promise<readonly string[]> {
  return (await core.db.selectFrom('conversations').select('id').execute()).map(({ id }) => id);
}

export async function needApproval(core: Core): Promise<void> {
  await core.db.updateTable('network').set({ proposals_need_approval: true }).execute();
}

/** The member ids that something of one kind was posted for, in the order in which they are to be told. */
export async function posted(core: Core, kind: MemberDeliveryKind, subject: string): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select('member_id')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .orderBy('not_before')
    .orderBy('member_id')
    .execute();
  return rows.map((row) => row.member_id ?? '');
}
