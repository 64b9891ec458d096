import type { Core } from '../core.ts';
import { readSettings } from '../network/roster.ts';
import { conversationEntry, eventEntry } from './entries.ts';
import { isProved, readClaim } from './feed-address.ts';
import { meetingEntries } from './meetings.ts';
import { conversationsOf, hasPlace, isForCohort, programmeEvents, readPlanned } from './reading.ts';
import { feedStarts } from './rules.ts';
import { writeCalendar } from './write-calendar.ts';

/** How often calendar programs are told to ask again. Google and Outlook keep to times of their own. */
const feedHours = 1;

/**
 * The calendar of one member, for whoever has its address: what they have a place in or host, what the programme has for
 * them, and when they meet their matches. At most six queries, however much that is.
 *
 * @param token what stands between the path and the ending of {@link feedUrl}
 * @returns `undefined` for an address that is none of ours, that was replaced, or whose member is no longer here
 */
export async function readFeed(core: Core, token: string): Promise<string | undefined> {
  const { db, cipher, clock, frameworks, publicUrl } = core;
  const claim = readClaim(token);
  if (claim === undefined) return undefined;
  const member = await db
    .selectFrom('members')
    .select(['id', 'diary_key', 'cohort_id', 'zone'])
    .where('id', '=', claim.memberId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (member === undefined || member.diary_key === null || !isProved(cipher, claim, member.diary_key)) return undefined;
  const { passed, cancelled } = feedStarts(clock.now());
  const conversations = await conversationsOf(db, member.id)
    .where(hasPlace(member.id))
    .where('conversations.starts_at', '>', passed)
    .where((or) =>
      or.or([or('conversations.cancelled_at', 'is', null), or('conversations.cancelled_at', '>', cancelled)]),
    )
    .orderBy('conversations.starts_at')
    .orderBy('conversations.id')
    .execute();
  const events = await programmeEvents(db)
    .where(isForCohort(member.cohort_id))
    .where('programme_events.starts_at', '>', passed)
    .where((or) =>
      or.or([or('programme_events.cancelled_at', 'is', null), or('programme_events.cancelled_at', '>', cancelled)]),
    )
    .execute();
  const entries = [
    ...conversations.map((row) => conversationEntry(core, readPlanned(frameworks, row))),
    ...events.map((event) => eventEntry(core, event)),
    ...(await meetingEntries(core, member, { passed, cancelled })),
  ];
  return writeCalendar(entries, publicUrl, { name: (await readSettings(db)).name, hours: feedHours });
}
