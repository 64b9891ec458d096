import { randomUUID } from 'node:crypto';
import { addDays } from 'date-fns/addDays';
import type { Insertable } from 'kysely';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import type { PromptTable } from '../../src/store/reflection-tables.ts';
import { weekOf } from '../../src/time/days.ts';
import { ask } from './people.ts';

/** A prompt that was sent to this member this week, or in the week of `sent_at`; its id. */
export async function sendPrompt(core: Core, member: Member, given: Partial<Insertable<PromptTable>> = {}) {
  const sentAt = given.sent_at instanceof Date ? given.sent_at : core.clock.now();
  const row = {
    id: randomUUID(),
    member_id: member.id,
    week: weekOf(sentAt, member.zone),
    framework: 'chief-executives',
    framework_version: 1,
    theme: 'good-governance',
    stage: 'experience',
    prompt: 'good-governance.experience.1',
    wording: 'When did you last change your mind in a meeting?',
    why: 'It is the first.',
    sent_at: sentAt,
    ...given,
  };
  await core.db.insertInto('prompts').values(row).execute();
  return row.id;
}

/** The same, answered by its member on the web; its id. */
export async function write(
  core: Core,
  member: Member,
  { text, action = '', ...given }: Partial<Insertable<PromptTable>> & { text: string; action?: string },
): Promise<string> {
  const prompt = await sendPrompt(core, member, given);
  const reply = await ask(core, member, { kind: 'reflections.answer', prompt, text, action });
  if (reply.kind !== 'message') throw new Error(`The answer was not saved: ${JSON.stringify(reply)}`);
  return prompt;
}

/** Answers of as many weeks, the first of them now or at `from`, each said to be written in its week. */
export async function writeMany(core: Core, member: Member, count: number, from = core.clock.now()): Promise<void> {
  const cells = core.frameworks.flatMap(({ id: framework, themes }) =>
    themes.flatMap(({ id: theme, prompts }) => Object.keys(prompts).map((stage) => ({ framework, theme, stage }))),
  );
  for (let week = 0; week < count; week += 1) {
    const sent_at = addDays(from, 7 * week);
    const cell = cells[week % cells.length];
    const prompt = await write(core, member, { ...cell, sent_at, text: `Entry ${week}.`, prompt: `p-${week}` });
    await core.db.updateTable('reflections').set({ written_at: sent_at }).where('prompt_id', '=', prompt).execute();
  }
}

/** Introduces two members to each other, in a round of their own; the match's id. */
export async function introduce(core: Core, one: Member, other: Member): Promise<string> {
  const rounds = await core.db.selectFrom('rounds').select('id').execute();
  const [round, match] = [randomUUID(), randomUUID()];
  await core.db
    .insertInto('rounds')
    .values({ id: round, number: 1000 + rounds.length, published_at: core.clock.now() })
    .execute();
  await core.db.insertInto('matches').values({ id: match, round_id: round, made_at: core.clock.now() }).execute();
  const members = [one, other].map(({ id }) => ({ match_id: match, member_id: id }));
  await core.db.insertInto('match_members').values(members).execute();
  return match;
}
