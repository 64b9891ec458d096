import { daysAfter } from '../time/days.ts';

/** What somebody new to their role is shown in their first six weeks, one thing at a time. */
export const pathSteps = ['who-is-who', 'first-prompt', 'first-buddy', 'first-conversation', 'looking-back'] as const;
export type PathStep = (typeof pathSteps)[number];

/** In days after the day they joined: one in each of the first four weeks, and the last at the end of the sixth. */
const offsets: Readonly<Record<PathStep, number>> = {
  'who-is-who': 1,
  'first-prompt': 8,
  'first-buddy': 15,
  'first-conversation': 22,
  'looking-back': 41,
};

export function isPathStep(text: string): text is PathStep {
  return pathSteps.some((step) => step === text);
}

export function isBefore(step: PathStep, other: PathStep): boolean {
  return pathSteps.indexOf(step) < pathSteps.indexOf(other);
}

/** The step that has its turn on a day, by then at the latest; `undefined` before the first. Days are `YYYY-MM-DD`. */
export function stepOn(joined: string, day: string): PathStep | undefined {
  return pathSteps.findLast((step) => daysAfter(joined, offsets[step]) <= day);
}

/**
 * The day of the first step after `day`: a working day of theirs, on its own day or soon after. `undefined` when the
 * path is at its end.
 */
export function nextStepDay(joined: string, day: string, isWorking: (day: string) => boolean): string | undefined {
  const next = pathSteps.find((step) => daysAfter(joined, offsets[step]) > day);
  if (next === undefined) return undefined;
  const own = daysAfter(joined, offsets[next]);
  // Steps are seven days apart: within these, each keeps clear of the one after it.
  const possible = [0, 1, 2, 3, 4, 5, 6].map((later) => daysAfter(own, later));
  return possible.find(isWorking) ?? own;
}
