import type { Asker, IntentOf } from '../../asker.ts';
import { readRoundRhythm } from '../../calendar/reading.ts';
import { actAs } from '../../convening/act.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import { holdMatchingSettings, readMatchingSettings } from '../settings.ts';
import { problems, rulesForm, rulesSaved } from './messages.ts';
import { type RoundRules, readRoundRules, ruleChanges, rulesOf } from './rules.ts';

export async function openRules({ db }: Core): Promise<Reply> {
  return { kind: 'form', form: rulesForm(rulesOf(await readMatchingSettings(db)), await readRoundRhythm(db)) };
}

/**
 * Keeps how rounds are made.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function saveRules(
  core: Core,
  { member }: Asker,
  answers: Extract<IntentOf<'matching'>, { kind: 'matching.rules' }>,
): Promise<Reply> {
  const saved: RoundRules[] = [];
  await actAs(core, member, async (tx) => {
    const before = await holdMatchingSettings(tx);
    const after = readRoundRules(answers, rulesOf(before), problems);
    if ('length' in after) throw new Refusal(problems.some, after);
    saved.push(after);
    const changes = ruleChanges(rulesOf(before), after);
    if (changes.length === 0) return [];
    const { groupSize, byHand, coolDownRounds, place } = after;
    const weights = { ...before.weights, coolDownRounds, place };
    await tx
      .updateTable('network')
      .set({ group_size: groupSize, rounds_by_hand: byHand, match_weights: JSON.stringify(weights) })
      .execute();
    return [{ action: 'round.rules', subject: '', detail: { fields: changes.join(', ') } }];
  });
  const [rules] = saved;
  const held = rules ?? rulesOf(await readMatchingSettings(core.db));
  return { kind: 'message', message: rulesSaved(held, await readRoundRhythm(core.db)) };
}
