import { hasEnded } from '../conversations/model.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { conversationEntry } from './entries.ts';
import { numberOf } from './invitations.ts';
import { calledOff, invitation } from './messages.ts';
import type { DiaryDelivery, DiaryEntry, Planned } from './model.ts';
import { conversationsOf, readPlanned } from './reading.ts';
import { mayStand, type PostedToDiary } from './rules.ts';

/** An entry as it is now. Of several that wait for one person, the last one says it all. */
export async function composeDiary(
  core: Core,
  kind: DiaryDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  const row = await conversationsOf(core.db, member.id)
    .where('conversations.id', '=', delivery.subject)
    .executeTakeFirst();
  if (row === undefined) return drop('the conversation is no longer there');
  const planned = readPlanned(core.frameworks, row);
  const { cancelledAt, place } = planned;
  if (hasEnded(planned, core.clock.now())) return drop('the conversation is over');
  const posted = await postedTo(core.db, delivery.subject, member.id);
  const own = posted.find(({ id }) => id === delivery.id)?.number ?? 0;
  if (posted.some(({ number }) => number > own)) return drop('a later one says it');
  const stands = mayStand(posted.filter(({ number }) => number < own));
  const isTheirs = cancelledAt === null && (place === 'host' || place === 'seated');
  if (kind === 'diary.invite') {
    if (!isTheirs) return drop('the member has no seat');
    const message = invitation(planned, member.zone, own > 1 && stands);
    return { kind: 'invite', message, entry: forReader(conversationEntry(core, planned), member) };
  }
  if (isTheirs) return drop('the member has a seat again');
  if (!stands) return drop('nothing was put into the calendar');
  const entry = { ...forReader(conversationEntry(core, takenOut(planned)), member), status: 'cancelled' } as const;
  const hosted = await hasHosted(core.db, delivery.subject, member.id);
  return { kind: 'invite', message: calledOff(planned, member.zone, hosted), entry };
}

/** Guests have nowhere to sign in. */
function forReader(entry: DiaryEntry, { status }: Member): DiaryEntry {
  return status === 'guest' ? { ...entry, url: '' } : entry;
}

async function hasHosted(db: Reader, conversationId: string, memberId: string): Promise<boolean> {
  const row = db.selectFrom('diary_posts').select('cause').where('conversation_id', '=', conversationId);
  return (await row.where('member_id', '=', memberId).executeTakeFirst())?.cause === 'host';
}

/** Under the name that it has in the calendar, where it is to be found. */
function takenOut(planned: Planned): Planned {
  return { ...planned, place: 'none', cancelledAt: null };
}

interface PostedRow extends PostedToDiary {
  readonly id: string;
}

async function postedTo(db: Reader, conversationId: string, memberId: string): Promise<readonly PostedRow[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'key', 'kind', 'status', 'in_doubt'])
    .where('member_id', '=', memberId)
    .where('subject', '=', conversationId)
    .where('kind', 'in', ['diary.invite', 'diary.call-off'])
    .execute();
  return rows.map(({ id, key, kind, status, in_doubt: inDoubt }) => ({
    id,
    number: numberOf(key),
    kind: kind === 'diary.invite' ? kind : 'diary.call-off',
    mayHaveArrived: status === 'sent' || status === 'sending' || inDoubt,
  }));
}
