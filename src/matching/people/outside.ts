import { takesPart } from '../../convening/taking-part.ts';
import { findMember } from '../../network/roster.ts';
import { isPaused } from '../../network/rules.ts';
import type { Reader } from '../../store/database.ts';
import type { Outside } from '../model.ts';

/** `undefined` for who takes part in matching now. */
export async function whyNotMatched(db: Reader, memberId: string, now: Date): Promise<Outside | undefined> {
  const member = await findMember(db, memberId);
  if (member?.status !== 'active') return 'gone';
  if (!member.agreesToMatching) return 'not-agreed';
  if (isPaused(member, 'matching', now)) return 'paused';
  return (await takesPart(db, member.councilId)) ? undefined : 'council';
}
