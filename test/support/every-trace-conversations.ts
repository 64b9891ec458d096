import { randomUUID } from 'node:crypto';
import { sealTakeaway } from '../../src/afterwards/takeaway-rows.ts';
import type { Core } from '../../src/core.ts';
import type { FullLife } from './full-life.ts';

/*
 * After a full life: what else of conversations can hold somebody, as each capability writes it.
 */

/** What they wrote of them. */
interface Written {
  readonly takeaway: string;
  readonly summary: string;
  readonly place: string;
  readonly draft: string;
  readonly draftAbout: string;
}

export async function haveConversations(core: Core, life: FullLife, written: Written): Promise<void> {
  await haveBeenThere(core, life, written);
  await handOver(core, life);
  await propose(core, life, written);
  await takePartInSeries(core, life);
}

/** One that was two weeks ago: they came, took something away, and shared it; and one they hosted. */
async function haveBeenThere(core: Core, { member, match, host }: FullLife, written: Written): Promise<void> {
  const { db, clock } = core;
  const startsAt = new Date(clock.now().getTime() - 14 * 86_400_000);
  const words = { theme: 'collective-leadership/politics', about: 'a', zone: 'Europe/London', minutes: 60, link: '' };
  const past = { ...words, starts_at: startsAt, capacity: 5, created_at: startsAt, place: 'Town Hall' };
  const [came, hosted] = [randomUUID(), randomUUID()];
  const theirs = { title: written.summary, summary: written.summary, summary_at: clock.now() };
  await db
    .insertInto('conversations')
    .values([
      { ...past, id: came, host_id: host.id, title: 'A past one', made_over_by: member.id },
      { ...past, id: hosted, host_id: member.id, ...theirs, place: written.place },
    ])
    .execute();
  const seat = { state: 'seated', signed_up_at: startsAt, came: true } as const;
  await db
    .insertInto('seats')
    .values([
      { conversation_id: came, member_id: member.id, ...seat },
      { conversation_id: hosted, member_id: match.id, ...seat },
    ])
    .execute();
  const takeaway = (id: string, memberId: string, text: string) => ({
    conversation_id: id,
    member_id: memberId,
    text: sealTakeaway(core, id, memberId, text),
    shared: true,
    written_at: clock.now(),
  });
  await db
    .insertInto('takeaways')
    .values([takeaway(came, member.id, written.takeaway), takeaway(hosted, match.id, 'Another’s')])
    .execute();
  const posted = { conversation_id: came, member_id: member.id, posted: 1, stands: true, cause: 'seat' };
  await db
    .insertInto('diary_posts')
    .values(posted)
    .onConflict((on) => on.doNothing())
    .execute();
  await db.updateTable('members').set({ diary_key: randomUUID() }).where('id', '=', member.id).execute();
}

async function handOver({ db, clock }: Core, { member, match, hosted, attended }: FullLife): Promise<void> {
  const asked = { asked_at: clock.now() };
  await db
    .insertInto('hand_overs')
    .values([
      { conversation_id: attended, to_id: member.id, asked_by: null, ...asked },
      { conversation_id: hosted, to_id: match.id, asked_by: member.id, ...asked },
    ])
    .execute();
}

/** A draft of their own; and they said when they could come to another’s. */
async function propose({ db, clock }: Core, { member, host }: FullLife, written: Written): Promise<void> {
  const now = clock.now();
  const row = {
    state: 'polling',
    theme: 'collective-leadership/politics',
    chatham_house: false,
    zone: 'Europe/London',
    created_at: now,
    changed_at: now,
  } as const;
  const [own, others] = [randomUUID(), randomUUID()];
  await db
    .insertInto('proposals')
    .values([
      { ...row, id: own, host_id: member.id, title: written.draft, about: written.draftAbout },
      { ...row, id: others, host_id: host.id, title: 'Another draft', about: 'b' },
    ])
    .execute();
  const time = randomUUID();
  await db.insertInto('proposal_times').values({ id: time, proposal_id: others, starts_at: now }).execute();
  const answer = { member_id: member.id, answered_at: now };
  await db
    .insertInto('time_answers')
    .values({ proposal_id: others, ...answer })
    .execute();
  await db.insertInto('time_ticks').values({ time_id: time, member_id: member.id }).execute();
}

async function takePartInSeries({ db, clock }: Core, { member, attendee }: FullLife): Promise<void> {
  const now = clock.now();
  const later = new Date(now.getTime() + 14 * 86_400_000);
  const [topic, series, slot] = [randomUUID(), randomUUID(), randomUUID()];
  await db
    .insertInto('topics')
    .values({
      id: topic,
      member_id: attendee.id,
      title: 'Topic of another',
      about: 'a',
      suggested_at: now,
      conversation_id: null,
    })
    .execute();
  await db.insertInto('topic_votes').values({ topic_id: topic, member_id: member.id, voted_at: now }).execute();
  const rhythm = { weekday: 2, at: '10:00', zone: 'Europe/London', every_weeks: 2, first_day: '2027-03-30' };
  const room = { minutes: 60, capacity: 8, per_council: null, link: 'https://meet.example/s', place: '' };
  await db
    .insertInto('series')
    .values({ id: series, name: 'Your agenda', ...rhythm, ...room, created_at: now, ended_at: null })
    .execute();
  await db
    .insertInto('series_slots')
    .values({ id: slot, series_id: series, starts_at: later, state: 'asking', topic_id: topic, conversation_id: null })
    .execute();
  await db
    .insertInto('host_asks')
    .values({ id: randomUUID(), slot_id: slot, member_id: member.id, asked_at: now, until: later, answer: null })
    .execute();
}
