import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import * as say from './messages.ts';
import type { MatchingDelivery } from './model.ts';
import { introductionTo } from './service.ts';

export async function composeMatching(
  core: Core,
  kind: MatchingDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  if (isPaused(member, core.clock.now())) return { kind: 'drop', reason: 'the member is paused' };
  switch (kind) {
    case 'matching.introduction': {
      const message = await introductionTo(core, member, delivery.subject);
      if (message === undefined) return { kind: 'drop', reason: 'the other person is no longer in the network' };
      return { kind: 'say', message };
    }
    case 'matching.left-out': {
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
