import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import { holdConveners, holdToTell } from '../network/hold.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { askWhetherTheyMet, remindHalfWay } from './following-up/due.ts';
import type { MatchingDue } from './model.ts';
import { whoCanBeMatched } from './people/candidates.ts';
import { nextRound } from './planning/planning.ts';
import { readWaiting } from './planning/waiting.ts';
import { matchPool } from './pool/matching.ts';
import { planNextRound } from './publishing/round-agenda.ts';
import { runRound } from './publishing/service.ts';
import { readMatchingSettings } from './settings.ts';

export async function matchingDue(
  core: Core,
  tx: Transaction,
  due: Due & { readonly kind: MatchingDue },
): Promise<void> {
  switch (due.kind) {
    case 'matching.opening':
      return await tellOfRound(core, tx, Number(due.subject), due.at);
    case 'matching.round':
      return await beginRound(core, tx, Number(due.subject), due.at);
    case 'matching.waiting':
      return await askAgain(core, tx, Number(due.subject), due.at);
    case 'matching.half-way':
      return await remindHalfWay(core, tx, due.subject);
    case 'matching.question':
      return await askWhetherTheyMet(core, tx, due.subject);
    case 'matching.pool':
      return await matchPool(core, tx);
  }
}

/**
 * Before a round, to everybody who can take part in it.
 *
 * @param at when it is due: it is told anew where the round has moved to another day since it was told
 */
async function tellOfRound(core: Core, tx: Transaction, number: number, at: Date): Promise<void> {
  const now = core.clock.now();
  const next = await nextRound(core, tx);
  // It was so late that the round has run, or waits already.
  if (next.number !== number || next.isWaiting) return;
  const round = next.at ?? now;
  const people = await whoCanBeMatched(tx, round);
  const there = await holdToTell(
    tx,
    people.map(({ id }) => id),
  );
  const kind = 'matching.before-round';
  const cause = `${kind}:${number}:${round.getTime()}:${at.getTime()}`;
  await post(
    tx,
    now,
    [...there].map((memberId) => ({ key: `${cause}:${memberId}`, kind, subject: String(number), memberId }) as const),
  );
}

/** Publishes the round, or asks the conveners to. */
async function beginRound(core: Core, tx: Transaction, number: number, due: Date): Promise<void> {
  const { byHand } = await readMatchingSettings(tx);
  if (byHand) return await askConveners(core, tx, number, { due, at: due });
  await runRound(core, tx, number);
  await planNextRound(core, tx, number, due);
}

async function askAgain(core: Core, tx: Transaction, number: number, at: Date): Promise<void> {
  const next = await nextRound(core, tx);
  if (next.number !== number) return;
  const due = next.at ?? at;
  const { byHand } = await readMatchingSettings(tx);
  const { last } = await readWaiting(tx, due, core.clock.now());
  if (byHand && at < last) return await askConveners(core, tx, number, { due, at });
  await runRound(core, tx, number);
  await planNextRound(core, tx, number, due);
}

/** @param at when they are asked: the moment of the round at first */
async function askConveners(
  core: Core,
  tx: Transaction,
  number: number,
  { due, at }: { readonly due: Date; readonly at: Date },
): Promise<void> {
  const now = core.clock.now();
  const kind = 'matching.ready';
  const conveners = await holdConveners(tx);
  const cause = `${kind}:${number}:${at.getTime()}`;
  await post(
    tx,
    now,
    conveners.map((memberId) => ({ key: `${cause}:${memberId}`, kind, subject: String(number), memberId }) as const),
  );
  const { again, last } = await readWaiting(tx, due, now);
  const next = at < again ? again : last;
  const key = `matching.waiting:${number}:${next.getTime()}`;
  await schedule(tx, [{ key, kind: 'matching.waiting', subject: String(number), at: next }]);
}
