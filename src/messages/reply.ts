import type { Problem } from '../errors.ts';
import type { Form } from './form.ts';
import type { Message, Page } from './message.ts';

/** What the person who asked sees at once. Everything for anybody else, and everything lasting, goes by the outbox. */
export type Reply =
  /** A new answer that only they see. */
  | { readonly kind: 'message'; readonly message: Message }
  /** The card whose button they pressed becomes this; the same as `message` where there is no such card. */
  | { readonly kind: 'replace'; readonly message: Message }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'page'; readonly page: Page }
  /** The form they sent stays open, with a problem beside each field named. */
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };
