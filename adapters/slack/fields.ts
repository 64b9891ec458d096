import type { types } from '@slack/bolt';
import { cut } from '../../src/messages/cut.ts';
import { type Field, type Option, readValues } from '../../src/messages/form.ts';
import { limits } from './limits.ts';
import { plain } from './text.ts';
import { optionsFromTo } from './words.ts';

/** One question of a form. Its name is both ids, so that answers and problems find their way back. */
export function inputBlock(field: Field): types.InputBlock {
  const id = field.name;
  const hint = `${field.problem} ${field.hint}`.trim();
  return {
    type: 'input',
    block_id: id,
    label: plain(field.label, limits.inputLabel),
    ...(hint === '' ? {} : { hint: plain(hint, limits.inputHint) }),
    optional: !field.required,
    element: inputElement(field, id),
  };
}

/** Slack refuses a form whose first value does not suit its own element, so such a value is left out. */
function inputElement(field: Field, id: string): types.InputBlock['element'] {
  switch (field.kind) {
    case 'line':
    case 'text':
      return textInput(field.value, field.maxLength, field.kind === 'text', id);
    case 'number': {
      const range = { min_value: String(field.min), max_value: String(field.max) };
      const suits = /^-?\d+$/.test(field.value) && Number(field.value) >= field.min && Number(field.value) <= field.max;
      const initial = suits ? { initial_value: field.value } : {};
      return { type: 'number_input', action_id: id, is_decimal_allowed: false, ...range, ...initial };
    }
    case 'choice':
    case 'scale':
      return choice(field.options, field.value, id) ?? textInput(field.value, limits.inputText, false, id);
    case 'choices':
      return choices(field.options, field.value, id) ?? textInput(field.value, limits.inputText, false, id);
    case 'date':
      return { type: 'datepicker', action_id: id, ...(isDate(field.value) ? { initial_date: field.value } : {}) };
    case 'room':
      return roomPicker(field.value, id);
    case 'time':
      return { type: 'timepicker', action_id: id, ...(isTime(field.value) ? { initial_time: field.value } : {}) };
  }
}

function textInput(value: string, maxLength: number, multiline: boolean, id: string): types.PlainTextInput {
  const max = Math.min(Math.max(1, maxLength), limits.inputText);
  const initial = value === '' ? {} : { initial_value: cut(value.toWellFormed(), max) };
  return { type: 'plain_text_input', action_id: id, multiline, max_length: max, ...initial };
}

/** `undefined` when no option can be shown: Slack refuses an empty list. */
function choice(options: readonly Option[], value: string, id: string): types.StaticSelect | undefined {
  const known = knownOptions(options);
  if (known.length === 0) return undefined;
  const initial = known.find((option) => option.value === value);
  const chosen = initial === undefined ? {} : { initial_option: initial };
  return { type: 'static_select', action_id: id, ...listed(known), ...chosen };
}

/** The same for any number of them: all in sight where they are few. */
function choices(
  options: readonly Option[],
  value: string,
  id: string,
): types.Checkboxes | types.MultiStaticSelect | undefined {
  const known = knownOptions(options);
  if (known.length === 0) return undefined;
  const values = readValues(value);
  const initial = known.filter((option) => values.includes(option.value ?? ''));
  const chosen = initial.length === 0 ? {} : { initial_options: initial };
  if (known.length <= limits.checkboxes) return { type: 'checkboxes', action_id: id, options: known, ...chosen };
  return { type: 'multi_static_select', action_id: id, ...listed(known), ...chosen };
}

/** Each value once, and none that is too long: it cannot be cut without changing it. */
function knownOptions(options: readonly Option[]): types.PlainTextOption[] {
  const byValue = new Map(options.map((option) => [option.value, option]));
  return [...byValue.values()]
    .filter(({ value }) => value !== '' && value.length <= limits.optionValue)
    .slice(0, limits.options * limits.optionGroups)
    .map(({ label, value }) => ({ text: plain(label, limits.optionText), value }));
}

/** Slack takes a longer list only in groups, each of which needs a name. People type to find one among them. */
function listed(options: types.PlainTextOption[]): Pick<types.StaticSelect, 'options' | 'option_groups'> {
  if (options.length <= limits.options) return { options };
  const starts = options.flatMap((_, index) => (index % limits.options === 0 ? [index] : []));
  const groups = starts.map((start) => options.slice(start, start + limits.options));
  return {
    option_groups: groups.map((group) => ({ label: plain(groupName(group), limits.groupLabel), options: group })),
  };
}

function groupName(group: readonly types.PlainTextOption[]): string {
  const room = Math.floor(limits.groupLabel / 2) - 4;
  const [first = '', last = ''] = [group[0], group.at(-1)].map((option) => cut(option?.text.text ?? '', room));
  return optionsFromTo(first, last);
}

/** Channels of this workspace: not direct messages, and not those shared with other organisations. */
function roomPicker(value: string, id: string): types.ConversationsSelect {
  const filter = { include: ['public' as const, 'private' as const], exclude_external_shared_channels: true };
  const chosen = /^[CG][A-Z0-9]+$/.test(value) ? { initial_conversation: value } : {};
  return { type: 'conversations_select', action_id: id, filter, ...chosen };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
