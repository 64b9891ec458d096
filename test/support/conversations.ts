import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { type Channels, channels } from './channel.ts';
import { openTestCore, settleAll, type TestCore } from './core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound } from './people.ts';

/** Answers that make a conversation in two weeks' time, with three seats, the smallest there is. */
export const proposal = {
  topic: '',
  follows: '',
  theme: 'collective-leadership/inclusive-leadership',
  title: 'Making room',
  about: 'Who is not in the room?',
  audience: 'all',
  chathamHouse: 'no',
  date: '2027-03-16',
  time: '10:00',
  clock: '',
  minutes: '60',
  capacity: '3',
  perCouncil: 'none',
  link: 'https://meet.example/room',
  place: '',
};

/** Both forms of a proposal, filled in and sent; what the last of them, or the first with a mistake, was answered with. */
export async function proposeBy(core: Core, host: Member, changed: Partial<typeof proposal> = {}): Promise<Reply> {
  const { topic, follows, theme, title, about, audience, chathamHouse, ...plan } = { ...proposal, ...changed };
  const words = { topic, follows, theme, title, about, audience, chathamHouse };
  const next = await ask(core, host, { kind: 'proposals.draft', ...words });
  if (next.kind !== 'form' || next.form.completes.kind !== 'proposals.announce') return next;
  const { proposal: id = '', revision = '' } = next.form.completes;
  return await ask(core, host, { kind: 'proposals.announce', proposal: id, revision, ...plan });
}

/** @returns the id of the new conversation */
export async function propose(core: Core, host: Member, changed: Partial<typeof proposal> = {}): Promise<string> {
  const answers = { ...proposal, ...changed };
  await proposeBy(core, host, changed);
  const rows = core.db.selectFrom('conversations').select('id').where('title', '=', answers.title);
  return (await rows.executeTakeFirstOrThrow()).id;
}

export function addHost(core: Core, name = 'Hari Host'): Promise<Member> {
  return addActive(core, { name, council: 'Leeds City Council', permission: 'host' });
}

export function addPeople(core: Core, count: number): Promise<readonly Member[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      addActive(core, { name: `Person ${index}`, council: `Council ${index}` }),
    ),
  );
}

/** A network with one host, a platform with channels, and a web page for everyone. */
export interface ConversationStage extends TestCore {
  readonly host: Member;
  readonly slack: Channels;
  readonly web: RecordingOutbound;
  readonly outbounds: Outbounds;
  /** Sends everything, refreshes that wait for others too: ten seconds pass. */
  settle(): Promise<void>;
}

export async function openConversations(): Promise<ConversationStage> {
  const stage = await openTestCore();
  const { core, clock } = stage;
  const slack = channels();
  const web = recordingOutbound('web');
  const outbounds = new Map([slack, web].map((outbound) => [outbound.platform, outbound] as const));
  const settle = async () => {
    await settleAll(core, outbounds);
    clock.set(new Date(core.clock.now().getTime() + 10_000));
    await settleAll(core, outbounds);
  };
  return { ...stage, host: await addHost(core), slack, web, outbounds, settle };
}

export function signUp(core: Core, member: Member, conversation: string): Promise<Reply> {
  return ask(core, member, { kind: 'conversations.sign-up', conversation });
}

export interface FullHouse {
  readonly id: string;
  readonly people: readonly Member[];
}

/** A conversation with four people, one of whom waits; all that was sent so far is forgotten. */
export async function fullHouse({ core, host, web, settle }: ConversationStage): Promise<FullHouse> {
  const people = await addPeople(core, 4);
  const id = await propose(core, host);
  for (const member of people) await signUp(core, member, id);
  await settle();
  web.letters.length = 0;
  return { id, people };
}

export async function cancelledAt(core: Core, id: string): Promise<Date | null> {
  const row = core.db.selectFrom('conversations').select('cancelled_at').where('id', '=', id);
  return (await row.executeTakeFirstOrThrow()).cancelled_at;
}

/** What a card says of its seats, say. */
export function factOf(card: Message, label: string): string | undefined {
  const found = card.body.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  return found.find((fact) => fact.label === label)?.value;
}
