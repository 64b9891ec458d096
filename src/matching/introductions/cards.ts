import type { Core } from '../../core.ts';
import { isReachedBy } from '../../delivery/reach.ts';
import type { Member } from '../../network/model.ts';
import { findMember } from '../../network/roster.ts';
import type { Reader } from '../../store/database.ts';
import { wishWords } from '../asking/wishes.ts';
import { saysNotMet } from '../matches/met-rules.ts';
import { isComplete, isOver } from '../matches/rules.ts';
import { findMatch, type StandingMatch } from '../matches/standing.ts';
import type { MatchState, Outcome } from '../model.ts';
import type { Reason, Unmet } from '../scoring/reasons.ts';
import type { Introduced, Introduction } from './messages.ts';
import { readStarter } from './starter.ts';
import { timesShown } from './times-offered.ts';
import { whyTogether } from './why-together.ts';

/** A match that stands, with those who are in it still: not those who dropped out, nor anybody erased. */
export interface MatchRead {
  /** With those who dropped out. */
  readonly standing: StandingMatch;
  readonly reasons: readonly Reason[];
  readonly unmet: readonly Unmet[];
  readonly people: readonly PersonRead[];
}

interface PersonRead {
  readonly member: Member;
  readonly state: MatchState;
  readonly outcome: Outcome | null;
}

/** `undefined` where it is gone, or has ended. */
export async function readMatch(db: Reader, matchId: string): Promise<MatchRead | undefined> {
  const match = await findMatch(db, matchId);
  const row = await db.selectFrom('matches').select('reasons').where('id', '=', matchId).executeTakeFirst();
  if (match === undefined || row === undefined || match.endedAt !== null) return undefined;
  const people: PersonRead[] = [];
  for (const { id, state, outcome } of match.people) {
    const member = state === 'dropped' ? undefined : await findMember(db, id);
    if (member !== undefined) people.push({ member, state, outcome });
  }
  return {
    standing: match,
    reasons: row.reasons.filter((reason) => reason.kind !== 'unmet'),
    unmet: row.reasons.filter((reason) => reason.kind === 'unmet'),
    people,
  };
}

/** What one of a match is told of it; `undefined` where they are not in it, or nobody else is who is in the network. */
export async function readIntroduction(core: Core, member: Member, matchId: string): Promise<Introduction | undefined> {
  const match = await readMatch(core.db, matchId);
  const own = match?.people.find((person) => person.member.id === member.id);
  const others = (match?.people ?? []).filter((person) => person !== own && person.member.status === 'active');
  if (match === undefined || own === undefined || others.length === 0) return undefined;
  const people = [own, ...others].map((person) => person.member);
  const ids = people.map(({ id }) => id);
  const now = core.clock.now();
  const saidNotMet = saysNotMet(own.outcome);
  return {
    matchId,
    others: await Promise.all(others.map((other) => introduced(core.db, other.member))),
    why: await whyTogether(core, core.db, match.reasons, people, { is: 'one', id: member.id }),
    starter: await readStarter(core, matchId, ids),
    unmet: match.unmet
      .filter(({ whose }) => whose === member.id)
      .flatMap(({ wish, group }) => wishWords(core.frameworks, { wish, wantsGroup: group })),
    state: own.state,
    saidNotMet,
    isOver: isOver(match.standing, now),
    isComplete: isComplete(match.standing, own, now),
    times: await timesShown(core, member, matchId, saidNotMet),
  };
}

async function introduced(db: Reader, { id, name, role, council, email }: Member): Promise<Introduced> {
  return { name, role, council, email, isOnTeams: await isReachedBy(db, id, 'teams') };
}
