import { z } from 'zod';

// What a person sees of Block Kit, and what they can press.

const Text = z.object({ text: z.string() });
const Option = z.object({ text: Text, value: z.string() });
const Element = z.looseObject({
  type: z.string(),
  /** Nothing that can be pressed or filled in lacks one. */
  action_id: z.string().default(''),
  /** The words of a section of rich text. */
  elements: z.array(z.object({ text: z.string() })).default([]),
  text: Text.optional(),
  value: z.string().optional(),
  url: z.string().optional(),
  accessibility_label: z.string().optional(),
  initial_value: z.string().optional(),
  initial_date: z.string().optional(),
  initial_time: z.string().optional(),
  initial_conversation: z.string().optional(),
  initial_option: Option.optional(),
  initial_options: z.array(Option).default([]),
  options: z.array(Option).default([]),
  option_groups: z.array(z.object({ label: Text, options: z.array(Option) })).default([]),
  max_length: z.number().optional(),
});
export type ShownElement = z.infer<typeof Element>;

const Block = z.looseObject({
  type: z.string(),
  block_id: z.string().default(''),
  text: Text.optional(),
  fields: z.array(Text).default([]),
  elements: z.array(Element).default([]),
  label: Text.optional(),
  hint: Text.optional(),
  optional: z.boolean().default(false),
  element: Element.optional(),
});
export type ShownBlock = z.infer<typeof Block>;

/** Reads blocks, giving each one without a `block_id` an id, as Slack does. */
export function readBlocks(blocks: readonly unknown[]): readonly ShownBlock[] {
  return blocks.map((block, index) => {
    const read = Block.parse(block);
    return read.block_id === '' ? { ...read, block_id: `slack-${index}` } : read;
  });
}

export function textOf(blocks: readonly ShownBlock[]): string {
  return blocks.flatMap(linesOf).join('\n');
}

function linesOf(block: ShownBlock): readonly string[] {
  const texts = [block.text, ...block.fields, block.label, block.hint].flatMap((text) => text?.text ?? []);
  const inputs = block.element === undefined ? [] : inputLines(block.element);
  const labels = block.elements.flatMap((element) => element.text?.text ?? []);
  const rich = block.elements.map((element) => element.elements.map(({ text }) => text).join(''));
  return [...texts, ...inputs, ...labels, ...rich.filter((line) => line !== '')];
}

function inputLines(element: ShownElement): readonly string[] {
  const options = optionsOf(element).map((option) => option.text.text);
  return [...options, initialOf(element)].filter((line) => line !== '');
}

function optionsOf({ options, option_groups }: ShownElement): readonly z.infer<typeof Option>[] {
  return [...options, ...option_groups.flatMap((group) => group.options)];
}

/** What stands in a question before it is answered: text, or the values of the chosen options with commas between. */
function initialOf(element: ShownElement): string {
  const { initial_value, initial_date, initial_time, initial_conversation, initial_option, initial_options } = element;
  const chosen = [...(initial_option === undefined ? [] : [initial_option]), ...initial_options];
  const values = chosen.map(({ value }) => value).join(',');
  return initial_value ?? initial_date ?? initial_time ?? initial_conversation ?? values;
}

export interface ShownButton {
  readonly block: ShownBlock;
  readonly element: ShownElement;
}

/** The last button with this label, read by eye or by a screen reader. */
export function findButton(blocks: readonly ShownBlock[], label: string): ShownButton | undefined {
  const buttons = blocks.flatMap((block) => block.elements.map((element) => ({ block, element })));
  return buttons.findLast(({ element }) => element.text?.text === label || element.accessibility_label === label);
}

/** What Slack sends for an answer, which it checks first: `undefined` where it would not let the form be sent. */
export function answerState(block: ShownBlock, given: string | undefined): Record<string, unknown> | undefined {
  const { element } = block;
  if (element === undefined) return undefined;
  const answer = given ?? initialOf(element);
  const value = answer === '' ? null : answer;
  if (value === null && !block.optional) return undefined;
  switch (element.type) {
    case 'datepicker':
      return { type: element.type, selected_date: value };
    case 'timepicker':
      return { type: element.type, selected_time: value };
    case 'conversations_select':
      return { type: element.type, selected_conversation: value };
    case 'static_select': {
      const chosen = optionsOf(element).find((option) => option.value === value) ?? null;
      return chosen === null && value !== null ? undefined : { type: element.type, selected_option: chosen };
    }
    case 'checkboxes':
    case 'multi_static_select': {
      const values = answer === '' ? [] : answer.split(',');
      const chosen = optionsOf(element).filter((option) => values.includes(option.value));
      return chosen.length < values.length ? undefined : { type: element.type, selected_options: chosen };
    }
    default:
      return answer.length > (element.max_length ?? 3000) ? undefined : { type: element.type, value };
  }
}
