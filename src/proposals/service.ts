import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { openWhen } from './announcing.ts';
import { offeredBy, readChoices } from './choices.ts';
import * as form from './form-messages.ts';
import { waitingFor } from './holding.ts';
import { saved } from './messages.ts';
import type { Proposal } from './model.ts';
import { type AsRead, changing, mustBeTheirs } from './own.ts';
import { problems, refusals } from './problem-messages.ts';
import { findProposal } from './reading.ts';
import { readWords, usualPerCouncil, type WordAnswers, type Words } from './rules.ts';

/** The first form, with what there is to begin with. */
export async function openDraft(core: Core, _member: Member, start: form.Start): Promise<Reply> {
  return { kind: 'form', form: form.draftForm(await readChoices(core, core.db), start) };
}

/** @throws Refusal when the topic is gone, or the conversation is not theirs */
export async function open(
  core: Core,
  member: Member,
  { topic, follows, theme }: Extract<Intent, { kind: 'proposals.open' }>,
): Promise<Reply> {
  const start = { topic, follows, theme, title: '', about: '' };
  if (follows !== '') return await openDraft(core, member, { ...start, ...(await followed(core.db, member, follows)) });
  if (topic === '') return await openDraft(core, member, start);
  const row = core.db.selectFrom('topics').select(['title', 'about', 'theme']).where('conversation_id', 'is', null);
  const found = await row.where('id', '=', topic).executeTakeFirst();
  if (found === undefined) throw new Refusal(refusals.topicGone);
  return await openDraft(core, member, { ...start, ...found });
}

/** What a second conversation begins with: the words of the full one. @throws Refusal */
async function followed(db: Reader, member: Member, id: string) {
  const row = db.selectFrom('conversations').select(['theme', 'title', 'about']).where('host_id', '=', member.id);
  const found = await row.where('id', '=', id).where('cancelled_at', 'is', null).executeTakeFirst();
  if (found === undefined) throw new Refusal(refusals.notFound);
  if ((await waitingFor(db, id)).length === 0) throw new Refusal(refusals.fewWaiting);
  return found;
}

/**
 * Keeps a draft, and asks when it is to be.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function draft(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'proposals.draft' }>,
): Promise<Reply> {
  if (answers.follows !== '') await followed(core.db, member, answers.follows);
  const words = await mustRead(core, answers, undefined);
  const id = randomUUID();
  const now = core.clock.now();
  await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const topic = await tx
      .selectFrom('topics')
      .select('id')
      .where('id', '=', nullable(answers.topic))
      .executeTakeFirst();
    const of = { topic_id: topic?.id ?? null, follows_id: nullable(answers.follows) };
    const row = { id, host_id: member.id, state: 'draft', zone: member.zone, per_council: usualPerCouncil } as const;
    await tx
      .insertInto('proposals')
      .values({ ...row, ...of, ...rowOf(words), created_at: now, changed_at: now, starts_at: null })
      .execute();
  });
  return await openWhen(core, member, { kind: 'proposals.open-when', proposal: id, time: '', at: '', revision: '' });
}

function nullable(id: string): string | null {
  return id === '' ? null : id;
}

async function mustRead(core: Core, answers: WordAnswers, kept: Proposal | undefined): Promise<Words> {
  const words = readWords(answers, offeredBy(await readChoices(core, core.db, kept)));
  if (!('title' in words)) throw new Refusal(refusals.invalid, words);
  return words;
}

function rowOf({ theme, title, about, audience, chathamHouse }: Words) {
  return {
    ...{ theme, title, about },
    for_level: audience.kind === 'level' ? audience.level : null,
    for_cohort_id: audience.kind === 'cohort' ? audience.cohortId : null,
    chatham_house: chathamHouse,
  };
}

export async function openWords(core: Core, member: Member, { proposal: id, revision }: AsRead): Promise<Reply> {
  const proposal = mustBeTheirs(await findProposal(core.db, id), member);
  const choices = await readChoices(core, core.db, proposal);
  return { kind: 'form', form: form.wordsForm(choices, proposal, revision || String(proposal.revision)) };
}

/** Of two edits at once the second is told. @throws Refusal */
export async function saveWords(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'proposals.words' }>,
): Promise<Reply> {
  const kept = mustBeTheirs(await findProposal(core.db, answers.proposal), member);
  const words = await mustRead(core, answers, kept);
  await changing(core, member, answers, async (tx, { id, revision, state, audience }) => {
    if (state === 'polling' && !isDeepStrictEqual(audience, words.audience)) {
      throw new Refusal(refusals.invalid, [{ field: 'audience', text: problems.askedAlready }]);
    }
    const changed = { ...rowOf(words), revision: revision + 1, changed_at: core.clock.now() };
    await tx.updateTable('proposals').set(changed).where('id', '=', id).execute();
  });
  return { kind: 'message', message: saved({ id: kept.id, title: words.title }) };
}
