import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { audienceName } from './audience.ts';
import * as say from './messages.ts';
import type { Conversation } from './model.ts';
import { isFor } from './rules.ts';
import { attendanceIn, type Entry, heldBy, standingIn } from './seat-book.ts';
import { comingConversations, readSeats } from './seats.ts';
import { themeName } from './themes.ts';

/** A conversation as anybody sees it now. */
export async function show(core: Core, db: Reader, conversation: Conversation, zone: string): Promise<say.Shown> {
  return await showWith(core, db, conversation, zone, await readSeats(db, conversation.id));
}

async function showWith(
  core: Core,
  db: Reader,
  conversation: Conversation,
  zone: string,
  entries: readonly Entry[],
): Promise<say.Shown> {
  return {
    conversation,
    themeName: themeName(core.frameworks, conversation.theme),
    attendance: attendanceIn({ entries }),
    audienceName: await audienceName(db, conversation.audience),
    zone,
  };
}

/** A conversation as this member sees it now. */
export async function view(core: Core, db: Reader, conversation: Conversation, member: Member): Promise<say.View> {
  const entries = await readSeats(db, conversation.id);
  const isHost = conversation.host?.id === member.id;
  const held = heldBy({ entries }, member.councilId);
  return {
    ...(await showWith(core, db, conversation, member.zone, entries)),
    standing: isHost ? { kind: 'host' } : standingIn({ entries }, member.id),
    councilHas: conversation.perCouncil !== null && held >= conversation.perCouncil ? held : 0,
    isForThem: isFor(conversation.audience, member),
    mayCancel: isHost,
  };
}

/** How many conversations are shown at once. */
const atOnce = 20;

/** What is coming and concerns this member, the soonest first: what is for others alone is left to conveners. */
export async function upcoming(core: Core, member: Member): Promise<readonly say.View[]> {
  const coming = await comingConversations(core.db, core.clock.now(), 2 * atOnce);
  const views = await Promise.all(coming.map((conversation) => view(core, core.db, conversation, member)));
  const concerns = ({ isForThem, standing }: say.View) => isForThem || standing.kind !== 'none';
  return views.filter((each) => member.permission === 'convener' || concerns(each)).slice(0, atOnce);
}

/**
 * The same conversation, if it will take place and has not begun.
 *
 * @throws Refusal otherwise
 */
export function mustBeToCome(conversation: Conversation | undefined, now: Date): Conversation {
  if (conversation === undefined) throw new Refusal(say.refusals.notFound);
  if (conversation.cancelledAt !== null) throw new Refusal(say.refusals.cancelled);
  if (conversation.startsAt <= now) throw new Refusal(say.refusals.started);
  return conversation;
}
