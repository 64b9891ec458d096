import type { Asker } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { refusals as network } from '../network/messages.ts';
import type { Conversation } from './model.ts';
import { mayCancel } from './rules.ts';
import { mustBeToCome } from './service.ts';

/**
 * The same conversation, if whoever asks runs it, and it is to come.
 *
 * @param notYours what is said to somebody who is neither its host nor a convener
 * @throws Refusal otherwise; to a convener by a link in an e-mail, too, where another hosts it
 */
export function mustRun(
  core: Core,
  asker: Asker,
  conversation: Conversation | undefined,
  notYours: string,
): Conversation {
  if (conversation !== undefined && !mayCancel(asker, conversation)) {
    throw new Refusal(asker.member.permission === 'convener' ? network.signInToConvene : notYours);
  }
  return mustBeToCome(conversation, core.clock.now());
}
