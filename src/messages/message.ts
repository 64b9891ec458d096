import type { Platform } from '../account.ts';
import type { Intent } from '../intents.ts';
import type { Word } from '../words.ts';

/** A part of a message's body. Text is plain: adapters escape it for their platform. Newlines are kept. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'quote'; readonly text: string }
  /** What no longer holds, struck through; the words around it say so too. */
  | { readonly kind: 'struck'; readonly text: string };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A button does something here (it carries an intent), opens a web address, or opens a chat with a person. */
export type Button =
  | { readonly kind: 'does'; readonly label: string; readonly style: ButtonStyle; readonly intent: Intent }
  | { readonly kind: 'opens'; readonly label: string; readonly url: string }
  /** Left out on every platform but this one, which knows them by the address that they agreed to share. */
  | { readonly kind: 'chats'; readonly label: string; readonly platform: Platform; readonly email: string };

/** What stands on a platform that opens no chats. */
export type PlainButton = Exclude<Button, { kind: 'chats' }>;

export function withoutChats(buttons: readonly Button[]): readonly PlainButton[] {
  return buttons.filter((button) => button.kind !== 'chats');
}

/** `main`: the one thing we hope for. `warning`: it takes something away. */
export type ButtonStyle = 'main' | 'plain' | 'warning';

/** One card, on any platform. It never holds a member's private text: employers can export chats. */
export interface Message {
  /** One full sentence that stands for the whole message in a notification or a screen reader. */
  readonly summary: string;
  readonly heading: string;
  readonly body: readonly Block[];
  readonly buttons: readonly Button[];
  /** Of a refusal, and of nothing else: the words that it tells people to type. */
  readonly words?: readonly Word[];
}

/**
 * Something longer that one person reads for themselves: a Slack modal, a Teams dialog, a web page.
 * It may hold their private text, so an adapter never puts it into a chat message.
 */
export interface Page {
  readonly heading: string;
  readonly body: readonly Block[];
  readonly cards: readonly Message[];
}

/** For a platform with room for few blocks: quotes that follow each other are the paragraphs of one. */
export function joinQuotes(body: readonly Block[]): readonly Block[] {
  const joined: Block[] = [];
  for (const block of body) {
    const last = joined.at(-1);
    if (block.kind !== 'quote' || last?.kind !== 'quote') joined.push(block);
    else joined.splice(-1, 1, { kind: 'quote', text: `${last.text.trim()}\n\n${block.text.trim()}` });
  }
  return joined;
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

export function facts(...pairs: readonly (readonly [label: string, value: string])[]): Block {
  return { kind: 'facts', facts: pairs.map(([label, value]) => ({ label, value })) };
}

/** A button that does something; `style` is 'plain' unless said. */
export function does(label: string, intent: Intent, style: ButtonStyle = 'plain'): Button {
  return { kind: 'does', label, style, intent };
}
