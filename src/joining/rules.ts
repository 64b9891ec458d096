import type { IntentOf } from '../asker.ts';
import type { Problem } from '../errors.ts';
import type { Framework } from '../framework/model.ts';
import { type Option, readValues } from '../messages/form.ts';
import { Level } from '../network/model.ts';
import { cleanName } from '../network/rules.ts';
import type { Agreements } from './consents.ts';
import { lengths } from './model.ts';
import { problems } from './problem-messages.ts';

type AnswersTo<Kind extends string> = Extract<IntentOf<'joining'>, { kind: Kind }>;

/** What a form's answers come to: what they say, or a problem for each that cannot be used. */
export type Read<Said> =
  | { readonly kind: 'said'; readonly said: Said }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

/** A problem for each field whose text is not ''. */
export function problemsOf(wrong: Readonly<Record<string, string>>): readonly Problem[] {
  return Object.entries(wrong).flatMap(([field, text]) => (text === '' ? [] : [{ field, text }]));
}

/** How a line of somebody's own is written, and what is wrong with it. */
export function readLine(given: string, empty: string): { readonly line: string; readonly problem: string } {
  const line = cleanName(given);
  if (line.length > lengths.line) return { line, problem: problems.tooLong };
  return { line, problem: /\p{L}/u.test(line) ? '' : empty };
}

export interface AboutWork {
  readonly council: string;
  readonly role: string;
  readonly level: Level;
  readonly newlyAppointed: boolean;
}

export function readAbout(answers: AnswersTo<'joining.about'>): Read<AboutWork> {
  const council = readLine(answers.council, problems.council);
  const role = readLine(answers.role, problems.role);
  const level = Level.safeParse(answers.level);
  const newly = readYesNo(answers.newly);
  const wrong = problemsOf({
    council: council.problem,
    role: role.problem,
    level: level.success ? '' : problems.level,
    newly: newly === undefined ? problems.newly : '',
  });
  if (wrong.length > 0 || !level.success || newly === undefined) return { kind: 'wrong', problems: wrong };
  return {
    kind: 'said',
    said: { council: council.line, role: role.line, level: level.data, newlyAppointed: newly },
  };
}

function readYesNo(answer: string): boolean | undefined {
  if (answer === 'yes') return true;
  return answer === 'no' ? false : undefined;
}

/** A theme of a framework, and how a form names it. */
export function interestOptions(frameworks: readonly Framework[]): readonly Option[] {
  return frameworks.flatMap(({ id, themes }) =>
    themes.map((theme) => ({ value: `${id}/${theme.id}`, label: theme.name })),
  );
}

/** One theme that somebody cares about. */
export interface Interest {
  readonly framework: string;
  readonly theme: string;
}

export function readInterests(answer: string, options: readonly Option[]): Read<readonly Interest[]> {
  const chosen = [...new Set(readValues(answer))];
  if (chosen.some((value) => options.every((option) => option.value !== value))) {
    return { kind: 'wrong', problems: [{ field: 'interests', text: problems.interests }] };
  }
  return {
    kind: 'said',
    said: chosen.map((value) => {
      const [framework = '', theme = ''] = value.split('/');
      return { framework, theme };
    }),
  };
}

export interface Hours {
  /** IANA time zone. */
  readonly zone: string;
  /** HH:mm on their own clock. */
  readonly from: string;
  readonly until: string;
}

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** @param zones those that the form offered */
export function readHours({ zone, from, until }: AnswersTo<'joining.hours'>, zones: readonly string[]): Read<Hours> {
  const areTimes = timeOfDay.test(from) && timeOfDay.test(until);
  const wrong = problemsOf({
    zone: zones.includes(zone) ? '' : problems.zone,
    from: timeOfDay.test(from) ? '' : problems.from,
    until: timeOfDay.test(until) ? (areTimes && until <= from ? problems.order : '') : problems.until,
  });
  return wrong.length > 0 ? { kind: 'wrong', problems: wrong } : { kind: 'said', said: { zone, from, until } };
}

export function readAgreements(answers: AnswersTo<'joining.agreements'>): Read<Agreements> {
  const [prompts, matching, findable] = [answers.prompts, answers.matching, answers.findable].map(readYesNo);
  if (prompts === undefined || matching === undefined || findable === undefined) {
    const unsaid = (said: boolean | undefined) => (said === undefined ? problems.agreement : '');
    const wrong = { prompts: unsaid(prompts), matching: unsaid(matching), findable: unsaid(findable) };
    return { kind: 'wrong', problems: problemsOf(wrong) };
  }
  return { kind: 'said', said: { prompts, matching, findable } };
}
