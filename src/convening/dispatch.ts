import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import { showAudit } from './audit-page.ts';
import * as cohorts from './cohorts.ts';
import { showConsole, showRoster } from './console.ts';
import { findCouncilForm } from './council-messages.ts';
import * as councils from './councils.ts';
import * as sets from './learning-sets.ts';
import { mustAgree } from './messages.ts';
import * as people from './people.ts';
import { findMemberForm } from './people-messages.ts';

/** Intent → use case. */
export async function dispatchConvening(core: Core, { member }: Asker, intent: IntentOf<'convening'>): Promise<Reply> {
  switch (intent.kind) {
    case 'convening.console':
      return await showConsole(core);
    case 'convening.roster':
      return await showRoster(core);
    case 'convening.councils':
      return await councils.showCouncils(core, member);
    case 'convening.open-find-council':
      return { kind: 'form', form: findCouncilForm() };
    case 'convening.find-council':
      return await councils.findCouncils(core, member, intent.query);
    case 'convening.open-council':
      return await councils.openCouncil(core, intent.council);
    case 'convening.council':
      return await councils.saveCouncil(core, member, intent);
    case 'convening.open-relation':
      return await councils.openRelation(core, intent.council);
    case 'convening.relation':
      return await councils.saveRelation(core, member, intent);
    case 'convening.end-relation':
      return await councils.endRelation(core, member, intent);
    case 'convening.must-agree':
      return {
        kind: 'replace',
        message: mustAgree(await councils.setMustAgree(core, member, intent.must === 'yes')),
      };
    case 'convening.cohorts':
      return await cohorts.showCohorts(core, member);
    case 'convening.open-cohort':
      return await cohorts.openCohort(core, intent.cohort);
    case 'convening.cohort':
      return await cohorts.saveCohort(core, member, intent);
    case 'convening.graduate':
      return await cohorts.graduate(core, member, intent.cohort);
    case 'convening.learning-sets':
      return await sets.showLearningSets(core, intent.cohort);
    case 'convening.open-divide':
      return await sets.openDivide(core, intent.cohort, intent.seed);
    case 'convening.divide':
      return await sets.divide(core, member, intent);
    case 'convening.open-find-member':
      return { kind: 'form', form: findMemberForm() };
    case 'convening.find-member':
      return await people.findMembers(core, intent.query);
    case 'convening.open-role':
      return await people.openRole(core, intent.member);
    case 'convening.role':
      return await people.saveRole(core, member, intent);
    case 'convening.audit':
      return await showAudit(core, member, intent.before);
  }
}
