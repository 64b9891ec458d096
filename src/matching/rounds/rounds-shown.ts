import type { Asker } from '../../asker.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import type { Reader } from '../../store/database.ts';
import { dateWords } from '../../time/words.ts';
import { qualityFigures } from '../figures/quality-words.ts';
import { newestRound } from '../history.ts';
import { type Came, cameOf, usefulnessOf } from '../matches/met-rules.ts';
import { roundPeople } from './round-people.ts';
import {
  findRound,
  readLeftOut,
  readMatches,
  readRounds,
  roundBefore,
  type StoredMatch,
  type StoredRound,
} from './round-rows.ts';
import { refusals, roundPage, roundsPage, roundsShown, type ShownRound } from './rounds-messages.ts';

export async function showRounds({ db, clock }: Core, { member }: Asker): Promise<Reply> {
  const found = await readRounds(db, roundsShown + 1);
  const rounds = found.slice(0, roundsShown);
  const ids = rounds.map(({ id }) => id);
  const matches = await readMatches(db, ids);
  const leftOut = await readLeftOut(db, ids);
  const shown = rounds.map((round) =>
    shownRound(
      round,
      matches.get(round.id) ?? [],
      leftOut.filter(({ roundId }) => roundId === round.id).length,
      clock.now(),
      member.zone,
    ),
  );
  return { kind: 'page', page: roundsPage(shown, found.length > rounds.length) };
}

function shownRound(
  round: StoredRound,
  matches: readonly StoredMatch[],
  leftOut: number,
  now: Date,
  zone: string,
): ShownRound {
  const came = matches.map((match) => cameOf(match.people, match, now));
  const count = (one: Came) => came.filter((other) => other === one).length;
  const matched = new Set(matches.flatMap(({ people }) => people.map(({ id }) => id))).size;
  return {
    id: round.id,
    number: round.number,
    when: dateWords(round.at, zone),
    people: round.quality?.members ?? matched + leftOut,
    matches: matches.length,
    later: matches.filter(({ origin }) => origin === 'pool').length,
    came: {
      met: count('met'),
      differ: count('differ'),
      'not-met': count('not-met'),
      dated: count('dated'),
      passed: count('passed'),
      ended: count('ended'),
      unknown: count('unknown'),
    },
    leftOut,
  };
}

/** @throws Refusal where it is not there any more */
export async function showRound({ db, clock }: Core, { member }: Asker, id: string): Promise<Reply> {
  const round = await findRound(db, id);
  if (round === undefined) throw new Refusal(refusals.gone);
  const matches = (await readMatches(db, [id])).get(id) ?? [];
  const leftOut = await readLeftOut(db, [id]);
  const now = clock.now();
  const page = roundPage({
    round: shownRound(round, matches, leftOut.length, now, member.zone),
    publishedBy: await nameOf(db, round.publishedBy),
    verdict: round.verdict ?? undefined,
    figures:
      round.quality === null
        ? []
        : qualityFigures(round.quality, (await roundBefore(db, round.number))?.quality ?? undefined),
    matches: matches.map((match) => ({
      people: match.people.map((person) => personWords(person, match.endedAt)),
      came: cameOf(match.people, match, now),
      origin: match.origin,
    })),
    leftOut,
    useful:
      (await newestRound(db)) === id
        ? 'asking'
        : usefulnessOf(matches.flatMap(({ people }) => people.map(({ outcome }) => outcome))),
  });
  return { kind: 'page', page };
}

/** Whoever left a group that goes on. Who of them ended a match is for them to know. */
function personWords({ name, council, state }: StoredMatch['people'][number], endedAt: Date | null): string {
  return `${name} (${council})${state === 'dropped' && endedAt === null ? ' (left)' : ''}`;
}

async function nameOf(db: Reader, id: string | null): Promise<string> {
  return id === null ? '' : ((await roundPeople(db, [id])).get(id)?.name ?? '');
}
