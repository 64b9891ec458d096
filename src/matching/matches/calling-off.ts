import { sql } from 'kysely';
import { isReachedOn } from '../../delivery/reach.ts';
import { mayStand, type PostedToDiary } from '../../diary/rules.ts';
import type { Reader, Transaction } from '../../store/database.ts';
import { type MemberPosting, post } from '../../store/outbox.ts';
import type { TimesDelivery } from '../model.ts';

/*
 * A meeting in people's calendars: put in by e-mail, and taken out. Each of these e-mails bears the meeting's own count of
 * changes, in its key as in the calendar (RFC 5546, SEQUENCE), so that of several the last one holds. That of what takes
 * it out bears the time too: when somebody is erased, their match goes, and nothing else is left to say it from.
 */

/** What was posted to somebody's calendar about one match. */
interface Posted extends PostedToDiary {
  readonly id: string;
  readonly memberId: string;
  /** Not on its way yet. */
  readonly isWaiting: boolean;
}

/** What a delivery about a time is called. @param was a time that holds no more; `undefined` where there is none */
export function timeKey(
  kind: TimesDelivery,
  matchId: string,
  memberId: string,
  was: Date | undefined,
  sequence: number,
): string {
  return `${kind}:${matchId}:${memberId}:${was?.getTime() ?? ''}:${sequence}`;
}

/** The count that a key bears, and the time that holds no more. */
export function readKey(key: string): { readonly number: number; readonly was: Date | undefined } {
  const [time = '', number = ''] = key.split(':').slice(-2);
  return { number: Number(number), was: time === '' ? undefined : new Date(Number(time)) };
}

/**
 * Sends these people of a match the time that is agreed, for their calendar, by e-mail. Not to who chose to have no
 * invitations, unless one stands in their calendar. The match must be held.
 */
export async function inviteToMeeting(
  tx: Transaction,
  now: Date,
  matchId: string,
  sequence: number,
  memberIds: readonly string[],
): Promise<void> {
  const rows = await tx
    .selectFrom('members')
    .select(['id', 'diary_invitations as wants'])
    .where(sql<boolean>`id = any(${[...memberIds]}::uuid[])`)
    .where(({ ref }) => isReachedOn(ref('members.id'), 'email'))
    .orderBy('id')
    .execute();
  const standing = await inCalendarsOf(tx, matchId);
  const postings = rows
    .filter(({ id, wants }) => wants || standing.has(id))
    .map(({ id }) => invitationOf(matchId, id, sequence));
  await post(tx, now, postings);
}

function invitationOf(matchId: string, memberId: string, sequence: number): MemberPosting {
  return {
    key: timeKey('matching.invite', matchId, memberId, undefined, sequence),
    kind: 'matching.invite',
    subject: matchId,
    memberId,
    via: 'email',
  };
}

/**
 * Takes a time that was agreed and is still to come out of the calendars of these people, or of all of a match: it ends,
 * or they drop out of it. To be called by whoever changes the match, while it is held; what
 * was never agreed, or has passed, is left alone.
 *
 * @param who everybody unless said
 */
export async function callOffMeeting(
  tx: Transaction,
  now: Date,
  matchId: string,
  who: readonly string[] | 'everybody' = 'everybody',
): Promise<void> {
  const agreed = await tx
    .updateTable('matches')
    .set((set) => ({ sequence: set('sequence', '+', 1), changed_at: now }))
    .where('id', '=', matchId)
    .where('agreed_at', '>', now)
    .returning(['agreed_at as at', 'sequence'])
    .executeTakeFirst();
  if (agreed === undefined || agreed.at === null) return;
  const { at, sequence } = agreed;
  const holders = [...(await inCalendarsOf(tx, matchId))].toSorted();
  const told = holders.filter((id) => who === 'everybody' || who.includes(id));
  await post(
    tx,
    now,
    told.map((id) => callOffOf(matchId, id, at, sequence)),
  );
}

function callOffOf(matchId: string, memberId: string, at: Date, sequence: number): MemberPosting {
  return {
    key: timeKey('matching.call-off', matchId, memberId, at, sequence),
    kind: 'matching.call-off',
    subject: matchId,
    memberId,
    via: 'email',
  };
}

/**
 * What is to be posted once these matches are taken away with all that hangs on them, because one of their people is
 * erased: it takes the times that they agreed to out of the others' calendars, and names nobody.
 *
 * @param but the member who is erased
 */
export async function callOffsWithout(
  tx: Transaction,
  now: Date,
  matchIds: readonly string[],
  but: string,
): Promise<readonly MemberPosting[]> {
  const agreed = await tx
    .selectFrom('matches')
    .select(['id', 'agreed_at as at', 'sequence'])
    .where(sql<boolean>`id = any(${[...matchIds]}::uuid[])`)
    .where('agreed_at', '>', now)
    .orderBy('id')
    .execute();
  const postings: MemberPosting[] = [];
  for (const { id, at, sequence } of agreed) {
    // What has not left us yet goes with the match, so nothing is to be taken out there.
    const posted = await postedAbout(tx, id);
    const holders = holdersIn(posted.filter(({ isWaiting }) => !isWaiting));
    for (const holder of [...holders].toSorted()) {
      if (holder !== but && at !== null) postings.push(callOffOf(id, holder, at, sequence + 1));
    }
  }
  return postings;
}

/** In whose calendars a meeting stands, or may come to stand by what is on its way. */
async function inCalendarsOf(db: Reader, matchId: string): Promise<ReadonlySet<string>> {
  const posted = await postedAbout(db, matchId);
  return holdersIn(posted.map((one) => ({ ...one, mayHaveArrived: one.mayHaveArrived || one.isWaiting })));
}

function holdersIn(posted: readonly Posted[]): ReadonlySet<string> {
  const byMember = Map.groupBy(posted, ({ memberId }) => memberId);
  return new Set([...byMember].filter(([, own]) => mayStand(own)).map(([id]) => id));
}

/** What was posted to this member's calendar about one match, the earliest first. */
export async function postedToCalendar(db: Reader, matchId: string, memberId: string): Promise<readonly Posted[]> {
  return (await postedAbout(db, matchId)).filter((one) => one.memberId === memberId);
}

async function postedAbout(db: Reader, matchId: string): Promise<readonly Posted[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'key', 'kind', 'status', 'in_doubt', 'member_id'])
    .where('subject', '=', matchId)
    .where('kind', 'in', ['matching.invite', 'matching.call-off'])
    .execute();
  return rows
    .flatMap(({ id, key, kind, status, in_doubt: inDoubt, member_id: memberId }): readonly Posted[] => {
      if (memberId === null) return [];
      const isInvitation = kind === 'matching.invite';
      return [
        {
          id,
          memberId,
          number: readKey(key).number,
          kind: isInvitation ? 'diary.invite' : 'diary.call-off',
          mayHaveArrived: status === 'sent' || status === 'sending' || inDoubt,
          isWaiting: status === 'pending',
        },
      ];
    })
    .toSorted((a, b) => a.number - b.number);
}

/** Whether it comes, or has come, to this member's calendar by e-mail. */
export async function isInvited(db: Reader, matchId: string, memberId: string): Promise<boolean> {
  return (await inCalendarsOf(db, matchId)).has(memberId);
}
