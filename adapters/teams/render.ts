import type { Block, Message } from '../../src/messages/message.ts';
import { addressLines, chatActions } from './buttons.ts';
import { type Card, card, type Element, type RichTextBlock, type TextBlock } from './card.ts';
import { limits } from './limits.ts';
import { shrink } from './shrink.ts';
import { isMarkdown, label, lines, markdownLine } from './text.ts';

/** What we send to a chat: plain JSON. */
export interface ChatActivity {
  readonly type: 'message';
  /** One full sentence, for notifications and screen readers. */
  readonly summary: string;
  readonly attachments: readonly { readonly contentType: typeof cardType; readonly content: Card }[];
  /** `alert` shows a banner: for what we send unasked. */
  readonly channelData: { readonly notification: { readonly alert: boolean } };
}

export const cardType = 'application/vnd.microsoft.card.adaptive';

/** No text beside the card: Teams would make two messages of it and give us the id of neither. */
export function render(message: Message, alert: boolean): ChatActivity {
  return {
    type: 'message',
    summary: label(message.summary, limits.summary),
    attachments: [{ contentType: cardType, content: messageCard(message) }],
    channelData: { notification: { alert } },
  };
}

export function messageCard(message: Message): Card {
  const units = limits.cardUnits - limits.envelopeUnits;
  const below = [...addresses(message), ...chatActions(message.buttons)];
  return shrink(message.body, units, (blocks, max) =>
    card([heading(message.heading, 'Large'), ...elements(blocks, max), ...below]),
  );
}

/** What no button can open, to be copied. */
export function addresses({ buttons, body }: Message): readonly Element[] {
  return addressLines(buttons, body).map((line) => prose(line, limits.inputLabel));
}

export function heading(text: string, size: 'Medium' | 'Large'): TextBlock {
  return { ...textBlock(markdownLine(text, limits.heading)), style: 'heading', size, weight: 'Bolder' };
}

/** @param max the longest a text may be, in UTF-16 code units before it is escaped */
export function elements(blocks: readonly Block[], max: number): readonly Element[] {
  return blocks.filter(hasContent).map((block) => element(block, max));
}

function hasContent(block: Block): boolean {
  if (block.kind === 'list') return block.items.length > 0;
  return block.kind !== 'facts' || block.facts.length > 0;
}

function element(block: Block, max: number): Element {
  switch (block.kind) {
    case 'paragraph':
      return prose(block.text, max);
    case 'quote':
      return { type: 'Container', style: 'emphasis', items: [prose(block.text, max)] };
    case 'struck':
      return {
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text: lines(block.text, max), strikethrough: true }],
      };
    case 'list':
      return list(block.items, max);
    case 'facts': {
      const facts = block.facts.map((fact) => ({
        title: markdownLine(fact.label, limits.heading),
        value: markdownLine(fact.value, max),
      }));
      return { type: 'FactSet', facts };
    }
  }
}

/** A text as it stands. What Markdown would change is rich text, which every client shows without reading it. */
function prose(text: string, max: number): TextBlock | RichTextBlock {
  const shown = lines(text, max);
  return isMarkdown(shown) ? { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: shown }] } : textBlock(shown);
}

/** Teams wants one line break between items: two would indent the next one. */
export function list(items: readonly string[], max: number): TextBlock {
  return textBlock(items.map((item) => `- ${markdownLine(item, max)}`).join('\r'));
}

export function textBlock(text: string): TextBlock {
  return { type: 'TextBlock', text, wrap: true };
}
