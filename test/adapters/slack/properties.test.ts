import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderForm, renderMessage, renderMessageModal, renderPage } from '../../../adapters/slack/render.ts';
import type { Field, Form, question } from '../../../src/messages/form.ts';
import { type Block, type Button, does, facts, type Message, paragraph } from '../../../src/messages/message.ts';
import { objectionsToMessage, objectionsToModal } from '../../support/slack-limits.ts';

const plainForm: Form = {
  heading: 'Heading',
  body: [],
  fields: [],
  submitLabel: 'Send',
  completes: { kind: 'network.pause' },
  openedBy: { kind: 'network.open-pause' },
};

describe('whatever is written', () => {
  const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }), longText());
  const line = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ minLength: 60, maxLength: 400 }));
  const block: fc.Arbitrary<Block> = fc.oneof(
    text.map(paragraph),
    text.map((quote): Block => ({ kind: 'quote', text: quote })),
    fc.array(text, { maxLength: 30 }).map((items): Block => ({ kind: 'list', items })),
    fc.array(fc.tuple(line, text), { maxLength: 30 }).map((pairs) => facts(...pairs)),
  );
  const style = fc.constantFrom('main', 'plain', 'warning');
  const button: fc.Arbitrary<Button> = fc.oneof(
    fc.tuple(line, style, text).map(([label, look, asked]) => does(label, { kind: 'network.help', asked }, look)),
    fc.tuple(line, fc.webUrl()).map(([label, url]): Button => ({ kind: 'opens', label, url })),
    fc.tuple(line, line).map(([label, url]): Button => ({ kind: 'opens', label, url: `mailto:${url}` })),
  );
  const message: fc.Arbitrary<Message> = fc.record({
    summary: text,
    heading: line,
    body: fc.array(block, { maxLength: 70 }),
    buttons: fc.array(button, { maxLength: 40 }),
  });
  const control: fc.Arbitrary<Parameters<typeof asField>[1]> = fc.oneof(
    fc.record({ kind: fc.constantFrom('line', 'text'), maxLength: fc.integer({ min: 0, max: 9000 }) }),
    fc.record({
      kind: fc.constant('number'),
      min: fc.integer({ min: -9, max: 9 }),
      max: fc.integer({ min: 10, max: 99 }),
    }),
    fc.record({
      kind: fc.constant('choice'),
      options: fc.array(fc.record({ value: line, label: line }), { maxLength: 130 }),
    }),
    fc.record({ kind: fc.constantFrom('date', 'time') }),
  );
  const fields = fc.array(
    fc.tuple(
      fc.record({
        label: text,
        hint: text,
        value: fc.oneof(text, fc.constantFrom('12', '2027-02-01', '09:30')),
        required: fc.boolean(),
        problem: line,
      }),
      control,
    ),
    { maxLength: 20 },
  );
  const form: fc.Arbitrary<Form> = fc
    .record({ heading: line, body: fc.array(block, { maxLength: 130 }), fields, submitLabel: line, id: text })
    .map(({ id, ...rest }) => ({
      ...plainForm,
      ...rest,
      fields: rest.fields.map(([common, kind], index) => asField({ ...common, name: `field-${index}` }, kind)),
      completes: { kind: 'network.pause', id },
    }));

  function asField(common: Omit<Field, 'kind'>, kind: Control): Field {
    return { ...common, ...kind };
  }

  it('Slack takes every message', () => {
    fc.assert(fc.property(message, (one) => void expect(objectionsToMessage(renderMessage(one))).toEqual([])));
  });

  it('Slack takes every message in a modal', () => {
    fc.assert(fc.property(message, (one) => void expect(objectionsToModal(renderMessageModal(one))).toEqual([])));
  });

  it('Slack takes every form', () => {
    fc.assert(fc.property(form, (one) => void expect(objectionsToModal(renderForm(one))).toEqual([])));
  });

  it('Slack takes every page', () => {
    const page = fc.record({
      heading: line,
      body: fc.array(block, { maxLength: 70 }),
      cards: fc.array(message, { maxLength: 30 }),
    });
    fc.assert(
      fc.property(page, (one) => void expect(objectionsToModal(renderPage(one))).toEqual([])),
      { numRuns: 50 },
    );
  });
});

type Control =
  Extract<Field, unknown> extends infer F
    ? F extends Field
      ? Omit<F, keyof ReturnType<typeof question>>
      : never
    : never;

function longText(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.lorem({ mode: 'sentences', maxCount: 3 }), fc.integer({ min: 1, max: 40 }))
    .map(([sentences, times]) => `${sentences} `.repeat(times));
}
