import type { Core } from '../core.ts';
import { does, paragraph } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import type { TimesShown } from './introduction-messages.ts';
import { findMeeting, othersIn, stayingIn } from './meetings.ts';
import { timesFor } from './times.ts';
import { acceptLabel, standingWords, suggestButtons, suggestWords } from './times-messages.ts';

/** What an introduction says to one member about when they meet, or could: what was suggested or agreed, and other times. */
export async function timesShown(core: Core, member: Member, matchId: string): Promise<TimesShown> {
  const meeting = await findMeeting(core.db, matchId);
  const own = meeting?.people.find(({ id }) => id === member.id);
  if (meeting === undefined || own === undefined) return { body: [], buttons: [] };
  const times = await timesFor(core, matchId);
  const { at, isAgreed } = meeting;
  const isAhead = at !== null && at > core.clock.now();
  if (!isAhead) {
    const words = suggestWords(times, stayingIn(meeting).length);
    return { body: words, buttons: suggestButtons(matchId, times, member.zone) };
  }
  const suggestedBy = othersIn(meeting, member.id).find(({ id }) => id === meeting.suggestedBy)?.name ?? '';
  const words = standingWords({ at, isAgreed, saysYes: own.saysYes, suggestedBy }, member.zone);
  const isAsked = !isAgreed && !own.saysYes;
  const accept = does(acceptLabel, { kind: 'matching.accept-time', match: matchId, at: at.toISOString() }, 'main');
  const others = times.filter((time) => time.getTime() !== at.getTime());
  return {
    body: [paragraph(words)],
    buttons: [...(isAsked ? [accept] : []), ...suggestButtons(matchId, others, member.zone)],
  };
}
