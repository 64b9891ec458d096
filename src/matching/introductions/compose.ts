import type { Core } from '../../core.ts';
import { type Composed, type Delivery, drop } from '../../delivery/model.ts';
import type { Message } from '../../messages/message.ts';
import type { Member } from '../../network/model.ts';
import { isPaused } from '../../network/rules.ts';
import { isOfNewestRound, overtaken } from '../history.ts';
import { readIntroduction, readMatch } from './cards.ts';
import { emailIntroduction, groupIntroduction, introduction } from './messages.ts';
import { readStarter } from './starter.ts';
import { whyTogether } from './why-together.ts';

/** Introduces the others of a match to this member; `undefined` when it has ended, or nobody of it is left for them. */
export async function introductionTo(core: Core, member: Member, matchId: string): Promise<Message | undefined> {
  const shown = await readIntroduction(core, member, matchId);
  return shown === undefined ? undefined : introduction(shown);
}

export async function composeIntroduction(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  return await composeFor(core, delivery, member, introduction);
}

export async function composeEmailIntroduction(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  return await composeFor(core, delivery, member, emailIntroduction);
}

async function composeFor(
  core: Core,
  { subject }: Delivery,
  member: Member,
  say: typeof introduction,
): Promise<Composed> {
  const shown = await readIntroduction(core, member, subject);
  if (shown === undefined) return drop('the other person is no longer in the network, or the match has ended');
  if (!(await isOfNewestRound(core.db, subject))) return overtaken;
  // Whoever is paused is told nothing now, so it would not be true that we have sent them anything.
  const now = core.clock.now();
  const isQuiet = ({ member: other }: { readonly member: Member }) => isPaused(other, 'matching', now);
  const others = (await readMatch(core.db, subject))?.people.filter(({ member: { id } }) => id !== member.id) ?? [];
  if (others.some(isQuiet)) return drop('the other person is paused');
  return { kind: 'say', message: say(shown) };
}

/**
 * To all of a match at once, so it is said to all or to none. Not while one of them is paused: they asked for quiet, and
 * a group that we open writes to them whatever we say in it. Nor are the others told to write to them then: the match
 * stands on everybody's home, and is there to be looked up.
 */
export async function composeGroupIntroduction(core: Core, matchId: string): Promise<Composed> {
  const match = await readMatch(core.db, matchId);
  const people = match?.people.map(({ member }) => member) ?? [];
  if (match === undefined || people.length < 2 || people.some((member) => member.status !== 'active')) {
    return drop('someone in the match is no longer in the network');
  }
  if (!(await isOfNewestRound(core.db, matchId))) return overtaken;
  const now = core.clock.now();
  if (people.some((member) => isPaused(member, 'matching', now))) return drop('someone in the match is paused');
  const starter = await readStarter(
    core,
    matchId,
    people.map(({ id }) => id),
  );
  const why = await whyTogether(core, core.db, match.reasons, people, { is: 'all' });
  return { kind: 'say', message: groupIntroduction(people, why, starter) };
}
