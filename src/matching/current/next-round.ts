import type { Core } from '../../core.ts';
import type { Member } from '../../network/model.ts';
import { ownRoundAhead } from '../asking/round-ahead.ts';
import { wishesOf, wishWords } from '../asking/wishes.ts';
import { whyNotMatched } from '../people/outside.ts';
import type { NextRound } from './next-messages.ts';

export async function nextRoundOf({ db, clock, frameworks }: Core, { id }: Member): Promise<NextRound> {
  const now = clock.now();
  const why = await whyNotMatched(db, id, now);
  if (why !== undefined) return { kind: 'outside', why };
  const own = await ownRoundAhead(db, id);
  const isDue = own.round !== undefined && own.round.at <= now;
  return { kind: 'inside', ...own, isDue, asked: wishWords(frameworks, await wishesOf(db, id)) };
}
