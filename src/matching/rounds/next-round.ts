import type { Asker } from '../../asker.ts';
import type { Core } from '../../core.ts';
import type { Reply } from '../../messages/reply.ts';
import { momentWords } from '../../time/words.ts';
import { qualityFigures } from '../figures/quality-words.ts';
import { whyTogether } from '../introductions/why-together.ts';
import { sittingOut, whoCanBeMatched } from '../people/candidates.ts';
import { readLocks } from '../people/lock-rows.ts';
import { nextRound, planRound, type RoundPlan, verifyPlan } from '../planning/planning.ts';
import { readWaiting } from '../planning/waiting.ts';
import { reasonsFor } from '../scoring/reasons.ts';
import { scoresOf } from '../scoring/score.ts';
import { readMatchingSettings } from '../settings.ts';
import { groupsPage, groupsShown, leftOutShown, nextPage, type ShownGroup } from './next-messages.ts';
import { type RoundPerson, roundPeople } from './round-people.ts';
import { newestQuality } from './round-rows.ts';

/**
 * The next round as it would be now; changes nothing.
 *
 * @param hasChanged whether they wanted to publish what they looked at, and it is another by now
 */
export async function showNext(core: Core, { member }: Asker, hasChanged = false): Promise<Reply> {
  const { db } = core;
  const plan = await planRound(core, db);
  const { input, solution, quality } = plan;
  const { number, at, isWaiting } = await nextRound(core, db);
  const { byHand } = await readMatchingSettings(db);
  const people = await roundPeople(
    db,
    solution.leftOut.map(({ memberId }) => memberId),
  );
  const leftOut = solution.leftOut.map(({ memberId, reason }) => ({ ...named(people, memberId), reason }));
  const page = nextPage({
    number,
    when: at === undefined ? '' : momentWords(at, member.zone),
    byHand,
    isWaiting,
    last:
      isWaiting && at !== undefined ? momentWords((await readWaiting(db, at, core.clock.now())).last, member.zone) : '',
    hasChanged,
    outcome: plan.outcome,
    people: input.members.length,
    sizes: solution.groups.map(({ members }) => members.length),
    sittingOut: await countSittingOut(core, at),
    verdict: await verifyPlan(core, plan),
    figures: qualityFigures(quality, await newestQuality(db)),
    leftOut: leftOut.toSorted(byName).slice(0, leftOutShown),
    allLeftOut: leftOut.length,
    fixed: (await readLocks(db)).length,
  });
  return { kind: 'page', page };
}

async function countSittingOut({ db, clock }: Core, at: Date | undefined): Promise<number> {
  const out = await sittingOut(db);
  return (await whoCanBeMatched(db, at ?? clock.now())).filter(({ id }) => out.has(id)).length;
}

function byName(one: RoundPerson, other: RoundPerson): number {
  return one.name.localeCompare(other.name, 'en-GB');
}

function named(people: ReadonlyMap<string, RoundPerson>, id: string): RoundPerson {
  return people.get(id) ?? { id, name: 'Somebody who has left', role: '', council: '' };
}

/**
 * Some of its groups, those that fit least first.
 *
 * @param saved what a button of this list has just done, as a sentence; '' for nothing
 */
export async function showGroups(core: Core, after: number, saved = ''): Promise<Reply> {
  const { db } = core;
  const plan = await planRound(core, db);
  const ordered = leastFirst(plan);
  const from = after < ordered.length ? after : 0;
  const some = ordered.slice(from, from + groupsShown);
  const people = await roundPeople(
    db,
    some.flatMap(({ members }) => members),
  );
  const together = (await readLocks(db)).filter(({ kind }) => kind === 'together');
  const shown: ShownGroup[] = [];
  for (const { members, isLocked } of some) {
    const own = members.map((id) => named(people, id)).toSorted(byName);
    // Only the strongest reasons are told, so where this one is not, it would read as if they had been matched before.
    const reasons = reasonsFor(plan.input, members).filter(({ kind }) => kind !== 'new-to-each-other');
    const why = await whyTogether(core, db, reasons, own, { is: 'convener' });
    // Of those whom a convener fixed, some may sit the round out.
    const lock = together.find((one) => isLocked && members.every((id) => one.members.includes(id)));
    shown.push({ people: own, why, lock: lock?.id ?? '' });
  }
  return { kind: 'page', page: groupsPage(shown, from, ordered.length, saved) };
}

function leastFirst({ input, solution }: RoundPlan): RoundPlan['solution']['groups'] {
  const { points } = scoresOf(input);
  const place = new Map(input.members.map(({ id }, at) => [id, at]));
  const worth = (members: readonly string[]) => {
    const at = members.map((id) => place.get(id) ?? 0);
    const pairs = at.flatMap((a, index) => at.slice(index + 1).map((b) => points(a, b)));
    return pairs.reduce((sum, one) => sum + one, 0) / Math.max(1, pairs.length);
  };
  const fits = new Map(solution.groups.map((group) => [group, worth(group.members)]));
  return solution.groups.toSorted((one, other) => (fits.get(one) ?? 0) - (fits.get(other) ?? 0));
}
