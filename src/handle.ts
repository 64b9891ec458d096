import type { Sender } from './account.ts';
import type { Core } from './core.ts';
import { dispatch } from './dispatch.ts';
import { Refusal } from './errors.ts';
import type { Intent } from './intents.ts';
import { refusal } from './messages/messages.ts';
import type { Reply } from './messages/reply.ts';
import { refusals } from './network/messages.ts';
import { objection } from './network/rules.ts';
import { identify } from './network/service.ts';

/**
 * The one door into the core: who is this, may they, and then the use case. A refusal becomes the reply; any other
 * error is a fault, and goes to the adapter's error handler.
 */
export async function handle(core: Core, sender: Sender, intent: Intent): Promise<Reply> {
  try {
    const member = await identify(core, sender);
    const why = objection(intent.kind, member);
    if (why !== undefined) throw new Refusal(why === 'not-joined' ? refusals.notJoined : refusals.notHost);
    return await dispatch(core, sender, member, intent);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.problems.length > 0) return { kind: 'invalid', problems: error.problems };
    return { kind: 'message', message: refusal(error.message) };
  }
}
