import { z } from 'zod';

/**
 * Adaptive Cards 1.5 as strictly as Teams reads them, for as much of it as we may use. Written from the public schema,
 * not from our renderer: an element or a property that is not here has not been tried in Teams.
 * https://adaptivecards.io/schemas/1.5.0/adaptive-card.json
 */
const title = z.string().min(1).max(100);
const style = z.enum(['positive', 'destructive']).optional();
const data = z.record(z.string(), z.unknown());
const text = z.string().min(1);

const Submit = z.strictObject({ type: z.literal('Action.Submit'), title, data, style });
const OpenUrl = z.strictObject({ type: z.literal('Action.OpenUrl'), title, url: z.string().min(1) });
const Execute = z.strictObject({ type: z.literal('Action.Execute'), title, verb: text, data, style, fallback: Submit });

const TextBlock = z
  .strictObject({
    type: z.literal('TextBlock'),
    text,
    wrap: z.literal(true),
    style: z.literal('heading').optional(),
    size: z.enum(['Medium', 'Large']).optional(),
    weight: z.literal('Bolder').optional(),
  })
  .refine((block) => block.text.trim() !== '', 'a text nobody can see');
const FactSet = z.strictObject({
  type: z.literal('FactSet'),
  facts: z.array(z.strictObject({ title: text, value: text })),
});
const RichTextBlock = z
  .strictObject({
    type: z.literal('RichTextBlock'),
    inlines: z
      .array(z.strictObject({ type: z.literal('TextRun'), text, strikethrough: z.literal(true).optional() }))
      .min(1),
  })
  .refine(({ inlines }) => inlines.some((run) => run.text.trim() !== ''), 'a text nobody can see');

/** What every input needs so that a screen reader can say it. */
const asked = { id: z.string().regex(/^\w+$/), label: text, isRequired: z.boolean(), errorMessage: text };
const Input = z.union([
  z.strictObject({
    ...asked,
    type: z.literal('Input.Text'),
    isMultiline: z.boolean(),
    maxLength: z.number().int(),
    value: z.string(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('Input.Number'),
    min: z.number(),
    max: z.number(),
    value: z.number().optional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('Input.ChoiceSet'),
    style: z.literal('compact'),
    placeholder: text,
    choices: z.array(z.strictObject({ title: text, value: z.string() })),
    value: z.string(),
    isMultiSelect: z.literal(false).optional(),
  }),
  z
    .strictObject({
      ...asked,
      type: z.literal('Input.ChoiceSet'),
      style: z.literal('expanded'),
      isMultiSelect: z.literal(true),
      wrap: z.literal(true),
      choices: z.array(z.strictObject({ title: text, value: z.string() })),
      value: z.string(),
    })
    .refine(
      ({ choices, value }) =>
        value === '' || value.split(',').every((one) => choices.some((known) => known.value === one)),
      'a value that is none of the choices',
    ),
  z.strictObject({ ...asked, type: z.literal('Input.Date'), value: z.iso.date().optional() }),
  z.strictObject({ ...asked, type: z.literal('Input.Time'), value: z.iso.time({ precision: -1 }).optional() }),
]);

function cardWith(actions: z.ZodType) {
  const ActionSet = z.strictObject({ type: z.literal('ActionSet'), actions: z.array(actions).min(1).max(6) });
  const leaf = z.union([TextBlock, RichTextBlock, FactSet, ActionSet, Input]);
  const Container = z.strictObject({
    type: z.literal('Container'),
    items: z.array(
      z.union([
        leaf,
        z.strictObject({ type: z.literal('Container'), style: z.literal('emphasis'), items: z.array(leaf) }),
      ]),
    ),
    style: z.enum(['emphasis', 'attention']).optional(),
    separator: z.literal(true).optional(),
    spacing: z.literal('Large').optional(),
  });
  return z.strictObject({
    type: z.literal('AdaptiveCard'),
    $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
    version: z.literal('1.5'),
    msteams: z.strictObject({ width: z.literal('Full') }),
    body: z.array(z.union([leaf, Container])).min(1),
  });
}

export const ChatCard = cardWith(z.union([Submit, Execute, OpenUrl]));
/** Teams knows no Action.Execute in a dialog. */
export const DialogCard = cardWith(z.union([Submit, OpenUrl]));

/** What is wrong with a card, '' when nothing is. */
export function objectionsTo(schema: typeof ChatCard, card: unknown): string {
  const parsed = schema.safeParse(card);
  return parsed.success ? '' : z.prettifyError(parsed.error);
}
