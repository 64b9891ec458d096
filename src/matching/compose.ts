import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import { isOfNewestRound, membersOf, newestRound, otherOf } from './history.ts';
import * as say from './messages.ts';
import type { MatchingDelivery } from './model.ts';
import { introductionTo } from './service.ts';
import { readStarter } from './starter.ts';

/** What was put off until after the next round says nothing that is still so. */
const overtaken: Composed = { kind: 'drop', reason: 'a later round has been run' };

export async function composeMatching(
  core: Core,
  kind: MatchingDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  const now = core.clock.now();
  if (isPaused(member, 'matching', now)) return { kind: 'drop', reason: 'the member is paused' };
  switch (kind) {
    case 'matching.introduction': {
      const message = await introductionTo(core, member, delivery.subject);
      if (message === undefined) return { kind: 'drop', reason: 'the other person is no longer in the network' };
      if (!(await isOfNewestRound(core.db, delivery.subject))) return overtaken;
      // They are told nothing now, so it would not be true that we have sent them anything.
      const other = await otherOf(core.db, delivery.subject, member.id);
      if (other !== undefined && isPaused(other, 'matching', now))
        return { kind: 'drop', reason: 'the other person is paused' };
      return { kind: 'say', message };
    }
    case 'matching.left-out': {
      if ((await newestRound(core.db)) !== delivery.subject) return overtaken;
      const row = await core.db
        .selectFrom('left_out')
        .select('reason')
        .where('round_id', '=', delivery.subject)
        .where('member_id', '=', member.id)
        .executeTakeFirst();
      if (row === undefined) return { kind: 'drop', reason: 'the round is no longer there' };
      return { kind: 'say', message: say.leftOut(row.reason) };
    }
  }
}

/**
 * To all of a match at once, so it is said to all or to none. Not while one of them is paused: they asked for quiet, and
 * a group that we open writes to them whatever we say in it. Nor are the others told to write to them then: the match
 * stands on everybody's home, and is there to be looked up.
 */
export async function composeGroupIntroduction(core: Core, matchId: string): Promise<Composed> {
  const people = await membersOf(core.db, matchId);
  if (people.length < 2 || people.some((member) => member.status !== 'active')) {
    return { kind: 'drop', reason: 'someone in the match is no longer in the network' };
  }
  if (!(await isOfNewestRound(core.db, matchId))) return overtaken;
  const now = core.clock.now();
  if (people.some((member) => isPaused(member, 'matching', now)))
    return { kind: 'drop', reason: 'someone in the match is paused' };
  const ids = people.map(({ id }) => id);
  return { kind: 'say', message: say.groupIntroduction(people, await readStarter(core, matchId, ids)) };
}
