import type { Block, Button, ButtonStyle, Message } from '../../src/messages/message.ts';
import { opensWindow } from '../../src/messages/opens-window.ts';
import { type Action, type ActionSet, type Card, card, type Element, type Submit, type TextBlock } from './card.ts';
import { limits } from './limits.ts';
import { shrink } from './shrink.ts';
import { label, plain, plainLine } from './text.ts';

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

/** The name of our one action, which every button has in common. */
export const verb = 'colloquy';

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
  return shrink(message.body, units, (blocks, max) =>
    card([heading(message.heading, 'Large'), ...elements(blocks, max), ...actionSets(message.buttons.map(chatAction))]),
  );
}

export function heading(text: string, size: 'Medium' | 'Large'): TextBlock {
  return {
    type: 'TextBlock',
    text: plainLine(text, limits.heading),
    wrap: true,
    style: 'heading',
    size,
    weight: 'Bolder',
  };
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
      return textBlock(plain(block.text, max));
    case 'quote':
      return { type: 'Container', style: 'emphasis', items: [textBlock(plain(block.text, max))] };
    case 'struck':
      // Rich text reads no Markdown: nothing in it is escaped.
      return {
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text: label(block.text, max), strikethrough: true }],
      };
    case 'list':
      return textBlock(block.items.map((item) => `- ${plainLine(item, max)}`).join('\r'));
    case 'facts': {
      const facts = block.facts.map((fact) => ({
        title: plainLine(fact.label, limits.label),
        value: plainLine(fact.value, max),
      }));
      return { type: 'FactSet', facts };
    }
  }
}

export function textBlock(text: string): TextBlock {
  return { type: 'TextBlock', text, wrap: true };
}

export function actionSets(actions: readonly Action[]): readonly ActionSet[] {
  const rows: ActionSet[] = [];
  for (let start = 0; start < actions.length; start += limits.actionsInRow) {
    rows.push({ type: 'ActionSet', actions: actions.slice(start, start + limits.actionsInRow) });
  }
  return rows;
}

/** A button on a card in a chat. One that opens a dialog must say so here: no answer to a press can open one later. */
function chatAction(button: Button): Action {
  if (button.kind === 'opens') return openUrl(button.label, button.url);
  const { intent } = button;
  const submit = submitAction(button.label, { intent }, button.style);
  if (opensWindow(intent)) return { ...submit, data: { msteams: { type: 'task/fetch' }, intent } };
  return { ...submit, type: 'Action.Execute', verb, fallback: submit };
}

/** The same in a dialog, where Teams knows Action.Submit alone, and gives us every press as a submitted dialog. */
export function dialogAction(button: Button): Action {
  if (button.kind === 'opens') return openUrl(button.label, button.url);
  return submitAction(button.label, { intent: button.intent }, button.style);
}

function openUrl(title: string, url: string): Action {
  return { type: 'Action.OpenUrl', title: label(title, limits.label), url };
}

export function submitAction(title: string, data: Submit['data'], style: ButtonStyle): Submit {
  return { type: 'Action.Submit', title: label(title, limits.label), data, ...styles[style] };
}

const styles: Readonly<Record<ButtonStyle, Pick<Submit, 'style'>>> = {
  main: { style: 'positive' },
  plain: {},
  warning: { style: 'destructive' },
};
