import type { Core } from '../core.ts';
import { invite } from '../diary/invitations.ts';
import { holdToTell } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import { activeMembers } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { type Addressee, atOnceMs, tellingTimes } from './announcing-rules.ts';
import { scheduleAll } from './appointments.ts';
import type { Conversation } from './model.ts';
import { postNotices } from './notices.ts';
import { isFor } from './rules.ts';

/** Whom it is told otherwise than to everybody else. */
export interface Before {
  /** They said that they could come then, or wait for a seat in the one that it follows: they are told before others. */
  readonly first: ReadonlySet<string>;
  /** They are told already. */
  readonly told: ReadonlySet<string>;
}

/**
 * Tells of a new conversation, in the channels that announce conversations and to each member it is for, and puts what
 * falls due of it on the agenda. In the transaction that makes it.
 */
export async function announce(core: Core, tx: Transaction, conversation: Conversation, before: Before): Promise<void> {
  const now = core.clock.now();
  await tellMembers(tx, now, conversation, before);
  // A channel is read by everybody, also by those whom it is not for.
  if (conversation.audience.kind === 'all') await postNotices(tx, now, conversation.id);
  await scheduleAll(tx, now, conversation);
  if (conversation.host !== undefined) await invite(tx, now, conversation.id, [conversation.host.id]);
}

/** It is at another time: whoever is still to be told of it is told with a day to go, or at once. */
export async function announceSooner(
  tx: Transaction,
  now: Date,
  { id, startsAt }: Pick<Conversation, 'id' | 'startsAt'>,
): Promise<void> {
  const latest = new Date(Math.max(now.getTime(), startsAt.getTime() - atOnceMs));
  await tx
    .updateTable('deliveries')
    .set({ not_before: latest })
    .where('kind', '=', 'conversations.announcement')
    .where('subject', '=', id)
    .where('status', '=', 'pending')
    .where('not_before', '>', latest)
    .execute();
}

async function tellMembers(
  tx: Transaction,
  now: Date,
  conversation: Conversation,
  { first, told }: Before,
): Promise<void> {
  const others = await stillThere(
    tx,
    (await peopleItIsFor(tx, conversation)).filter(({ id }) => !told.has(id)),
  );
  const interested = await interestIn(tx, conversation.theme);
  const rest = others.filter(({ id }) => !first.has(id));
  const people: readonly Addressee[] = rest.map(({ id, zone }) => ({ id, zone, interested: interested.get(id) }));
  const times = tellingTimes(conversation, people, now);
  const kind = 'conversations.announcement';
  const posting = (memberId: string, notBefore: Date) =>
    ({ key: `${kind}:${conversation.id}:${memberId}`, kind, subject: conversation.id, memberId, notBefore }) as const;
  const firstTold = others.filter(({ id }) => first.has(id));
  await post(tx, now, [
    ...firstTold.map(({ id }) => posting(id, now)),
    ...[...times].map(([memberId, at]) => posting(memberId, at)),
  ]);
}

/** Members whom a conversation is for, without its host. */
export async function peopleItIsFor(
  db: Reader,
  { audience, host }: Pick<Conversation, 'audience' | 'host'>,
): Promise<readonly Member[]> {
  const members = await activeMembers(db);
  return members.filter((member) => member.id !== host?.id && isFor(audience, member));
}

async function stillThere(tx: Transaction, members: readonly Member[]): Promise<readonly Member[]> {
  const ids = await holdToTell(
    tx,
    members.map(({ id }) => id),
  );
  return members.filter(({ id }) => ids.has(id));
}

/**
 * Of these those whom it is sent to: the theme interests them, or they have not said what does. They are there until the
 * transaction ends.
 */
export async function peopleItInterests(
  tx: Transaction,
  matter: Pick<Conversation, 'audience' | 'host' | 'theme'>,
): Promise<readonly Member[]> {
  const interested = await interestIn(tx, matter.theme);
  return await stillThere(
    tx,
    (await peopleItIsFor(tx, matter)).filter(({ id }) => interested.get(id) !== false),
  );
}

/** Of everybody who has said what interests them: whether this theme does. */
async function interestIn(db: Reader, theme: string): Promise<ReadonlyMap<string, boolean>> {
  const rows = await db.selectFrom('interests').select(['member_id', 'framework', 'theme']).execute();
  const chosen = Map.groupBy(rows, (row) => row.member_id);
  return new Map(
    [...chosen].map(([memberId, themes]) => [
      memberId,
      themes.some((one) => `${one.framework}/${one.theme}` === theme),
    ]),
  );
}

/** Who said, when they were asked, that they could come at the very time that it is at now. */
export async function whoCouldCome(
  db: Reader,
  { id, startsAt }: Pick<Conversation, 'id' | 'startsAt'>,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('time_ticks')
    .innerJoin('proposal_times', 'proposal_times.id', 'time_ticks.time_id')
    .select('time_ticks.member_id')
    .where('proposal_times.proposal_id', '=', id)
    .where('proposal_times.starts_at', '=', startsAt)
    .execute();
  return new Set(rows.map((row) => row.member_id));
}
