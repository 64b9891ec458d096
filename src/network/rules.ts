import type { Intent } from '../intents.ts';
import type { Member, Permission } from './model.ts';

/** Who may ask for something: anyone at all, a person who joined, or one with that permission. */
export type Needs = 'anyone' | Permission;

const rank: Readonly<Record<Permission, number>> = { member: 1, host: 2, convener: 3 };

/** What each intent needs. A new intent does not compile until it stands here. */
const needs: Readonly<Record<Intent['kind'], Needs>> = {
  'network.help': 'anyone',
  'network.home': 'anyone',
  'network.join': 'anyone',
  'network.sign-in': 'anyone',
  'network.profile': 'member',
  'network.open-pause': 'member',
  'network.pause': 'member',
  'network.resume': 'member',
  'network.leave': 'member',
  'network.confirm-leave': 'member',
  'reflections.open': 'member',
  'reflections.answer': 'member',
  'reflections.journal': 'member',
  'conversations.list': 'member',
  'conversations.open-proposal': 'host',
  'conversations.propose': 'host',
  'conversations.sign-up': 'member',
  'conversations.withdraw': 'member',
  'matching.current': 'member',
};

/** Why this person may not ask for this, or `undefined` when they may. `member` is absent for someone unknown to us. */
export function objection(
  kind: Intent['kind'],
  member: Member | undefined,
): 'not-joined' | 'not-permitted' | undefined {
  const need = needs[kind];
  if (need === 'anyone') return undefined;
  if (member === undefined || member.status !== 'active') return 'not-joined';
  return rank[member.permission] >= rank[need] ? undefined : 'not-permitted';
}

/** True while the member has asked for quiet. */
export function isPaused(member: Pick<Member, 'pausedUntil'>, now: Date): boolean {
  return member.pausedUntil !== null && member.pausedUntil > now;
}

/** The pauses on offer, in weeks. */
export const pauseWeeks = [1, 2, 4, 8] as const;

export function readPauseWeeks(answer: string): number | undefined {
  return pauseWeeks.find((weeks) => String(weeks) === answer);
}
