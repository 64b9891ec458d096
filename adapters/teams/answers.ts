import type { Intent } from '../../src/intents.ts';
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

/** What shows each form again: beside the answers, because Teams is sent all that stands in one. */
const openers = new WeakMap<Answer, Intent>();

/**
 * Opens a dialog, or changes the open one.
 *
 * @param opener shows it again; `undefined` where only the ask that it answers does
 */
export function dialogAnswer({ title, height, card }: Dialog, opener?: Intent): Answer {
  const attachment = { contentType: cardType, content: card } as const;
  const answer: Answer = { task: { type: 'continue', value: { title, width: 'medium', height, card: attachment } } };
  if (opener !== undefined) openers.set(answer, opener);
  return answer;
}

/** What shows the form of this answer again; `undefined` where it shows none. */
export function openerOf(answer: Answer): Intent | undefined {
  return openers.get(answer);
}

/** A last word in the dialog's place. */
export function closingAnswer(text: string): Answer {
  return { task: { type: 'message', value: text } };
}
