import { fileButton } from '../diary/messages.ts';
import { type Block, type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { card, details, nameOf, plan, type View } from './messages.ts';

/** How far it has come. */
export type Stage = 'to come' | 'under way' | 'over' | 'cancelled';

/** Everything about one conversation, for one reader. */
export interface Detailed extends View {
  readonly stage: Stage;
  /** Whether they may change it: its host, and conveners. */
  readonly mayManage: boolean;
  /** Whether they may ask another host to take it over, or make it over to a guest: hosts and conveners. */
  readonly mayHandOver: boolean;
  /** What of what comes afterwards is theirs to do still. */
  readonly afterwards: 'take away' | 'wrap up' | 'nothing';
}

/** The page of one conversation: all that its card leaves out, and what its reader can do. */
export function conversationPage(detailed: Detailed): Page {
  const { conversation, stage } = detailed;
  const { title, about, chathamHouse } = conversation;
  const isToCome = stage === 'to come';
  return {
    heading: title === '' ? nameOf(detailed) : title,
    body: [
      ...stageWords(detailed),
      ...(about === '' ? [] : [paragraph(about)]),
      isToCome ? details(detailed) : facts(...plan(detailed)),
      facts(...furtherFacts(detailed)),
      ...(chathamHouse ? [paragraph(chathamHouseRule)] : []),
    ],
    cards: [toDo(detailed)],
  };
}

const chathamHouseRule =
  'Under the Chatham House Rule you may use what you hear, but you never say who said it or who was there.';

function stageWords({ stage, conversation }: Detailed): readonly Block[] {
  switch (stage) {
    case 'to come':
      return [];
    case 'under way':
      return [paragraph('This conversation has begun.')];
    case 'over':
      return [paragraph('This conversation has taken place.')];
    case 'cancelled': {
      const { cancelReason } = conversation;
      const why: readonly Block[] = cancelReason === '' ? [] : [{ kind: 'quote', text: cancelReason }];
      return [paragraph('This conversation has been cancelled.'), ...why];
    }
  }
}

function furtherFacts({ conversation, audienceName, stage }: Detailed): readonly (readonly [string, string])[] {
  const { minutes, place, capacity } = conversation;
  const online = stage === 'to come' ? 'Online. People with a seat get the link before it begins.' : 'Online';
  return [
    ['Length', `${minutes} minutes`],
    ...(place === '' ? [['Where', online] as const] : []),
    ...(audienceName === '' ? [['For', 'Everyone'] as const] : []),
    ['Size', `${capacity} seats, and the host`],
  ];
}

function toDo(detailed: Detailed): Message {
  const shown = card(detailed);
  const heading = 'What you can do';
  switch (detailed.stage) {
    case 'to come':
      return {
        ...shown,
        heading,
        body: shown.body.slice(2),
        buttons: withoutRepeats([...shown.buttons, ...calendar(detailed), ...managing(detailed)]),
      };
    case 'over':
      return { summary: heading, heading, body: [], buttons: [...afterwards(detailed), elsewhere] };
    case 'under way':
    case 'cancelled':
      return { summary: heading, heading, body: [], buttons: [elsewhere] };
  }
}

const elsewhere: Button = does('See conversations', { kind: 'conversations.list' });

/** No two that do the same. */
function withoutRepeats(all: readonly Button[]): readonly Button[] {
  const kindOf = (button: Button) => (button.kind === 'does' ? button.intent.kind : button.label);
  return all.filter((button, at) => all.findIndex((other) => kindOf(other) === kindOf(button)) === at);
}

function calendar({ standing, conversation }: Detailed): readonly Button[] {
  const has = standing.kind === 'seated' || standing.kind === 'host';
  return has ? [fileButton(conversation.id)] : [];
}

function managing(detailed: Detailed): readonly Button[] {
  const {
    conversation: { id: conversation },
    mayManage,
    mayHandOver,
    standing,
  } = detailed;
  if (!mayManage) return [];
  return [
    does('See who is coming', { kind: 'conversations.who-is-coming', conversation }),
    does('Change it', { kind: 'conversations.open-edit', conversation, revision: '', asked: '' }),
    ...(standing.kind === 'host' && mayHandOver
      ? [does('Hand it over', { kind: 'conversations.open-hand-over', conversation })]
      : []),
    ...(mayHandOver ? [does('Let a guest host it', { kind: 'proposals.open-guest', conversation })] : []),
    does('Cancel it', { kind: 'conversations.open-cancel', conversation }, 'warning'),
  ];
}

function afterwards({ conversation: { id: conversation }, afterwards: left }: Detailed): readonly Button[] {
  if (left === 'take away') {
    return [does('Write what you take away', { kind: 'afterwards.open-takeaway', conversation }, 'main')];
  }
  if (left === 'nothing') return [];
  return [
    does('Say who came', { kind: 'afterwards.open-who-came', conversation }),
    does('Tell people what it came to', { kind: 'afterwards.open-summary', conversation }),
  ];
}
