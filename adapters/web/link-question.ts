import { isDeepStrictEqual } from 'node:util';
import type { Sender } from '../../src/account.ts';
import { handle, objectionTo } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { type Block, type Button, type Message, paragraph } from '../../src/messages/message.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { confirmation } from './confirmation.ts';
import type { Web } from './options.ts';
import type { Opened } from './sealed-links.ts';
import { emailSender } from './senders.ts';
import { link as say } from './words.ts';

/** Shows what the link would do, and the button that does it: its own card where the home page has one. */
export async function ask(web: Web, { member, link }: Opened): Promise<Reply> {
  const { intent, label } = link;
  const sender = emailSender(member);
  const why = objectionTo(sender, member, intent);
  if (why !== undefined) return { kind: 'message', message: refusal(why) };
  const home = await handle(web.core, sender, { kind: 'network.home' });
  const isAsked = (button: Button) => button.kind === 'does' && isDeepStrictEqual(button.intent, intent);
  const cards = cardsOf(home);
  const card =
    cards.find((candidate) => candidate.buttons.some(isAsked)) ??
    confirmation(intent, [...whomToMeet(cards, intent), ...(await whatOf(web, sender, intent))], label);
  return { kind: 'message', message: { ...card, buttons: card.buttons.filter(isAsked) } };
}

/** Which match it is that a link does something about, while it stands. */
function whomToMeet(cards: readonly Message[], intent: Intent): readonly Block[] {
  if (!('match' in intent)) return [];
  const isOfMatch = (button: Button) =>
    button.kind === 'does' && 'match' in button.intent && button.intent.match === intent.match;
  const found = cards.find(({ buttons }) => buttons.some(isOfMatch));
  return found === undefined ? [] : [paragraph(say.about(found.heading))];
}

/** What a link does something about, for whoever may see it: a conversation, a draft of one, or a date of a series. */
async function whatOf(web: Web, sender: Sender, intent: Intent): Promise<readonly Block[]> {
  if ('slot' in intent) {
    const asked = await handle(web.core, sender, { kind: 'series.open-yes', slot: intent.slot });
    return asked.kind === 'form' ? asked.form.body : [];
  }
  if ('proposal' in intent) {
    const drafts = await handle(web.core, sender, { kind: 'proposals.mine' });
    const found = cardsOf(drafts).find(({ buttons }) => buttons.some((button) => isAbout(button, intent.proposal)));
    return found === undefined ? [] : [paragraph(found.heading), ...found.body];
  }
  if (!('conversation' in intent)) return [];
  const shown = await handle(web.core, sender, { kind: 'conversations.view', conversation: intent.conversation });
  if (shown.kind !== 'page') return [];
  const details = shown.page.body.find(({ kind }) => kind === 'facts');
  return [paragraph(shown.page.heading), ...(details === undefined ? [] : [details])];
}

function isAbout(button: Button, proposal: string): boolean {
  return button.kind === 'does' && 'proposal' in button.intent && button.intent.proposal === proposal;
}

function cardsOf(reply: Reply): readonly Message[] {
  return reply.kind === 'page' ? reply.page.cards : reply.kind === 'message' ? [reply.message] : [];
}

/** Whether this button stands in what is shown. */
export function offers(shown: Reply, intent: Intent): boolean {
  const buttons = cardsOf(shown).flatMap((card) => card.buttons);
  return buttons.some((button) => button.kind === 'does' && isDeepStrictEqual(button.intent, intent));
}
