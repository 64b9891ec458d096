import type { Core } from '../../core.ts';
import { holdToTell } from '../../network/hold.ts';
import { scheduleAgain } from '../../store/agenda.ts';
import type { Transaction } from '../../store/database.ts';
import { post } from '../../store/outbox.ts';
import { askableFrom, isToRemind, staying } from '../matches/rules.ts';
import { standingMatchesOf } from '../matches/standing.ts';

/**
 * Half the way to the next round: reminds those of whom nobody has said that they have a date, or met. Not where we were
 * down until the question was due as well: that says all.
 */
export async function remindHalfWay(core: Core, tx: Transaction, roundId: string): Promise<void> {
  const now = core.clock.now();
  const question = tx.selectFrom('agenda').select('due_at').where('key', '=', `matching.question:${roundId}`);
  const due = await question.executeTakeFirst();
  if (due !== undefined && due.due_at <= now) return;
  const matches = (await standingMatchesOf(tx, roundId)).filter((match) => isToRemind(match, now));
  const told = matches.flatMap((match) => staying(match).map(({ id }) => ({ matchId: match.id, memberId: id })));
  await tell(core, tx, 'matching.half-way', told);
}

/**
 * At the end of a round: asks everybody in a match that stands whether they met. Those with a time that is still to
 * come, agreed or only suggested, or that has only just been, are asked after it.
 */
export async function askWhetherTheyMet(core: Core, tx: Transaction, roundId: string): Promise<void> {
  const now = core.clock.now();
  const matches = await standingMatchesOf(tx, roundId);
  const later = matches.flatMap((match) => {
    const from = askableFrom(match);
    return from !== undefined && from > now ? [{ id: match.id, from }] : [];
  });
  const ready = matches.filter((match) => later.every(({ id }) => id !== match.id));
  const told = ready.flatMap((match) =>
    staying(match)
      .filter(({ outcome }) => outcome === null)
      .map(({ id }) => ({ matchId: match.id, memberId: id })),
  );
  await tell(core, tx, 'matching.question', told);
  const [next] = later.map(({ from }) => from).toSorted((one, other) => one.getTime() - other.getTime());
  if (next === undefined) return;
  const key = `matching.question:${roundId}`;
  await scheduleAgain(tx, { key, kind: 'matching.question', subject: roundId, at: next });
}

interface Told {
  readonly matchId: string;
  readonly memberId: string;
}

/** Each once for each match. */
async function tell(
  core: Core,
  tx: Transaction,
  kind: 'matching.half-way' | 'matching.question',
  told: readonly Told[],
): Promise<void> {
  const there = await holdToTell(
    tx,
    told.map(({ memberId }) => memberId),
  );
  const postings = told
    .filter(({ memberId }) => there.has(memberId))
    .map(({ matchId, memberId }) => ({ key: `${kind}:${matchId}:${memberId}`, kind, subject: matchId, memberId }));
  await post(tx, core.clock.now(), postings);
}
