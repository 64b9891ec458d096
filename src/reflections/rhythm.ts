import { planPrompt } from '../calendar/planning.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { holdWithAgenda } from '../network/hold.ts';
import { refusals } from '../network/messages.ts';
import { type Member, PromptRhythm } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { pausedUntil } from '../network/rules.ts';
import * as say from './rhythm-messages.ts';

/** The form that asks how often prompts are to come. */
export function openRhythm(member: Member): Reply {
  return { kind: 'form', form: say.rhythmForm(member.promptRhythm) };
}

/**
 * Keeps how often prompts are to come, and says when the next one does.
 *
 * @throws Refusal for what was not offered
 */
export async function saveRhythm(core: Core, member: Member, answer: string): Promise<Reply> {
  const { data: rhythm } = PromptRhythm.safeParse(answer);
  if (rhythm === undefined) {
    throw new Refusal(say.problems.rhythm, [{ field: 'rhythm', text: say.problems.rhythm }]);
  }
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    if (!(await holdWithAgenda(tx, member.id))) throw new Refusal(refusals.notJoined);
    await tx.updateTable('members').set({ prompt_rhythm: rhythm }).where('id', '=', member.id).execute();
    const next = await planPrompt(tx, member.id, now);
    const saved = (await findMember(tx, member.id)) ?? member;
    const when = { next, pausedUntil: pausedUntil(saved, 'prompts', now), now };
    return { kind: 'message', message: say.rhythmSaved(rhythm, when, saved.zone) };
  });
}
