import type { Core } from '../../core.ts';
import { type Composed, type Delivery, drop } from '../../delivery/model.ts';
import { readOwnWay } from '../../membership/own-way.ts';
import type { Member } from '../../network/model.ts';
import { beforeRound } from './before-messages.ts';
import { roundAhead } from './round-ahead.ts';
import { wishesOf, wishWords } from './wishes.ts';

/** To somebody who takes part, some days before a round. The subject is its number. */
export async function composeBefore(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  if (!member.agreesToMatching) return drop('the member does not agree to be matched');
  const ahead = await roundAhead(core.db);
  const isAhead = ahead !== undefined && String(ahead.number) === delivery.subject && ahead.at > core.clock.now();
  if (!isAhead) return drop('the round has begun');
  if ((await readOwnWay(core.db, member.id)).skipsRound) return drop('the member sits the round out');
  const asked = wishWords(core.frameworks, await wishesOf(core.db, member.id));
  return { kind: 'say', message: beforeRound(ahead, member.zone, asked) };
}
