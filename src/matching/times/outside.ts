import type { Reader } from '../../store/database.ts';
import { whyNotMatched } from '../people/outside.ts';
import { type Meeting, type MeetingPerson, presentIn } from './meetings.ts';

/**
 * Who of those who are in a match still takes no part in matching now: they have met, and have paused since, say. They asked
 * for quiet, so nobody of the match can be asked about a time.
 */
export async function outsideOf(
  db: Reader,
  meeting: Pick<Meeting, 'people'>,
  now: Date,
): Promise<readonly MeetingPerson[]> {
  const outside: MeetingPerson[] = [];
  for (const person of presentIn(meeting)) {
    if ((await whyNotMatched(db, person.id, now)) !== undefined) outside.push(person);
  }
  return outside;
}
