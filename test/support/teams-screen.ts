import { z } from 'zod';

/** A card as a client reads it: as much of it as we can press, fill in or read. */
const Action = z.looseObject({
  type: z.string(),
  title: z.string(),
  data: z.record(z.string(), z.unknown()).catch({}),
});
export type ShownAction = z.infer<typeof Action>;

const Element = z.looseObject({
  type: z.string(),
  text: z.string().catch(''),
  id: z.string().catch(''),
  label: z.string().catch(''),
  value: z.union([z.string(), z.number()]).catch(''),
  inlines: z.array(z.object({ text: z.string() })).catch([]),
  isMultiSelect: z.boolean().catch(false),
  choices: z.array(z.object({ title: z.string(), value: z.string() })).catch([]),
  facts: z.array(z.object({ title: z.string(), value: z.string() })).catch([]),
  actions: z.array(Action).catch([]),
  items: z.array(z.unknown()).catch([]),
});
type ShownElement = z.infer<typeof Element>;

const Card = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.literal('1.5'), body: z.array(z.unknown()) });

/** All elements of a card, those inside containers too, in reading order. */
function elementsOf(card: unknown): readonly ShownElement[] {
  return Card.parse(card).body.flatMap(withItems);
}

function withItems(value: unknown): readonly ShownElement[] {
  const element = Element.parse(value);
  return [element, ...element.items.flatMap(withItems)];
}

export function actionsOf(card: unknown): readonly ShownAction[] {
  return elementsOf(card).flatMap((element) => element.actions);
}

/** What stands in the inputs before anybody types, by their id. */
export function inputsOf(card: unknown): Readonly<Record<string, string>> {
  const inputs = elementsOf(card).filter((element) => element.type.startsWith('Input.'));
  return Object.fromEntries(inputs.map((input) => [input.id, String(input.value)]));
}

/** What a person reads on a card, without its buttons. */
export function textOf(card: unknown): string {
  return elementsOf(card)
    .map(textOfElement)
    .filter((text) => text !== '')
    .join('\n');
}

function textOfElement({ type, text, label, value, facts, inlines, isMultiSelect, choices }: ShownElement): string {
  if (type === 'RichTextBlock') return inlines.map((run) => run.text).join('');
  if (type === 'TextBlock') return read(text);
  if (type === 'FactSet') return facts.map((fact) => `${read(fact.title)}: ${read(fact.value)}`).join('\n');
  if (isMultiSelect) return [label, ...choices.map(({ title }) => title), value].join('\n');
  return type.startsWith('Input.') ? `${label}\n${value}` : '';
}

/** Markdown as it is shown: a backslash takes the meaning from the sign after it. */
function read(text: string): string {
  return text
    .replace(/\r/g, '\n')
    .replace(/\n\n/g, '\n')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
