import type { Sender } from './account.ts';
import { readsPrivately } from './asker.ts';
import { isReadOnly } from './changes.ts';
import type { Core } from './core.ts';
import { dispatch } from './dispatch.ts';
import { Refusal } from './errors.ts';
import type { Intent } from './intents.ts';
import { refusal } from './messages/messages.ts';
import type { Reply } from './messages/reply.ts';
import type { Telling } from './messages/telling.ts';
import { refreshHomes } from './network/homes.ts';
import { refusals } from './network/messages.ts';
import type { Member } from './network/model.ts';
import { type Objection, objection } from './network/permissions.ts';
import { identify } from './network/service.ts';

const objections: Readonly<Record<Objection, string | Telling>> = {
  'not-joined': refusals.notJoined,
  'not-host': refusals.notHost,
  'not-convener': refusals.notConvener,
  'not-signed-in': refusals.signInToConvene,
  guest: refusals.guest,
};

/** Why this person may not ask for this, whatever it is about, in words for them; `undefined` where they may. */
export function objectionTo(
  sender: Sender,
  member: Member | undefined,
  { kind }: Intent,
): string | Telling | undefined {
  const why = objection(kind, member, readsPrivately(sender));
  return why === undefined ? undefined : objections[why];
}

/**
 * The one door into the core: who is this, may they, and then the use case. A refusal becomes the reply; any other
 * error is a fault, and goes to the adapter's error handler.
 */
export async function handle(core: Core, sender: Sender, intent: Intent): Promise<Reply> {
  try {
    const member = await identify(core, sender, isReadOnly(intent));
    const why = objectionTo(sender, member, intent);
    if (why !== undefined) throw new Refusal(why);
    if (member !== undefined && !isReadOnly(intent)) await freshenHomes(core, member);
    return await dispatch(core, sender, member, intent);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.problems.length > 0) return { kind: 'invalid', problems: error.problems };
    return { kind: 'message', message: refusal(error.says) };
  }
}

/**
 * Whatever a member changes may show on the homes that platforms keep for them, so all of those are drawn again in a
 * moment: no capability has to think of it. Asked for before the change, because what fails after it would be told as
 * if nothing had been changed.
 */
async function freshenHomes(core: Core, member: Member): Promise<void> {
  await core.db.transaction().execute(async (tx) => await refreshHomes(tx, core.clock.now(), member.id));
}
