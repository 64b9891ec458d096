import { expect, test } from 'vitest';
import { renderForm } from '../../../adapters/slack/render.ts';
import { Submission } from '../../../adapters/slack/schema.ts';
import { type Field, type Option, question } from '../../../src/messages/form.ts';
import { objectionsToModal } from '../../support/slack-limits.ts';
import { plainForm } from '../../support/slack-plain.ts';
import { readBlocks } from '../../support/slack-screen.ts';

function optionsOf(count: number, length = 20): readonly Option[] {
  return Array.from({ length: count }, (_, index) => ({
    value: `v${index}`,
    label: `${index} `.padEnd(length, 'x'),
  }));
}

function shown(
  parts: Pick<Field, 'kind' | 'value'> & { readonly kind: 'choice' | 'choices'; options: readonly Option[] },
) {
  const view = renderForm({ ...plainForm, fields: [{ ...question('theme', 'Theme'), ...parts }] });
  expect(objectionsToModal(view)).toEqual([]);
  const element = readBlocks(view.blocks).find((block) => block.type === 'input')?.element;
  if (element === undefined) throw new Error('Nothing is asked');
  return element;
}

const valuesOf = (options: readonly { readonly value: string }[]) => options.map(({ value }) => value);

test('up to 100 options are one list, of 75 characters each', () => {
  const { type, options } = shown({ kind: 'choice', options: optionsOf(100, 76), value: '' });
  expect([type, options.length]).toEqual(['static_select', 100]);
  expect(options[0]?.text.text).toBe(`0 ${'x'.repeat(72)}…`);
  expect(shown({ kind: 'choice', options: optionsOf(1, 75), value: '' }).options[0]?.text.text).toHaveLength(75);
});

test.each(['choice', 'choices'] as const)(
  'more than 100 are all offered, in groups that say where they begin and end: %s',
  (kind) => {
    const { options, option_groups, ...rest } = shown({ kind, options: optionsOf(230, 90), value: 'v150' });
    expect(options).toEqual([]);
    expect(option_groups.flatMap((group) => valuesOf(group.options))).toEqual(valuesOf(optionsOf(230)));
    expect(option_groups.map((group) => group.options.length)).toEqual([100, 100, 30]);
    expect(option_groups[1]?.label.text).toMatch(/^100 x+… to 199 x+…$/);
    const chosen = [rest.initial_option ?? [], rest.initial_options].flat();
    expect(valuesOf(chosen)).toEqual(['v150']);
  },
);

test('any number can be chosen: of up to 10 by boxes in sight, of more in a list', () => {
  const value = 'v3,unheard-of,v1';
  const few = shown({ kind: 'choices', options: optionsOf(10), value });
  const many = shown({ kind: 'choices', options: optionsOf(11), value });
  expect([few.type, few.options.length]).toEqual(['checkboxes', 10]);
  expect([many.type, many.options.length]).toEqual(['multi_static_select', 11]);
  for (const { initial_options } of [few, many]) expect(valuesOf(initial_options)).toEqual(['v1', 'v3']);
  expect(shown({ kind: 'choices', options: optionsOf(3), value: '' }).initial_options).toEqual([]);
});

test('what was chosen is read back with commas between, and nothing as nothing', () => {
  const chosen = (selected_options: unknown) => ({ a: { type: 'checkboxes', selected_options } });
  const values = { few: chosen([{ value: 'v3', text: {} }, { value: 'v1' }]), none: chosen([]), left: chosen(null) };
  const read = Submission.parse({ user: { id: 'U1' }, view: { id: 'V1', state: { values } } });
  expect(read.answers).toEqual({ few: { a: 'v3,v1' }, none: { a: '' }, left: { a: '' } });
});
