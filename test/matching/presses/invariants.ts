import { expect } from 'vitest';
import { isTimeAhead } from '../../../src/matching/matches/rules.ts';
import { findMatch, standingMatchOf } from '../../../src/matching/matches/standing.ts';
import { whyNotMatched } from '../../../src/matching/people/outside.ts';
import { isResting } from '../../../src/matching/pool/resting.ts';
import { findMeeting, isExpected } from '../../../src/matching/times/meetings.ts';
import type { Member } from '../../../src/network/model.ts';
import { pairsIn, readMatches } from '../round-stage.ts';
import type { Presses } from './presses-stage.ts';

/* What holds at every moment, whatever anybody has pressed. */

/** Nobody has two matches of the newest round, nor waits for one with a match, in a rest, or without taking part. */
export async function expectOneMatchEach({ core }: Presses): Promise<void> {
  const matches = await readMatches(core);
  const newest = Math.max(0, ...matches.map(({ round }) => round));
  const matched = matches
    .filter(({ round, hasEnded }) => round === newest && !hasEnded)
    .flatMap(({ people }) => people);
  expect(new Set(matched).size, 'nobody has two matches').toBe(matched.length);
  const waiting = await core.db.selectFrom('standing_pool').select('member_id as id').execute();
  for (const { id } of waiting) {
    expect(matched, 'nobody with a match waits').not.toContain(id);
    expect(await whyNotMatched(core.db, id, core.clock.now()), 'whoever waits takes part').toBeUndefined();
    expect(await isResting(core.db, id), 'nobody waits who asked for none').toBe(false);
  }
}

/** Nobody is matched with one of their council, nor with the same person twice. */
export async function expectLawfulMatches({ core }: Presses): Promise<void> {
  const matches = await readMatches(core);
  const rows = await core.db.selectFrom('members').select(['id', 'council_id']).execute();
  const councils = new Map(rows.map((row) => [row.id, row.council_id]));
  for (const pair of pairsIn(matches)) {
    const [one = '', other = ''] = pair.split(' ');
    expect(councils.get(one) === councils.get(other) && councils.has(one), 'of one council').toBe(false);
  }
  const pairs = pairsIn(matches);
  expect(new Set(pairs).size, 'matched again').toBe(pairs.length);
}

/** What stands in calendars is what is agreed: the last word by number, for each person and match. */
export async function expectCalendars({ core, email }: Presses, people: readonly Member[]): Promise<void> {
  const now = core.clock.now();
  const sent = email.parcels.flatMap(({ act, to }) =>
    act.kind === 'invite' && to.kind === 'account' ? [{ to: to.account.user, entry: act.entry }] : [],
  );
  for (const [, own] of Map.groupBy(sent, ({ to, entry }) => `${to} ${entry.id}`)) {
    const numbers = own.map(({ entry }) => entry.sequence);
    expect(numbers, 'numbers rise').toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  }
  const last = new Map(sent.map(({ to, entry }) => [`${to} ${entry.id}`, entry]));
  for (const { id: match } of await core.db.selectFrom('matches').select('id').execute()) {
    const meeting = await findMeeting(core.db, match);
    if (meeting === undefined) continue;
    for (const member of people) {
      const at = isExpected(meeting, member.id) ? meeting.agreedAt : undefined;
      const entry = last.get(`${member.email} ${match}`);
      const stands = entry?.status === 'confirmed' && entry.startsAt > now ? entry.startsAt : undefined;
      expect(stands, `in the calendar of ${member.name}`).toEqual(at !== undefined && at > now ? at : undefined);
    }
  }
  const there = new Set((await core.db.selectFrom('matches').select('id').execute()).map(({ id }) => id));
  for (const [key, entry] of last) {
    const isTheirs = people.some(({ email: address, status }) => status !== 'left' && key.startsWith(`${address} `));
    if (isTheirs && !there.has(entry.id) && entry.startsAt > now)
      expect(entry.status, 'of a match gone').toBe('cancelled');
  }
}

/** Nobody is asked whether they met while a time is ahead, and nobody is told twice that a match has ended. */
export async function expectTellings({ core, web }: Presses, known: Set<string>): Promise<void> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select(['id', 'kind', 'subject', 'member_id as memberId'])
    .where('status', '=', 'sent')
    .where('kind', 'in', ['matching.question', 'matching.partner-gone', 'matching.meeting-off'])
    .execute();
  const said = new Map(web.letters.map(({ deliveryId, message }) => [deliveryId, message]));
  const ends = rows.flatMap(({ id, kind, subject, memberId }) =>
    kind === 'matching.partner-gone' && said.get(id)?.summary.includes('has ended') === true
      ? [`${subject} ${memberId}`]
      : [],
  );
  expect(new Set(ends).size, 'told twice that it has ended').toBe(ends.length);
  for (const { id, kind, subject, memberId } of rows) {
    if (known.has(id)) continue;
    known.add(id);
    const match = kind === 'matching.question' ? await findMatch(core.db, subject) : undefined;
    const own = match?.people.find((person) => person.id === memberId);
    if (match === undefined || own === undefined || own.state === 'dropped') continue;
    expect(isTimeAhead(match, core.clock.now()), 'asked while a time is ahead').toBe(false);
  }
}

/** Once people were to meet, nobody's card says that they did not, but from what they have answered since. */
export async function expectAnswersOfThisTime(stage: Presses, people: readonly Member[]): Promise<void> {
  const early = await stage.core.db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .select(['matches.id', 'member_id as memberId'])
    .where('matches.ended_at', 'is', null)
    .where('matches.agreed_at', '<=', stage.core.clock.now())
    .whereRef('answered_at', '<', 'matches.agreed_at')
    .execute();
  for (const { id, memberId } of early) {
    const member = people.find((one) => one.id === memberId);
    if (member?.status !== 'active' || (await standingMatchOf(stage.core.db, memberId)) !== id) continue;
    const { current } = await stage.cardsOf(member);
    expect(JSON.stringify(current), 'said of an earlier time').not.toContain('You have said that you did not meet');
  }
}

/** What everybody has answered, by match and member. */
export async function answers({ core }: Presses): Promise<ReadonlyMap<string, string>> {
  const rows = await core.db.selectFrom('match_members').select(['match_id', 'member_id', 'outcome']).execute();
  return new Map(rows.map((row) => [`${row.match_id} ${row.member_id}`, row.outcome ?? '']));
}

/** Nobody but this member has changed what they answered; what went with somebody who was erased is no answer any more. */
export function expectAnswersOfOthersKept(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  memberId: string,
): void {
  for (const [key, said] of before) {
    if (!key.endsWith(memberId) && after.has(key)) expect(after.get(key), 'an answer of another').toBe(said);
  }
}
