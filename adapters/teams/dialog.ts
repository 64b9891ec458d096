import type { Intent } from '../../src/intents.ts';
import { type Field, type Form, question } from '../../src/messages/form.ts';
import { joinQuotes, type Message, type Page } from '../../src/messages/message.ts';
import { actionSets, dialogActions, submitAction } from './buttons.ts';
import { type Card, card, type Element } from './card.ts';
import { fieldElements } from './fields.ts';
import { limits } from './limits.ts';
import { newTicket } from './once.ts';
import { addresses, elements, heading, list, textBlock } from './render.ts';
import { shrink, sizeOf } from './shrink.ts';
import { label } from './text.ts';
import { words } from './words.ts';

/** A window that one person sees: the only place in Teams for their private text. */
export interface Dialog {
  readonly title: string;
  /** Of the room that Teams has: 'medium' is half of it, 'large' two thirds. */
  readonly height: 'medium' | 'large';
  readonly card: Card;
}

/** @param problems what is wrong with no one field of it */
export function formDialog(form: Form, problems: readonly string[] = []): Dialog {
  // Teams does not sign this: the core checks the finished intent as it would any other.
  const carried = {
    completes: form.completes,
    openedBy: form.openedBy,
    fields: form.fields.map((field) => field.name),
    ticket: newTicket(),
  };
  const inputs = form.fields.flatMap(fieldElements);
  const submit = actionSets([submitAction(form.submitLabel, { form: carried }, 'main')]);
  const intro = shrink(form.body, limits.cardUnits / 2, elements);
  const body = [...warning([...problems, ...problemsBeside(form.fields)]), ...intro, ...inputs, ...submit];
  return { title: label(form.heading, limits.dialogTitle), height: heightFor(form.fields), card: card(body) };
}

/**
 * Comes first, so that a screen reader says what is wrong before it reads the form again. The background is coloured
 * and no text: Teams' own red is too faint to read where it is dark.
 */
function warning(problems: readonly string[]): readonly Element[] {
  if (problems.length === 0) return [];
  const items = [heading(words.problemsTitle, 'Medium'), list(problems, limits.inputLabel)];
  return [{ type: 'Container', style: 'attention', items }];
}

function problemsBeside(fields: readonly Field[]): readonly string[] {
  return fields.map(({ problem }) => problem).filter((problem) => problem !== '');
}

/** What somebody wrote into a form that is there no more, whole and ready to be copied: an input shows it as it stands. */
export function keptDialog(why: string, written: readonly string[]): Dialog {
  const inputs = written.flatMap((value, index) =>
    fieldElements({
      ...question(`kept${index}`, words.keep),
      kind: 'text',
      value,
      maxLength: value.length,
      required: false,
    }),
  );
  const title = label(words.keepTitle, limits.dialogTitle);
  return { title, height: 'large', card: card([...warning([why]), ...inputs]) };
}

/** A question or two leave a tall dialog empty; a long answer needs the room. */
function heightFor(fields: readonly Field[]): Dialog['height'] {
  return fields.length > 2 || fields.some(({ kind }) => kind === 'text' || kind === 'choices') ? 'large' : 'medium';
}

/**
 * A page from its card number `from` on (0 is the first), as many as there is room for; a button shows the rest.
 *
 * @param openedBy the intent that shows this page
 */
export function pageDialog(page: Page, openedBy: Intent, from: number): Dialog {
  const room = limits.cardUnits - limits.envelopeUnits;
  const intro = from === 0 ? shrink(page.body, room / 2, elements) : [];
  const shown: Element[] = [];
  for (const part of page.cards.slice(from)) {
    const left = room - sizeOf([...intro, ...shown]);
    const container = pageCard(part, shown.length === 0 ? left : room);
    if (shown.length > 0 && sizeOf(container) > left) break;
    shown.push(container);
  }
  const next = from + shown.length;
  const rest =
    next < page.cards.length ? [submitAction(words.showMore, { intent: openedBy, from: next }, 'plain')] : [];
  const body = [...intro, ...shown, ...actionSets(rest)];
  return {
    title: label(page.heading, limits.dialogTitle),
    height: 'large',
    card: card(body.length === 0 ? [textBlock(words.blank)] : body),
  };
}

function pageCard(message: Message, units: number): Element {
  // Each quote is a box of its own, and a member may write many short paragraphs.
  return shrink(joinQuotes(message.body), units, (blocks, max) => ({
    type: 'Container',
    separator: true,
    spacing: 'Large',
    items: [
      heading(message.heading, 'Medium'),
      ...elements(blocks, max),
      ...addresses(message),
      ...dialogActions(message.buttons),
    ],
  }));
}
