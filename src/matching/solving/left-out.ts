import type { Scores } from '../scoring/score.ts';
import type { LeftOutReason } from './model.ts';

/**
 * Why a member is left out: told from who took part and who was matched, and never from who does not want to meet whom.
 * @param member place in `input.members`
 * @param others places of everybody who was not fixed in a group, this member among them
 * @param leftOut how many of them are left out
 */
export function whyLeftOut(
  { input, history }: Scores,
  member: number,
  others: readonly number[],
  leftOut: number,
): LeftOutReason {
  const council = input.members[member]?.council;
  const outside = others.filter((other) => input.members[other]?.council !== council);
  if (outside.length > 0 && outside.every((other) => history.hasMetLately(member, other))) return 'met-everyone';
  if (others.length > 1 && outside.length * 2 < others.length) return 'one-council';
  return leftOut === 1 && others.length > 1 && others.length % 2 === 1 ? 'odd-number' : 'nobody-free';
}
