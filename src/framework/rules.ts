import { why } from './messages.ts';
import { anyStage, type Framework, type Prompt, type Stage, type Theme } from './model.ts';
import { type AskedPrompt, first, scatter } from './ranking.ts';
import { chooseTheme, type Interest } from './turns.ts';

export type { AskedPrompt } from './ranking.ts';
export type { Interest } from './turns.ts';

/** A prompt with its place in a framework. `stage` is 'any' and `stageName` is empty where there are no stages. */
export interface PlacedPrompt {
  readonly framework: string;
  readonly frameworkName: string;
  readonly version: number;
  readonly theme: string;
  readonly themeName: string;
  readonly stage: string;
  readonly stageName: string;
  readonly prompt: string;
  readonly text: string;
}

export interface ChosenPrompt extends PlacedPrompt {
  /** In plain words for the member. */
  readonly why: string;
}

/** What the choice rests on. The same history, frameworks, interests and seed give the same prompt. */
export interface Choice {
  /** Those this member is asked from. */
  readonly frameworks: readonly Framework[];
  /** Everything put to them, the oldest first: what they swapped or skipped too. Of no framework here: as if not there. */
  readonly asked: readonly AskedPrompt[];
  readonly interests: readonly Interest[];
  /** The theme of a conversation that they came to since the last of them; absent where they came to none. */
  readonly recent?: Interest;
  /** The member's id, so that colleagues get different sequences. */
  readonly seed: string;
}

/** Answers in one theme before its prompts move on to the next stage. */
const answersPerStage = 2;

const noStage: Stage = { id: anyStage, name: '' };

/** The prompt to ask next. Throws only if there is no framework, or a cell of one is empty. */
export function choosePrompt(choice: Choice): ChosenPrompt {
  const { framework, theme, isInterest, isRecent } = chooseTheme(choice);
  const asked = choice.asked.filter((one) => one.framework === framework.id && one.theme === theme.id);
  const answers = asked.filter(({ answered }) => answered).length;
  const stage = nextStage(framework, asked, answers);
  const prompt = choosePromptInCell(theme.prompts[stage.id] ?? [], asked, choice.seed);
  const reasons = {
    themeName: theme.name,
    stageName: stage.name,
    answers,
    asked: asked.length > 0,
    interested: isInterest,
    came: isRecent,
    newStage: stage !== stagesOf(framework)[0] && asked.every((one) => one.stage !== stage.id),
    again: asked.some((one) => one.prompt === prompt.id),
  };
  return { ...placed(framework, theme, stage, prompt), why: why(reasons) };
}

/** A prompt by its id, or nothing if no framework has it any longer. */
export function findPrompt(frameworks: readonly Framework[], promptId: string): PlacedPrompt | undefined {
  for (const framework of frameworks) {
    for (const theme of framework.themes) {
      for (const stage of stagesOf(framework)) {
        const prompt = theme.prompts[stage.id]?.find(({ id }) => id === promptId);
        if (prompt !== undefined) return placed(framework, theme, stage, prompt);
      }
    }
  }
  return undefined;
}

/** One never asked, by the member's own order; when all have been, the one asked longest ago. */
function choosePromptInCell(cell: readonly Prompt[], asked: readonly AskedPrompt[], seed: string): Prompt {
  const lastTime = new Map(asked.map(({ prompt }, index) => [prompt, index]));
  return first(cell, ({ id }) => [lastTime.get(id) ?? -1, lastTime.has(id) ? 0 : scatter(seed, id)]);
}

/** Grows with answers, and never goes back: not when an answer is deleted, and not when a framework is given stages anew. */
function nextStage(framework: Framework, asked: readonly AskedPrompt[], answers: number): Stage {
  const stages = stagesOf(framework);
  const grown = Math.min(Math.floor(answers / answersPerStage), stages.length - 1);
  const reached = stages.findLastIndex(({ id }) => asked.some(({ stage }) => stage === id));
  return stages[Math.max(grown, reached)] ?? noStage;
}

function stagesOf({ stages }: Framework): readonly Stage[] {
  return stages.length === 0 ? [noStage] : stages;
}

function placed(framework: Framework, theme: Theme, stage: Stage, prompt: Prompt): PlacedPrompt {
  return {
    framework: framework.id,
    frameworkName: framework.name,
    version: framework.version,
    theme: theme.id,
    themeName: theme.name,
    stage: stage.id,
    stageName: stage.name,
    prompt: prompt.id,
    text: prompt.text,
  };
}
