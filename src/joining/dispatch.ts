import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as deciding from './deciding.ts';
import * as steps from './steps.ts';
import { showWhoIsWho } from './who-is-who.ts';

/** Intent → use case. */
export async function dispatchJoining(
  core: Core,
  asker: Asker,
  intent: Exclude<IntentOf<'joining'>, { kind: `joining.${'open-request' | 'request'}` }>,
): Promise<Reply> {
  switch (intent.kind) {
    case 'joining.open-about':
      return await steps.openStep(core, asker.member, 'about');
    case 'joining.about':
      return await steps.saveAbout(core, asker, intent);
    case 'joining.open-interests':
      return await steps.openStep(core, asker.member, 'interests');
    case 'joining.interests':
      return await steps.saveInterests(core, asker, intent);
    case 'joining.open-hours':
      return await steps.openStep(core, asker.member, 'hours');
    case 'joining.hours':
      return await steps.saveHours(core, asker, intent);
    case 'joining.open-agreements':
      return await steps.openStep(core, asker.member, 'agreements');
    case 'joining.agreements':
      return await steps.saveAgreements(core, asker, intent);
    case 'joining.requests':
      return await deciding.showRequests(core, asker);
    case 'joining.open-approval':
      return await deciding.openApproval(core, asker, intent.request);
    case 'joining.approve':
      return await deciding.approve(core, asker, intent);
    case 'joining.open-refusal':
      return await deciding.openRefusal(core, asker, intent.request);
    case 'joining.refuse':
      return await deciding.refuse(core, asker, intent);
    case 'joining.who-is-who':
      return await showWhoIsWho(core, asker.member);
  }
}
