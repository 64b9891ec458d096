import { z } from 'zod';
import { type Field, type Option, readValues, writeValues } from '../../src/messages/form.ts';
import type { Element, Input } from './card.ts';
import { limits } from './limits.ts';
import { textBlock } from './render.ts';
import { label, markdownLine } from './text.ts';
import { inputMistake, problemLine, words } from './words.ts';

/** Answers come back among the other data of a submitted dialog: this keeps them apart. */
export const answerPrefix = 'answer_';

/** The control of one field, below what was wrong with the last answer. */
export function fieldElements(field: Field): readonly Element[] {
  const problem = markdownLine(problemLine(field.problem), limits.inputLabel);
  const above: readonly Element[] = field.problem === '' ? [] : [{ ...textBlock(problem), weight: 'Bolder' }];
  return [...above, input(field)];
}

function input(field: Field): Input {
  const asks = label(field.label, limits.inputLabel);
  const name = field.required ? asks : `${asks} ${words.optional}`;
  const asked = {
    id: `${answerPrefix}${field.name}`,
    // A screen reader reads the label alone, so the hint stands in it.
    label: field.hint === '' ? name : `${endSentence(name)} ${label(field.hint, limits.inputLabel)}`,
    isRequired: field.required,
    // Unlike the label, a client reads this one as Markdown.
    errorMessage: markdownLine(inputMistake(asks), limits.inputLabel),
  };
  switch (field.kind) {
    case 'line':
    case 'text': {
      const { maxLength } = field;
      const value = field.value.slice(0, maxLength).toWellFormed();
      return { ...asked, type: 'Input.Text', isMultiline: field.kind === 'text', maxLength, value };
    }
    case 'number':
      return { ...asked, type: 'Input.Number', min: field.min, max: field.max, ...numberValue(field.value) };
    case 'choice':
    case 'scale': {
      const choices = field.options.map(choice);
      const value = choices.some((option) => option.value === field.value) ? field.value : '';
      return { ...asked, type: 'Input.ChoiceSet', style: 'compact', placeholder: words.choose, choices, value };
    }
    case 'choices': {
      const choices = field.options.map(choice);
      const chosen = readValues(field.value);
      const value = writeValues(choices.map((option) => option.value).filter((known) => chosen.includes(known)));
      // Whatever its style, a client draws it as a list of boxes to tick.
      return { ...asked, type: 'Input.ChoiceSet', style: 'expanded', isMultiSelect: true, wrap: true, choices, value };
    }
    case 'room':
      return { ...asked, type: 'Input.Text', isMultiline: false, maxLength: limits.inputLabel, value: field.value };
    case 'date':
      return { ...asked, type: 'Input.Date', ...valid(z.iso.date(), field.value) };
    case 'time':
      return { ...asked, type: 'Input.Time', ...valid(z.iso.time({ precision: -1 }), field.value) };
  }
}

function choice(option: Option) {
  return { title: label(option.label, limits.inputLabel), value: option.value };
}

function endSentence(text: string): string {
  return /[.?!:]$/.test(text) ? text : `${text}.`;
}

function numberValue(text: string): { readonly value?: number } {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? {} : { value };
}

/** Teams shows no card at all that holds a date or a time it cannot read. */
function valid(schema: z.ZodType<string>, text: string): { readonly value?: string } {
  return schema.safeParse(text).success ? { value: text } : {};
}
