import type { IntentOf } from '../../asker.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import type { Member } from '../../network/model.ts';
import { dateAhead } from '../matches/rules.ts';
import { findMeeting, othersIn } from './meetings.ts';
import { ownTimeForm, problems } from './own-time-messages.ts';
import { readOwnTime } from './rules.ts';
import { mustBeOn, suggest } from './service.ts';

/* A time that somebody of a match thought of, where none of those that are shown would do. */

/** @throws Refusal where it is no match of theirs, or has ended, or one of its people takes no part in matching now */
export async function openOwnTime({ db, clock }: Core, member: Member, matchId: string): Promise<Reply> {
  const now = clock.now();
  const meeting = await mustBeOn(db, await findMeeting(db, matchId), member, now);
  const names = othersIn(meeting, member.id).map(({ name }) => name);
  return { kind: 'form', form: ownTimeForm({ matchId, names, instead: dateAhead(meeting, now) }, member.zone) };
}

/**
 * Asks the others of a match about a time of one's own, as about one that was shown. It may be at any hour: they know their
 * diaries, and whoever is asked can suggest another.
 *
 * @throws Refusal with the answer that needs changing, or where nobody can be asked
 */
export async function suggestOwnTime(
  core: Core,
  member: Member,
  { match, date, time }: Extract<IntentOf<'matching'>, { kind: 'matching.own-time' }>,
): Promise<Reply> {
  const read = readOwnTime({ date, time }, member.zone, core.clock.now());
  if ('length' in read) {
    const found = read.map(({ field, problem }) => ({ field, text: problems[problem] }));
    throw new Refusal(problems.some, found);
  }
  const reply = await suggest(core, member, match, read.at, async () => true);
  // The form is gone once it is sent: there is no message that the answer could take the place of.
  return reply.kind === 'replace' ? { ...reply, kind: 'message' } : reply;
}
