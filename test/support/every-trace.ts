import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Core } from '../../src/core.ts';
import type { DeliveryKind } from '../../src/delivery/model.ts';
import { sealPart } from '../../src/reflections/sealing.ts';
import { schedule } from '../../src/store/agenda.ts';
import { addRoom } from '../../src/store/rooms.ts';
import { haveConversations } from './every-trace-conversations.ts';
import { type FullLife, slackUser } from './full-life.ts';

/*
 * After a full life: a row in every other table that can hold somebody, as each capability writes it.
 */

/** Words of theirs that stand nowhere else. */
export const alsoWrote = {
  action: 'Unfurl the mainsail',
  followUp: 'Barnacles everywhere',
  note: 'Harbourmaster of long standing',
  avoids: 'Nemesis of Neasden',
  takeaway: 'Ballast before sails',
  summary: 'We agreed on lanterns',
  place: 'The old boathouse',
  draft: 'Tides of the treasury',
  draftAbout: 'What ebbs and what flows',
  chosenName: 'Quill Vexley-Marsh',
} as const;

/** Ids of accounts and rooms that tell of them. */
export const alsoKnownAs = ['U0OTHERLIFE', 'C0CHOSEN'] as const;

export async function leaveEveryTrace(core: Core, life: FullLife): Promise<void> {
  const prompts = await theirPrompts(core, life);
  await describeThem(core, life);
  await meetPeople(core, life);
  await askOfMatching(core, life);
  await shareReflections(core, life, prompts);
  await haveAccounts(core, life);
  await haveConversations(core, life, alsoWrote);
  await beToldOf(core, life, prompts);
}

interface Prompts {
  readonly answered: string;
  readonly open: string;
}

async function theirPrompts({ db }: Core, { member }: FullLife): Promise<Prompts> {
  const rows = await db.selectFrom('prompts').select('id').where('member_id', '=', member.id).orderBy('week').execute();
  const [answered, open] = rows;
  if (answered === undefined || open === undefined) throw new Error('There are no two prompts');
  return { answered: answered.id, open: open.id };
}

async function describeThem({ db, clock }: Core, { member, match }: FullLife): Promise<void> {
  const soon = new Date(clock.now().getTime() + 86_400_000);
  const cohortId = randomUUID();
  const setId = randomUUID();
  await db.insertInto('cohorts').values({ id: cohortId, name: 'Cohort of May' }).execute();
  await db.insertInto('learning_sets').values({ id: setId, cohort_id: cohortId, name: 'Set of June' }).execute();
  await db
    .updateTable('members')
    .set({
      cohort_id: cohortId,
      learning_set_id: setId,
      newly_appointed: true,
      works_from: '08:30',
      matching_paused_until: soon,
      preferred_platform: 'slack',
      skips_round: true,
      prompt_rhythm: 'fortnightly',
      chosen_name: alsoWrote.chosenName,
    })
    .where('id', '=', member.id)
    .execute();
  const consent = { member_id: member.id, version: 1, said_at: clock.now() };
  await db
    .insertInto('consents')
    .values({ ...consent, purpose: 'findable', given: true })
    .execute();
  const theme = { framework: 'chief-executives', theme: 'good-governance' };
  await db
    .insertInto('interests')
    .values({ member_id: member.id, ...theme })
    .execute();
  const act = { at: clock.now(), by: 'convener', action: 'joining.approved' } as const;
  await db
    .insertInto('audit')
    .values([
      { ...act, actor_id: match.id, subject: member.id, detail: JSON.stringify({ member: member.id }) },
      { ...act, actor_id: member.id, subject: match.id, detail: '{}' },
    ])
    .execute();
}

async function meetPeople({ db, cipher, clock }: Core, life: FullLife): Promise<void> {
  const { member, match, attendee, waiting, host } = life;
  const now = clock.now();
  await db
    .insertInto('buddies')
    .values([
      { member_id: member.id, buddy_id: match.id, introduced_at: now },
      { member_id: attendee.id, buddy_id: member.id, introduced_at: now },
    ])
    .execute();
  const avoids = (by: string, other: { other_id: string } | { token: Buffer }, said: string) => {
    const id = randomUUID();
    return { id, member_id: by, said: cipher.seal(said, `do-not-match:${id}`), said_at: now, ...other };
  };
  await db
    .insertInto('do_not_match')
    .values(avoids(member.id, { other_id: host.id }, alsoWrote.avoids))
    .execute();
  await db
    .insertInto('do_not_match')
    .values(avoids(waiting.id, { other_id: member.id }, member.name))
    .execute();
  await db
    .insertInto('do_not_match')
    .values(avoids(host.id, { token: cipher.token(member.email) }, member.email))
    .execute();
  await db
    .insertInto('past_matches')
    .values({ member_id: member.id, token: cipher.token('gone@council.example'), matched_at: now })
    .execute();
  const round = await db.selectFrom('rounds').select('id').orderBy('number').executeTakeFirstOrThrow();
  await db
    .insertInto('left_out')
    .values({ round_id: round.id, member_id: member.id, reason: 'odd-number' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What they said of their match, what they ask of the next round, and what they and others fixed for it. */
async function askOfMatching({ db, clock }: Core, { member, match }: FullLife): Promise<void> {
  const now = clock.now();
  const id = member.id;
  const own = db.selectFrom('match_members').select('match_id').where('member_id', '=', id);
  const time = { suggested_at: new Date(now.getTime() + 86_400_000), suggested_by: id };
  await db.updateTable('matches').set(time).where('id', 'in', own).execute();
  await db
    .updateTable('match_members')
    .set({ state: 'met', outcome: 'not-useful', answered_at: now, says_yes: true })
    .where('member_id', '=', id)
    .execute();
  await db.updateTable('rounds').set({ published_by: id }).execute();
  await db
    .insertInto('round_wishes')
    .values({ member_id: id, wish: '{"kind":"experience","experience":"merger"}', said_at: now })
    .execute();
  await db.insertInto('experiences').values({ member_id: id, experience: 'section-114' }).execute();
  await db.insertInto('standing_pool').values({ member_id: id, since: now, why: 'joined' }).execute();
  const lock = randomUUID();
  await db.insertInto('round_locks').values({ id: lock, kind: 'apart', set_by: id, set_at: now }).execute();
  const together = [id, match.id].map((each) => ({ lock_id: lock, member_id: each }));
  await db.insertInto('round_lock_members').values(together).execute();
}

async function shareReflections(core: Core, { member }: FullLife, { answered, open }: Prompts): Promise<void> {
  const { db, clock } = core;
  const now = clock.now();
  const match = await db
    .selectFrom('match_members')
    .select('match_id')
    .where('member_id', '=', member.id)
    .executeTakeFirstOrThrow();
  const place = { id: answered, memberId: member.id };
  await db
    .updateTable('reflections')
    .set({
      action: sealPart(core, 'reflection-action', place, alsoWrote.action),
      action_at: now,
      follow_up: sealPart(core, 'reflection-follow-up', place, alsoWrote.followUp),
      follow_up_at: now,
      shared_with: 'match',
      shared_at: now,
      shared_match_id: match.match_id,
    })
    .where('prompt_id', '=', answered)
    .execute();
  const told = { id: open, memberId: member.id };
  await db
    .insertInto('reflections')
    .values({
      prompt_id: open,
      member_id: member.id,
      answer: sealPart(core, 'reflection', told, 'A second answer'),
      written_at: now,
      shared_with: 'network',
      shared_at: now,
    })
    .execute();
  const digest = { month: '2027-03', framework: 'chief-executives', theme: 'good-governance' };
  await db.insertInto('digests').values({ month: digest.month, published_at: now }).execute();
  await db
    .insertInto('digest_themes')
    .values({ ...digest, people: 5, councils: 3 })
    .execute();
  await db
    .insertInto('digest_reflections')
    .values({ ...digest, prompt_id: open })
    .execute();
  const swapped = { framework: 'chief-executives', theme: 'good-governance', stage: 'knowledge', prompt: 'p.1' };
  await db
    .insertInto('swapped_prompts')
    .values({ prompt_id: open, ...swapped, swapped_at: now })
    .execute();
}

async function haveAccounts({ db, clock, cipher }: Core, { member }: FullLife): Promise<void> {
  const now = clock.now();
  const later = new Date(now.getTime() + 600_000);
  const account = { platform: 'slack', space: 'T1', platform_user: slackUser } as const;
  await db
    .insertInto('join_requests')
    .values({
      id: randomUUID(),
      ...account,
      address: '{}',
      name: member.name,
      email: member.email,
      email_verified: true,
      council: 'Vexley',
      role: 'Director',
      level: 'director',
      note: alsoWrote.note,
      zone: 'Europe/London',
      requested_at: now,
      decided_at: now,
      decision: 'approved',
      decided_by: member.id,
      member_id: member.id,
    })
    .execute();
  await db
    .insertInto('wrong_codes')
    .values({ ...account, count: 2, since: now })
    .execute();
  await db
    .insertInto('account_requests')
    .values({
      id: randomUUID(),
      member_id: member.id,
      platform: 'teams',
      space: 'tenant',
      platform_user: alsoKnownAs[0],
      address: '{}',
      requested_at: now,
    })
    .execute();
  const links = { member_id: member.id, expires_at: later };
  await db
    .insertInto('link_codes')
    .values({ fingerprint: cipher.token('code'), ...links })
    .execute();
  await db
    .insertInto('web_sessions')
    .values({ token_hash: cipher.token('session'), ...links, link_id: null })
    .execute();
  await db.transaction().execute(async (tx) => {
    const chosen = { platform: 'slack', space: 'T2', purpose: 'announcements', room: alsoKnownAs[1] } as const;
    await addRoom(tx, { ...chosen, address: {}, subject: '', chosenBy: member.id, createdAt: now });
    const greeted = { platform: 'slack', space: 'T1', purpose: 'greeting', room: slackUser } as const;
    await addRoom(tx, { ...greeted, address: {}, subject: '', chosenBy: null, createdAt: now });
  });
}

/** What others were told, which stands in their inboxes; and what is still to come. */
async function beToldOf(core: Core, { member, match, attendee }: FullLife, { answered }: Prompts): Promise<void> {
  const { db, clock } = core;
  const request = await db.selectFrom('join_requests').select('id').executeTakeFirstOrThrow();
  const told = async (kind: DeliveryKind, subject: string, memberId: string) => {
    const id = randomUUID();
    const row = { id, key: `${kind}:${subject}:${memberId}`, kind, subject, member_id: memberId, stream: null };
    const times = { not_before: clock.now(), created_at: clock.now(), settled_at: clock.now() };
    await db
      .insertInto('deliveries')
      .values({ ...row, ...times, status: 'sent' })
      .execute();
    const message = { summary: `About ${member.name}.`, heading: member.email, body: [], buttons: [] };
    await db
      .insertInto('web_inbox')
      .values({ delivery_id: id, member_id: memberId, message: JSON.stringify(message), sent_at: clock.now() })
      .execute();
  };
  await told('reflections.shared', answered, match.id);
  await told('joining.buddy', member.id, match.id);
  await told('joining.path', attendee.id, attendee.id);
  await told('joining.requested', request.id, attendee.id);
  const at = new Date(clock.now().getTime() + 86_400_000);
  await db.transaction().execute(async (tx) => {
    await schedule(tx, [
      { key: `reflections.follow-up:${answered}`, kind: 'reflections.follow-up', subject: answered, at },
      { key: `joining.path:${member.id}:2`, kind: 'joining.path', subject: member.id, at },
    ]);
  });
}

/** Every column of every table by which the database itself knows a member. */
export async function columnsOfMembers({ db }: Core): Promise<readonly { table: string; column: string }[]> {
  const found = await sql<{ table: string; column: string }>`
    select held.relname as "table", attname as "column"
      from pg_constraint
      join pg_class held on held.oid = conrelid
      join pg_attribute on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f' and confrelid = 'members'::regclass
     order by 1, 2`.execute(db);
  return found.rows;
}
