import { z } from 'zod';

// Block Kit as Slack publishes it (https://docs.slack.dev/reference/block-kit), for the blocks and elements we use.
// Written from those pages and not from the adapter, so that the two can disagree.

const text = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().trim().min(1).max(max),
    emoji: z.boolean().optional(),
  });
const id = z.string().min(1).max(255);
const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: text(75),
  value: z.string().max(2000).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(3000)
    .optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().min(1).max(75).optional(),
});
const option = z.strictObject({ text: text(75), value: z.string().min(1).max(75) });
const options = z.array(option).min(1).max(100).optional();
const option_groups = z
  .array(z.strictObject({ label: text(75), options: z.array(option).min(1).max(100) }))
  .min(1)
  .max(100)
  .optional();
const channel = z.string().regex(/^[CG][A-Z0-9]+$/);
const element = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('plain_text_input'),
      action_id: id,
      multiline: z.boolean().optional(),
      max_length: z.int().min(1).max(3000),
      initial_value: z.string().max(3000).optional(),
    })
    .refine((input) => (input.initial_value ?? '').length <= input.max_length, 'initial value longer than allowed'),
  z
    .strictObject({
      type: z.literal('number_input'),
      action_id: id,
      is_decimal_allowed: z.boolean(),
      min_value: z.string(),
      max_value: z.string(),
      initial_value: z
        .string()
        .regex(/^-?\d+$/)
        .optional(),
    })
    .refine((input) => isWithin(input.initial_value, input.min_value, input.max_value), 'initial value out of range'),
  z
    .strictObject({
      type: z.literal('static_select'),
      action_id: id,
      options,
      option_groups,
      initial_option: option.optional(),
    })
    .refine(isOneList, 'options and groups of them')
    .refine((select) => isOffered(select, select.initial_option ?? []), 'initial option is none of the options'),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      action_id: id,
      options,
      option_groups,
      initial_options: z.array(option).min(1).optional(),
    })
    .refine(isOneList, 'options and groups of them')
    .refine((select) => isOffered(select, select.initial_options ?? []), 'initial option is none of the options'),
  z
    .strictObject({
      type: z.literal('checkboxes'),
      action_id: id,
      options: z.array(option).min(1).max(10),
      initial_options: z.array(option).min(1).optional(),
    })
    .refine((boxes) => isOffered(boxes, boxes.initial_options ?? []), 'initial option is none of the options'),
  z.strictObject({ type: z.literal('datepicker'), action_id: id, initial_date: z.iso.date().optional() }),
  z.strictObject({
    type: z.literal('timepicker'),
    action_id: id,
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    action_id: id,
    filter: z
      .strictObject({
        include: z
          .array(z.enum(['public', 'private', 'im', 'mpim']))
          .min(1)
          .optional(),
        exclude_external_shared_channels: z.boolean().optional(),
        exclude_bot_users: z.boolean().optional(),
      })
      .optional(),
    initial_conversation: channel.optional(),
  }),
]);
const block_id = id.optional();
const richText = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  style: z
    .strictObject({ bold: z.boolean(), italic: z.boolean(), strike: z.boolean(), code: z.boolean() })
    .partial()
    .optional(),
});
const shown = [
  z.strictObject({ type: z.literal('header'), block_id, text: text(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      block_id,
      text: text(3000).optional(),
      fields: z.array(text(2000)).min(1).max(10).optional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined, 'a section without text'),
  z.strictObject({ type: z.literal('actions'), block_id, elements: z.array(button).min(1).max(25) }),
  z.strictObject({
    type: z.literal('rich_text'),
    block_id,
    elements: z
      .array(z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richText).min(1) }))
      .min(1),
  }),
] as const;
const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: text(2000),
  hint: text(2000).optional(),
  optional: z.boolean(),
  element,
});

const messageBlocks = z
  .array(z.discriminatedUnion('type', [...shown]))
  .max(50)
  .superRefine(checkIds);
const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: text(24),
    close: text(24).optional(),
    submit: text(24).optional(),
    callback_id: id.optional(),
    private_metadata: z.string().max(3000).optional(),
    blocks: z
      .array(z.discriminatedUnion('type', [...shown, input]))
      .max(100)
      .superRefine(checkIds),
  })
  .refine((view) => view.submit !== undefined || view.blocks.every((block) => block.type !== 'input'), 'no submit')
  .refine(isSmallEnough, 'view_too_large');
/** The page that Slack keeps for one person: no title, and no questions that we know of. */
const home = z
  .strictObject({
    type: z.literal('home'),
    callback_id: id.optional(),
    private_metadata: z.string().max(3000).optional(),
    blocks: z
      .array(z.discriminatedUnion('type', [...shown]))
      .min(1)
      .max(100)
      .superRefine(checkIds),
  })
  .refine(isSmallEnough, 'view_too_large');

/**
 * What Slack would object to in a message; nothing when it would take it. A post may have a text of 40,000 characters,
 * but any post may be changed, and a change 4,000: https://docs.slack.dev/reference/methods/chat.update
 */
export function objectionsToMessage(message: { readonly text: string; readonly blocks: unknown }): readonly string[] {
  const found = objections(messageBlocks.safeParse(message.blocks));
  const sum = textIn(message.blocks);
  return [
    ...found,
    ...(message.text === '' ? ['no_text'] : []),
    ...(message.text.length > 4000 ? ['msg_too_long'] : []),
    ...(sum > 13_200 ? [`msg_blocks_too_long: ${sum}`] : []),
  ];
}

export function objectionsToModal(view: unknown): readonly string[] {
  return objections(modal.safeParse(view));
}

export function objectionsToHome(view: unknown): readonly string[] {
  return objections(home.safeParse(view));
}

function isSmallEnough(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view)) <= 250_000;
}

function objections(result: z.ZodSafeParseResult<unknown>): readonly string[] {
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`);
}

type Shown = z.infer<typeof option>;

interface List {
  readonly options?: readonly Shown[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly Shown[] }[] | undefined;
}

function isOneList({ options, option_groups }: List): boolean {
  return (options === undefined) !== (option_groups === undefined);
}

/** Slack compares the whole option, and not its value alone. */
function isOffered({ options = [], option_groups = [] }: List, initial: Shown | readonly Shown[]): boolean {
  const offered = [...options, ...option_groups.flatMap((group) => group.options)].map((each) => JSON.stringify(each));
  return [initial].flat().every((each) => offered.includes(JSON.stringify(each)));
}

function isWithin(value: string | undefined, min: string, max: string): boolean {
  return value === undefined || (Number(value) >= Number(min) && Number(value) <= Number(max));
}

type Identified = readonly {
  readonly block_id?: string | undefined;
  readonly elements?: readonly object[];
}[];

function checkIds(blocks: Identified, context: z.RefinementCtx): void {
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  if (new Set(ids).size < ids.length) context.addIssue('two blocks with one block_id');
  const actions = blocks
    .flatMap((block) => block.elements ?? [])
    .flatMap((one) => ('action_id' in one ? [one.action_id] : []));
  if (new Set(actions).size < actions.length) context.addIssue('two actions with one action_id');
}

function textIn(value: unknown): number {
  let length = 0;
  JSON.stringify(value, (key, part: unknown) => {
    if (key === 'text' && typeof part === 'string') length += part.length;
    return part;
  });
  return length;
}
