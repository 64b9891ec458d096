import type { Asker, IntentOf } from '../../asker.ts';
import { actAs } from '../../convening/act.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import { countOthers } from '../figures/group-rules.ts';
import { qualityFigures } from '../figures/quality-words.ts';
import { planRound } from '../planning/planning.ts';
import { holdMatchingSettings, readMatchingSettings } from '../settings.ts';
import { effectPage, problems, weightsForm, weightsSaved } from './messages.ts';
import { readWeights, triedWeights, type WeighedValues, weightChanges } from './rules.ts';

/** @param tried weights to begin with, as a button carries them; '' for those that hold */
export async function openWeights(core: Core, tried: string): Promise<Reply> {
  const { weights: present } = await readMatchingSettings(core.db);
  const weights = triedWeights(tried, present);
  return { kind: 'form', form: weightsForm(weights, weightChanges(present, weights).length > 0) };
}

/** Makes the next round both ways, and shows what would be different. Nothing is kept. */
export async function tryWeights(
  core: Core,
  answers: Extract<IntentOf<'matching'>, { kind: 'matching.try-weights' }>,
): Promise<Reply> {
  const after = mustRead(answers);
  const { weights: before } = await readMatchingSettings(core.db);
  const [now, then] = await Promise.all([planRound(core, core.db), planRound(core, core.db, after)]);
  const [groupsNow, groupsThen] = [now, then].map(({ solution }) => solution.groups.map(({ members }) => members));
  const effect = {
    before,
    after,
    groups: then.solution.groups.length,
    moved: countOthers(groupsNow ?? [], groupsThen ?? []),
    figures: qualityFigures(then.quality, now.quality),
    hasGroups: [now, then].some(({ solution }) => solution.groups.some(({ members }) => members.length > 2)),
  };
  return { kind: 'page', page: effectPage(effect) };
}

function mustRead(answers: Extract<IntentOf<'matching'>, { kind: 'matching.try-weights' | 'matching.weights' }>) {
  const read = readWeights(answers, problems.weight);
  if ('length' in read) throw new Refusal(problems.some, read);
  return read;
}

/**
 * Keeps how much each thing counts.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function saveWeights(
  core: Core,
  { member }: Asker,
  answers: Extract<IntentOf<'matching'>, { kind: 'matching.weights' }>,
): Promise<Reply> {
  const after: WeighedValues = mustRead(answers);
  await actAs(core, member, async (tx) => {
    const { weights: before } = await holdMatchingSettings(tx);
    const changes = weightChanges(before, after);
    if (changes.length === 0) return [];
    await tx
      .updateTable('network')
      .set({ match_weights: JSON.stringify({ ...before, ...after }) })
      .execute();
    return [{ action: 'round.weights', subject: '', detail: { fields: changes.join(', ') } }];
  });
  return { kind: 'replace', message: weightsSaved(after) };
}
