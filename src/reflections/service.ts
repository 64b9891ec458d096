import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { dayWords } from '../time/words.ts';
import * as say from './messages.ts';
import type { SentPrompt } from './model.ts';
import { findSentPrompt, latestPrompt, named, promptHistory } from './prompts.ts';
import { answerProblems } from './rules.ts';

/** Shows the form for a prompt, with what the member wrote before if it may be shown to whoever is asking. */
export async function openPrompt(core: Core, member: Member, id: string, mayRead: boolean): Promise<Reply> {
  const sent = id === 'latest' ? await latestPrompt(core.db, member.id) : await findSentPrompt(core.db, member.id, id);
  if (sent === undefined) throw new Refusal(id === 'latest' ? say.refusals.noPrompt : say.refusals.notYours);
  const written = await readAnswer(core, sent);
  const hidden = written !== '' && !mayRead;
  return { kind: 'form', form: say.answerForm(named(core.frameworks, sent), hidden ? '' : written, hidden) };
}

/**
 * Keeps an answer, sealed. Answering again replaces it.
 *
 * @throws Refusal when the text is empty or too long, or the prompt is not this member's
 */
export async function answer(
  core: Core,
  member: Member,
  intent: Extract<Intent, { kind: 'reflections.answer' }>,
): Promise<Reply> {
  const sent = await findSentPrompt(core.db, member.id, intent.prompt);
  if (sent === undefined) throw new Refusal(say.refusals.notYours);
  const problems = answerProblems(intent.text);
  if (problems.length > 0) throw new Refusal(say.problems.empty, problems);
  const sealed = core.cipher.seal(intent.text.trim(), placeOf(sent));
  const row = { prompt_id: sent.id, member_id: member.id, answer: sealed, written_at: core.clock.now() };
  await core.db
    .insertInto('reflections')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('prompt_id').doUpdateSet({ answer: row.answer, written_at: row.written_at }),
    )
    .execute();
  return { kind: 'message', message: say.saved(named(core.frameworks, sent)) };
}

/** A prompt as it was sent, and what its member wrote: '' and null while they have not. */
export interface Asked {
  readonly sent: say.NamedPrompt;
  readonly sentAt: Date;
  readonly answer: string;
  readonly writtenAt: Date | null;
}

/** Everything asked of a member, the oldest first, with their answers opened: for their own eyes. */
export async function everythingAsked(core: Core, memberId: string): Promise<readonly Asked[]> {
  const rows = await promptHistory(core.db, memberId);
  return rows.map(({ answer, writtenAt, sentAt, ...sent }) => ({
    sent: named(core.frameworks, sent),
    sentAt,
    answer: answer === null ? '' : core.cipher.open(answer, placeOf(sent)),
    writtenAt,
  }));
}

/**
 * Everything the member wrote, the newest first; for their own eyes.
 *
 * @throws Refusal when whoever is asking may not read it
 */
export async function journal(core: Core, member: Member, mayRead: boolean): Promise<Reply> {
  if (!mayRead) throw new Refusal(say.refusals.signInToRead);
  const asked = await everythingAsked(core, member.id);
  const entries = asked.toReversed().flatMap(({ sent, answer, writtenAt }) => {
    if (writtenAt === null) return [];
    return [{ sent, when: dayWords(writtenAt, member.zone), answer }];
  });
  return { kind: 'page', page: say.journal(entries) };
}

async function readAnswer(core: Core, sent: SentPrompt): Promise<string> {
  const row = await core.db
    .selectFrom('reflections')
    .select('answer')
    .where('prompt_id', '=', sent.id)
    .executeTakeFirst();
  return row === undefined ? '' : core.cipher.open(row.answer, placeOf(sent));
}

/** Where a sealed answer belongs: it does not open for another prompt or another member. */
function placeOf(sent: Pick<SentPrompt, 'id' | 'memberId'>): string {
  return `reflection:${sent.memberId}:${sent.id}`;
}

/** A prompt as a card, which knows whether it is answered and not what the answer says. */
export async function promptCard(core: Core, sent: SentPrompt): Promise<Message> {
  const written = await core.db
    .selectFrom('reflections')
    .select('prompt_id')
    .where('prompt_id', '=', sent.id)
    .executeTakeFirst();
  return say.prompt(named(core.frameworks, sent), written !== undefined);
}
