import type { Outbounds } from '../../src/delivery/route.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { type Chats, cardsOn, chats, giveAccount } from '../support/chats.ts';
import {
  addPeople,
  type ConversationStage,
  factOf,
  openConversations,
  proposal,
  propose,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';

/** A conversation that was announced to four: two on Slack, one on Teams, and one on the web. */
export interface CardStage extends Omit<ConversationStage, 'slack'> {
  readonly id: string;
  readonly slack: Chats;
  readonly teams: Chats;
  readonly one: Member;
  readonly two: Member;
  readonly onTeams: Member;
  readonly onWeb: Member;
  later(ms: number): void;
  /** What was announced to this member, as it stands in their chat now. */
  cardOf(member: Member, title?: string): Message;
  /** What that card says of its seats. */
  seats(member: Member, title?: string): string | undefined;
  updates(): Promise<readonly Update[]>;
}

interface Update {
  readonly id: string;
  readonly member_id: string | null;
  readonly status: string;
  readonly reason: string;
}

export async function openCards(): Promise<CardStage> {
  const stage = await openConversations();
  const { core, host, web } = stage;
  const slack = chats('slack');
  const teams = chats('teams');
  const outbounds: Outbounds = new Map([slack, teams, web].map((outbound) => [outbound.platform, outbound] as const));
  const [one = host, two = host, onTeams = host, onWeb = host] = await addPeople(core, 4);
  await giveAccount(core, one, 'slack');
  await giveAccount(core, two, 'slack');
  await giveAccount(core, onTeams, 'teams');
  const later = (ms: number) => stage.clock.set(new Date(core.clock.now().getTime() + ms));
  const settle = async () => {
    await settleAll(core, outbounds);
    later(10_000);
    await settleAll(core, outbounds);
  };
  const cardOf = (member: Member, title = proposal.title) => {
    const [card] = cardsOn(member === onTeams ? teams : slack, member.id, title);
    if (card === undefined) throw new Error('There is no card');
    return card;
  };
  const id = await propose(core, host);
  await settle();
  return {
    ...stage,
    ...{ id, slack, teams, outbounds, one, two, onTeams, onWeb, later, settle, cardOf },
    seats: (member, title) => factOf(cardOf(member, title), 'Seats'),
    async updates() {
      const rows = core.db.selectFrom('deliveries').select(['id', 'member_id', 'status', 'reason']);
      return await rows.where('kind', '=', 'conversations.card-update').orderBy('created_at').execute();
    },
  };
}
