import { renderMessage } from '../../adapters/slack/render.ts';
import type { Form } from '../../src/messages/form.ts';
import type { Button, Message } from '../../src/messages/message.ts';
import { readBlocks, type ShownElement, textOf } from './slack-screen.ts';

/** The least that a message and a form hold, for tests to add to. */
export const plainMessage: Message = { summary: 'A summary.', heading: 'Heading', body: [], buttons: [] };
export const plainForm: Form = {
  heading: 'Heading',
  body: [],
  fields: [],
  submitLabel: 'Send',
  completes: { kind: 'network.pause' },
  openedBy: { kind: 'network.open-pause' },
};

export function shown(message: Message): string {
  return textOf(readBlocks(renderMessage(message).blocks));
}

export function elements(blocks: readonly unknown[]): readonly ShownElement[] {
  return readBlocks(blocks).flatMap((block) => block.elements);
}

export function withButtons(...buttons: readonly Button[]): Message {
  return { ...plainMessage, buttons };
}
