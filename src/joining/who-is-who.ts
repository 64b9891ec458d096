import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { activeMembers } from '../network/roster.ts';
import { presentBuddy } from './buddy.ts';
import * as say from './who-is-who-messages.ts';

/** The conveners, whoever looks out for the member, the hosts and those of their cohort who agreed to be found. */
export async function showWhoIsWho(core: Core, member: Member): Promise<Reply> {
  const others = (await activeMembers(core.db))
    .filter(({ id }) => id !== member.id)
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en-GB'));
  const found = others.filter(({ findable, permission }) => findable && permission !== 'convener');
  return {
    kind: 'page',
    page: say.whoIsWho({
      conveners: others.filter(({ permission }) => permission === 'convener'),
      buddy: await presentBuddy(core.db, member.id, core.clock.now()),
      hosts: found.filter(({ permission }) => permission === 'host'),
      cohort: found.filter(({ cohortId }) => cohortId !== null && cohortId === member.cohortId),
      cohortName: member.cohort,
    }),
  };
}
