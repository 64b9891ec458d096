import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { ask, textOf } from './people.ts';

/** Answers that make a series: every second Tuesday at half past twelve, from 30 March 2027 on. */
export const fortnightly: Extract<Intent, { kind: 'series.series' }> = {
  kind: 'series.series',
  series: 'new',
  name: 'Your agenda',
  weekday: '2',
  at: '12:30',
  everyWeeks: '2',
  firstDay: '2027-03-30',
  minutes: '60',
  capacity: '8',
  perCouncil: '2',
  link: 'https://meet.example/agenda',
  place: '',
};

/** @returns the id of the new series */
export async function setSeries(
  core: Core,
  convener: Member,
  changed: Partial<typeof fortnightly> = {},
): Promise<string> {
  const answers = { ...fortnightly, ...changed };
  const reply = await ask(core, convener, answers);
  if (reply.kind !== 'message') throw new Error(textOf(reply));
  const row = core.db.selectFrom('series').select('id').where('name', '=', answers.name).where('ended_at', 'is', null);
  return (await row.executeTakeFirstOrThrow()).id;
}

/** @returns the id of the new topic */
export async function suggest(core: Core, member: Member, title: string, theme = 'none'): Promise<string> {
  const answers = { kind: 'series.suggest-topic', title, about: `What others do about ${title}.`, theme } as const;
  const reply = await ask(core, member, answers);
  if (reply.kind !== 'message') throw new Error(textOf(reply));
  const row = core.db.selectFrom('topics').select('id').where('title', '=', title);
  return (await row.executeTakeFirstOrThrow()).id;
}

export interface SlotRow {
  readonly id: string;
  readonly day: string;
  readonly state: string;
  readonly topic: string | null;
  readonly conversation: string | null;
}

/** Every slot, the soonest first. */
export async function slotsOf(core: Core): Promise<readonly SlotRow[]> {
  const rows = await core.db.selectFrom('series_slots').selectAll().orderBy('starts_at').execute();
  return rows.map(({ id, starts_at: startsAt, state, topic_id: topic, conversation_id: conversation }) => ({
    id,
    day: startsAt.toISOString().slice(0, 16),
    state,
    topic,
    conversation,
  }));
}

/** Who is being asked at this moment; one at most for each slot. */
export async function askedNow(core: Core): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('host_asks')
    .innerJoin('people', 'people.id', 'host_asks.member_id')
    .select('people.name')
    .where('answer', 'is', null)
    .execute();
  return rows.map(({ name }) => name);
}
