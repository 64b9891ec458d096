import type { Core } from '../../core.ts';
import { refreshManyHomes } from '../../network/many-homes.ts';
import type { Transaction } from '../../store/database.ts';
import { type MemberPosting, type Posting, post } from '../../store/outbox.ts';
import { addRoom } from '../../store/rooms.ts';
import { findMatch } from '../matches/standing.ts';
import { hasGroups, sharedBy, type Whereabouts, type Workspace, whereaboutsOf } from './group.ts';

/** Those who are introduced to each other. */
export interface Introducing {
  /** The id of the match. */
  readonly id: string;
  /** Member ids. */
  readonly members: readonly string[];
}

/**
 * Posts the introductions of matches that have just been made: to all in one group of theirs, where they share a workspace
 * whose platform has groups; otherwise to each where they are.
 */
export async function introduceAll(core: Core, tx: Transaction, matches: readonly Introducing[]): Promise<void> {
  const now = core.clock.now();
  const where = await whereaboutsOf(
    tx,
    matches.flatMap(({ members }) => members),
  );
  const postings: Posting[] = [];
  const grouped: string[] = [];
  for (const match of matches) {
    const workspace = sharedBy(match.members.map((id) => where.get(id)));
    if (workspace === undefined || !hasGroups(workspace)) {
      postings.push(...separately(match, where));
      continue;
    }
    const kind = 'matching.group-introduction';
    const roomId = await addGroup(tx, now, match.id, workspace);
    postings.push({ key: `${kind}:${match.id}`, kind, subject: match.id, roomId });
    grouped.push(...match.members);
  }
  await post(tx, now, postings);
  // A message to a group is nobody's own, so nothing else will say that their homes show a match now.
  await refreshManyHomes(tx, now, grouped);
}

async function addGroup(tx: Transaction, now: Date, matchId: string, workspace: Workspace): Promise<string> {
  const room = { ...workspace, purpose: 'introduction', room: '', address: {}, subject: matchId } as const;
  return await addRoom(tx, { ...room, chosenBy: null, createdAt: now });
}

/** Introduces the people of a match one by one: the group that was meant for them could not be made. */
export async function introduceSeparately(core: Core, tx: Transaction, matchId: string): Promise<void> {
  const match = await findMatch(tx, matchId);
  const members = (match?.people ?? []).filter(({ state }) => state !== 'dropped').map(({ id }) => id);
  await post(tx, core.clock.now(), separately({ id: matchId, members }, await whereaboutsOf(tx, members)));
}

/** Those who share no place to chat are introduced by e-mail too, which all of them have. */
function separately(
  { id: matchId, members }: Introducing,
  where: ReadonlyMap<string, Whereabouts>,
): readonly MemberPosting[] {
  const kind = 'matching.introduction';
  const all = members.map((memberId) => {
    return { key: `${kind}:${matchId}:${memberId}`, kind, subject: matchId, memberId } as const;
  });
  if (sharedBy(members.map((memberId) => where.get(memberId))) !== undefined) return all;
  const second = 'matching.email-introduction';
  // Whoever is written to by e-mail has it already.
  const by = members.filter((id) => where.get(id)?.hasEmail === true && where.get(id)?.home?.platform !== 'email');
  const mails = by.map((memberId) => {
    return { key: `${second}:${matchId}:${memberId}`, kind: second, subject: matchId, memberId, via: 'email' } as const;
  });
  return [...all, ...mails];
}
