import type { IntentOf } from '../asker.ts';
import { tidy } from '../messages/answers.ts';
import { findByName } from '../network/comparing.ts';
import { Level, Permission } from '../network/model.ts';
import { closeNames } from './council-names.ts';
import { lengths } from './model.ts';
import { problems, unknownCouncilToAdd } from './problem-messages.ts';
import { noCohort } from './review-messages.ts';
import { problemsOf, type Read, readLine } from './rules.ts';

/** What a convener makes of a request. */
export interface Approval {
  /** One that we know, or the name of one to add. */
  readonly council: { readonly id: string } | { readonly name: string };
  readonly role: string;
  readonly level: Level;
  readonly cohortId: string | null;
  readonly permission: Permission;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** @param cohorts the ids of those that the form offered */
export function readApproval(
  answers: Extract<IntentOf<'joining'>, { kind: 'joining.approve' }>,
  councils: readonly Named[],
  cohorts: readonly string[],
): Read<Approval> {
  const council = readCouncil(answers.council, councils);
  const role = readLine(answers.role, problems.role);
  const level = Level.safeParse(answers.level);
  const permission = Permission.safeParse(answers.permission);
  const isCohort = answers.cohort === noCohort || cohorts.includes(answers.cohort);
  const wrong = problemsOf({
    council: 'problem' in council ? council.problem : '',
    role: role.problem,
    level: level.success ? '' : problems.level,
    cohort: isCohort ? '' : problems.cohort,
    permission: permission.success ? '' : problems.permission,
  });
  if (wrong.length > 0 || 'problem' in council || !level.success || !permission.success) {
    return { kind: 'wrong', problems: wrong };
  }
  const cohortId = answers.cohort === noCohort ? null : answers.cohort;
  const said = { council, role: role.line, level: level.data, cohortId, permission: permission.data };
  return { kind: 'said', said };
}

const isNew = /^new:\s*/i;

/** A council is added only where a convener says so: what somebody mistyped must not become one. */
function readCouncil(typed: string, known: readonly Named[]): Approval['council'] | { readonly problem: string } {
  const { line, problem } = readLine(typed.trim().replace(isNew, ''), problems.council);
  if (problem !== '') return { problem };
  const same = findByName(line, known);
  if (same !== undefined) return { id: same.id };
  if (isNew.test(typed.trim())) return { name: line };
  const names = known.map(({ name }) => name);
  return { problem: unknownCouncilToAdd(closeNames(line, names)) };
}

export function readReason(given: string): Read<string> {
  const reason = tidy(given);
  const problem = reason === '' ? problems.reason : reason.length > lengths.reason ? problems.reasonTooLong : '';
  return problem === ''
    ? { kind: 'said', said: reason }
    : { kind: 'wrong', problems: [{ field: 'reason', text: problem }] };
}
