import { recentTheme } from '../afterwards/recent-theme.ts';
import type { Core } from '../core.ts';
import { type AskedPrompt, choosePrompt, type Interest } from '../framework/rules.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { type PromptState, promptStates, swappedPrompts } from './prompts.ts';
import { frameworksFor } from './rules.ts';

/** The prompt that this member is asked next, as its row is written; `instead` is one that is being swapped for it. */
export async function choose(core: Core, db: Reader, member: Member, instead = '') {
  const sent = await promptStates(db, member.id);
  const recent = await recentInterest(
    core,
    db,
    member,
    sent.find(({ id }) => id !== instead),
  );
  const chosen = choosePrompt({
    frameworks: frameworksFor(member.level, core.frameworks),
    asked: await everythingShown(db, member.id, sent.toReversed(), instead),
    interests: await readInterests(db, member.id),
    ...(recent === undefined ? {} : { recent }),
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

/** What was swapped counts as asked too, before what came in its place: it was read, and not wanted. */
async function everythingShown(
  db: Reader,
  memberId: string,
  sent: readonly PromptState[],
  instead: string,
): Promise<readonly AskedPrompt[]> {
  const swapped = Map.groupBy(await swappedPrompts(db, memberId), ({ id }) => id);
  return sent.flatMap((state) => [
    ...(swapped.get(state.id) ?? []).map((one) => ({ ...one, answered: false })),
    ...(state.id === instead ? [] : [{ ...state, answered: state.isAnswered }]),
  ]);
}

/** The theme of the conversation they came to last, if that was since they were last asked anything. */
async function recentInterest(
  { clock }: Core,
  db: Reader,
  member: Member,
  last: PromptState | undefined,
): Promise<Interest | undefined> {
  const found = await recentTheme(db, member.id, clock.now());
  if (found === undefined || (last !== undefined && found.endedAt <= last.sentAt)) return undefined;
  const [framework = '', theme = ''] = found.theme.split('/');
  return { framework, theme };
}

async function readInterests(db: Reader, memberId: string): Promise<readonly Interest[]> {
  return await db.selectFrom('interests').select(['framework', 'theme']).where('member_id', '=', memberId).execute();
}
