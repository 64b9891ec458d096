import { whyOutside } from './convening/console.ts';
import { card } from './conversations/messages.ts';
import { upcoming } from './conversations/service.ts';
import type { Core } from './core.ts';
import { nextRound } from './matching/planning/planning.ts';
import { matchCards } from './matching/service.ts';
import { readOwnWay } from './membership/own-way.ts';
import type { Page } from './messages/message.ts';
import { type Ahead, memberHome } from './network/home-messages.ts';
import { strangerHome } from './network/messages.ts';
import type { Member } from './network/model.ts';
import { pausesNow } from './network/pause-rules.ts';
import { promptCard } from './reflections/prompt-card.ts';
import { latestPrompt } from './reflections/prompts.ts';

/** When this member next hears from us by itself; no prompt that is overdue, which comes any moment. A round may wait. */
async function readAhead(core: Core, member: Member): Promise<Ahead> {
  const now = core.clock.now();
  const prompt = await core.db
    .selectFrom('agenda')
    .select('due_at as at')
    .where('kind', '=', 'reflections.prompt')
    .where('subject', '=', member.id)
    .where('done_at', 'is', null)
    .where('due_at', '>', now)
    .orderBy('due_at')
    .executeTakeFirst();
  const round = await nextRound(core, core.db);
  const { skipsRound } = await readOwnWay(core.db, member.id);
  return {
    prompt: member.agreesToPrompts ? prompt?.at : undefined,
    round: member.agreesToMatching ? round.at : undefined,
    isRoundDue: round.isWaiting,
    pauses: pausesNow(member, now),
    skipsRound,
  };
}

/** What one person finds when they open the network: their prompt, their match, their conversations. */
export async function home(core: Core, member: Member | undefined): Promise<Page> {
  if (member?.status !== 'active') return strangerHome();
  const sent = await latestPrompt(core.db, member.id);
  const prompt = sent === undefined ? undefined : await promptCard(core, member, sent);
  const own = [await whyOutside(core.db, member), prompt].filter((found) => found !== undefined);
  const matches = await matchCards(core, member);
  return memberHome(member, await readAhead(core, member), [
    ...own,
    ...matches,
    ...(await upcoming(core, member)).map(card),
  ]);
}
