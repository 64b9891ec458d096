import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as accounts from './accounts.ts';
import * as avoiding from './avoiding.ts';
import { showCode } from './codes.ts';
import { skipRound, takeRound } from './rounds.ts';

/** Intent → use case. */
export async function dispatchMembership(
  core: Core,
  asker: Asker,
  intent: Exclude<IntentOf<'membership'>, { kind: `membership.${'open-connect' | 'connect'}` }>,
): Promise<Reply> {
  const { member } = asker;
  switch (intent.kind) {
    case 'membership.skip-round':
      return await skipRound(core, member, intent.round ?? '');
    case 'membership.take-round':
      return await takeRound(core, member);
    case 'membership.avoiding':
      return await avoiding.showAvoided(core, asker);
    case 'membership.open-avoid':
      return avoiding.openAvoid();
    case 'membership.avoid':
      return await avoiding.avoid(core, member, intent.who);
    case 'membership.stop-avoiding':
      return await avoiding.stopAvoiding(core, member, intent.entry);
    case 'membership.accounts':
      return await accounts.showAccounts(core, asker);
    case 'membership.prefer':
      return await accounts.prefer(core, asker, intent.platform);
    case 'membership.show-code':
      return await showCode(core, asker);
    case 'membership.disconnect':
      return await accounts.disconnect(core, asker, intent.account);
  }
}
