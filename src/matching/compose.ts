import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import { composeBefore } from './asking/compose.ts';
import { composeHalfWay, composePartnerGone, composeQuestion } from './following-up/compose.ts';
import { newestRound, overtaken } from './history.ts';
import { composeEmailIntroduction, composeIntroduction } from './introductions/compose.ts';
import { standingMatchOf } from './matches/standing.ts';
import * as say from './messages.ts';
import type { MatchingDelivery } from './model.ts';
import { composeReady } from './publishing/ready.ts';
import { composeTimes } from './times/compose.ts';

/** What concerns whoever runs the network, or what stands in a calendar already: no pause of matching holds it up. */
const inPauses: ReadonlySet<MatchingDelivery> = new Set<MatchingDelivery>(['matching.ready', 'matching.call-off']);

export async function composeMatching(
  core: Core,
  kind: MatchingDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  const isQuiet = isPaused(member, 'matching', core.clock.now()) && !inPauses.has(kind);
  if (isQuiet) return drop('the member is paused');
  switch (kind) {
    case 'matching.before-round':
      return await composeBefore(core, delivery, member);
    case 'matching.introduction':
      return await composeIntroduction(core, delivery, member);
    case 'matching.email-introduction':
      return await composeEmailIntroduction(core, delivery, member);
    case 'matching.left-out':
      return await composeLeftOut(core, delivery, member);
    case 'matching.half-way':
      return await composeHalfWay(core, delivery, member);
    case 'matching.question':
      return await composeQuestion(core, delivery, member);
    case 'matching.partner-gone':
      return await composePartnerGone(core, delivery, member);
    case 'matching.time-suggested':
    case 'matching.time-agreed':
    case 'matching.time-kept':
    case 'matching.invite':
    case 'matching.call-off':
    case 'matching.meeting-off':
      return await composeTimes(core, kind, delivery, member);
    case 'matching.ready':
      return await composeReady(core, delivery, member);
  }
}

async function composeLeftOut(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  if ((await newestRound(core.db)) !== delivery.subject) return overtaken;
  if ((await standingMatchOf(core.db, member.id)) !== undefined) return drop('they have a match by now');
  const row = await core.db
    .selectFrom('left_out')
    .select('reason')
    .where('round_id', '=', delivery.subject)
    .where('member_id', '=', member.id)
    .executeTakeFirst();
  return row === undefined ? drop('the round is no longer there') : { kind: 'say', message: say.leftOut(row.reason) };
}
