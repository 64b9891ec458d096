import { randomUUID } from 'node:crypto';
import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import { choosePrompt } from '../framework/rules.ts';
import type { Member, NetworkSettings } from '../network/model.ts';
import { findMember, readSettings } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { nextLocal, weekOf } from '../time/local.ts';
import { promptHistory } from './prompts.ts';
import { frameworksFor } from './rules.ts';

/** What an appointment's key begins with; it ends in the week it is for, so that a week has one prompt at most. */
function keyStart(memberId: string): string {
  return `reflections.prompt:${memberId}:`;
}

/**
 * The next prompt comes at the network's weekday and hour in the member's own zone. Somebody who went west may be in a
 * week again that has had its prompt: theirs comes the week after.
 */
export async function scheduleNextPrompt(
  tx: Transaction,
  member: Member,
  settings: NetworkSettings,
  after: Date,
): Promise<Date> {
  const at = nextLocal(after, member.zone, settings.promptWeekday, settings.promptHour);
  const key = `${keyStart(member.id)}${weekOf(at, member.zone)}`;
  const done = await tx
    .selectFrom('agenda')
    .select('id')
    .where('key', '=', key)
    .where('done_at', 'is not', null)
    .executeTakeFirst();
  if (done !== undefined) return await scheduleNextPrompt(tx, member, settings, at);
  await schedule(tx, [{ key, kind: 'reflections.prompt', subject: member.id, at }]);
  return at;
}

/** Chooses this week's prompt, posts it, and puts next week's on the agenda. A week we were down for is not made up. */
export async function reflectionDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const member = await findMember(tx, due.subject);
  if (member?.status !== 'active') return;
  await scheduleNextPrompt(tx, member, await readSettings(tx), now);
  if (isPaused(member, now)) return;
  const prompt = await choose(core, tx, member);
  const id = randomUUID();
  const week = weekOf(due.at, member.zone);
  const row = await tx
    .insertInto('prompts')
    .values({ id, member_id: member.id, week, ...prompt, sent_at: now })
    .onConflict((conflict) => conflict.columns(['member_id', 'week']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return;
  await post(tx, now, [
    { key: `reflections.prompt:${id}`, kind: 'reflections.prompt', subject: id, memberId: member.id },
  ]);
}

async function choose(core: Core, tx: Transaction, member: Member) {
  const history = await promptHistory(tx, member.id);
  const chosen = choosePrompt({
    frameworks: frameworksFor(member.level, core.frameworks),
    asked: history.map((sent) => ({ ...sent, answered: sent.answer !== null })),
    interests: [],
    seed: member.id,
  });
  return {
    framework: chosen.framework,
    framework_version: chosen.version,
    theme: chosen.theme,
    stage: chosen.stage,
    prompt: chosen.prompt,
    wording: chosen.text,
    why: chosen.why,
  };
}
