import type { IntentOf } from '../../asker.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import type { Member } from '../../network/model.ts';
import { roundAhead } from '../asking/round-ahead.ts';
import { dateAhead, isTooLateToChange } from '../matches/rules.ts';
import { mustBeNewest, mustBeOn } from './holding.ts';
import { findMeeting, namesFor } from './meetings.ts';
import * as say from './messages.ts';
import { ownTimeForm, problems } from './own-time-messages.ts';
import { readOwnTime } from './rules.ts';
import { askFirst, mayHaveMet, suggest } from './service.ts';

/* A time that somebody of a match thought of, where none of those that are shown would do. */

/**
 * Where the time that they had agreed on has passed, they are asked first whether they met.
 *
 * @throws Refusal where it is no match of theirs, or of an earlier round, or has ended, or one of its people takes no part now,
 *   or it is too late to change the time that they have
 */
export async function openOwnTime({ db, clock }: Core, member: Member, matchId: string): Promise<Reply> {
  const now = clock.now();
  const meeting = await mustBeOn(db, await findMeeting(db, matchId), member, now);
  await mustBeNewest(db, meeting);
  if (await mayHaveMet(db, matchId, now)) return askFirst(meeting, member);
  const instead = dateAhead(meeting, now);
  if (instead !== undefined && isTooLateToChange(meeting, now)) throw new Refusal(say.refusals.tooLate);
  const names = namesFor(meeting, member.id);
  const start = { matchId, names, instead, round: (await roundAhead(db))?.at };
  return { kind: 'form', form: ownTimeForm(start, member.zone) };
}

/**
 * Asks the others of a match about a time of one's own, as about one that was shown. It may be at any hour: they know their
 * diaries, and whoever is asked can suggest another.
 *
 * @throws Refusal with the answers that need changing, or where nobody can be asked
 */
export async function suggestOwnTime(
  core: Core,
  member: Member,
  { match, date, time }: Extract<IntentOf<'matching'>, { kind: 'matching.own-time' }>,
): Promise<Reply> {
  const round = (await roundAhead(core.db))?.at;
  const read = readOwnTime({ date, time }, member.zone, round, core.clock.now());
  if ('length' in read) {
    const found = read.map(({ field, problem }) => ({ field, text: problems[problem] }));
    throw new Refusal(problems.some, found);
  }
  const reply = await suggest(core, member, match, read.at);
  // The form is gone once it is sent: there is no message that the answer could take the place of.
  return reply.kind === 'replace' ? { ...reply, kind: 'message' } : reply;
}
