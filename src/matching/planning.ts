import type { Core } from '../core.ts';
import type { Reader } from '../store/database.ts';
import { sittingOut, whoCanBeMatched } from './candidates.ts';
import { readInput } from './reading.ts';
import type { RoundInput, Weights } from './scoring/model.ts';
import { type Quality, qualityOf } from './scoring/quality.ts';
import { lockFaults } from './solving/lock-faults.ts';
import type { RoundSolution, RoundVerdict } from './solving/model.ts';
import { solveInWorker, verifyInWorker } from './solving/solve-in-worker.ts';
import { solveRound } from './solving/solve-round.ts';
import { verifyRound } from './solving/verify-round.ts';

export interface RoundPlan {
  readonly input: RoundInput;
  readonly solution: RoundSolution;
  readonly quality: Quality;
  /** What the independent check says of it. */
  readonly verdict: RoundVerdict;
  /** The same as long as nothing has changed that decides the round. */
  readonly fingerprint: string;
}

/**
 * The next round as it would be now, with these weights instead of the network's where they are given; changes nothing.
 */
export async function planRound(core: Core, db: Reader, weights: Partial<Weights> = {}): Promise<RoundPlan> {
  return await planOf(core, db, (await nextRound(core, db)).number, weights);
}

/** The same for a round of this number. */
export async function planOf(
  core: Core,
  db: Reader,
  number: number,
  weights: Partial<Weights> = {},
): Promise<RoundPlan> {
  const input = withoutFaults(await readRoundInput(core, db, number, weights));
  const solution = await solve(input);
  const groups = solution.groups.map(({ members }) => members);
  const verdict = await verify(input, solution);
  return { input, solution, quality: qualityOf(input, groups), verdict, fingerprint: fingerprintOf(core, input) };
}

/** What the next round is made from, as it would be now. */
async function readRoundInput(core: Core, db: Reader, number: number, weights: Partial<Weights>): Promise<RoundInput> {
  const at = await momentOf(core, db, number);
  const out = await sittingOut(db);
  const people = (await whoCanBeMatched(db, at)).filter(({ id }) => !out.has(id));
  return await readInput(core, db, people, { number, at, weights });
}

/** The next round and whether it is due, and waits for a convener to publish it. */
export interface NextRound {
  readonly number: number;
  /** When it is, or was, due; `undefined` where none is planned. */
  readonly at: Date | undefined;
  readonly isWaiting: boolean;
}

export async function nextRound({ clock }: Pick<Core, 'clock'>, db: Reader): Promise<NextRound> {
  const last = await db.selectFrom('rounds').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  const row = await appointmentOf(db, number);
  return { number, at: row?.at, isWaiting: row !== undefined && row.at <= clock.now() };
}

/** When the round of this number is, or was, due, done or not. */
async function appointmentOf(db: Reader, number: number): Promise<{ readonly at: Date } | undefined> {
  const row = db.selectFrom('agenda').select('due_at as at').where('kind', '=', 'matching.round');
  return await row.where('subject', '=', String(number)).executeTakeFirst();
}

/** A round that waited is made as for the moment when it was due, so that what was looked at is what is published. */
async function momentOf({ clock }: Core, db: Reader, number: number): Promise<Date> {
  return (await appointmentOf(db, number))?.at ?? clock.now();
}

/**
 * Who is put together by conveners, where that can be: not people one of whom asked not to meet another, or said that a
 * match with them was of no use (both were told to us in confidence, and conveners are not told which it was), nor people
 * whom something has kept apart since (a change of council, say).
 */
function withoutFaults(input: RoundInput): RoundInput {
  const faulty = new Set(lockFaults(input).map(({ lock }) => lock));
  const useless = input.past.filter(({ outcome }) => outcome === 'not-useful');
  const isUnwanted = (group: readonly string[]) => useless.some(({ a, b }) => group.includes(a) && group.includes(b));
  return { ...input, locked: input.locked.filter((group, index) => !faulty.has(index) && !isUnwanted(group)) };
}

/** Up to so many people a round is made in less time than a thread takes to start. */
const mostAtOnce = 100;

export async function solve(input: RoundInput): Promise<RoundSolution> {
  return input.members.length > mostAtOnce ? await solveInWorker(input) : solveRound(input);
}

async function verify(input: RoundInput, { certificate }: RoundSolution): Promise<RoundVerdict> {
  const isLong = input.members.length > mostAtOnce;
  return isLong ? await verifyInWorker(input, certificate) : verifyRound(input, certificate);
}

/** Keyed: what decides a round is partly told in confidence, and must not be guessed from it. */
function fingerprintOf({ cipher }: Core, input: RoundInput): string {
  return cipher.token(JSON.stringify(input)).toString('hex');
}
