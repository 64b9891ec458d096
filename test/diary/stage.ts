import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { invite, takeBack } from '../../src/diary/invitations.ts';
import type { DiaryEntry } from '../../src/diary/model.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { addHost, addPeople, propose } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type RecordingOutbound, recordingOutbound } from '../support/people.ts';

/** What somebody's mail program was given. */
export interface Invited {
  readonly to: string;
  readonly entry: DiaryEntry;
  readonly message: Message;
}

/** A network that is reached by web page and by e-mail. */
export interface DiaryStage extends TestCore {
  readonly host: Member;
  readonly email: RecordingOutbound;
  readonly outbounds: Outbounds;
  settle(): Promise<void>;
  /** All invitations so far, in order. */
  invited(): readonly Invited[];
  /** As a seat given, a change or a seat lost calls them. */
  invite(conversation: string, ...members: readonly Member[]): Promise<void>;
  takeBack(conversation: string, ...members: readonly Member[]): Promise<void>;
}

export async function openDiary(): Promise<DiaryStage> {
  const stage = await openTestCore();
  const { core } = stage;
  const [email, web] = [recordingOutbound('email'), recordingOutbound('web')];
  const outbounds: Outbounds = new Map([web, email].map((outbound) => [outbound.platform, outbound] as const));
  return {
    ...stage,
    host: await addHost(core),
    email,
    outbounds,
    settle: () => settleAll(core, outbounds),
    invited: () => invitedBy(email),
    invite: (conversation, ...members) => inTransaction(core, invite, conversation, members),
    takeBack: (conversation, ...members) => inTransaction(core, takeBack, conversation, members),
  };
}

export function invitedBy(email: RecordingOutbound): readonly Invited[] {
  return email.parcels.flatMap(({ act, to }) =>
    act.kind === 'invite' && to.kind === 'account'
      ? [{ to: to.account.user, entry: act.entry, message: act.message }]
      : [],
  );
}

async function inTransaction(
  core: Core,
  work: typeof invite,
  conversation: string,
  members: readonly Member[],
): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    const ids = members.map(({ id }) => id);
    await work(tx, core.clock.now(), conversation, ids);
  });
}

export interface Seats {
  readonly id: string;
  readonly people: readonly Member[];
}

/** A conversation with so many people who have a place, put in by hand: nothing is sent of it. */
export async function seated(
  { core, host }: DiaryStage,
  count: number,
  state: SeatState = 'seated',
  title = 'Making room',
): Promise<Seats> {
  const people = await addPeople(core, count);
  const id = await propose(core, host, { title });
  for (const member of people) await sit(core, id, member, state);
  await core.db.deleteFrom('diary_posts').execute();
  await core.db.deleteFrom('deliveries').execute();
  return { id, people };
}

export type SeatState = 'seated' | 'offered' | 'waiting';

export async function sit(core: Core, id: string, { id: memberId }: Member, state: SeatState): Promise<void> {
  const now = core.clock.now();
  const until = state === 'offered' ? new Date(now.getTime() + 86_400_000) : null;
  const row = { conversation_id: id, member_id: memberId, state, signed_up_at: now, offered_until: until };
  await core.db
    .insertInto('seats')
    .values({ ...row, came: null })
    .execute();
}

export async function stand(core: Core, id: string, { id: memberId }: Member): Promise<void> {
  await core.db.deleteFrom('seats').where('conversation_id', '=', id).where('member_id', '=', memberId).execute();
}
