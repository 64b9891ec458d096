import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { latestMatch, membersOf } from '../matching/history.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { type Asked, findAsked } from './asked.ts';
import { audienceOf, cohortAudience, matchAudience } from './audience.ts';
import { holdWriter } from './hold.ts';
import { refusals } from './messages.ts';
import { betweenModules } from './model.ts';
import * as say from './sharing-messages.ts';
import { notShared, outOfDigests, type Sharing } from './unsharing.ts';

/**
 * Asks with whom an answer is shared, and shows what they would read.
 *
 * @throws Refusal when there is no answer, or whoever is asking may not read it
 */
export async function openShare(core: Core, member: Member, prompt: string, mayRead: boolean): Promise<Reply> {
  if (!mayRead) throw new Refusal(say.refusals.signInToShare);
  const asked = mustBeWritten(await findAsked(core, core.db, member.id, prompt));
  const choices = await choicesOf(core, member, asked);
  return { kind: 'form', form: say.shareForm(asked.sent, asked.answer, choices, currentValue(asked, choices)) };
}

function mustBeWritten(asked: Asked | undefined): Asked {
  if (asked === undefined) throw new Refusal(refusals.notYours);
  if (asked.writtenAt === null) throw new Refusal(refusals.notWritten);
  return asked;
}

/** What the form offers: a match and a cohort are named by id, so that who may read is whom the form showed. */
async function choicesOf(core: Core, member: Member, asked: Asked): Promise<readonly say.Choice[]> {
  const matchIds = new Set([await latestMatch(core.db, member.id), asked.sharedMatchId ?? undefined]);
  const matches = await Promise.all(
    [...matchIds].map(async (id) => ({
      value: `match:${id}`,
      audience: await matchAudience(core.db, member.id, id ?? null),
    })),
  );
  const cohorts = await Promise.all(
    [...new Set([member.cohortId, asked.sharedCohortId])].map(async (id) => ({
      value: `cohort:${id}`,
      audience: await cohortAudience(core.db, id),
    })),
  );
  return [
    { value: 'nobody', audience: { kind: 'nobody' } },
    ...matches.filter(({ audience }) => audience.names.length > 0),
    ...cohorts.filter(({ audience }) => audience.name !== ''),
    ...(isForNetwork(asked) ? [{ value: 'network', audience: { kind: 'network' } } as const] : []),
  ];
}

/** A digest is by theme, and only a cohort knows what its conveners asked it. */
function isForNetwork({ sent }: Asked): boolean {
  return sent.framework !== betweenModules;
}

function currentValue(asked: Asked, choices: readonly say.Choice[]): string {
  const { sharedWith, sharedMatchId, sharedCohortId } = asked;
  const ids = { match: `:${sharedMatchId}`, cohort: `:${sharedCohortId}`, network: '', nobody: '' };
  const value = `${sharedWith}${ids[sharedWith]}`;
  return choices.some((choice) => choice.value === value) ? value : 'nobody';
}

/**
 * Shares an answer, or takes it back; who could read it before and is not chosen now cannot any more, from this moment.
 *
 * @param audience a value of the form; 'match' alone is the newest match, and 'cohort' the present one
 * @throws Refusal when there is no answer, or nobody like that to share it with
 */
export async function share(
  core: Core,
  member: Member,
  prompt: string,
  audience: string,
  mayRead: boolean,
): Promise<Reply> {
  if (!mayRead) throw new Refusal(say.refusals.signInToShare);
  return await core.db.transaction().execute(async (tx) => {
    await holdWriter(tx, member.id);
    const asked = mustBeWritten(await findAsked(core, tx, member.id, prompt));
    const sharing = await readSharing(tx, member, asked, audience);
    const isSame =
      sharing.shared_with === asked.sharedWith &&
      sharing.shared_match_id === asked.sharedMatchId &&
      sharing.shared_cohort_id === asked.sharedCohortId;
    if (!isSame) await keepSharing(core, tx, prompt, sharing);
    if (!isSame) await tellMatch(core, tx, member.id, prompt, sharing.shared_match_id);
    const now = await findAsked(core, tx, member.id, prompt);
    return { kind: 'message', message: say.shared(asked.sent, await audienceOf(tx, member.id, now)) };
  });
}

async function readSharing(tx: Transaction, member: Member, asked: Asked, audience: string): Promise<Sharing> {
  const [kind, id] = /^(match|cohort|network|nobody)(?::([0-9a-f-]{36}))?$/.exec(audience)?.slice(1) ?? [];
  switch (kind) {
    case 'nobody':
      return notShared;
    case 'match':
      return await withMatch(tx, member.id, id ?? (await latestMatch(tx, member.id)));
    case 'cohort':
      return await withCohort(tx, member.id, asked, id);
    case 'network':
      if (isForNetwork(asked)) return { ...notShared, shared_with: 'network' };
  }
  throw wrong(say.problems.audience);
}

async function withMatch(tx: Transaction, memberId: string, matchId: string | undefined): Promise<Sharing> {
  const { names } = await matchAudience(tx, memberId, matchId ?? null);
  if (matchId === undefined || names.length === 0) throw wrong(say.problems.matchGone);
  return { ...notShared, shared_with: 'match', shared_match_id: matchId };
}

/** The one they are in now, or the one that can read it already. */
async function withCohort(tx: Transaction, memberId: string, asked: Asked, id: string | undefined): Promise<Sharing> {
  const current = (await findMember(tx, memberId))?.cohortId ?? null;
  const cohortId = id ?? current;
  const isTheirs = cohortId !== null && (cohortId === current || cohortId === asked.sharedCohortId);
  if (!isTheirs) throw wrong(say.problems.cohortGone);
  return { ...notShared, shared_with: 'cohort', shared_cohort_id: cohortId };
}

function wrong(text: string): Refusal {
  return new Refusal(text, [{ field: 'with', text }]);
}

async function keepSharing(core: Core, tx: Transaction, prompt: string, sharing: Sharing): Promise<void> {
  const sharedAt = sharing.shared_with === 'nobody' ? null : core.clock.now();
  await tx
    .updateTable('reflections')
    .set({ ...sharing, shared_at: sharedAt })
    .where('prompt_id', '=', prompt)
    .execute();
  if (sharing.shared_with !== 'network') await outOfDigests(tx, [prompt]);
}

/** Tells the others of a match, each once about one answer; a message that was never sent does not count. */
async function tellMatch(
  core: Core,
  tx: Transaction,
  memberId: string,
  prompt: string,
  matchId: string | null,
): Promise<void> {
  if (matchId === null) return;
  const now = core.clock.now();
  const told = await tx
    .selectFrom('deliveries')
    .select('member_id')
    .where('kind', '=', 'reflections.shared')
    .where('subject', '=', prompt)
    .where('status', 'in', ['pending', 'sending', 'sent'])
    .execute();
  const others = (await membersOf(tx, matchId)).filter(({ id }) => id !== memberId);
  const untold = others.filter(({ id }) => !told.some((row) => row.member_id === id));
  await post(
    tx,
    now,
    untold.map(
      ({ id }) =>
        ({
          key: `reflections.shared:${prompt}:${id}:${now.toISOString()}`,
          kind: 'reflections.shared',
          subject: prompt,
          memberId: id,
        }) as const,
    ),
  );
}
