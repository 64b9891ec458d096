import { randomUUID } from 'node:crypto';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { runRound } from '../../src/matching/publishing/service.ts';
import { findDue } from '../../src/store/agenda.ts';
import { settleAll, type TestCore } from '../support/core.ts';
import { recordingOutbound } from '../support/people.ts';

/** A match as the store has it: who is in it still, and who was. */
export interface KeptMatch {
  readonly id: string;
  readonly round: number;
  readonly origin: string;
  readonly hasEnded: boolean;
  readonly people: readonly string[];
  readonly dropped: readonly string[];
}

export async function readMatches(core: Core): Promise<readonly KeptMatch[]> {
  const rows = await core.db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select(['matches.id', 'rounds.number as round', 'matches.origin', 'matches.ended_at', 'member_id', 'state'])
    .orderBy('rounds.number')
    .orderBy('matches.made_at')
    .orderBy('matches.id')
    .orderBy('member_id')
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id)].flatMap(([id, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const of = (isDropped: boolean) =>
      own.filter(({ state }) => (state === 'dropped') === isDropped).map((row) => row.member_id);
    const { round, origin, ended_at: endedAt } = first;
    return [{ id, round, origin, hasEnded: endedAt !== null, people: of(false), dropped: of(true) }];
  });
}

/** Those that were made between two rounds. */
export async function poolMatches(core: Core): Promise<readonly KeptMatch[]> {
  return (await readMatches(core)).filter(({ origin }) => origin === 'pool');
}

/** The pairs of everybody who was ever together, each in order. */
export function pairsIn(matches: readonly KeptMatch[]): readonly string[] {
  return matches.flatMap(({ people, dropped }) => {
    const all = [...people, ...dropped].toSorted();
    return all.flatMap((one, at) => all.slice(at + 1).map((other) => `${one} ${other}`));
  });
}

export async function round(core: Core, number: number): Promise<void> {
  await core.db.transaction().execute((tx) => runRound(core, tx, number));
}

/** What stands on the agenda of these kinds and is not done, by kind and subject. */
export async function agendaOf(core: Core, kind: string): Promise<readonly { subject: string; at: string }[]> {
  const rows = await core.db
    .selectFrom('agenda')
    .select(['kind', 'subject', 'due_at'])
    .where('done_at', 'is', null)
    .orderBy('due_at')
    .execute();
  return rows.filter((row) => row.kind === kind).map(({ subject, due_at: at }) => ({ subject, at: at.toISOString() }));
}

/** The members to whom something of this kind was posted, as often as it was. */
export async function postedOf(core: Core, kind: string): Promise<readonly string[]> {
  const rows = await core.db.selectFrom('deliveries').select(['kind', 'member_id']).orderBy('created_at').execute();
  return rows.filter((row) => row.kind === kind).flatMap(({ member_id: id }) => (id === null ? [] : [id]));
}

/** Lets time go by: what falls due until then is done, in turn. */
export async function passTo({ core, clock }: TestCore, moment: string): Promise<void> {
  const outbounds: Outbounds = new Map([['web', recordingOutbound()]]);
  for (;;) {
    const next = await core.db
      .selectFrom('agenda')
      .select('due_at')
      .where('done_at', 'is', null)
      .where('kind', '!=', 'retention.night')
      .where('due_at', '<=', new Date(moment))
      .orderBy('due_at')
      .executeTakeFirst();
    if (next === undefined) break;
    if (next.due_at > core.clock.now()) clock.set(next.due_at);
    await settleAll(core, outbounds);
  }
  clock.set(new Date(moment));
  await settleAll(core, outbounds);
}

/** Does what is due now; what is posted stays unsent. */
export async function doDue(core: Core): Promise<void> {
  for (;;) {
    const due = await findDue(core.db, core.clock.now(), 1000);
    if (due.length === 0) return;
    for (const id of due) await fallDue(core, id);
  }
}

/** A network whose rounds come every two weeks, on Tuesdays at 10 in London. */
export async function planRounds(core: Core, byHand = false): Promise<void> {
  const rhythm = { zone: 'Europe/London', round_weekday: 2, round_hour: 10, round_weeks: 2, rounds_by_hand: byHand };
  await core.db.updateTable('network').set(rhythm).execute();
  await prepareAgenda(core);
}

/** So many people who agreed to be matched, each of another council unless said; made at once. */
export async function crowd(core: Core, count: number, councils = count): Promise<readonly string[]> {
  const now = core.clock.now();
  const councilIds = Array.from({ length: councils }, () => randomUUID());
  const memberIds = Array.from({ length: count }, () => randomUUID());
  for (let first = 0; first < Math.max(councils, count); first += 500) {
    const some = councilIds.slice(first, first + 500);
    if (some.length > 0) {
      const row = (id: string) => ({ id, name: `Council ${id}`, type: 'Unitary', nation: 'England' });
      await core.db.insertInto('councils').values(some.map(row)).execute();
    }
  }
  for (let first = 0; first < count; first += 500) {
    const some = memberIds.slice(first, first + 500);
    await core.db
      .insertInto('members')
      .values(some.map((id, index) => memberRow(id, councilIds[(first + index) % councils] ?? '', now)))
      .execute();
    const account = { platform: 'web', space: '', address: '{}', seen_at: now } as const;
    const accounts = some.map((id) => ({ ...account, id: randomUUID(), member_id: id, platform_user: id }));
    await core.db.insertInto('accounts').values(accounts).execute();
    const agreed = { purpose: 'matching', given: true, version: 1, said_at: now } as const;
    await core.db
      .insertInto('consents')
      .values(some.map((id) => ({ ...agreed, member_id: id })))
      .execute();
  }
  return memberIds;
}

function memberRow(id: string, councilId: string, now: Date) {
  return {
    id,
    council_id: councilId,
    name: `Person ${id.slice(0, 8)}`,
    email: `${id}@council.example`,
    role: 'Director of Place',
    level: 'director',
    zone: 'Europe/London',
    permission: 'member',
    status: 'active',
    joined_at: now,
  } as const;
}
