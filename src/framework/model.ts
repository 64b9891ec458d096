import { z } from 'zod';
import { fewestInCell, questionFaults } from './question.ts';

/** The key that holds all the prompts of a theme where a framework has no stages. */
export const anyStage = 'any';

/** The reason given for what is not there; only the reader of the file knows its name. */
export const missing = 'missing';

const idForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const promptIdForm = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/;

const id = text('“id”').regex(idForm, 'An id has small letters, digits and hyphens only, and starts with a letter.');
const label = text('This').min(1, 'This text is empty.');

/** A question about the reader's own practice; its form is checked word by word. */
const promptText = text('“text”').superRefine((question, context) => {
  for (const message of questionFaults(question, 'prompt')) context.addIssue({ code: 'custom', message });
});

const promptSchema = group('A prompt', {
  id: text('“id”').regex(
    promptIdForm,
    'A prompt’s id is like “good-governance.experience.3”: small letters, digits, hyphens and dots.',
  ),
  text: promptText,
});

const openingQuestion = text('An opening question').superRefine((question, context) => {
  for (const message of questionFaults(question, 'opening')) context.addIssue({ code: 'custom', message });
});

const themeSchema = group('A theme', {
  id,
  name: label,
  about: label,
  prompts: z.record(z.string(), list('The prompts of a stage', promptSchema).min(fewestInCell, tooFew('prompts')), {
    error: missingOr('“prompts” must have a group for each stage.'),
  }),
  openingQuestions: list('“openingQuestions”', openingQuestion)
    .refine((questions) => questions.length === 0 || questions.length >= fewestInCell, tooFew('opening questions'))
    .default([]),
});

export const frameworkSchema = group('A framework file', {
  id,
  version: z
    .int({ error: missingOr('“version” must be a whole number, such as 2.') })
    .positive('“version” starts at 1.'),
  name: label,
  credit: label,
  stages: list('“stages”', group('A stage', { id, name: label })),
  themes: list('“themes”', themeSchema).min(1, 'A framework needs at least one theme.'),
});

/** A leadership framework: themes, the stages a leader goes through in each, and prompts for every theme and stage. */
export interface Framework {
  readonly id: string;
  /** Goes up by one each time the file is edited. */
  readonly version: number;
  readonly name: string;
  /** Whose names for themes and stages these are. */
  readonly credit: string;
  /** In the order a leader goes through them; none where the framework has no stages. */
  readonly stages: readonly Stage[];
  readonly themes: readonly Theme[];
}

export interface Stage {
  readonly id: string;
  readonly name: string;
}

export interface Theme {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  /** By stage id; under {@link anyStage} where the framework has no stages. */
  readonly prompts: Readonly<Record<string, readonly Prompt[]>>;
  /** For the host of a group conversation on this theme; often none. */
  readonly openingQuestions: readonly string[];
}

export interface Prompt {
  /** Like 'good-governance.experience.3'; never given to another question. */
  readonly id: string;
  readonly text: string;
}

/** The keys under which a theme's prompts stand in this framework, in the order of its stages. */
export function stageKeys(framework: Framework): readonly string[] {
  return framework.stages.length === 0 ? [anyStage] : framework.stages.map((stage) => stage.id);
}

function text(what: string) {
  return z.string({ error: missingOr(`${what} must be text, in double quotes.`) }).trim();
}

function list<Item extends z.ZodType>(what: string, item: Item) {
  return z.array(item, { error: missingOr(`${what} must be a list: one line for each, starting with a hyphen.`) });
}

function group<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  return z.strictObject(shape, { error: missingOr(`${what} must be a group of lines such as “id: …” and “name: …”.`) });
}

function missingOr(reason: string) {
  return (issue: { readonly input?: unknown }) =>
    issue.input === undefined || issue.input === null ? missing : reason;
}

function tooFew(what: string): string {
  return `There are too few ${what} here. Write at least ${fewestInCell}.`;
}
