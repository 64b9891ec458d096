import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import { readValues } from '../../messages/form.ts';
import type { Reply } from '../../messages/reply.ts';
import { holdWithAgenda } from '../../network/hold.ts';
import { refusals } from '../../network/messages.ts';
import type { Member } from '../../network/model.ts';
import { experienceLabels, experienceOptions } from './experience-list.ts';
import * as say from './experience-messages.ts';
import { experiencesOfOne, keepExperiences } from './experience-rows.ts';

export async function openExperiences(core: Core, member: Member): Promise<Reply> {
  const chosen = await experiencesOfOne(core.db, member.id);
  return { kind: 'form', form: say.experiencesForm(experienceOptions, chosen) };
}

/** @throws Refusal for one that the form did not offer, and for somebody who has just been erased */
export async function saveExperiences(core: Core, member: Member, ticked: string): Promise<Reply> {
  const chosen = [...new Set(readValues(ticked))];
  if (chosen.some((id) => experienceOptions.every(({ value }) => value !== id))) {
    throw new Refusal(say.problems.some, [{ field: 'experiences', text: say.problems.experiences }]);
  }
  await core.db.transaction().execute(async (tx) => {
    // Two forms sent at once would else leave what neither of them said.
    if (!(await holdWithAgenda(tx, member.id))) throw new Refusal(refusals.notJoined);
    await keepExperiences(tx, member.id, chosen);
  });
  return { kind: 'message', message: say.savedExperiences(experienceLabels(chosen)) };
}
