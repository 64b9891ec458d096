import type { Core } from '../core.ts';
import { isReachedOn } from '../delivery/reach.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { searchWords } from './comparing.ts';
import * as say from './find-messages.ts';
import type { Member } from './model.ts';
import { answersTo } from './rules.ts';

/**
 * Finds members who agreed to be found: those whom every word describes. They are compared here and not by the
 * database, which takes off no accents without an extension; a network is small enough to be read through.
 *
 * @throws Refusal when nothing is asked for
 */
export async function find(core: Core, member: Member, query: string): Promise<Reply> {
  const words = searchWords(query);
  if (words.length === 0) throw new Refusal(say.problems.empty, [{ field: 'query', text: say.problems.empty }]);
  const people = await core.db
    .selectFrom('people')
    .select(['name', 'role', 'council', 'cohort', 'level', 'email'])
    .select(({ ref }) => isReachedOn(ref('people.id'), 'teams').as('isOnTeams'))
    .where('status', '=', 'active')
    .where('findable', '=', true)
    .where('id', '!=', member.id)
    .execute();
  const matching = people
    .filter((person) => answersTo(person, words))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB') || a.email.localeCompare(b.email, 'en-GB'));
  const shown = matching.slice(0, say.limits.found);
  return { kind: 'page', page: say.found(shown, matching.length > shown.length) };
}
