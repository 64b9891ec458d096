import type { Core } from '../core.ts';
import { readIntent } from '../intents.ts';
import type { Answers, Form } from '../messages/form.ts';
import type { Member } from '../network/model.ts';
import { act } from './cast.ts';

/** What everybody in the story says yes to; the rest of their answers is what the forms hold already. */
const agreeing: Answers = { prompts: 'yes', matching: 'yes', findable: 'yes' };

/** Joins as a person does, one form after the other. */
export async function join(core: Core, member: Member): Promise<void> {
  let reply = await act(core, member, { kind: 'network.join' });
  while (reply.kind === 'form') reply = await act(core, member, answered(reply.form));
}

function answered({ completes, fields }: Form) {
  const held = fields.map(({ name, value }) => [name, agreeing[name] ?? value] as const);
  const intent = readIntent({ ...completes, ...Object.fromEntries(held) });
  if (intent === undefined) throw new Error(`The demonstration could not answer the form: ${completes.kind}`);
  return intent;
}
