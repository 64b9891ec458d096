import type { Card } from './card.ts';
import type { Dialog } from './dialog.ts';
import { cardType } from './render.ts';

/**
 * The bodies by which an invoke is answered.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
 */
export type Answer = CardAnswer | NoteAnswer | DialogAnswer | ClosingAnswer;

interface CardAnswer {
  readonly statusCode: 200;
  readonly type: typeof cardType;
  readonly value: Card;
}

interface NoteAnswer {
  readonly statusCode: 200;
  readonly type: 'application/vnd.microsoft.activity.message';
  readonly value: string;
}

interface DialogAnswer {
  readonly task: {
    readonly type: 'continue';
    readonly value: {
      readonly title: string;
      readonly width: 'medium';
      readonly height: Dialog['height'];
      readonly card: { readonly contentType: typeof cardType; readonly content: Card };
    };
  };
}

interface ClosingAnswer {
  readonly task: { readonly type: 'message'; readonly value: string };
}

/** The card whose button was pressed becomes this one, for the person who pressed it. */
export function cardAnswer(card: Card): Answer {
  return { statusCode: 200, type: cardType, value: card };
}

/** A short note on the card whose button was pressed. */
export function noteAnswer(text: string): Answer {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

/** Opens a dialog, or changes the open one. */
export function dialogAnswer({ title, height, card }: Dialog): Answer {
  const attachment = { contentType: cardType, content: card } as const;
  return { task: { type: 'continue', value: { title, width: 'medium', height, card: attachment } } };
}

/** A last word in the dialog's place. */
export function closingAnswer(text: string): Answer {
  return { task: { type: 'message', value: text } };
}
