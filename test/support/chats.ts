import { randomUUID } from 'node:crypto';
import type { Platform } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Outbound, Outcome, Parcel } from '../../src/delivery/model.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { recordingOutbound } from './people.ts';

/** A platform of private chats, as people see them: what was posted stands there until it is edited or removed. */
export interface Chats extends Outbound {
  /** The cards of each person by the platform's id of the person, then of the card. */
  readonly cards: Map<string, Map<string, Message>>;
  /** Everything it took. */
  readonly parcels: Parcel[];
  /** What it answers next instead of taking it. */
  readonly outcomes: Outcome[];
}

export function chats(platform: Platform): Chats {
  const made: Chats = {
    ...recordingOutbound(platform),
    cards: new Map(),
    parcels: [],
    outcomes: [],
    send(parcel) {
      const refused = made.outcomes.shift();
      return Promise.resolve(refused ?? carryOut(made, parcel));
    },
  };
  return made;
}

function carryOut({ cards, parcels }: Chats, parcel: Parcel): Outcome {
  parcels.push(parcel);
  const { to, act } = parcel;
  if (to.kind !== 'account') return { kind: 'sent', receipt: {} };
  const { user } = to.account;
  const own = cards.get(user) ?? new Map<string, Message>();
  cards.set(user, own);
  switch (act.kind) {
    case 'home':
      return { kind: 'sent', receipt: {} };
    case 'invite':
    case 'post': {
      const card = randomUUID();
      own.set(card, act.message);
      return { kind: 'sent', receipt: { card } };
    }
    case 'edit':
    case 'remove': {
      const card = act.receipt['card'] ?? '';
      if (!own.has(card)) return { kind: 'gone', reason: 'no such card' };
      if (act.kind === 'edit') own.set(card, act.message);
      else own.delete(card);
      return { kind: 'sent', receipt: { card } };
    }
  }
}

/** What each edit made of a card, by the platform's id of its reader. */
export function editsOf({ parcels }: Chats): ReadonlyMap<string, readonly Message[]> {
  const edits = parcels.flatMap(({ to, act }) =>
    to.kind === 'account' && act.kind === 'edit' ? [{ user: to.account.user, message: act.message }] : [],
  );
  const byUser = Map.groupBy(edits, ({ user }) => user);
  return new Map([...byUser].map(([user, those]) => [user, those.map(({ message }) => message)]));
}

/**
 * What stands in one person's chat about the conversation of this title: first what was announced, then that it is
 * cancelled, if they were told.
 */
export function cardsOn({ cards }: Chats, user: string, title: string): readonly Message[] {
  return [...(cards.get(user)?.values() ?? [])].filter(({ heading }) =>
    [title, `Cancelled: ${title}`].includes(heading),
  );
}

/** Gives a member an account by which they are reached; its user is the member's id unless said. @returns its id */
export async function giveAccount(
  core: Core,
  { id: memberId }: Pick<Member, 'id'>,
  platform: Platform,
  user: string = memberId,
): Promise<string> {
  const id = randomUUID();
  const account = { id, member_id: memberId, platform, space: `${platform}-space`, platform_user: user };
  await core.db
    .insertInto('accounts')
    .values({ ...account, address: '{}', seen_at: core.clock.now() })
    .execute();
  return id;
}

/** The member presses a button of a card that stands in their chat: an answer that replaces it does so at once. */
export async function press(core: Core, chat: Chats, { id: user, email }: Member, intent: Intent): Promise<Reply> {
  const account = { platform: chat.platform, space: `${chat.platform}-space`, user };
  const profile = () => Promise.resolve({ name: '', email, zone: '', locale: '' });
  const reply = await handle(core, { account, address: {}, profile }, intent);
  const own = chat.cards.get(user);
  const pressed = [...(own ?? [])].find(([, { buttons }]) =>
    buttons.some((button) => button.kind === 'does' && JSON.stringify(button.intent) === JSON.stringify(intent)),
  );
  if (reply.kind === 'replace' && pressed !== undefined) own?.set(pressed[0], reply.message);
  return reply;
}
