import type { Core } from '../../src/core.ts';
import type { Log } from '../../src/log.ts';
import { fault, outdated } from '../../src/messages/messages.ts';
import { noteProfile } from '../../src/network/platform-news.ts';
import { type Answer, closingAnswer, noteAnswer } from './answers.ts';
import type { Connector } from './bot-framework.ts';
import { answerInChannel, tellInChannel } from './channel.ts';
import type { Asked, Talk } from './chat.ts';
import { write } from './chat.ts';
import type { Deadlines, Wait } from './deadline.ts';
import { readFailure } from './errors.ts';
import {
  type Ask,
  isInChannel,
  isPrivate,
  placeOf,
  readAsk,
  saidOf,
  senderOf,
  tenantsOf,
  withoutThread,
} from './inbound.ts';
import { hear, sayLate } from './late.ts';
import { noteAppChange } from './lifecycle.ts';
import { limits } from './limits.ts';
import { activityOnce, type Worked } from './once.ts';
import type { Addressed, Registrations } from './registrations.ts';
import type { Activity } from './schema.ts';
import { answerAsk, tell } from './talk.ts';
import { words } from './words.ts';

/** What a turn works with. */
export interface House {
  readonly core: Core;
  readonly registrations: Registrations;
  readonly deadlines: Deadlines;
  readonly log: Log;
}

/** One activity, and the registration of ours that it was addressed to. */
interface Turn {
  readonly activity: Activity;
  readonly addressed: Addressed;
  readonly ask: Ask;
}

/**
 * Does what an authenticated activity asks. What the person sees comes as a message of our own, or, where Teams waits
 * for one, in the answer returned. That answer is there in time, whatever hangs: the work goes on, and what comes of it
 * is told in the person's private chat.
 *
 * @param due given when the answer must leave
 */
export async function takeTurn(
  house: House,
  activity: Activity,
  addressed: Addressed,
  due: AbortSignal,
): Promise<Answer | undefined> {
  const turn = { activity, addressed, ask: readAsk(activity) };
  const { kind } = turn.ask;
  if (kind === 'nothing' || (kind === 'installed' && !isPrivate(activity))) return undefined;
  if (kind === 'unknown-invoke') return noteAnswer(outdated().summary);
  const late = lastWord(turn.ask, isPrivate(activity) ? words.late : words.lateInChannel);
  return await house.deadlines.answer((wait) => serve(house, turn, wait), late, due);
}

async function serve(house: House, turn: Turn, wait: Wait): Promise<Answer | undefined> {
  const { activity, ask } = turn;
  const heard = hear(turn.addressed.framework);
  const talk = talkOf(house, turn, heard.connector);
  const objection = await objectTo(house, turn);
  if (objection !== undefined) return await decline(talk, ask, objection, wait);
  switch (ask.kind) {
    case 'nothing':
    case 'unknown-invoke':
      return undefined;
    case 'installed': {
      const at = activity.timestamp ?? house.core.clock.now();
      await activityOnce(talk, activity, async () => ({
        result: await noteAppChange(house.core, talk.sender, ask.change, at),
        settled: true,
      }));
      return undefined;
    }
    default: {
      const answer = await answerOnce(talk, activity, ask);
      if (answer !== undefined && wait.isOver()) await sayLate(talk, heard, ask, answer);
      return answer;
    }
  }
}

/** Why this person is not served here, in words for them. Nothing of theirs is kept. */
async function objectTo(house: House, { activity, addressed }: Turn): Promise<string | undefined> {
  const [tenant = '', ...others] = tenantsOf(activity);
  const serving = others.length === 0 ? await house.registrations.serving(tenant) : undefined;
  if (serving === undefined) return words.otherOrganisation;
  // One council's registration serves no other's tenant, whoever installed it there.
  if (serving.appId !== addressed.appId) return words.otherApp;
  // In a channel of a team the answer reaches the asker alone; a group chat is nobody's.
  if (!isPrivate(activity) && !isInChannel(activity)) return words.onlyInPrivate;
  return activity.from.aadObjectId === '' ? words.noIdentity : undefined;
}

async function decline(talk: Talk, ask: Ask, text: string, wait: Wait): Promise<Answer | undefined> {
  talk.log.info({ why: text }, 'Teams: declined');
  const answer = lastWord(ask, text);
  // Whoever took our app out is not answered: they would not take it.
  const isTold = ask.kind === 'chat' || (ask.kind === 'installed' && ask.change === 'added');
  if (isTold || (answer !== undefined && wait.isOver())) await write(talk, { type: 'message', text });
  return answer;
}

/** A short text in the shape that this kind of invoke is answered with. */
function lastWord(ask: Ask, text: string): Answer | undefined {
  switch (ask.kind) {
    case 'card':
      return noteAnswer(text);
    case 'dialog-opened':
    case 'dialog-pressed':
    case 'form-sent':
      return closingAnswer(text);
    default:
      return undefined;
  }
}

/** Whatever broke, the person hears that something did; the operator hears what. */
async function answerOnce(talk: Talk, activity: Activity, ask: Asked): Promise<Answer | undefined> {
  try {
    // Opening a dialog changes nothing, so that is simply done again.
    if (ask.kind === 'dialog-opened') return (await answerTo(talk, activity, ask)).result;
    const once = await activityOnce(talk, activity, () => answerTo(talk, activity, ask));
    return once.kind === 'first' ? once.result : lastWord(ask, words.alreadyDone);
  } catch (error) {
    const failure = readFailure(error, talk.core.clock.now());
    talk.log.error(failure === undefined ? { err: error } : { failure }, 'Teams: a turn failed');
    return await (talk.sender.channel === undefined ? tell : tellInChannel)(talk, ask, fault());
  }
}

async function answerTo(talk: Talk, activity: Activity, ask: Asked): Promise<Worked<Answer | undefined>> {
  const { channel, account } = talk.sender;
  if (channel !== undefined) return await answerInChannel(talk, channel, ask);
  await noteProfile(talk.core, account, saidOf(activity));
  return await answerAsk(talk, ask);
}

function talkOf({ core, log }: House, { activity, addressed }: Turn, connector: Connector): Talk {
  const { id, type, name, conversation } = activity;
  const ids = { activity: id, type, name, conversation: conversation.id };
  const place = placeOf(activity, addressed.appId);
  const sender = senderOf(activity, place, () => connector.findMember(withoutThread(place), limits.turnCallMs));
  return { core, connector, log: log.child(ids), place, sender };
}
