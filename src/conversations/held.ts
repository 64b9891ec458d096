import type { Core } from '../core.ts';
import type { Level } from '../network/model.ts';
import { themeName } from './themes.ts';

/** What we hold about one member's conversations: theirs, and of others' what their cards showed. */
export interface HeldConversations {
  readonly hosted: readonly Hosted[];
  readonly seats: readonly HeldSeat[];
  readonly topics: readonly SuggestedTopic[];
  readonly handOvers: readonly HeldHandOver[];
  /** Titles of what they made over to a guest. */
  readonly madeOver: readonly string[];
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
  readonly place: string;
  /** Null for no limit. */
  readonly perCouncil: number | null;
  readonly level: Level | null;
  /** The name of the cohort it is for; null for none. */
  readonly cohort: string | null;
  readonly chathamHouse: boolean;
  readonly cancelReason: string;
  /** What they wrote of it afterwards; '' for nothing. */
  readonly summary: string;
  readonly createdAt: Date;
}

export interface HeldSeat extends HeldConversation {
  /** Name, role and council; `undefined` once the host is erased. */
  readonly host: string | undefined;
  readonly state: 'seated' | 'offered' | 'waiting';
  readonly signedUpAt: Date;
  /** Until when it is kept for them; null unless it is offered. */
  readonly offeredUntil: Date | null;
  /** Whether they were there, as its host said; null where nobody said. */
  readonly came: boolean | null;
}

export interface SuggestedTopic {
  readonly title: string;
  readonly about: string;
  /** In words; '' where they named none. */
  readonly theme: string;
  readonly suggestedAt: Date;
}

/** A conversation that is to be handed from one host to another. */
export interface HeldHandOver {
  readonly title: string;
  /** `asked`: they are asked to take it over. `asks`: they asked somebody. `hosts`: somebody is asked, and they host it. */
  readonly role: 'asked' | 'asks' | 'hosts';
  /** The other of the two. */
  readonly who: string;
  readonly askedAt: Date;
}

export async function heldConversations(core: Core, memberId: string): Promise<HeldConversations> {
  return {
    hosted: await hosted(core, memberId),
    seats: await seats(core, memberId),
    topics: await topics(core, memberId),
    handOvers: await handOvers(core, memberId),
    madeOver: await madeOver(core, memberId),
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
    .leftJoin('cohorts', 'cohorts.id', 'conversations.for_cohort_id')
    .select(common)
    .select(['about', 'minutes', 'capacity', 'link', 'place', 'per_council as perCouncil', 'for_level as level'])
    .select(['cohorts.name as cohort', 'chatham_house as chathamHouse', 'summary'])
    .select(['cancel_reason as cancelReason', 'created_at as createdAt'])
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
    .select(['seats.offered_until as offeredUntil', 'seats.came'])
    .where('seats.member_id', '=', memberId)
    .orderBy('conversations.starts_at')
    .execute();
  return rows.map(({ name, role, council, ...row }) => ({
    ...row,
    theme: themeName(frameworks, row.theme),
    host: name === null ? undefined : `${name}, ${role}, ${council}`,
  }));
}

async function topics({ db, frameworks }: Core, memberId: string): Promise<readonly SuggestedTopic[]> {
  const rows = await db
    .selectFrom('topics')
    .select(['title', 'about', 'theme', 'suggested_at as suggestedAt'])
    .where('member_id', '=', memberId)
    .orderBy('suggested_at')
    .execute();
  return rows.map((row) => ({ ...row, theme: row.theme === '' ? '' : themeName(frameworks, row.theme) }));
}

async function madeOver({ db }: Core, memberId: string): Promise<readonly string[]> {
  const rows = db.selectFrom('conversations').select('title').where('made_over_by', '=', memberId);
  return (await rows.orderBy('starts_at').execute()).map(({ title }) => title);
}

async function handOvers({ db }: Core, memberId: string): Promise<readonly HeldHandOver[]> {
  const rows = await db
    .selectFrom('hand_overs')
    .innerJoin('conversations', 'conversations.id', 'hand_overs.conversation_id')
    .innerJoin('people as to', 'to.id', 'hand_overs.to_id')
    .leftJoin('people as host', 'host.id', 'conversations.host_id')
    .select(['conversations.title', 'hand_overs.to_id as toId', 'hand_overs.asked_at as askedAt'])
    .leftJoin('people as by', 'by.id', 'hand_overs.asked_by')
    .select(['to.name as to', 'host.name as host', 'by.id as byId', 'by.name as by'])
    .where((or) =>
      or.or([
        or('hand_overs.to_id', '=', memberId),
        or('hand_overs.asked_by', '=', memberId),
        or('conversations.host_id', '=', memberId),
      ]),
    )
    .orderBy('hand_overs.asked_at')
    .execute();
  return rows.map(({ title, toId, askedAt, to, host, byId, by }) => {
    if (toId === memberId) return { title, askedAt, role: 'asked', who: by ?? host ?? '' };
    return { title, askedAt, role: byId === memberId ? 'asks' : 'hosts', who: to };
  });
}
