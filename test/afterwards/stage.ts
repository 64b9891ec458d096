import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Form } from '../../src/messages/form.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { type ConversationStage, openConversations, type proposal, propose, signUp } from '../support/conversations.ts';
import { addActive, ask, textOf } from '../support/people.ts';

/** A conversation of 10am to 11am on Tuesday 16 March 2027 in London. */
export interface Afterwards extends ConversationStage {
  readonly id: string;
  /** Each has a seat. */
  readonly ann: Member;
  readonly ben: Member;
  readonly cat: Member;
  /** Has none: it is full. */
  readonly dan: Member;
  /** Time goes on to this moment, and all that is due is done. */
  until(moment: string): Promise<void>;
}

export async function openAfterwards(changed: Partial<typeof proposal> = {}): Promise<Afterwards> {
  const stage = await openConversations();
  const { core, host, clock, settle } = stage;
  const [ann, ben, cat, dan] = [
    await addActive(core, { name: 'Anna Andrews', council: 'Northmoor Borough Council' }),
    await addActive(core, { name: 'Benedict Brookes', council: 'York' }),
    await addActive(core, { name: 'Catrin Cledwyn', council: 'Kent County Council' }),
    await addActive(core, { name: 'Daniel Dobson', council: 'Hull' }),
  ];
  const id = await propose(core, host, changed);
  for (const member of [ann, ben, cat, dan]) await signUp(core, member, id);
  const until = async (moment: string) => {
    clock.set(new Date(moment));
    await settle();
  };
  await settle();
  stage.web.letters.length = 0;
  return { ...stage, id, ann, ben, cat, dan, until };
}

/** The headings of what a member was sent, in order. */
export function headingsTo({ web }: Pick<Afterwards, 'web'>, member: Member): readonly string[] {
  return web.letters.filter(({ account }) => account.user === member.id).map(({ message }) => message.heading);
}

/** How many times a member was asked what they take away. */
export function timesAsked(stage: Pick<Afterwards, 'web'>, member: Member): number {
  return headingsTo(stage, member).filter((heading) => heading === 'One thing you take away').length;
}

export function saysWhoCame(core: Core, host: Member, conversation: string, came: readonly Member[]): Promise<Reply> {
  return ask(core, host, { kind: 'afterwards.who-came', conversation, came: came.map(({ id }) => id).join(',') });
}

export async function takesAway(
  core: Core,
  member: Member,
  conversation: string,
  text: string,
  shared: 'yes' | 'no' = 'no',
): Promise<void> {
  const reply = await ask(core, member, { kind: 'afterwards.takeaway', conversation, text, shared });
  if (!textOf(reply).includes('We have saved')) throw new Error(textOf(reply));
}

/** The form that an intent opens. */
export async function formOf(core: Core, member: Member, intent: Intent): Promise<Form> {
  const reply = await ask(core, member, intent);
  if (reply.kind !== 'form') throw new Error(textOf(reply));
  return reply.form;
}
