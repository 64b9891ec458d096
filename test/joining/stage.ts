import { randomUUID } from 'node:crypto';
import type { Account, Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Form } from '../../src/messages/form.ts';
import { formOf } from '../support/joining.ts';

/** Somebody on Slack, with the address that it vouches for; '' for none. */
export function onSlack(email: string, given: Partial<Account> & { readonly name?: string } = {}): Sender {
  const { name = '', ...where } = given;
  const account = { platform: 'slack', space: 'T1', user: `U${randomUUID()}`, ...where } as const;
  const profile = { name, email, zone: '', locale: '' };
  return { account, address: { channel: `D-${account.user}` }, profile: () => Promise.resolve(profile) };
}

/** What a request for a form gives. */
export async function opened(core: Core, sender: Sender, intent: Intent): Promise<Form> {
  return formOf(await handle(core, sender, intent));
}

/** What the fields of a form hold, by name. */
export function held({ fields }: Form): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

/** How many deliveries a member was posted, by kind. */
export async function postedTo(core: Core, memberId: string): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select('kind')
    .where('member_id', '=', memberId)
    .where('kind', '!=', 'network.home')
    .orderBy('created_at')
    .execute();
  return rows.map(({ kind }) => kind);
}

export async function prompts(core: Core, memberId: string): Promise<readonly Date[]> {
  const rows = await core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'reflections.prompt')
    .where('subject', '=', memberId)
    .where('done_at', 'is', null)
    .execute();
  return rows.map((row) => row.due_at);
}
