import { randomUUID } from 'node:crypto';
import { peopleItInterests } from '../conversations/announcing.ts';
import { isFor } from '../conversations/rules.ts';
import { themeName } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { readValues } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { localParts } from '../time/local.ts';
import { scheduleAnswersDue, tellIfAllAnswered } from './answers-in.ts';
import type { Proposal } from './model.ts';
import { type AsRead, changing, mustBeTheirs } from './own.ts';
import { problems, refusals } from './problem-messages.ts';
import { findProposal, lockProposal } from './reading.ts';
import * as say from './time-messages.ts';
import { bestFirst, readTimes, type Times } from './time-rules.ts';

/** Asks a host about up to five times. @throws Refusal */
export async function openTimes(core: Core, member: Member, { proposal: id, revision }: AsRead): Promise<Reply> {
  const proposal = mustBeTheirs(await findProposal(core.db, id), member);
  if (proposal.state === 'awaiting') throw new Refusal(refusals.waiting);
  const asked = (await timesOf(core.db, id)).map(({ startsAt }) => localParts(startsAt, member.zone).split(' '));
  const pairs = asked.map(([date = '', time = '']) => [date, time] as const);
  return { kind: 'form', form: say.timesForm(proposal, member.zone, pairs, revision || String(proposal.revision)) };
}

/**
 * Asks those it is for when they could come. Asked about other times, they answer anew.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function askTimes(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'proposals.ask-times' }>,
): Promise<Reply> {
  const times = readTimes(answers, core.clock.now(), member.zone);
  if (!('times' in times)) throw new Refusal(refusals.invalid, times);
  return await changing(core, member, answers, async (tx, proposal) => {
    if (proposal.state === 'awaiting') throw new Refusal(refusals.waiting);
    await storeTimes(core, tx, member, proposal, times);
    const people = await peopleItInterests(tx, { ...proposal, host: { ...member } });
    const kind = 'proposals.which-time';
    const asking = (memberId: string) =>
      ({ key: whichTimeKey(proposal, memberId), kind, subject: proposal.id, memberId }) as const;
    await post(
      tx,
      core.clock.now(),
      people.map(({ id }) => asking(id)),
    );
    if (people.length > 0) await scheduleAnswersDue(tx, core.clock.now(), proposal);
    return { kind: 'message', message: say.timesAsked(proposal, people.length) };
  });
}

/** One message for each revision: asked about other times, they are asked anew. */
function whichTimeKey({ id, revision }: Proposal, memberId: string): string {
  return `proposals.which-time:${id}:${revision}:${memberId}`;
}

/** As {@link whichTimeKey} has it. */
export function revisionIn(key: string): number {
  return Number(key.split(':')[2]);
}

async function storeTimes(core: Core, tx: Transaction, member: Member, proposal: Proposal, times: Times) {
  const { id: proposal_id, revision } = proposal;
  await tx.deleteFrom('proposal_times').where('proposal_id', '=', proposal_id).execute();
  await tx.deleteFrom('time_answers').where('proposal_id', '=', proposal_id).execute();
  await tx
    .insertInto('proposal_times')
    .values(times.times.map((starts_at) => ({ id: randomUUID(), proposal_id, starts_at })))
    .execute();
  const changed = { state: 'polling', refusal: '', minutes: times.minutes, zone: member.zone } as const;
  await tx
    .updateTable('proposals')
    .set({ ...changed, revision: revision + 1, changed_at: core.clock.now() })
    .where('id', '=', proposal_id)
    .execute();
}

async function timesOf(db: Reader, proposalId: string) {
  const rows = db.selectFrom('proposal_times').select(['id', 'starts_at as startsAt']);
  return await rows.where('proposal_id', '=', proposalId).orderBy('starts_at').execute();
}

/** Who can come when, for the host alone. @throws Refusal */
export async function showTimes(core: Core, member: Member, id: string): Promise<Reply> {
  const proposal = mustBeTheirs(await findProposal(core.db, id), member);
  const ticks = await ticksOf(core.db, id);
  const answered = await core.db.selectFrom('time_answers').select('member_id').where('proposal_id', '=', id).execute();
  const times = (await timesOf(core.db, id)).map((time) => ({
    ...time,
    can: ticks.filter(({ timeId }) => timeId === time.id),
  }));
  const none = answered.filter((answer) => !ticks.some(({ memberId }) => memberId === answer.member_id)).length;
  const answers = {
    times: bestFirst(times),
    answered: answered.length,
    none,
    now: core.clock.now(),
    zone: member.zone,
  };
  return { kind: 'page', page: say.timesPage(proposal, answers) };
}

async function ticksOf(db: Reader, proposalId: string) {
  return await db
    .selectFrom('time_ticks')
    .innerJoin('proposal_times', 'proposal_times.id', 'time_ticks.time_id')
    .innerJoin('people', 'people.id', 'time_ticks.member_id')
    .select(['time_ticks.time_id as timeId', 'people.id as memberId', 'people.role', 'people.council'])
    .where('proposal_times.proposal_id', '=', proposalId)
    .where('people.status', '=', 'active')
    .orderBy('people.council')
    .orderBy('people.role')
    .orderBy('people.id')
    .execute();
}

/** What somebody is asked, as it stands now; `undefined` where there is nothing to be asked any more. */
export async function askedOf(core: Core, db: Reader, member: Member, id: string): Promise<say.Asked | undefined> {
  const proposal = await findProposal(db, id);
  if (proposal?.state !== 'polling') return undefined;
  const host = await findMember(db, proposal.hostId);
  const times = (await timesOf(db, id)).filter(({ startsAt }) => startsAt > core.clock.now());
  if (host?.status !== 'active' || times.length === 0) return undefined;
  const hostWords = `${host.name}, ${host.role}, ${host.council}`;
  const theme = themeName(core.frameworks, proposal.theme);
  return { proposal, themeName: theme, host: hostWords, times, zone: member.zone };
}

/** Asks a member which of the times would do. @throws Refusal when it is too late, or not for them */
export async function openAnswer(core: Core, member: Member, id: string): Promise<Reply> {
  const asked = mustBeAsked(await askedOf(core, core.db, member, id), member);
  return { kind: 'form', form: say.answerForm(asked, await chosenBy(core.db, id, member.id)) };
}

function mustBeAsked(asked: say.Asked | undefined, member: Member): say.Asked {
  if (asked === undefined) throw new Refusal(refusals.pollOver);
  if (asked.proposal.hostId === member.id) throw new Refusal(refusals.ownPoll);
  if (!isFor(asked.proposal.audience, member)) throw new Refusal(refusals.notForYou);
  return asked;
}

async function chosenBy(db: Reader, proposalId: string, memberId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('time_ticks')
    .innerJoin('proposal_times', 'proposal_times.id', 'time_ticks.time_id')
    .select('time_id')
    .where('proposal_id', '=', proposalId)
    .where('member_id', '=', memberId)
    .execute();
  return rows.map((row) => row.time_id);
}

/**
 * Keeps which times would do, in place of what they said before: none of them is an answer, too.
 *
 * @throws Refusal when a time is chosen already, or it is not for them
 */
export async function answer(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'proposals.answer' }>,
): Promise<Reply> {
  const chosen = readValues(answers.times);
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    // Answers wait for each other and for the choice: none comes after it.
    await lockProposal(tx, answers.proposal);
    const asked = mustBeAsked(await askedOf(core, tx, member, answers.proposal), member);
    const times = asked.times.filter(({ id }) => chosen.includes(id));
    if (times.length !== new Set(chosen).size) {
      throw new Refusal(refusals.invalid, [{ field: 'times', text: problems.chosenTimes }]);
    }
    await storeAnswer(
      core,
      tx,
      member.id,
      asked.proposal.id,
      times.map(({ id }) => id),
    );
    await tellIfAllAnswered(tx, core.clock.now(), asked.proposal);
    const moments = times.map(({ startsAt }) => startsAt);
    return { kind: 'message', message: say.answered(asked, moments) };
  });
}

async function storeAnswer(
  core: Core,
  tx: Transaction,
  member_id: string,
  proposal_id: string,
  times: readonly string[],
) {
  const all = tx.selectFrom('proposal_times').select('id').where('proposal_id', '=', proposal_id);
  await tx.deleteFrom('time_ticks').where('member_id', '=', member_id).where('time_id', 'in', all).execute();
  const answered_at = core.clock.now();
  await tx
    .insertInto('time_answers')
    .values({ proposal_id, member_id, answered_at })
    .onConflict((conflict) => conflict.columns(['proposal_id', 'member_id']).doUpdateSet({ answered_at }))
    .execute();
  if (times.length === 0) return;
  await tx
    .insertInto('time_ticks')
    .values(times.map((time_id) => ({ time_id, member_id })))
    .execute();
}
