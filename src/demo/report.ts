import type { Core } from '../core.ts';
import type { Member } from '../network/model.ts';
import { momentWords } from '../time/words.ts';

/** What the story comes to, counted in the database. */
export interface Figures {
  readonly pairs: number;
  readonly sameCouncil: number;
  readonly leftOut: number;
  readonly prompts: number;
  readonly answers: number;
  readonly reminders: number;
  readonly briefings: number;
  readonly sent: number;
  readonly dropped: number;
  readonly failed: number;
  readonly sentTwice: number;
}

export async function readFigures(core: Core): Promise<Figures> {
  const deliveries = await core.db
    .selectFrom('deliveries')
    .select(['kind', 'status', 'subject', 'member_id'])
    .execute();
  const sent = deliveries.filter((delivery) => delivery.status === 'sent');
  const of = (start: string) => sent.filter((delivery) => delivery.kind.startsWith(start)).length;
  const distinct = new Set(sent.map(({ kind, subject, member_id }) => `${kind} ${subject} ${member_id}`)).size;
  return {
    ...(await readRound(core)),
    prompts: of('reflections.prompt'),
    answers: await countRows(core, 'reflections'),
    reminders: of('conversations.reminder'),
    briefings: of('conversations.host-briefing'),
    sent: sent.length,
    dropped: deliveries.filter((delivery) => delivery.status === 'dropped').length,
    failed: deliveries.filter((delivery) => delivery.status === 'failed').length,
    sentTwice: sent.length - distinct,
  };
}

async function countRows(core: Core, table: 'matches' | 'left_out' | 'reflections'): Promise<number> {
  const { count } = await core.db
    .selectFrom(table)
    .select((select) => select.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function readRound(core: Core): Promise<Pick<Figures, 'pairs' | 'sameCouncil' | 'leftOut'>> {
  const rows = await core.db
    .selectFrom('match_members')
    .innerJoin('members', 'members.id', 'match_members.member_id')
    .select(['match_members.match_id', 'members.council_id'])
    .execute();
  const councils = Map.groupBy(rows, (row) => row.match_id);
  const sameCouncil = [...councils.values()].filter(
    (pair) => new Set(pair.map((row) => row.council_id)).size < pair.length,
  ).length;
  return { pairs: councils.size, sameCouncil, leftOut: await countRows(core, 'left_out') };
}

/** One message as its reader knows it: when it came on their own clock, and what it said in a sentence. */
export interface Received {
  readonly when: string;
  readonly summary: string;
}

/** Everything one member was sent, in order. */
export async function readWeek(core: Core, member: Member): Promise<readonly Received[]> {
  const rows = await core.db
    .selectFrom('web_inbox')
    .select(['sent_at', 'message'])
    .where('member_id', '=', member.id)
    .orderBy('sent_at')
    .execute();
  return rows.map((row) => ({ when: momentWords(row.sent_at, member.zone), summary: row.message.summary }));
}

/** The member with the most to show: the one who was sent the most kinds of message. */
export async function mostVaried(core: Core): Promise<string> {
  const { member_id: id } = await core.db
    .selectFrom('deliveries')
    .select('member_id')
    .where('status', '=', 'sent')
    .where('member_id', 'is not', null)
    .$narrowType<{ member_id: string }>()
    .groupBy('member_id')
    .orderBy((order) => order.fn.count('kind').distinct(), 'desc')
    .orderBy('member_id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return id;
}
