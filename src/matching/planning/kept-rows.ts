import type { Core } from '../../core.ts';
import type { ProvenRound } from '../solving/without.ts';
import { worthOf } from './record.ts';

/** A round as its rows have it, by ids in order. */
interface Rows {
  readonly objective: string | null;
  readonly bound: string | null;
  readonly groups: readonly (readonly string[])[];
  readonly leftOut: readonly string[];
}

/**
 * What the rows of a published round say otherwise than its record: who was put together, who was left out, and what it is
 * worth; in plain words, empty where nothing does. Matches that were made between two rounds are no part of it. Of a group
 * of which somebody was erased, the others are still together, and in no record.
 */
export async function differencesFromRecord(
  core: Core,
  number: number,
  record: ProvenRound,
): Promise<readonly string[]> {
  const rows = await rowsOf(core, number);
  const { input, certificate, division } = record;
  const members = new Set(input.members.map(({ id }) => id));
  const isRecorded = (ids: readonly string[]) => division === undefined || ids.some((id) => members.has(id));
  const idsAt = (part: (typeof certificate.parts)[number], places: readonly number[]) =>
    places.map((at) => part.members[at] ?? '');
  const proven = [...input.locked, ...certificate.parts.flatMap((part) => part.groups.map((at) => idsAt(part, at)))];
  const leftOut = certificate.parts.flatMap((part) => idsAt(part, part.leftOut));
  const worth = worthOf(certificate);
  return [
    ...without(rows.groups.filter(isRecorded), proven).map((ids) => `Stored together, and not in the proof: ${ids}.`),
    ...without(proven, rows.groups).map((ids) => `Together in the proof, and not stored so: ${ids}.`),
    ...without(
      rows.leftOut.map((id) => [id]).filter(isRecorded),
      leftOut.map((id) => [id]),
    ).map((id) => `Stored as left out, and not in the proof: ${id}.`),
    ...without(
      leftOut.map((id) => [id]),
      rows.leftOut.map((id) => [id]),
    ).map((id) => `Left out in the proof, and not stored so: ${id}.`),
    ...(rows.objective === worth.objective
      ? []
      : [`Stored as worth ${rows.objective} sixths, not ${worth.objective}.`]),
    ...(rows.bound === worth.bound ? [] : [`Stored with a bound of ${rows.bound} sixths, not ${worth.bound}.`]),
  ];
}

/** Groups of `some` that are not among `others`, as words; one that is there twice has to be there twice. */
function without(some: readonly (readonly string[])[], others: readonly (readonly string[])[]): readonly string[] {
  const words = (ids: readonly string[]) => ids.toSorted().join(' and ');
  const left = others.map(words);
  return some.map(words).filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function rowsOf({ db }: Core, number: number): Promise<Rows> {
  const round = db.selectFrom('rounds').select(['id', 'objective', 'bound']).where('number', '=', number);
  const { id, objective, bound } = await round.executeTakeFirstOrThrow();
  const matches = await db
    .selectFrom('matches')
    .leftJoin('match_members', 'match_members.match_id', 'matches.id')
    .select(['matches.id', 'match_members.member_id as memberId'])
    .where('matches.round_id', '=', id)
    .where('matches.origin', '!=', 'pool')
    .execute();
  const left = await db.selectFrom('left_out').select('member_id').where('round_id', '=', id).execute();
  const groups = [...Map.groupBy(matches, (row) => row.id).values()];
  return {
    objective,
    bound,
    groups: groups.map((rows) => rows.flatMap(({ memberId }) => (memberId === null ? [] : [memberId]))),
    leftOut: left.map((row) => row.member_id),
  };
}
