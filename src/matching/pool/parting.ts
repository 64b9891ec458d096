import type { Core } from '../../core.ts';
import { mayNotMeet } from '../../membership/apart.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Transaction } from '../../store/database.ts';
import { staying } from '../matches/rules.ts';
import { findMatch, standingMatchOf } from '../matches/standing.ts';
import { whyNotMatched } from '../people/outside.ts';
import { takeOut } from './ending.ts';
import { holdMeetingsOf, waitForMatch } from './service.ts';

/**
 * Takes somebody out of what they are in with anybody whom they are not to meet from now on, as if they had asked for
 * another match because the other is silent: so nobody can tell the two from each other. What they have met in is over,
 * and stays as it was. To be called by who holds the member.
 */
export async function partFromAvoided(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const now = core.clock.now();
  const pairs = (await mayNotMeet(core, tx)).filter((pair) => pair.includes(memberId));
  const avoided = new Set(pairs.flat().filter((id) => id !== memberId));
  const present = await standingMatchOf(tx, memberId);
  const earlier = await holdMeetingsOf(core, tx, memberId, present);
  for (const matchId of present === undefined ? earlier : [present, ...earlier]) {
    const match = await findMatch(tx, matchId);
    if (match === undefined || !staying(match).some(({ id }) => avoided.has(id))) continue;
    const left = await takeOut(core, tx, matchId, memberId);
    if (left === undefined || matchId !== present) continue;
    if ((await whyNotMatched(tx, memberId, now)) === undefined) await waitForMatch(core, tx, memberId, 'rematch');
  }
  await refreshHomes(tx, now, memberId);
}
