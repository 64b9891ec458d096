import type { Form } from '../../src/messages/form.ts';
import type { Message, Page } from '../../src/messages/message.ts';
import type { Contents } from './card-contents.ts';

/** One thing a person can be shown. */
export type Shown =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'page'; readonly page: Page };

/** What one file of words can say. */
export interface Chapter {
  /** Exported functions that make a part of a message, or a text. */
  readonly parts: readonly string[];
  /** By the exported function that makes it, each in the ways it can turn out. */
  examples(contents: Contents): Readonly<Record<string, readonly Shown[]>>;
}

export function messages(...all: readonly Message[]): readonly Shown[] {
  return all.map((message) => ({ kind: 'message', message }));
}

export function forms(...all: readonly Form[]): readonly Shown[] {
  return all.map((form) => ({ kind: 'form', form }));
}

export function pages(...all: readonly Page[]): readonly Shown[] {
  return all.map((page) => ({ kind: 'page', page }));
}
