import { randomUUID } from 'node:crypto';
import { type Asker, readsPrivately } from '../asker.ts';
import { lockComingOf } from '../conversations/seats.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { inviteToComing } from '../matching/times/inviting.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import { comingSlots } from '../series/coming.ts';
import { feedUrl } from './feed-address.ts';
import * as feed from './feed-messages.ts';
import { invite } from './invitations.ts';
import { comingMeetings } from './meetings.ts';
import { refusals } from './messages.ts';
import * as say from './page-messages.ts';
import { conversationsOf, isForCohort, isForThem, programmeEvents, readPlanned } from './reading.ts';

/** How much of what is coming a page shows. */
const shownAtOnce = 40;
/** How much of each kind is looked through for it. */
const mostOfEach = 200;

/** Everything that is coming and is for this member, and how their own calendar gets it. */
export async function show(core: Core, { member, sender }: Asker): Promise<Reply> {
  const all = await coming(core, member);
  const { key, invitations } = await readWays(core, member.id);
  const address = key === null ? '' : feedUrl(core, member.id, key);
  const page = say.diaryPage({
    coming: all.slice(0, shownAtOnce),
    more: Math.max(0, all.length - shownAtOnce),
    ways: { feedUrl: readsPrivately(sender) ? address : undefined, invitations },
    isConvener: member.permission === 'convener' && readsPrivately(sender),
    zone: member.zone,
  });
  return { kind: 'page', page };
}

async function coming({ db, clock, frameworks }: Core, member: Member): Promise<readonly say.Coming[]> {
  const now = clock.now();
  const conversations = await conversationsOf(db, member.id)
    .where(isForThem(member.id, member.level, member.cohortId))
    .where('conversations.starts_at', '>', now)
    .where('conversations.cancelled_at', 'is', null)
    .orderBy('conversations.starts_at')
    .limit(mostOfEach)
    .execute();
  const events = programmeEvents(db)
    .where('programme_events.starts_at', '>', now)
    .where('programme_events.cancelled_at', 'is', null)
    .limit(mostOfEach);
  const theirs = member.permission === 'convener' ? events : events.where(isForCohort(member.cohortId));
  const all: readonly say.Coming[] = [
    ...conversations.map((row) => ({ kind: 'conversation', planned: readPlanned(frameworks, row) }) as const),
    ...(await theirs.execute()).map((event) => ({ kind: 'event', event }) as const),
    ...(await comingMeetings(db, member, now)).map((meeting) => ({ kind: 'meeting', meeting }) as const),
    ...(await comingSlots(db, now)).map((slot) => ({ kind: 'slot', slot }) as const),
  ];
  return all.toSorted((a, b) => say.startOf(a).getTime() - say.startOf(b).getTime());
}

async function readWays({ db }: Core, memberId: string) {
  return await db
    .selectFrom('members')
    .select(['diary_key as key', 'diary_invitations as invitations'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
}

/**
 * Makes the address of their feed, or another one: the old one ends at once.
 *
 * @throws Refusal by a link in an e-mail, which whoever it was forwarded to may press
 */
export async function newFeed(core: Core, { member, sender }: Asker): Promise<Reply> {
  if (!readsPrivately(sender)) throw new Refusal(refusals.signIn);
  const key = randomUUID();
  await core.db.updateTable('members').set({ diary_key: key }).where('id', '=', member.id).execute();
  return { kind: 'page', page: feed.feedPage(feedUrl(core, member.id, key)) };
}

export async function stopFeed(core: Core, { member }: Asker): Promise<Reply> {
  await core.db.updateTable('members').set({ diary_key: null }).where('id', '=', member.id).execute();
  return { kind: 'replace', message: feed.feedStopped() };
}

/** Turned on, what they have a seat in is sent at once; turned off, nothing new is, and what was sent is kept true. */
export async function setInvitations(core: Core, { member }: Asker, isOn: boolean): Promise<Reply> {
  await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    await tx.updateTable('members').set({ diary_invitations: isOn }).where('id', '=', member.id).execute();
    if (!isOn) return;
    for (const { id } of await lockComingOf(core, tx, member.id)) await invite(tx, core.clock.now(), id, [member.id]);
    await inviteToComing(tx, core.clock.now(), member.id);
  });
  return { kind: 'replace', message: say.invitationsSet(isOn) };
}
