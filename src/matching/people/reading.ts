import { councilsApart } from '../../convening/relations.ts';
import type { Core } from '../../core.ts';
import { newNow } from '../../joining/newness.ts';
import { mayNotMeet } from '../../membership/apart.ts';
import type { Member } from '../../network/model.ts';
import type { Reader } from '../../store/database.ts';
import { dayOf } from '../../time/days.ts';
import { type Candidate, RoundInput, type Weights, Wish } from '../scoring/model.ts';
import { readMatchingSettings } from '../settings.ts';
import { readLocks } from './lock-rows.ts';
import { type LockKind, pairsOf } from './lock-rules.ts';
import { fortunes, pastMatches, stranger } from './past-matches.ts';
import { readThemes } from './themes-of-members.ts';
import { turnsOf } from './turn-rules.ts';
import { workingMinutes } from './working-hours.ts';

/** Which round is read, and as when. */
export interface Reading {
  readonly number: number;
  /** When it comes: who is new, what is recent and which week people work in are as then. */
  readonly at: Date;
  /** Instead of the network's, where they are given. */
  readonly weights: Partial<Weights>;
}

/** All that decides who may meet whom among these people, from what the network holds now. */
export async function readInput(
  core: Core,
  db: Reader,
  people: readonly Member[],
  { number, at, weights }: Reading,
): Promise<RoundInput> {
  const settings = await readMatchingSettings(db);
  const ids = new Set(people.map(({ id }) => id));
  const councils = new Set(people.map(({ councilId }) => councilId));
  const locks = await readLocks(db);
  const fixed = (kind: LockKind) => locks.filter((lock) => lock.kind === kind).map(({ members }) => members.toSorted());
  const isHere = ([a, b]: readonly [string, string]) => ids.has(a) && ids.has(b);
  return RoundInput.parse({
    version: 1,
    number,
    groupSize: settings.groupSize,
    weights: { ...settings.weights, ...weights },
    members: await readCandidates(core, db, people, { number, at }),
    past: await pastMatches(core, db, ids, number),
    apart: [...(await mayNotMeet(core, db)), ...fixed('apart').flatMap(pairsOf)].filter(isHere),
    councilsApart: (await councilsApart(db)).filter(([a, b]) => councils.has(a) && councils.has(b)),
    // Whoever takes no part after all leaves the others together.
    locked: fixed('together')
      .map((lock) => lock.filter((id) => ids.has(id)))
      .filter((lock) => lock.length > 1),
  });
}

async function readCandidates(
  core: Core,
  db: Reader,
  people: readonly Member[],
  { number, at }: Pick<Reading, 'number' | 'at'>,
): Promise<readonly Candidate[]> {
  const { themes, stages } = await readThemes(db, core.frameworks, at);
  const places = await readPlaces(db);
  const hours = await readHours(db, at);
  const wishes = await readWishes(db);
  const experiences = await readExperiences(db);
  const isNew = await newNow(db, at);
  const told = await fortunes(
    db,
    people.map(({ id }) => id),
  );
  const leftOut = turnsOf(
    people.map(({ id, councilId: council }) => ({ council, ...(told.get(id) ?? stranger) })),
    number,
  );
  return people.map(({ id, councilId, level, cohortId }, index) => {
    const wish = wishes.get(id);
    return {
      id,
      council: councilId,
      level,
      cohort: cohortId ?? '',
      nation: places.get(councilId)?.nation ?? '',
      region: places.get(councilId)?.region ?? '',
      themes: themes.get(id) ?? [],
      stages: stages.get(id) ?? {},
      experiences: experiences.get(id) ?? [],
      isNewToRole: isNew.has(id),
      hours: hours.get(id) ?? [],
      wish: wish?.wish ?? null,
      wantsGroup: wish?.wantsGroup ?? false,
      leftOut: leftOut[index] ?? 0,
      owed: told.get(id)?.owed ?? 0,
    };
  });
}

async function readPlaces(db: Reader) {
  const rows = await db.selectFrom('councils').select(['id', 'nation', 'region']).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function readHours(db: Reader, at: Date) {
  const rows = await db
    .selectFrom('people')
    .innerJoin('members', 'members.id', 'people.id')
    .select(['people.id', 'people.zone', 'members.works_from as from', 'members.works_until as until'])
    .where('people.status', '=', 'active')
    .execute();
  // Most people work at the same hours: clocks are asked once for all of those.
  const known = new Map<string, Candidate['hours']>();
  return new Map(
    rows.map(({ id, ...own }) => {
      const key = `${own.zone} ${own.from} ${own.until}`;
      const minutes = known.get(key) ?? workingMinutes(own, dayOf(at, 'UTC'));
      known.set(key, minutes);
      return [id, minutes];
    }),
  );
}

async function readWishes(db: Reader) {
  const rows = await db.selectFrom('round_wishes').select(['member_id as id', 'wish', 'wants_group']).execute();
  return new Map(
    rows.map(({ id, wish, wants_group: wantsGroup }) => [
      id,
      { wish: wish === null ? null : Wish.parse(wish), wantsGroup },
    ]),
  );
}

async function readExperiences(db: Reader): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('experiences')
    .select(['member_id', 'experience'])
    .orderBy('member_id')
    .orderBy('experience')
    .execute();
  const byMember = Map.groupBy(rows, (row) => row.member_id);
  return new Map([...byMember].map(([id, own]) => [id, own.map(({ experience }) => experience)]));
}
