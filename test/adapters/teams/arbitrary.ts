import fc from 'fast-check';
import type { Intent } from '../../../src/intents.ts';
import type { Field, Form } from '../../../src/messages/form.ts';
import {
  type Block,
  type Button,
  does,
  facts,
  type Message,
  type Page,
  paragraph,
} from '../../../src/messages/message.ts';

/** Text of every sort, now and then very long. */
const text = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.stringMatching(/^[-*_#[\]()<>~`\\|\n 1.]{0,80}$/),
  fc
    .tuple(fc.string({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 400 }))
    .map(([part, times]) => part.repeat(times)),
);
const line = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ minLength: 60, maxLength: 400 }));

const block: fc.Arbitrary<Block> = fc.oneof(
  text.map(paragraph),
  text.map((quoted): Block => ({ kind: 'quote', text: quoted })),
  fc.array(text, { maxLength: 30 }).map((items): Block => ({ kind: 'list', items })),
  fc.array(fc.tuple(line, text), { maxLength: 30 }).map((pairs) => facts(...pairs)),
);

const intent: fc.Arbitrary<Intent> = fc.oneof(
  fc.string({ maxLength: 60 }).map((asked): Intent => ({ kind: 'network.help', asked })),
  fc.uuid().map((conversation): Intent => ({ kind: 'conversations.sign-up', conversation })),
  fc.uuid().map((prompt): Intent => ({ kind: 'reflections.open', prompt })),
  fc.constant<Intent>({ kind: 'reflections.journal' }),
);

const button: fc.Arbitrary<Button> = fc.oneof(
  fc
    .tuple(line, intent, fc.constantFrom('main', 'plain', 'warning'))
    .map(([label, what, style]) => does(label, what, style)),
  fc.tuple(line, fc.webUrl()).map(([label, url]): Button => ({ kind: 'opens', label, url })),
);

export const message: fc.Arbitrary<Message> = fc.record({
  summary: text,
  heading: line,
  body: fc.array(block, { maxLength: 40 }),
  buttons: fc.array(button, { maxLength: 8 }),
});

export const page: fc.Arbitrary<Page> = fc.record({
  heading: line,
  body: fc.array(block, { maxLength: 20 }),
  cards: fc.array(message, { maxLength: 12 }),
});

const control = fc.oneof(
  fc.record({ kind: fc.constantFrom('line', 'text'), maxLength: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({
    kind: fc.constant('number'),
    min: fc.integer({ min: -9, max: 9 }),
    max: fc.integer({ min: 10, max: 99 }),
  }),
  fc.record({
    kind: fc.constant('choice'),
    options: fc.array(fc.record({ value: line, label: line }), { maxLength: 15 }),
  }),
  fc.record({ kind: fc.constantFrom('date', 'time') }),
);

const field: fc.Arbitrary<Field> = fc
  .tuple(
    fc.record({
      label: line,
      hint: line,
      value: fc.oneof(text, fc.constantFrom('12', '2027-02-01', '2027-99-99', '09:30', '25:61')),
      required: fc.boolean(),
      problem: fc.oneof(fc.constant(''), line),
    }),
    control,
  )
  .map(([asked, answered]) => ({ ...asked, name: 'field', ...answered }));

export const form: fc.Arbitrary<Form> = fc
  .record({
    heading: line,
    body: fc.array(block, { maxLength: 10 }),
    fields: fc.array(field, { maxLength: 8 }),
    submitLabel: line,
  })
  .map((parts) => ({
    ...parts,
    fields: parts.fields.map((one, index) => ({ ...one, name: `field${index}` })),
    completes: { kind: 'network.pause' },
    openedBy: { kind: 'network.open-pause' },
  }));
