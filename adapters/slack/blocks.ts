import type { types } from '@slack/bolt';
import {
  type Block,
  type Button,
  type ButtonStyle,
  type Fact,
  joinQuotes,
  type PlainButton,
  withoutChats,
} from '../../src/messages/message.ts';
import { limits } from './limits.ts';
import { plain, plainLine, split } from './text.ts';

export function header(text: string): types.HeaderBlock {
  return { type: 'header', text: plainLine(text, limits.header) };
}

/**
 * A message's body as sections. Text that follows text shares a section, and goes on in the next where it is too long:
 * Slack allows few blocks, and a member may write many short paragraphs.
 */
export function bodyBlocks(body: readonly Block[]): readonly types.AnyBlock[] {
  const blocks: types.AnyBlock[] = [];
  let texts: string[] = [];
  const flush = () => {
    blocks.push(...sections(texts.join('\n\n')));
    texts = [];
  };
  for (const block of joinQuotes(body)) {
    if (block.kind === 'facts') {
      flush();
      blocks.push(...factSections(block.facts));
    } else if (block.kind === 'struck') {
      flush();
      blocks.push(...struck(block.text));
    } else texts.push(...textOf(block));
  }
  flush();
  return blocks;
}

type TextBlock = Exclude<Block, { kind: 'facts' | 'struck' }>;

function textOf(block: TextBlock): readonly string[] {
  const text = block.kind === 'list' ? block.items.map((item) => `• ${item}`).join('\n') : block.text.trim();
  if (text === '') return [];
  // Slack has no plain-text quote; and a screen reader reads quotation marks, too.
  return [block.kind === 'quote' ? `“${text}”` : text];
}

function sections(text: string): readonly types.SectionBlock[] {
  return split(text, limits.sectionText).map((part) => ({ type: 'section', text: plain(part, limits.sectionText) }));
}

/** Plain text cannot be struck through; rich text can, and reads nothing in it as formatting either. */
function struck(text: string): readonly types.RichTextBlock[] {
  return split(text, limits.sectionText).map((part) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: part, style: { strike: true } }] }],
  }));
}

function factSections(facts: readonly Fact[]): readonly types.SectionBlock[] {
  const fields = facts.map(({ label, value }) => plain(`${label}\n${value}`, limits.fieldText));
  const rows = Math.ceil(fields.length / limits.sectionFields);
  return Array.from({ length: rows }, (_, row) => {
    const start = row * limits.sectionFields;
    return { type: 'section', fields: fields.slice(start, start + limits.sectionFields) };
  });
}

/** Where a card's buttons stand: `id` tells its actions from every other card's, `context` tells its labels from theirs. */
export interface Place {
  readonly id: string;
  /** Added to each label for a screen reader; '' where the labels are clear by themselves. */
  readonly context: string;
}

const styles: Readonly<Record<ButtonStyle, Partial<types.Button>>> = {
  main: { style: 'primary' },
  plain: {},
  warning: { style: 'danger' },
};

export function buttonBlocks(buttons: readonly Button[], place: Place): readonly types.AnyBlock[] {
  const elements = withoutChats(buttons).flatMap((button, index) =>
    slackButton(button, `${place.id}:${index}`, place.context),
  );
  return elements.length === 0 ? [] : [{ type: 'actions', elements: elements.slice(0, limits.actions) }];
}

/** Slack's buttons open web addresses only, so any other address (mailto:) becomes a line of text. */
export function addressBlocks(buttons: readonly Button[]): readonly types.AnyBlock[] {
  const lines = buttons.flatMap((button) =>
    button.kind === 'opens' && webUrl(button.url) === undefined ? [`${button.label}: ${addressOf(button.url)}`] : [],
  );
  return sections(lines.join('\n'));
}

function slackButton(button: PlainButton, actionId: string, context: string): readonly types.Button[] {
  const text = plainLine(button.label, limits.buttonText);
  const spoken = plainLine(`${button.label}: ${context}`, limits.accessibilityLabel).text;
  const label = context === '' ? {} : { accessibility_label: spoken };
  const common = { type: 'button', action_id: actionId, text, ...label } as const;
  if (button.kind === 'opens') {
    const url = webUrl(button.url);
    return url === undefined ? [] : [{ ...common, url }];
  }
  const value = JSON.stringify(button.intent);
  // An intent that Slack cannot carry back is left out: a button that fails is worse than none.
  return value.length > limits.buttonValue ? [] : [{ ...common, ...styles[button.style], value }];
}

function webUrl(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return undefined;
  return parsed.href.length > limits.buttonUrl ? undefined : parsed.href;
}

function addressOf(url: string): string {
  return url.replace(/^mailto:/i, '').replace(/\?.*$/s, '');
}
