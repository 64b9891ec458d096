import type { Core } from '../core.ts';
import { readIntent } from '../intents.ts';
import type { Answers, Field, Form } from '../messages/form.ts';
import type { Member } from '../network/model.ts';
import { act } from './cast.ts';

/** What everybody in the story says yes to; the rest of their answers is what the forms hold already. */
const agreeing: Answers = { prompts: 'yes', matching: 'yes', findable: 'yes' };

/**
 * Joins as a person does, one form after the other.
 *
 * @param place among all who join: their interests follow from it
 */
export async function join(core: Core, member: Member, place: number): Promise<void> {
  let reply = await act(core, member, { kind: 'network.join' });
  while (reply.kind === 'form') reply = await act(core, member, answered(reply.form, place));
}

function answered({ completes, fields }: Form, place: number) {
  const held = fields.map((field) => [field.name, answerTo(field, place)] as const);
  const intent = readIntent({ ...completes, ...Object.fromEntries(held) });
  if (intent === undefined) throw new Error(`The demonstration could not answer the form: ${completes.kind}`);
  return intent;
}

function answerTo(field: Field, place: number): string {
  if (field.name !== 'interests' || !('options' in field)) return agreeing[field.name] ?? field.value;
  const { options } = field;
  const chosen = [place, place * 5 + 2].map((index) => options[index % options.length]?.value ?? '');
  return [...new Set(chosen)].join(',');
}
