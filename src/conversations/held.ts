import type { Core } from '../core.ts';
import { themeName } from './themes.ts';

/** What we hold about one member's conversations: theirs, and of others' what their cards showed. */
export interface HeldConversations {
  readonly hosted: readonly Hosted[];
  readonly seats: readonly HeldSeat[];
  readonly topics: readonly SuggestedTopic[];
}

interface HeldConversation {
  readonly title: string;
  /** In words. */
  readonly theme: string;
  readonly startsAt: Date;
  readonly cancelledAt: Date | null;
}

export interface Hosted extends HeldConversation {
  readonly about: string;
  readonly minutes: number;
  readonly capacity: number;
  readonly link: string;
  readonly cancelReason: string;
  readonly createdAt: Date;
}

export interface HeldSeat extends HeldConversation {
  /** Name, role and council; `undefined` once the host is erased. */
  readonly host: string | undefined;
  readonly state: 'seated' | 'offered' | 'waiting';
  readonly signedUpAt: Date;
}

export interface SuggestedTopic {
  readonly title: string;
  readonly about: string;
  readonly suggestedAt: Date;
}

export async function heldConversations(core: Core, memberId: string): Promise<HeldConversations> {
  return {
    hosted: await hosted(core, memberId),
    seats: await seats(core, memberId),
    topics: await topics(core, memberId),
  };
}

const common = [
  'conversations.title',
  'conversations.theme',
  'conversations.starts_at as startsAt',
  'conversations.cancelled_at as cancelledAt',
] as const;

async function hosted({ db, frameworks }: Core, memberId: string): Promise<readonly Hosted[]> {
  const rows = await db
    .selectFrom('conversations')
    .select(common)
    .select(['about', 'minutes', 'capacity', 'link', 'cancel_reason as cancelReason', 'created_at as createdAt'])
    .where('host_id', '=', memberId)
    .orderBy('starts_at')
    .execute();
  return rows.map((row) => ({ ...row, theme: themeName(frameworks, row.theme) }));
}

async function seats({ db, frameworks }: Core, memberId: string): Promise<readonly HeldSeat[]> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('conversations', 'conversations.id', 'seats.conversation_id')
    .leftJoin('people as host', 'host.id', 'conversations.host_id')
    .select(common)
    .select(['host.name', 'host.role', 'host.council', 'seats.state', 'seats.signed_up_at as signedUpAt'])
    .where('seats.member_id', '=', memberId)
    .orderBy('conversations.starts_at')
    .execute();
  return rows.map(({ name, role, council, ...row }) => ({
    ...row,
    theme: themeName(frameworks, row.theme),
    host: name === null ? undefined : `${name}, ${role}, ${council}`,
  }));
}

async function topics({ db }: Core, memberId: string): Promise<readonly SuggestedTopic[]> {
  return await db
    .selectFrom('topics')
    .select(['title', 'about', 'suggested_at as suggestedAt'])
    .where('member_id', '=', memberId)
    .orderBy('suggested_at')
    .execute();
}
