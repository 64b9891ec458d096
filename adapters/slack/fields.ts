import type { types } from '@slack/bolt';
import { cut } from '../../src/messages/cut.ts';
import type { Field, Option } from '../../src/messages/form.ts';
import { limits } from './limits.ts';
import { plain } from './text.ts';

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
      return choice(field.options, field.value, id) ?? textInput(field.value, limits.inputText, false, id);
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

/** `undefined` when no option can be shown: Slack refuses an empty list. A value cannot be cut without changing it. */
function choice(options: readonly Option[], value: string, id: string): types.StaticSelect | undefined {
  const known = options
    .filter((option) => option.value !== '' && option.value.length <= limits.optionValue)
    .slice(0, limits.options)
    .map((option) => ({ text: plain(option.label, limits.optionText), value: option.value }));
  if (known.length === 0) return undefined;
  const initial = known.find((option) => option.value === value);
  const chosen = initial === undefined ? {} : { initial_option: initial };
  return { type: 'static_select', action_id: id, options: known, ...chosen };
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
