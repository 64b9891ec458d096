import { type Form, type Option, question } from '../messages/form.ts';
import { does, facts, type Message, paragraph } from '../messages/message.ts';
import { card, details, plan, timesOf, type View } from './messages.ts';
import type { Host } from './model.ts';

export const problems = {
  to: 'Choose a host from the list.',
} as const;

export const refusals = {
  nobody: 'Nobody else can host at the moment. Ask a convener to make somebody a host, or cancel the conversation.',
  notAsked: 'You are not asked to take over this conversation any more. Somebody else is asked, or it keeps its host.',
} as const;

/** @param asked the name of who is asked already; '' for nobody */
export function handOverForm(view: View, hosts: readonly Option[], asked: string): Form {
  const { id, title } = view.conversation;
  const before =
    asked === ''
      ? 'It keeps its host until they say yes. Then we tell everyone who has a place.'
      : `${asked} is asked already. If you ask somebody else, ${asked} cannot take over any more.`;
  return {
    heading: 'Hand over a conversation',
    body: [paragraph(`“${title}”, ${timesOf(view)}.`), paragraph(before)],
    fields: [{ ...question('to', 'Who could host it?'), kind: 'choice', options: hosts }],
    submitLabel: 'Ask them',
    completes: { kind: 'conversations.hand-over', conversation: id },
    openedBy: { kind: 'conversations.open-hand-over', conversation: id },
  };
}

/** To whoever asked. */
export function asking(view: View, name: string): Message {
  const { conversation } = view;
  return {
    summary: `We are asking ${name} to take over “${conversation.title}”.`,
    heading: `Asked: ${conversation.title}`,
    body: [paragraph(`We are asking ${name}, and will tell you what they say. Until then nothing changes.`)],
    buttons: [],
  };
}

/**
 * To the one who is asked.
 *
 * @param by the name of the convener who asks; '' where its host does, `undefined` where they have left
 */
export function handOverAsked(view: View, host: Host, by: string | undefined): Message {
  const { conversation } = view;
  const asks = by === '' ? host.name : (by ?? 'A convener');
  const text =
    by === ''
      ? `${host.name} cannot host this conversation and asks whether you can.`
      : `${asks} asks whether you can host this conversation in place of ${host.name}.`;
  return {
    summary: `${asks} asks you to take over a conversation: “${conversation.title}”, ${timesOf(view)}.`,
    heading: `Can you take over: ${conversation.title}`,
    body: [paragraph(text), paragraph(conversation.about), details(view)],
    buttons: [
      does('Take over', { kind: 'conversations.take-over', conversation: conversation.id }, 'main'),
      does('I cannot', { kind: 'conversations.decline-hand-over', conversation: conversation.id }),
    ],
  };
}

/** What that becomes for who took over: the card of the conversation that they host. */
export function takenOver(view: View): Message {
  const shown = card(view);
  return {
    ...shown,
    summary: `You are hosting “${view.conversation.title}” now. We are telling everyone who has a place.`,
    body: [paragraph('Thank you. We are telling everyone who has a place.'), ...shown.body],
  };
}

/** What it becomes for who cannot. */
export function declined(view: View): Message {
  const { title } = view.conversation;
  return {
    summary: `You said that you cannot take over “${title}”.`,
    heading: `Not taken over: ${title}`,
    body: [paragraph('Thank you for telling us. We are telling its host, and whoever asked you.')],
    buttons: [does('See conversations', { kind: 'conversations.list' })],
  };
}

/** To whoever hosted it, and to a convener who asked for it, once somebody has taken over. */
export function handOverAnswered(view: View, host: Host): Message {
  const { title } = view.conversation;
  return {
    summary: `${host.name} has taken over “${title}”.`,
    heading: `Handed over: ${title}`,
    body: [paragraph(`${host.name} hosts it now. You do not have to do anything.`), facts(...plan(view))],
    buttons: [],
  };
}

/** To the same, where the one who was asked cannot. @param mayHandOver whether they can ask another host */
export function handOverDeclined(view: View, host: Host, mayHandOver: boolean): Message {
  const { id: conversation, title } = view.conversation;
  const isHost = view.standing.kind === 'host';
  const next = mayHandOver
    ? 'You can ask another host, or cancel the conversation.'
    : 'You can cancel the conversation. Only a host can ask another host.';
  const again = does('Ask another host', { kind: 'conversations.open-hand-over', conversation }, 'main');
  return {
    summary: `The host who was asked cannot take over “${title}”.`,
    heading: isHost ? `You still host: ${title}` : `Not taken over: ${title}`,
    body: [paragraph(isHost ? next : `${host.name} hosts it still. ${next}`), facts(...plan(view))],
    buttons: [
      ...(mayHandOver ? [again] : []),
      does('Cancel it', { kind: 'conversations.open-cancel', conversation }, 'warning'),
    ],
  };
}

/** To everyone with a place. */
export function newHost(view: View, host: Host): Message {
  const shown = card(view);
  return {
    ...shown,
    summary: `${host.name} hosts “${view.conversation.title}” now.`,
    heading: `A new host: ${view.conversation.title}`,
    body: [
      paragraph(`${host.name}, ${host.role}, ${host.council}, hosts it now. Your place stays yours.`),
      ...shown.body,
    ],
  };
}
