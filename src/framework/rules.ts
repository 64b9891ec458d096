import { createHash } from 'node:crypto';
import { why } from './messages.ts';
import { anyStage, type Framework, type Prompt, type Stage, type Theme } from './model.ts';

/** A prompt that a member has been asked, whether or not it is still in its framework. */
export interface AskedPrompt {
  readonly framework: string;
  readonly theme: string;
  readonly stage: string;
  readonly prompt: string;
  readonly answered: boolean;
}

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
  /** One plain sentence for the member. */
  readonly why: string;
}

interface ThemeRecord {
  readonly framework: Framework;
  readonly theme: Theme;
  /** What the member has been asked in this theme, the oldest first. */
  readonly asked: readonly AskedPrompt[];
}

/** Answers in one theme before its prompts move on to the next stage. */
const answersPerStage = 2;

const noStage: Stage = { id: anyStage, name: '' };

/**
 * The prompt to ask next. `frameworks` are those this member uses, `asked` is their history with the oldest first,
 * `interests` are theme ids, and `seed` is the member's id, so that colleagues get different sequences.
 * The same input gives the same prompt. Throws only if there is no framework, or a cell of one is empty.
 */
export function choosePrompt(input: {
  readonly frameworks: readonly Framework[];
  readonly asked: readonly AskedPrompt[];
  readonly interests: readonly string[];
  readonly seed: string;
}): ChosenPrompt {
  const { interests, seed } = input;
  const { framework, theme, asked } = chooseTheme(input);
  const answers = asked.filter(({ answered }) => answered).length;
  const stage = stageAfter(answers, framework);
  const prompt = choosePromptInCell(theme.prompts[stage.id] ?? [], asked, seed);
  const reasons = {
    themeName: theme.name,
    stageName: stage.name,
    answers,
    interested: interests.includes(theme.id),
    newStage: stage !== stageAfter(0, framework) && asked.every((one) => one.stage !== stage.id),
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

/**
 * The theme asked about least, then one of interest, then one by the member's own order. Last time's theme waits while
 * there is another: a theme that is added to a framework later would else be asked about week after week.
 */
function chooseTheme({ frameworks, asked, interests, seed }: Parameters<typeof choosePrompt>[0]): ThemeRecord {
  const last = asked.at(-1);
  const records = frameworks.flatMap((framework) =>
    framework.themes.map((theme) => ({
      framework,
      theme,
      asked: asked.filter((one) => isAbout(one, framework, theme)),
    })),
  );
  return first(records, ({ framework, theme, asked: askedHere }) => [
    last !== undefined && isAbout(last, framework, theme) ? 1 : 0,
    askedHere.length,
    interests.includes(theme.id) ? 0 : 1,
    scatter(seed, theme.id),
  ]);
}

/** One never asked, by the member's own order; when all have been, the one asked longest ago. */
function choosePromptInCell(cell: readonly Prompt[], asked: readonly AskedPrompt[], seed: string): Prompt {
  return first(cell, ({ id }) => [asked.findLastIndex(({ prompt }) => prompt === id), scatter(seed, id)]);
}

function stageAfter(answers: number, framework: Framework): Stage {
  const stages = stagesOf(framework);
  return stages[Math.min(Math.floor(answers / answersPerStage), stages.length - 1)] ?? noStage;
}

function stagesOf({ stages }: Framework): readonly Stage[] {
  return stages.length === 0 ? [noStage] : stages;
}

function isAbout(asked: AskedPrompt, framework: Framework, theme: Theme): boolean {
  return asked.framework === framework.id && asked.theme === theme.id;
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

/** The item whose rank comes first: ranks are compared number by number, and the smaller wins. */
function first<Item>(items: readonly Item[], rank: (item: Item) => readonly number[]): Item {
  const ranked = items.map((item) => ({ item, rank: rank(item) }));
  const [best] = ranked.toSorted((one, other) => compare(one.rank, other.rank));
  if (best === undefined)
    throw new Error('There is no prompt to choose from: a framework, or a cell of one, is empty.');
  return best.item;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return (one[index] ?? 0) - (other[index] ?? 0);
}

/** A number that looks random and is always the same for the same two words. */
function scatter(seed: string, id: string): number {
  return createHash('sha256').update(`${seed}\n${id}`).digest().readUIntBE(0, 6);
}
