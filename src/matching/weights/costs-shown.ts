import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '../../core.ts';
import type { Reply } from '../../messages/reply.ts';
import { createMemory } from '../planning/memory.ts';
import { draftRound, isLong } from '../planning/planning.ts';
import type { RoundInput } from '../scoring/model.ts';
import type { LeftOutReason, RoundSolution } from '../solving/model.ts';
import { solveSeveral } from '../solving/solve-in-worker.ts';
import { solveRound } from '../solving/solve-round.ts';
import { costsAgainst, type Rule, type RuleCost, rulesInUse, withoutRule } from './costs.ts';
import { costsPage, type ShownCosts } from './costs-messages.ts';

/** Slack takes a window within three seconds of a press: https://docs.slack.dev/surfaces/modals#trigger_id */
const patienceMs = 2_000;

/** What each rule costs, as far as it is worked out. */
interface Working {
  readonly rules: readonly Rule[];
  readonly costs: ReadonlyMap<Rule, RuleCost>;
  /** Of the round itself. */
  soFar(): Pick<ShownCosts, 'isExact' | 'leftOutByCouncil'>;
  readonly done: Promise<void>;
  stop(): void;
}

/** Of the round as it is now: once anything in it has changed, nobody asks for the other any more. */
const latest = createMemory<Working>(1, (working) => working.stop());

/**
 * Makes the round once more without each rule that decides anything in it. Where that takes long it goes on by itself, and
 * whoever asks is shown what is there; asked again, it shows more.
 */
export async function showCosts(core: Core): Promise<Reply> {
  const late = pause(patienceMs, undefined, { ref: false });
  const { input, fingerprint } = await draftRound(core, core.db);
  const working = latest.recall(core, fingerprint, () => begin(core, input));
  try {
    await Promise.race([working.done, late]);
  } catch (error) {
    latest.forget(core, fingerprint);
    throw error;
  }
  const { rules, costs } = working;
  const known = rules.flatMap((rule) => costs.get(rule) ?? []);
  return { kind: 'page', page: costsPage({ costs: known, rules: rules.length, ...working.soFar() }) };
}

function begin(core: Core, input: RoundInput): Working {
  const rules = rulesInUse(input);
  const inputs = [input, ...rules.map((rule) => withoutRule(input, rule))];
  const stop = new AbortController();
  const { costs, note, soFar } = comparing(input, rules);
  const done = solveAll(inputs, AbortSignal.any([core.closing, stop.signal]), note).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  // Nobody may be waiting for it. Whoever asks next is told.
  done.catch(() => {});
  return { rules, costs, soFar, done, stop: () => stop.abort() };
}

type Note = (solution: RoundSolution, place: number) => void;

async function solveAll(inputs: readonly RoundInput[], signal: AbortSignal, note: Note): Promise<void> {
  // The same effort for all: the round itself is held against others that were not looked for longer.
  const effort = 'quick';
  if (inputs.some(isLong)) return await solveSeveral({ inputs, effort, signal, onSolved: note });
  for (const [place, input] of inputs.entries()) note(solveRound(input, { effort }), place);
}

/** Too few took part from other councils than theirs. */
const isOfCouncil: ReadonlySet<LeftOutReason> = new Set(['no-other-council', 'one-council']);

/** Takes the round first, and the one without each rule in any order. */
function comparing(input: RoundInput, rules: readonly Rule[]) {
  const costs = new Map<Rule, RuleCost>();
  const solved = new Map<Rule, RoundSolution>();
  let against: ReturnType<typeof costsAgainst> | undefined;
  let isExact = true;
  let leftOutByCouncil = 0;
  const note: Note = (solution, place) => {
    const rule = rules[place - 1];
    if (rule === undefined) {
      against = costsAgainst(input, solution);
      isExact = solution.certificate.parts.every(({ kind }) => kind !== 'groups');
      leftOutByCouncil = solution.leftOut.filter(({ reason }) => isOfCouncil.has(reason)).length;
    } else solved.set(rule, solution);
    if (against === undefined) return;
    for (const [one, without] of solved) costs.set(one, against(one, without));
    solved.clear();
  };
  return { costs, note, soFar: () => ({ isExact, leftOutByCouncil }) };
}
