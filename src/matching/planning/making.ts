import { randomUUID } from 'node:crypto';
import type { Core } from '../../core.ts';
import type { Transaction } from '../../store/database.ts';
import { useUpWishes } from '../asking/wish-rows.ts';
import { introduceAll } from '../introductions/introducing.ts';
import { starterCell } from '../introductions/starter-rules.ts';
import type { RoundInput } from '../scoring/model.ts';
import { reasonsFor, unmetIn } from '../scoring/reasons.ts';

/** People who have been put together. */
export interface Made {
  readonly members: readonly string[];
  readonly origin: 'round' | 'pool' | 'fixed';
}

/** PostgreSQL takes 65,535 parameters in one statement: https://www.postgresql.org/docs/current/limits.html */
const atOnce = 1_000;

/**
 * Keeps matches, each with what speaks for it and what its people can begin with, and posts their introductions. What these
 * people wished for is used up, and what of it they do not have is kept with the match.
 *
 * @param input what they were made from; all of them are in it
 */
export async function makeMatches(
  core: Core,
  tx: Transaction,
  roundId: string,
  input: RoundInput,
  groups: readonly Made[],
): Promise<void> {
  const byId = new Map(input.members.map((member) => [member.id, member]));
  const reasons = reasonsByGroup(input, groups);
  const matches = groups.map(({ members, origin }, index) => {
    const id = randomUUID();
    const people = members.map((memberId) => byId.get(memberId)).filter((member) => member !== undefined);
    const starter = starterCell(core.frameworks, people, id);
    const row = { id, round_id: roundId, origin, made_at: core.clock.now(), starter };
    return { row: { ...row, reasons: JSON.stringify([...(reasons[index] ?? []), ...unmetIn(people)]) }, members };
  });
  for (let first = 0; first < matches.length; first += atOnce) {
    const some = matches.slice(first, first + atOnce);
    await tx
      .insertInto('matches')
      .values(some.map(({ row }) => row))
      .execute();
    const people = some.flatMap(({ row, members }) =>
      members.map((memberId) => ({ match_id: row.id, member_id: memberId })),
    );
    await tx.insertInto('match_members').values(people).execute();
  }
  const made = matches.map(({ row, members }) => ({ id: row.id, members }));
  await useUpWishes(
    tx,
    groups.flatMap(({ members }) => members),
  );
  await introduceAll(core, tx, made);
}

/** Each from an input of its own people alone: what is looked up for one group does not grow with the round. */
function reasonsByGroup(input: RoundInput, groups: readonly Made[]) {
  const group = new Map(groups.flatMap(({ members }, index) => members.map((id) => [id, index] as const)));
  const members = Map.groupBy(input.members, ({ id }) => group.get(id));
  const past = Map.groupBy(input.past, ({ a, b }) => (group.get(a) === group.get(b) ? group.get(a) : undefined));
  const bare = { ...input, apart: [], councilsApart: [], locked: [] };
  return groups.map(({ members: ids }, index) =>
    reasonsFor({ ...bare, members: members.get(index) ?? [], past: past.get(index) ?? [] }, ids),
  );
}
