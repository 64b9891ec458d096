import { randomUUID } from 'node:crypto';
import type { Core } from '../../../src/core.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import type { Button, Message } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { type Invited, invitedBy } from '../../diary/stage.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, textOf } from '../../support/people.ts';

/** A network that is reached by web page and by e-mail, with two who are matched. */
export interface TimesStage extends TestCore {
  readonly asha: Member;
  readonly bo: Member;
  /** Of the two of them. */
  readonly match: string;
  readonly web: RecordingOutbound;
  readonly email: RecordingOutbound;
  settle(): Promise<void>;
  invited(): readonly Invited[];
  /** Later, by so many minutes, with all done that is due then. */
  pass(minutes: number): Promise<void>;
}

export async function openTimes(): Promise<TimesStage> {
  const stage = await openTestCore();
  const { core, clock } = stage;
  const [email, web] = [recordingOutbound('email'), recordingOutbound('web')];
  const outbounds: Outbounds = new Map([web, email].map((outbound) => [outbound.platform, outbound] as const));
  const settle = () => settleAll(core, outbounds);
  const asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  const bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  await settle();
  const match = await addMatch(core, asha, bo);
  for (const { letters } of [web, email]) letters.length = 0;
  return {
    ...stage,
    asha,
    bo,
    match,
    web,
    email,
    settle,
    invited: () => invitedBy(email),
    async pass(minutes) {
      clock.set(new Date(clock.now().getTime() + minutes * 60_000));
      await settle();
    },
  };
}

/** A match of these people, in a round of its own that is the newest; its id. */
export async function addMatch(core: Core, ...people: readonly Member[]): Promise<string> {
  const now = core.clock.now();
  const rounds = await core.db.selectFrom('rounds').select('id').execute();
  const [round, match] = [randomUUID(), randomUUID()];
  await core.db
    .insertInto('rounds')
    .values({ id: round, number: 1000 + rounds.length, published_at: now })
    .execute();
  await core.db.insertInto('matches').values({ id: match, round_id: round, made_at: now }).execute();
  await core.db
    .insertInto('match_members')
    .values(people.map(({ id }) => ({ match_id: match, member_id: id })))
    .execute();
  return match;
}

export function messageOf(reply: Reply): Message {
  if (reply.kind !== 'message' && reply.kind !== 'replace') throw new Error(textOf(reply));
  return reply.message;
}

type Pressed = Extract<Button, { kind: 'does' }>;

/** The buttons by which this member can suggest a time on the card of their match. */
export async function offered(core: Core, member: Member): Promise<readonly Pressed[]> {
  const { buttons } = messageOf(await ask(core, member, { kind: 'matching.current' }));
  return suggestionsIn(buttons);
}

export function suggestionsIn(buttons: readonly Button[]): readonly Pressed[] {
  return buttons.flatMap((button) =>
    button.kind === 'does' && button.intent.kind === 'matching.suggest-time' ? [button] : [],
  );
}

export async function suggest(core: Core, member: Member, match: string, at: string): Promise<Message> {
  return messageOf(await ask(core, member, { kind: 'matching.suggest-time', match, at }));
}

export async function accept(core: Core, member: Member, match: string, at: string): Promise<Message> {
  return messageOf(await ask(core, member, { kind: 'matching.accept-time', match, at }));
}

/** What a person was told, in order. */
export function toldOf({ web, email }: TimesStage, member: Member): readonly Message[] {
  return [...web.letters, ...email.letters]
    .filter(({ account }) => account.user === member.id || account.user === member.email)
    .map(({ message }) => message);
}

/** What everybody was told so far does not count. */
export function forget({ web, email }: TimesStage): void {
  for (const { letters } of [web, email]) letters.length = 0;
}
