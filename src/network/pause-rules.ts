import type { Problem } from '../errors.ts';
import { readValues } from '../messages/form.ts';
import { isDay, yearAfter } from '../time/days.ts';
import { type Member, type Pause, type Programme, programmes } from './model.ts';
import { problems } from './pause-messages.ts';

/** A pause as it is asked for: `day` is on the member's own calendar, and messages are on again when it begins. */
export interface AskedPause {
  readonly programmes: readonly Programme[];
  readonly day: string;
}

/**
 * Reads the answers of the form: all of them good, or a problem for each that is not.
 *
 * @param today on the member's own calendar
 */
export function readPause(
  answers: { readonly programmes: string; readonly until: string },
  today: string,
): AskedPause | { readonly problems: readonly Problem[] } {
  const named = readValues(answers.programmes);
  const chosen = programmes.filter((programme) => named.includes(programme));
  const day = answers.until.trim();
  const found = [
    ...(chosen.length > 0 ? [] : [{ field: 'programmes', text: problems.programmes }]),
    ...dayProblems(day, today).map((text) => ({ field: 'until', text })),
  ];
  return found.length > 0 ? { problems: found } : { programmes: chosen, day };
}

function dayProblems(day: string, today: string): readonly string[] {
  if (!isDay(day)) return [problems.until];
  if (day <= today) return [problems.past];
  return day > yearAfter(today) ? [problems.far] : [];
}

type Pauses = Pick<Member, 'promptsPausedUntil' | 'matchingPausedUntil' | 'conversationsPausedUntil'>;

/** Every pause on a member's row, also one that is just over and not yet taken off. */
export function pausesOf(member: Pauses): readonly Pause[] {
  const untils = {
    prompts: member.promptsPausedUntil,
    matching: member.matchingPausedUntil,
    conversations: member.conversationsPausedUntil,
  };
  return programmes.flatMap((programme) => {
    const until = untils[programme];
    return until === null ? [] : [{ programme, until }];
  });
}

/** The pauses that hold now. */
export function pausesNow(member: Pauses, now: Date): readonly Pause[] {
  return pausesOf(member).filter(({ until }) => until > now);
}

/** The programmes whose pause is over and still on the row. */
export function readyPauses(member: Pauses, now: Date): readonly Programme[] {
  return pausesOf(member)
    .filter(({ until }) => until <= now)
    .map(({ programme }) => programme);
}
