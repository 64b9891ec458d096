import type { Sender } from './account.ts';
import type { Intent } from './intents.ts';
import type { Member } from './network/model.ts';

/** Who asks, as the platform authenticated them, and the member they are. */
export interface Asker {
  readonly sender: Sender;
  readonly member: Member;
}

/** What can be asked of one capability. */
export type IntentOf<Capability extends string> = Extract<Intent, { kind: `${Capability}.${string}` }>;

export function isOf<Asked extends Intent, Capability extends string>(
  capability: Capability,
  intent: Asked,
): intent is Extract<Asked, { kind: `${Capability}.${string}` }> {
  return intent.kind.startsWith(`${capability}.`);
}

/** A link in an e-mail shows who it was sent to, not who holds it: mail is forwarded, scanned and read by assistants. */
export function readsPrivately(sender: Sender): boolean {
  return sender.account.platform !== 'email';
}
