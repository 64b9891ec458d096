import type { Core } from '../../src/core.ts';
import type { Log } from '../../src/log.ts';
import { fault, outdated } from '../../src/messages/messages.ts';
import { isFirst } from '../../src/store/received.ts';
import { type Answer, closingAnswer, noteAnswer } from './answers.ts';
import type { Connector } from './bot-framework.ts';
import { readFailure } from './errors.ts';
import { type Ask, placeOf, readAsk, senderOf, tenantsOf } from './inbound.ts';
import { limits } from './limits.ts';
import type { Activity } from './schema.ts';
import { type Asked, answerAsk, type Chat, say, type Talk, tell, write } from './talk.ts';
import { hello, words } from './words.ts';

/** What a turn works with. */
export interface House {
  readonly core: Core;
  readonly connector: Connector;
  readonly log: Log;
  /** '' where any tenant is served: the local playground. */
  readonly tenantId: string;
}

/**
 * Does what an authenticated activity asks. What the person sees comes as a message of our own, or, where Teams waits
 * for one, in the answer returned.
 */
export async function takeTurn(house: House, activity: Activity): Promise<Answer | undefined> {
  const ask = readAsk(activity);
  const isPrivate = activity.conversation.conversationType === 'personal';
  if (ask.kind === 'nothing' || (ask.kind === 'installed' && !isPrivate)) return undefined;
  const objection = objectTo(house, activity, isPrivate);
  if (objection !== undefined) return await decline(house, activity, ask, objection);
  if (!(await isNew(house, activity, ask))) return lastWord(ask, words.alreadyDone);
  return await act(house, activity, ask);
}

/** Why this person is not served here, in words for them. Nothing of theirs is kept. */
function objectTo({ tenantId }: House, activity: Activity, isPrivate: boolean): string | undefined {
  const tenants = tenantsOf(activity);
  const isEnrolled = tenantId === '' || (tenants.length > 0 && tenants.every((tenant) => tenant === tenantId));
  if (!isEnrolled) return words.otherOrganisation;
  if (!isPrivate) return words.onlyInPrivate;
  return activity.from.aadObjectId === '' ? words.noIdentity : undefined;
}

async function decline(house: House, activity: Activity, ask: Ask, text: string): Promise<Answer | undefined> {
  const chat = chatOf(house, activity);
  chat.log.info({ why: text }, 'Teams: declined');
  if (ask.kind === 'chat' || ask.kind === 'installed') await write(chat, { type: 'message', text });
  return lastWord(ask, text);
}

/** A short text in the shape that this kind of invoke is answered with. */
function lastWord(ask: Ask, text: string): Answer | undefined {
  switch (ask.kind) {
    case 'card':
    case 'unknown-invoke':
      return noteAnswer(text);
    case 'dialog-opened':
    case 'dialog-pressed':
    case 'form-sent':
      return closingAnswer(text);
    default:
      return undefined;
  }
}

/** Teams sends an activity again when our answer was late. Opening a dialog changes nothing, so that is simply done again. */
async function isNew({ core }: House, { id, conversation }: Activity, ask: Ask): Promise<boolean> {
  if (id === '' || ask.kind === 'dialog-opened') return true;
  return await isFirst(core.db, 'teams', `${conversation.id} ${id}`, core.clock.now());
}

async function act(house: House, activity: Activity, ask: Ask): Promise<Answer | undefined> {
  const chat = chatOf(house, activity);
  switch (ask.kind) {
    case 'nothing':
      return undefined;
    case 'unknown-invoke':
      return noteAnswer(outdated().summary);
    case 'installed':
      await say(chat, hello());
      return undefined;
    default: {
      const sender = senderOf(activity, () => house.connector.findMember(chat.place, limits.turnCallMs));
      return await orApologise({ ...chat, sender }, ask);
    }
  }
}

/** Whatever broke, the person hears that something did; the operator hears what. */
async function orApologise(talk: Talk, ask: Asked): Promise<Answer | undefined> {
  try {
    return await answerAsk(talk, ask);
  } catch (error) {
    const failure = readFailure(error, talk.core.clock.now());
    talk.log.error(failure === undefined ? { err: error } : { failure }, 'Teams: a turn failed');
    return await tell(talk, ask, fault());
  }
}

function chatOf({ core, connector, log }: House, activity: Activity): Chat {
  const { id, type, name, conversation } = activity;
  const ids = { activity: id, type, name, conversation: conversation.id };
  return { core, connector, log: log.child(ids), place: placeOf(activity) };
}
