import type { Asker } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Reader } from '../store/database.ts';
import { dateWords } from '../time/words.ts';
import { answerCounts, type Met, metOf } from './met-rules.ts';
import { qualityFigures } from './quality-words.ts';
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

export async function showRounds({ db }: Core, { member }: Asker): Promise<Reply> {
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
      member.zone,
    ),
  );
  return { kind: 'page', page: roundsPage(shown, found.length > rounds.length) };
}

function shownRound(round: StoredRound, matches: readonly StoredMatch[], leftOut: number, zone: string): ShownRound {
  const came = matches.map(({ people }) => metOf(people));
  const count = (met: Met) => came.filter((one) => one === met).length;
  return {
    id: round.id,
    number: round.number,
    when: dateWords(round.at, zone),
    people: new Set(matches.flatMap(({ people }) => people.map(({ id }) => id))).size,
    matches: matches.length,
    met: { met: count('met'), 'not-met': count('not-met'), dated: count('dated'), unknown: count('unknown') },
    leftOut,
  };
}

/** @throws Refusal where it is not there any more */
export async function showRound({ db }: Core, { member }: Asker, id: string): Promise<Reply> {
  const round = await findRound(db, id);
  if (round === undefined) throw new Refusal(refusals.gone);
  const matches = (await readMatches(db, [id])).get(id) ?? [];
  const leftOut = await readLeftOut(db, [id]);
  const page = roundPage({
    round: shownRound(round, matches, leftOut.length, member.zone),
    publishedBy: await nameOf(db, round.publishedBy),
    verdict: round.verdict ?? undefined,
    figures:
      round.quality === null
        ? []
        : qualityFigures(round.quality, (await roundBefore(db, round.number))?.quality ?? undefined),
    matches: matches.map(({ people, origin, hasEnded }) => ({
      people: people.map(({ name, council }) => `${name} (${council})`),
      met: metOf(people),
      hasEnded,
      origin,
    })),
    leftOut,
    answers: answerCounts(matches.flatMap(({ people }) => people.map(({ outcome }) => outcome))),
  });
  return { kind: 'page', page };
}

async function nameOf(db: Reader, id: string | null): Promise<string> {
  return id === null ? '' : ((await roundPeople(db, [id])).get(id)?.name ?? '');
}
