import type { Core } from '../core.ts';
import { experienceLabels } from '../matching/asking/experience-list.ts';
import { experiencesOfOne } from '../matching/asking/experience-rows.ts';
import { readOwnWay } from '../membership/own-way.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from './model.ts';
import { pausesNow } from './pause-rules.ts';
import { profile } from './profile-messages.ts';

/** What the network knows of a member, for themselves. */
export async function showProfile(core: Core, member: Member): Promise<Reply> {
  const { learningSet, worksFrom, worksUntil } = await readOwnWay(core.db, member.id);
  const pauses = pausesNow(member, core.clock.now());
  const interests = await interestNames(core, member.id);
  const experiences = experienceLabels(await experiencesOfOne(core.db, member.id));
  const shown = { member, learningSet, interests, experiences, worksFrom, worksUntil, pauses };
  return { kind: 'message', message: profile(shown) };
}

/** The themes that a member said they care about, as their frameworks call them and in that order. */
export async function interestNames(core: Core, memberId: string): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('interests')
    .select(['framework', 'theme'])
    .where('member_id', '=', memberId)
    .execute();
  const chosen = new Set(rows.map(({ framework, theme }) => `${framework}/${theme}`));
  const all = core.frameworks.flatMap(({ id, themes }) => themes.map((theme) => ({ key: `${id}/${theme.id}`, theme })));
  return all.filter(({ key }) => chosen.has(key)).map(({ theme }) => theme.name);
}
