import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Answers, Form } from '../../src/messages/form.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { webSender } from './people.ts';

/** What somebody says who agrees to everything. */
export const agreeing = { prompts: 'yes', matching: 'yes', findable: 'yes' } as const;

/** The intent that a form becomes: what it holds, but for what is answered otherwise. */
export function answered({ completes, fields }: Form, answers: Answers = {}): Intent {
  const held = Object.fromEntries(fields.map(({ name, value }) => [name, answers[name] ?? value]));
  const intent = readIntent({ ...completes, ...held });
  if (intent === undefined) throw new Error(`The form makes no intent: ${completes.kind}`);
  return intent;
}

/** The form of a reply. */
export function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`Not a form: ${JSON.stringify(reply)}`);
  return reply.form;
}

/** Joins through the forms, by intents alone, agreeing to everything unless said. @returns what was said at the end */
export async function join(core: Core, sender: Sender, answers: Answers = {}): Promise<Reply> {
  let reply = await handle(core, sender, { kind: 'network.join' });
  while (reply.kind === 'form') {
    const intent = answered(reply.form, { ...agreeing, ...answers });
    // Whoever is not on the roster is asked something else.
    if (!intent.kind.startsWith('joining.') || intent.kind === 'joining.request') return reply;
    reply = await handle(core, sender, intent);
  }
  return reply;
}

/** The same on the web. */
export async function joinOnWeb(core: Core, member: Member, answers: Answers = {}): Promise<Reply> {
  return await join(core, webSender(member), answers);
}

/**
 * Sends the forms that are left of somebody who began to join in a chat, from the account they began with: for tests that
 * need a member there, and none of the windows.
 */
export async function endJoining(core: Core, memberId: string, answers: Answers = {}): Promise<void> {
  const account = await core.db
    .selectFrom('accounts')
    .select(['platform', 'space', 'platform_user as user'])
    .where('member_id', '=', memberId)
    .where('platform', 'in', ['slack', 'teams'])
    .orderBy('seen_at', 'desc')
    .executeTakeFirstOrThrow();
  const profile = { name: '', email: '', zone: '', locale: '' };
  await join(core, { account, address: {}, profile: () => Promise.resolve(profile) }, answers);
}
