import fc from 'fast-check';
import type { Intent } from '../../src/intents.ts';
import type { Field, Form } from '../../src/messages/form.ts';
import {
  type Block,
  type Button,
  does,
  facts,
  type Message,
  type Page,
  paragraph,
} from '../../src/messages/message.ts';

/*
 * Whatever the message language can say, for the property that every adapter's renderers hold: they are total, and
 * what they make is within the platform's limits.
 */

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
  text.map((gone): Block => ({ kind: 'struck', text: gone })),
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
  fc.tuple(line, line).map(([label, url]): Button => ({ kind: 'opens', label, url: `mailto:${url}` })),
);

/** How much of each thing at most. A platform that counts blocks is tried with more than it takes. */
export interface Plenty {
  readonly blocks: number;
  readonly buttons: number;
  readonly cards: number;
  readonly fields: number;
  readonly options: number;
}

export function anyMessage({ blocks, buttons }: Plenty): fc.Arbitrary<Message> {
  const body = fc.array(block, { maxLength: blocks });
  return fc.record({ summary: text, heading: line, body, buttons: fc.array(button, { maxLength: buttons }) });
}

export function anyPage(plenty: Plenty): fc.Arbitrary<Page> {
  const cards = fc.array(anyMessage(plenty), { maxLength: plenty.cards });
  return fc.record({ heading: line, body: fc.array(block, { maxLength: plenty.blocks }), cards });
}

const words = fc.record({
  label: line,
  hint: line,
  value: fc.oneof(text, fc.constantFrom('12', '2027-02-01', '2027-99-99', '09:30', '25:61', 'C0123ABCD')),
  required: fc.boolean(),
  problem: fc.oneof(fc.constant(''), line),
});

function control(options: number) {
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('line', 'text'), maxLength: fc.integer({ min: 1, max: 9000 }) }),
    fc.record({
      kind: fc.constant('number'),
      min: fc.integer({ min: -9, max: 9 }),
      max: fc.integer({ min: 10, max: 99 }),
    }),
    fc.record({
      kind: fc.constantFrom('choice', 'choices', 'scale'),
      options: fc.array(fc.record({ value: line, label: line }), { maxLength: options }),
    }),
    fc.record({ kind: fc.constantFrom('date', 'time', 'room') }),
  );
}

export function anyForm({ blocks, fields, options }: Plenty): fc.Arbitrary<Form> {
  const field = fc.tuple(words, control(options)).map(([asked, kind]): Field => ({ ...asked, name: '', ...kind }));
  return fc
    .record({
      heading: line,
      body: fc.array(block, { maxLength: blocks }),
      fields: fc.array(field, { maxLength: fields }),
      submitLabel: line,
      id: text,
    })
    .map(({ id, ...parts }) => ({
      ...parts,
      fields: parts.fields.map((one, index) => ({ ...one, name: `field${index}` })),
      completes: { kind: 'network.pause', id },
      openedBy: { kind: 'network.open-pause' },
    }));
}
