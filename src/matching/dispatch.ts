import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as experiences from './asking/experiences.ts';
import { openWishes, saveWishes } from './asking/wishes.ts';
import * as looking from './following-up/looking.ts';
import * as following from './following-up/service.ts';
import { lock, openLock, showLocks, unlock } from './locks/service.ts';
import { openPublish, publishByHand } from './publishing/service.ts';
import { openRules, saveRules } from './round-rules/form.ts';
import { showGroups, showNext } from './rounds/next-round.ts';
import { showRound, showRounds } from './rounds/rounds-shown.ts';
import { showCurrent, showEarlier } from './service.ts';
import { keepTime } from './times/keeping.ts';
import { openOwnTime, suggestOwnTime } from './times/own-time.ts';
import { acceptTime, suggestTime } from './times/service.ts';
import { showCosts } from './weights/costs-shown.ts';
import { openWeights, saveWeights, tryWeights } from './weights/form.ts';

/** Intent → use case. */
export async function dispatchMatching(core: Core, asker: Asker, intent: IntentOf<'matching'>): Promise<Reply> {
  const { member } = asker;
  switch (intent.kind) {
    case 'matching.current':
      return await showCurrent(core, member);
    case 'matching.earlier':
      return await showEarlier(core, member, intent.match);
    case 'matching.open-wishes':
      return await openWishes(core, member);
    case 'matching.wishes':
      return await saveWishes(core, member, intent);
    case 'matching.open-experiences':
      return await experiences.openExperiences(core, member);
    case 'matching.experiences':
      return await experiences.saveExperiences(core, member, intent.experiences);
    case 'matching.suggest-time':
      return await suggestTime(core, member, intent.match, new Date(intent.at));
    case 'matching.open-own-time':
      return await openOwnTime(core, member, intent.match);
    case 'matching.own-time':
      return await suggestOwnTime(core, member, intent);
    case 'matching.accept-time':
      return await acceptTime(core, member, intent.match, new Date(intent.at));
    case 'matching.keep-time':
      return await keepTime(core, member, intent.match, new Date(intent.at));
    case 'matching.dated':
      return await following.dated(core, member, intent.match);
    case 'matching.met':
      return await following.met(core, member, intent.match);
    case 'matching.look-now':
      return await looking.lookNow(core, member);
    case 'matching.rematch':
      return await looking.askRematch(core, member, intent.match);
    case 'matching.not-now':
      return await following.notNow(core, member, intent.match);
    case 'matching.answer':
      return await following.answer(core, member, intent.match, intent.outcome);
    default:
      return await forConvener(core, asker, intent);
  }
}

type ConvenerIntent = Extract<
  IntentOf<'matching'>,
  {
    kind: `matching.${
      | 'rounds'
      | 'round'
      | 'next'
      | 'groups'
      | 'costs'
      | 'locks'
      | 'open-rules'
      | 'rules'
      | 'open-weights'
      | 'try-weights'
      | 'weights'
      | 'open-lock'
      | 'lock'
      | 'unlock'
      | 'open-publish'
      | 'publish'}`;
  }
>;

async function forConvener(core: Core, asker: Asker, intent: ConvenerIntent): Promise<Reply> {
  switch (intent.kind) {
    case 'matching.rounds':
      return await showRounds(core, asker);
    case 'matching.round':
      return await showRound(core, asker, intent.round);
    case 'matching.next':
      return await showNext(core, asker);
    case 'matching.groups':
      return await showGroups(core, Number(intent.after));
    case 'matching.costs':
      return await showCosts(core);
    case 'matching.locks':
      return await showLocks(core);
    case 'matching.open-rules':
      return await openRules(core);
    case 'matching.rules':
      return await saveRules(core, asker, intent);
    case 'matching.open-weights':
      return await openWeights(core, intent.tried);
    case 'matching.try-weights':
      return await tryWeights(core, intent);
    case 'matching.weights':
      return await saveWeights(core, asker, intent);
    case 'matching.open-lock':
      return openLock();
    case 'matching.lock':
      return await lock(core, asker, intent);
    case 'matching.unlock':
      return await unlock(core, asker, intent.lock);
    case 'matching.open-publish':
      return await openPublish(core, asker, intent.plan);
    case 'matching.publish':
      return await publishByHand(core, asker, intent.plan);
  }
}
