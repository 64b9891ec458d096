import { randomUUID } from 'node:crypto';
import type { Asker, IntentOf } from '../../asker.ts';
import { actAs } from '../../convening/act.ts';
import { councilsApart } from '../../convening/relations.ts';
import type { Core } from '../../core.ts';
import { type Problem, Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import type { Member } from '../../network/model.ts';
import { activeMembers } from '../../network/roster.ts';
import type { Transaction } from '../../store/database.ts';
import { sittingOut, whoCanBeMatched } from '../people/candidates.ts';
import { readLocks } from '../people/lock-rows.ts';
import {
  contradiction,
  type LockKind,
  type Nameable,
  type Named,
  type Place,
  places,
  whoIs,
} from '../people/lock-rules.ts';
import { nextRound } from '../planning/planning.ts';
import { showGroups } from '../rounds/next-round.ts';
import { holdMatchingSettings } from '../settings.ts';
import {
  contradictionProblem,
  locked,
  lockForm,
  locksPage,
  locksShown,
  noPartProblem,
  problems,
  savedWords,
  severalProblem,
  unlocked,
} from './messages.ts';

export function openLock(): Reply {
  return { kind: 'form', form: lockForm() };
}

type LockAnswers = Extract<IntentOf<'matching'>, { kind: 'matching.lock' }>;

/** What cannot be done by a button of the list of groups is said above that list: there it can be undone. */
export async function lock(core: Core, asker: Asker, answers: LockAnswers): Promise<Reply> {
  const { how, after } = answers;
  if (how !== 'together' && how !== 'apart') throw refused([{ field: 'how', text: problems.how }]);
  try {
    const names = (await fix(core, asker, how, answers)).map(({ name }) => name);
    if (after !== '') return await showGroups(core, Number(after), savedWords(how, names));
    return { kind: 'message', message: locked(how, names) };
  } catch (error) {
    if (after === '' || !(error instanceof Refusal && error.problems.length > 0)) throw error;
    return await showGroups(core, Number(after), error.message);
  }
}

/**
 * Fixes people together, or apart, for the next round. What somebody told us in confidence is never looked at here, so
 * that no answer depends on it: it counts when the round is made.
 *
 * @throws Refusal with what is wrong
 */
async function fix(core: Core, { member }: Asker, how: LockKind, answers: LockAnswers): Promise<readonly Nameable[]> {
  let people: readonly Nameable[] = [];
  await actAs(core, member, async (tx) => {
    // Of two conveners at once, the later one finds what the first one fixed.
    await holdMatchingSettings(tx);
    people = namedIn(
      answers,
      (await activeMembers(tx)).filter(({ agreesToMatching }) => agreesToMatching),
    );
    await refuseContradictions(core, tx, how, people);
    if (!(await stayThere(tx, people))) throw refused([{ field: 'first', text: problems.unknown }]);
    await keep(core, tx, member, how, people);
    const detail = { how, people: String(people.length) };
    return [{ action: 'round.fixed', subject: '', detail }];
  });
  return people;
}

/** Reads every answer before it refuses any. */
function namedIn(answers: Pick<LockAnswers, Place>, all: readonly Nameable[]): readonly Nameable[] {
  const named = places.map((place) => [place, whoIs(answers[place], all)] as const);
  const wrong = named.flatMap(([field, who]) => {
    const text = whoProblem(field, who);
    return text === '' ? [] : [{ field, text }];
  });
  if (wrong.length > 0) throw refused(wrong);
  return named.flatMap(([, who]) => (who.kind === 'one' ? [who.person] : []));
}

function whoProblem(field: Place, who: Named): string {
  switch (who.kind) {
    case 'nobody':
      return field === 'first' || field === 'second' ? problems.empty : '';
    case 'unknown':
      return problems.unknown;
    case 'several':
      return severalProblem(who.people);
    case 'one':
      return '';
  }
}

async function refuseContradictions(
  core: Core,
  tx: Transaction,
  how: LockKind,
  people: readonly Nameable[],
): Promise<void> {
  const found = contradiction(how, people, await readLocks(tx), await councilsApart(tx));
  if (found !== undefined) throw refused([{ field: 'first', text: contradictionProblem(found, how) }]);
  if (how === 'apart') return;
  const away = await whoTakesNoPart(core, tx, people);
  if (away !== undefined) throw refused([{ field: 'first', text: noPartProblem(away) }]);
}

async function whoTakesNoPart(core: Core, tx: Transaction, people: readonly Nameable[]): Promise<Nameable | undefined> {
  const { at } = await nextRound(core, tx);
  const taking = new Set((await whoCanBeMatched(tx, at ?? core.clock.now())).map(({ id }) => id));
  const out = await sittingOut(tx);
  return people.find(({ id }) => !taking.has(id) || out.has(id));
}

/** Whoever is being erased just now is not fixed. */
async function stayThere(tx: Transaction, people: readonly Nameable[]): Promise<boolean> {
  const ids = people.map(({ id }) => id);
  const rows = await tx.selectFrom('members').select('id').where('id', 'in', ids).orderBy('id').forKeyShare().execute();
  return rows.length === ids.length;
}

async function keep(
  { clock }: Core,
  tx: Transaction,
  convener: Member,
  kind: LockKind,
  people: readonly Nameable[],
): Promise<void> {
  const id = randomUUID();
  await tx.insertInto('round_locks').values({ id, kind, set_by: convener.id, set_at: clock.now() }).execute();
  await tx
    .insertInto('round_lock_members')
    .values(people.map((person) => ({ lock_id: id, member_id: person.id })))
    .execute();
}

function refused(found: readonly Problem[]): Refusal {
  const [first] = found;
  return new Refusal(first?.text ?? problems.some, found);
}

/** Lets people be matched freely again; what is not there any more changes nothing. */
export async function unlock(core: Core, { member }: Asker, id: string): Promise<Reply> {
  await actAs(core, member, async (tx) => {
    const gone = await tx.deleteFrom('round_locks').where('id', '=', id).returning('id').executeTakeFirst();
    return gone === undefined ? [] : [{ action: 'round.freed', subject: '', detail: {} }];
  });
  return { kind: 'replace', message: unlocked() };
}

export async function showLocks({ db }: Core): Promise<Reply> {
  const all = await readLocks(db);
  const shown = all.slice(0, locksShown).map(({ id, kind, people }) => ({ id, kind, people }));
  return { kind: 'page', page: locksPage(shown, all.length) };
}
