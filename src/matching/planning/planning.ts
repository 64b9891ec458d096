import type { Core } from '../../core.ts';
import type { Reader } from '../../store/database.ts';
import { sittingOut, whoCanBeMatched } from '../people/candidates.ts';
import { readInput } from '../people/reading.ts';
import type { RoundInput, Weights } from '../scoring/model.ts';
import { type Quality, qualityOf } from '../scoring/quality.ts';
import { lockFaults } from '../solving/lock-faults.ts';
import type { Progress, RoundSolution, RoundVerdict } from '../solving/model.ts';
import { solveInWorker, verifyInWorker } from '../solving/solve-in-worker.ts';
import { solveRound } from '../solving/solve-round.ts';
import { verifyRound } from '../solving/verify-round.ts';
import { createMemory } from './memory.ts';

/** What a round is made from. */
export interface RoundDraft {
  readonly input: RoundInput;
  /** The same as long as nothing has changed that decides the round. */
  readonly fingerprint: string;
}

export interface RoundPlan extends RoundDraft {
  readonly solution: RoundSolution;
  readonly quality: Quality;
  /** The same as long as the same people would meet, and the same be left out for the same reasons. */
  readonly outcome: string;
}

/**
 * The next round as it would be now, with these weights instead of the network's where they are given; changes nothing.
 */
export async function planRound(
  core: Core,
  db: Reader,
  weights: Partial<Weights> = {},
  onProgress?: Progress,
): Promise<RoundPlan> {
  return await solveDraft(core, await draftRound(core, db, weights), onProgress);
}

/** The same for a round of this number. */
export async function planOf(core: Core, db: Reader, number: number): Promise<RoundPlan> {
  return await solveDraft(core, await draftOf(core, db, number, {}));
}

/** What the next round would be made from. */
export async function draftRound(core: Core, db: Reader, weights: Partial<Weights> = {}): Promise<RoundDraft> {
  return await draftOf(core, db, (await nextRound(core, db)).number, weights);
}

async function draftOf(core: Core, db: Reader, number: number, weights: Partial<Weights>): Promise<RoundDraft> {
  const input = withoutFaults(await readRoundInput(core, db, number, weights));
  return { input, fingerprint: fingerprintOf(core, input) };
}

/** The round that is looked at, page by page, and another that is tried beside it. */
const solved = createMemory<Promise<RoundSolution>>(3);

async function solveDraft(core: Core, draft: RoundDraft, onProgress?: Progress): Promise<RoundPlan> {
  const { input, fingerprint } = draft;
  const solving = solved.recall(core, fingerprint, () => solve(core, input, onProgress));
  solving.catch(() => solved.forget(core, fingerprint));
  const solution = await solving;
  const groups = solution.groups.map(({ members }) => members);
  return { ...draft, solution, quality: qualityOf(input, groups), outcome: outcomeOf(core, solution) };
}

/** Keyed, as the fingerprint is: it goes out with a button. */
function outcomeOf({ cipher }: Core, { groups, leftOut }: RoundSolution): string {
  const met = groups.map(({ members }) => members.toSorted().join(' ')).toSorted();
  const out = leftOut.map(({ memberId, reason }) => `${memberId} ${reason}`).toSorted();
  return cipher.token(JSON.stringify([met, out])).toString('hex');
}

/** What the independent check says of a plan. */
export async function verifyPlan({ closing }: Core, { input, solution }: RoundPlan): Promise<RoundVerdict> {
  const { certificate } = solution;
  const isMany = input.members.length > mostAtOnce;
  return isMany ? await verifyInWorker(input, certificate, { signal: closing }) : verifyRound(input, certificate);
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

/** Up to so many people pairs are found, and a round is verified, in less time than a thread takes to start. */
const mostAtOnce = 100;
/** Groups take longer. */
const mostInGroups = 20;

/** Whether a round takes so long to solve that others would wait for it: it is solved in a thread of its own then. */
export function isLong({ members, groupSize }: RoundInput): boolean {
  const hasGroups = groupSize !== 2 || members.some(({ wantsGroup }) => wantsGroup);
  return members.length > (hasGroups ? mostInGroups : mostAtOnce);
}

/** Rejects with the reason of the core's closing, where that comes first. */
export async function solve({ closing }: Core, input: RoundInput, onProgress?: Progress): Promise<RoundSolution> {
  if (!isLong(input)) return solveRound(input);
  return await solveInWorker(input, onProgress === undefined ? { signal: closing } : { signal: closing, onProgress });
}

/** Keyed: what decides a round is partly told in confidence, and must not be guessed from it. */
function fingerprintOf({ cipher }: Core, input: RoundInput): string {
  return cipher.token(JSON.stringify(input)).toString('hex');
}
