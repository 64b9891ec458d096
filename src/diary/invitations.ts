import type { Transaction } from '../store/database.ts';

/**
 * Sends each of these members, who have a seat, an invitation as it stands now, by e-mail: the first time, or again
 * because what a calendar shows was changed. Not to who chose to have none.
 */
export async function invite(
  _tx: Transaction,
  _now: Date,
  _conversationId: string,
  _memberIds: readonly string[],
): Promise<void> {}

/** Takes the entry out of the calendars of these members, where they were sent one: they have no seat any more. */
export async function takeBack(
  _tx: Transaction,
  _now: Date,
  _conversationId: string,
  _memberIds: readonly string[],
): Promise<void> {}
