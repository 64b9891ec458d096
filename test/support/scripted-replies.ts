import type { Sender } from '../../src/account.ts';
import type { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Reply } from '../../src/messages/reply.ts';

/** What the core would answer; `undefined` where it is to be asked itself. */
export type Script = (intent: Intent, sender: Sender) => Promise<Reply | undefined>;

let script: Script | undefined;

/** From now on this answers, whoever asks; `undefined` ends it. */
export function playScript(played: Script | undefined): void {
  script = played;
}

/** The core with a script in front of it: what adapters do with a reply is tested without the capability that gives it. */
export function scripted(core: typeof handle): typeof handle {
  return async (of, sender, intent) => (await script?.(intent, sender)) ?? (await core(of, sender, intent));
}
