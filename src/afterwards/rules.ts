import { type Conversation, endOf, hasEnded } from '../conversations/model.ts';
import type { Problem } from '../errors.ts';
import { tidy } from '../messages/answers.ts';
import { type Attendee, hostDays, lengths } from './model.ts';
import { findNamed, type Named } from './naming.ts';
import { problems as summaryProblems } from './summary-messages.ts';
import { problems as takeawayProblems } from './takeaway-messages.ts';

/** While a host can still say who came, and write a summary. */
export function isHostsTime(conversation: Pick<Conversation, 'startsAt' | 'minutes'>, now: Date): boolean {
  return hasEnded(conversation, now) && now.getTime() < endOf(conversation).getTime() + hostDays * 86_400_000;
}

/** True of somebody who may have been there: until the host has spoken, of everybody with a seat. */
export function mayHaveCome({ came }: Pick<Attendee, 'came'>): boolean {
  return came !== false;
}

/** Reads what somebody takes away. */
export function readTakeaway(answer: string): { readonly text: string } | readonly Problem[] {
  const text = tidy(answer);
  if (text === '') return [{ field: 'text', text: takeawayProblems.empty }];
  if (text.length > lengths.takeaway) return [{ field: 'text', text: takeawayProblems.tooLong }];
  return { text };
}

/**
 * Reads a summary, which names nobody.
 *
 * @param people everybody who had a seat
 */
export function readSummary(answer: string, people: readonly Named[]): { readonly text: string } | readonly Problem[] {
  const text = tidy(answer);
  if (text === '') return [{ field: 'text', text: summaryProblems.empty }];
  if (text.length > lengths.summary) return [{ field: 'text', text: summaryProblems.tooLong }];
  const found = findNamed(text, people);
  return found === undefined ? { text } : [{ field: 'text', text: summaryProblems.names(found) }];
}
