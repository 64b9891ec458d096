import { sql } from 'kysely';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import type { Intent } from '../../../src/intents.ts';
import { matchCards } from '../../../src/matching/service.ts';
import type { Message } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { findMember } from '../../../src/network/roster.ts';
import { openTestCore, settleAll, startOfTest, type TestCore } from '../../support/core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, textOf } from '../../support/people.ts';
import { planRounds } from '../round-stage.ts';

/** A small network between two rounds, in which anybody may press anything that was ever shown to them. */
export interface Presses extends TestCore {
  readonly email: RecordingOutbound;
  readonly web: RecordingOutbound;
  /** Whoever has not been erased, in the order in which they joined. */
  people(): Promise<readonly Member[]>;
  /** The buttons that were ever shown to this member, by card, message or answer. */
  seenBy(member: Member): readonly Intent[];
  /** What stands on “match”, and on their home. */
  cardsOf(member: Member): Promise<{ readonly current: Message; readonly home: readonly Message[] }>;
  press(member: Member, intent: Intent, ownTime: number): Promise<Reply>;
  /** Does what is due and sends what is posted. */
  settle(): Promise<void>;
  /** The same for all that falls due until then, in turn. @param check after each */
  passTo(moment: Date, check: () => Promise<void>): Promise<void>;
}

/** Matches and pauses. */
const ofInterest = sql<boolean>`(kind like 'matching.%' or kind like 'network.%')`;

const councils = ['Leeds', 'York', 'Hull', 'Bath'];
const count = 7;

export async function openPresses(): Promise<Presses> {
  const stage = await openTestCore();
  const { core, clock } = stage;
  const [email, web] = [recordingOutbound('email'), recordingOutbound('web')];
  const outbounds: Outbounds = new Map([web, email].map((outbound) => [outbound.platform, outbound] as const));
  const seen = new Map<string, Map<string, Intent>>();
  const look = (memberId: string, cards: readonly Message[]) => {
    const own = seen.get(memberId) ?? new Map<string, Intent>();
    for (const intent of cards.flatMap(intentsOf)) own.set(JSON.stringify(intent), intent);
    seen.set(memberId, own);
  };
  const settle = async () => {
    await core.db.deleteFrom('agenda').where(sql<boolean>`not (${ofInterest})`).execute();
    await settleAll(core, outbounds);
    for (const { account, message } of [...web.letters, ...email.letters]) look(account.user, [message]);
  };
  return {
    ...stage,
    email,
    web,
    settle,
    people: async () => {
      const rows = await core.db.selectFrom('members').select('id').orderBy('name').execute();
      const found = await Promise.all(rows.map(({ id }) => findMember(core.db, id)));
      return found.filter((member) => member !== undefined);
    },
    seenBy: ({ id, email: address }) => [...(seen.get(id)?.values() ?? []), ...(seen.get(address)?.values() ?? [])],
    async cardsOf(member) {
      const reply = await ask(core, member, { kind: 'matching.current' });
      if (reply.kind !== 'message') throw new Error(textOf(reply));
      const home = await matchCards(core, member);
      look(member.id, [reply.message, ...home]);
      return { current: reply.message, home };
    },
    async press(member, intent, ownTime) {
      const reply = await ask(core, member, intent);
      if (reply.kind === 'message' || reply.kind === 'replace') look(member.id, [reply.message]);
      if (reply.kind !== 'form' || intent.kind !== 'matching.open-own-time') return reply;
      const day = new Date(clock.now().getTime() + (ownTime % 8) * 86_400_000);
      const date = day.toISOString().slice(0, 10);
      return await ask(core, member, {
        kind: 'matching.own-time',
        match: intent.match,
        date,
        time: `${10 + (ownTime % 7)}:00`,
      });
    },
    async passTo(moment, check) {
      for (;;) {
        const next = await core.db
          .selectFrom('agenda')
          .select('due_at')
          .where('done_at', 'is', null)
          .where(ofInterest)
          .where('due_at', '<=', moment)
          .orderBy('due_at')
          .executeTakeFirst();
        if (next === undefined) break;
        if (next.due_at > clock.now()) clock.set(next.due_at);
        await settle();
        await check();
      }
      clock.set(moment);
      await settle();
      await check();
    },
  };
}

function intentsOf({ buttons }: Message): readonly Intent[] {
  return buttons.flatMap((button) => (button.kind === 'does' ? [button.intent] : []));
}

/** Everybody anew: seven people of four councils, who wait for the first round. */
export async function populate({ core, clock, email, web, settle }: Presses): Promise<void> {
  clock.set(startOfTest);
  for (const table of ['rounds', 'members', 'councils', 'agenda', 'deliveries', 'past_matches'] as const)
    await core.db.deleteFrom(table).execute();
  await prepareAgenda(core);
  for (let index = 0; index < count; index += 1) {
    const council = `${councils[index % councils.length]} Council`;
    const name = `Person ${index}`;
    await addActive(core, { name, council, email: `person-${index}-${crypto.randomUUID()}@council.example` });
  }
  await planRounds(core);
  await settle();
  for (const outbound of [email, web]) outbound.letters.length = outbound.parcels.length = 0;
}
