import { cut } from '../messages/cut.ts';
import { type Button, does, type Message, type Page, paragraph } from '../messages/message.ts';
import { card, type View } from './messages.ts';

/** How much of what a conversation is about stands in the list, in UTF-16 code units: its page has all of it. */
const shortLength = 160;

/**
 * What is coming, for one reader.
 *
 * @param offers what else they can do here
 */
export function list(views: readonly View[], offers: readonly Message[]): Page {
  const none = 'There are no conversations coming up. We will tell you when there is one.';
  return {
    heading: 'Conversations',
    body: [paragraph(views.length === 0 ? none : 'Small groups, hosted by a senior leader, on a theme.')],
    cards: [...views.map(listed), ...offers],
  };
}

function listed(view: View): Message {
  const { id, about } = view.conversation;
  const shown = card({ ...view, conversation: { ...view.conversation, about: cut(about, shortLength) } });
  const isWarning = (button: Button) => button.kind === 'does' && button.style === 'warning';
  const more = does('Details', { kind: 'conversations.view', conversation: id });
  const [first, last] = [shown.buttons.filter((one) => !isWarning(one)), shown.buttons.filter(isWarning)];
  return { ...shown, buttons: [...first, more, ...last] };
}

/** What a host has under way. */
export interface Drafts {
  readonly mayHost: boolean;
  readonly count: number;
}

/** The way from the list to all that belongs to it. */
export function aroundList({ mayHost, count }: Drafts): Message {
  const drafts = count === 1 ? 'You have 1 draft.' : `You have ${count} drafts.`;
  const text = 'See all dates in one place, and the topics that people would like to talk about.';
  return {
    summary: text,
    heading: 'More about conversations',
    body: [...(mayHost && count > 0 ? [paragraph(drafts)] : []), paragraph(text)],
    buttons: [
      does('Diary', { kind: 'diary.show' }),
      does('Topics', { kind: 'series.topics' }),
      ...(mayHost && count > 0 ? [does('Your drafts', { kind: 'proposals.mine' })] : []),
    ],
  };
}
