import type { Core } from '../../src/core.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Answers, Form } from '../../src/messages/form.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { ask, textOf } from './people.ts';

/** The form of a reply, or a failure that says what it was in place of one. */
export function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`No form: ${textOf(reply)}`);
  return reply.form;
}

/** What a form becomes when it is sent as it stands but for these answers, as every platform does it. */
export function filled(form: Form, changed: Answers = {}): Intent {
  const standing = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
  const intent = readIntent({ ...form.completes, ...standing, ...changed });
  if (intent === undefined)
    throw new Error(`No intent: ${JSON.stringify({ ...form.completes, ...standing, ...changed })}`);
  return intent;
}

export async function openEdit(core: Core, member: Member, conversation: string): Promise<Form> {
  return formOf(await ask(core, member, { kind: 'conversations.open-edit', conversation, revision: '', asked: '' }));
}

/** Opens the form and sends it with these changes. */
export async function edit(core: Core, member: Member, conversation: string, changed: Answers): Promise<Reply> {
  return await ask(core, member, filled(await openEdit(core, member, conversation), changed));
}

export async function stored(core: Core, id: string) {
  return await core.db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}
