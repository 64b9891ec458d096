import type { types } from '@slack/bolt';
import type { Form } from '../../src/messages/form.ts';
import type { Message, Page } from '../../src/messages/message.ts';
import { addressBlocks, bodyBlocks, buttonBlocks, header, type Place } from './blocks.ts';
import { inputBlock } from './fields.ts';
import { limits } from './limits.ts';
import { fits, half, messageRoom, more, type Room, trim, viewRoom, without } from './room.ts';
import { escapeWithin, plainLine } from './text.ts';
import { words } from './words.ts';

/** The callback id of every form: what tells its answers from a page, which has none. */
const formId = 'form';

/** `text` is what notifications show and screen readers read; they skip the blocks. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: types.AnyBlock[];
}

export function renderMessage(message: Message): SlackMessage {
  const text = escapeWithin(message.summary.trim() === '' ? words.blank : message.summary, limits.messageText);
  return { text, blocks: [...cardBlocks(message, { id: 'card', context: '' }, messageRoom)] };
}

/** A message by itself in a modal: what a form becomes once it is sent. */
export function renderMessageModal(message: Message): types.ModalView {
  const start = longHeading(message.heading);
  const buttons = buttonBlocks(message.buttons, { id: 'card', context: '' });
  const body = trim(cardBody(message), without(viewRoom, [...start, ...buttons]));
  return modal(message.heading, words.close, [...start, ...body, ...buttons]);
}

export function renderForm(form: Form): types.ModalView {
  const start = longHeading(form.heading);
  const inputs = form.fields.map(inputBlock);
  const body = trim(bodyBlocks(form.body), without(viewRoom, [...start, ...inputs]));
  const completes = JSON.stringify(form.completes);
  return {
    ...modal(form.heading, words.cancel, [...start, ...body, ...inputs]),
    callback_id: formId,
    submit: plainLine(form.submitLabel, limits.modalTitle),
    // Half a draft would be read as none, and answered as such.
    private_metadata: completes.length > limits.privateMetadata ? '' : completes,
  };
}

export function renderPage(page: Page): types.ModalView {
  return modal(page.heading, words.close, pageBlocks(longHeading(page.heading), page));
}

/** The page that Slack keeps for one person under our app's name. It has no title of its own, so the heading stands in it. */
export function renderHome(page: Page): types.HomeView {
  return { type: 'home', blocks: pageBlocks([header(page.heading)], page) };
}

/** The page's text below `heading`, and as many of its first cards as there is room for. */
function pageBlocks(heading: readonly types.AnyBlock[], page: Page): types.AnyBlock[] {
  const blocks: types.AnyBlock[] = [...trim([...heading, ...bodyBlocks(page.body)], half(viewRoom))];
  const repeated = repeatedLabels(page);
  for (const [index, card] of page.cards.entries()) {
    const left = without(viewRoom, [...blocks, more]);
    const place = placeOf(card, index, repeated);
    const whole = cardBlocks(card, place, viewRoom);
    const shown = fits(whole, left) ? whole : index === 0 ? cardBlocks(card, place, left) : undefined;
    if (shown === undefined) return [...blocks, more];
    blocks.push(...identified(shown, index));
  }
  return blocks;
}

/** The blocks of a page with one card in it redrawn; `undefined` when that is not a card's block, or there is no room. */
export function replaceCard(
  blocks: readonly types.AnyBlock[],
  blockId: string,
  card: Message,
): types.AnyBlock[] | undefined {
  const index = /^card:(\d+):/.exec(blockId)?.[1];
  if (index === undefined) return undefined;
  const isOld = (block: types.AnyBlock) => block.block_id?.startsWith(`card:${index}:`) === true;
  const others = blocks.filter((block) => !isOld(block));
  const at = blocks.findIndex(isOld);
  const shown = cardBlocks(card, { id: `card:${index}`, context: card.heading }, viewRoom);
  const all = [...others.slice(0, at), ...identified(shown, Number(index)), ...others.slice(at)];
  return fits(all, viewRoom) ? all : undefined;
}

function modal(heading: string, close: string, blocks: readonly types.AnyBlock[]): types.ModalView {
  return {
    type: 'modal',
    title: plainLine(heading, limits.modalTitle),
    close: plainLine(close, limits.modalTitle),
    blocks: [...blocks],
  };
}

/** A modal's title is short: where it was cut, the heading stands once more in full. */
function longHeading(heading: string): readonly types.AnyBlock[] {
  return heading.length > limits.modalTitle ? [header(heading)] : [];
}

function cardBlocks(card: Message, place: Place, room: Room): readonly types.AnyBlock[] {
  const start = [header(card.heading)];
  const buttons = buttonBlocks(card.buttons, place);
  return [...start, ...trim(cardBody(card), without(room, [...start, ...buttons])), ...buttons];
}

function cardBody(card: Message): readonly types.AnyBlock[] {
  return [...bodyBlocks(card.body), ...addressBlocks(card.buttons)];
}

function identified(blocks: readonly types.AnyBlock[], card: number): readonly types.AnyBlock[] {
  return blocks.map((block, index) => ({ ...block, block_id: `card:${card}:${index}` }));
}

function placeOf(card: Message, index: number, repeated: ReadonlySet<string>): Place {
  const isUnclear = card.buttons.some((button) => repeated.has(button.label));
  return { id: `card:${index}`, context: isUnclear ? card.heading : '' };
}

function repeatedLabels(page: Page): ReadonlySet<string> {
  const labels = page.cards.flatMap((card) => card.buttons.map((button) => button.label));
  return new Set(labels.filter((label, index) => labels.indexOf(label) !== index));
}
