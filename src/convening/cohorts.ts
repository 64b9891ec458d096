import { randomUUID } from 'node:crypto';
import type { IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { type Problem, Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { findByName } from '../network/comparing.ts';
import type { Member } from '../network/model.ts';
import { isYear } from '../network/roster-row.ts';
import { cleanName } from '../network/rules.ts';
import type { Transaction } from '../store/database.ts';
import { dateWords } from '../time/words.ts';
import { actAs } from './act.ts';
import * as say from './cohort-messages.ts';
import { readCohort, readCohorts } from './cohort-rows.ts';
import { refusals } from './messages.ts';
import type { ShownCohort } from './model.ts';

type Answers = Extract<IntentOf<'convening'>, { kind: 'convening.cohort' }>;

export async function showCohorts(core: Core, { zone }: Member): Promise<Reply> {
  const all = await readCohorts(core.db);
  return { kind: 'page', page: say.cohorts(all, (moment) => dateWords(moment, zone)) };
}

export async function openCohort(core: Core, cohort: string): Promise<Reply> {
  if (cohort === 'new') return { kind: 'form', form: say.cohortForm(undefined) };
  return { kind: 'form', form: say.cohortForm(mustBeThere(await readCohort(core.db, cohort))) };
}

function mustBeThere(cohort: ShownCohort | undefined): ShownCohort {
  if (cohort === undefined) throw new Refusal(refusals.noCohort);
  return cohort;
}

/** @throws Refusal with a problem for each answer that needs changing */
export async function saveCohort(core: Core, member: Member, answers: Answers): Promise<Reply> {
  const said = { name: cleanName(answers.name), programme: cleanName(answers.programme), year: answers.year.trim() };
  await actAs(core, member, async (tx) => {
    // Names are one cohort's each: of two who save at once, the later one sees what the first one did.
    await tx.selectFrom('cohorts').select('id').orderBy('id').forNoKeyUpdate().execute();
    const all = await readCohorts(tx);
    const before = answers.cohort === 'new' ? undefined : mustBeThere(all.find(({ id }) => id === answers.cohort));
    const wrong = problemsOf(
      said,
      all.filter(({ id }) => id !== answers.cohort),
    );
    if (wrong.length > 0) throw new Refusal(say.cohortProblems.some, wrong);
    const row = { ...said, year: said.year === '' ? null : Number(said.year) };
    if (before === undefined) return [{ action: 'cohort.made', subject: await make(tx, row), detail: {} }];
    await tx.updateTable('cohorts').set(row).where('id', '=', before.id).execute();
    const fields = (['name', 'programme', 'year'] as const).filter((field) => before[field] !== said[field]);
    if (fields.length === 0) return [];
    return [{ action: 'cohort.changed', subject: before.id, detail: { fields: fields.join(', ') } }];
  });
  return { kind: 'message', message: say.cohortSaved(said.name) };
}

interface CohortRow {
  readonly name: string;
  readonly programme: string;
  readonly year: number | null;
}

/** Two who add a cohort of one name at once make one. */
async function make(tx: Transaction, row: CohortRow): Promise<string> {
  const made = await tx
    .insertInto('cohorts')
    .values({ id: randomUUID(), ...row })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made !== undefined) return made.id;
  const text = say.cohortProblems.nameTaken;
  throw new Refusal(text, [{ field: 'name', text }]);
}

function problemsOf(
  { name, programme, year }: Readonly<Record<'name' | 'programme' | 'year', string>>,
  others: readonly ShownCohort[],
): readonly Problem[] {
  const problems = say.cohortProblems;
  const isTaken = findByName(name, others) !== undefined;
  const ofName = name.length > say.cohortLength ? problems.tooLong : isTaken ? problems.nameTaken : '';
  return [
    { field: 'name', text: name === '' ? problems.noName : ofName },
    { field: 'programme', text: programme.length > say.cohortLength ? problems.tooLong : '' },
    { field: 'year', text: year === '' || isYear(year) ? '' : problems.year },
  ].filter(({ text }) => text !== '');
}

/** Its people stay members, and stay in it: present and former ones are one network. */
export async function graduate(core: Core, member: Member, cohortId: string): Promise<Reply> {
  const cohort = mustBeThere(await readCohort(core.db, cohortId));
  await actAs(core, member, async (tx) => {
    const changed = await tx
      .updateTable('cohorts')
      .set({ graduated_at: core.clock.now() })
      .where('id', '=', cohortId)
      .where('graduated_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    return changed === undefined ? [] : [{ action: 'cohort.graduated', subject: cohortId, detail: {} }];
  });
  return { kind: 'replace', message: say.graduated(cohort.name) };
}
