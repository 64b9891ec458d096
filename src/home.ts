import { card } from './conversations/messages.ts';
import { upcoming } from './conversations/service.ts';
import type { Core } from './core.ts';
import { currentMatch } from './matching/service.ts';
import type { Page } from './messages/message.ts';
import { memberHome, strangerHome } from './network/messages.ts';
import type { Member } from './network/model.ts';
import { latestPrompt } from './reflections/prompts.ts';
import { promptCard } from './reflections/service.ts';

/** What one person finds when they open the network: their prompt, their match, their conversations. */
export async function home(core: Core, member: Member | undefined): Promise<Page> {
  if (member?.status !== 'active') return strangerHome();
  const sent = await latestPrompt(core.db, member.id);
  const prompt = sent === undefined ? undefined : await promptCard(core, sent);
  const own = [prompt, await currentMatch(core, member)].filter((found) => found !== undefined);
  return memberHome(member, [...own, ...(await upcoming(core, member)).map(card)]);
}
