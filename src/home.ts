import type { DueKind } from './agenda/model.ts';
import { whyOutside } from './convening/console.ts';
import { card } from './conversations/messages.ts';
import { upcoming } from './conversations/service.ts';
import type { Core } from './core.ts';
import { currentMatch } from './matching/service.ts';
import { readOwnWay } from './membership/own-way.ts';
import type { Page } from './messages/message.ts';
import { type Ahead, memberHome } from './network/home-messages.ts';
import { strangerHome } from './network/messages.ts';
import type { Member } from './network/model.ts';
import { pausesNow } from './network/pause-rules.ts';
import { promptCard } from './reflections/prompt-card.ts';
import { latestPrompt } from './reflections/prompts.ts';

/** When this member next hears from us by itself; nothing of what is overdue, which comes any moment. */
async function readAhead(core: Core, member: Member): Promise<Ahead> {
  const now = core.clock.now();
  const rows = await core.db
    .selectFrom('agenda')
    .select((select) => ['kind', select.fn.min('due_at').as('at')])
    .where('done_at', 'is', null)
    .where('due_at', '>', now)
    .where((or) =>
      or.or([or('kind', '=', 'matching.round'), or.and({ kind: 'reflections.prompt', subject: member.id })]),
    )
    .groupBy('kind')
    .execute();
  const at = (kind: DueKind) => rows.find((row) => row.kind === kind)?.at;
  const { skipsRound } = await readOwnWay(core.db, member.id);
  return {
    prompt: member.agreesToPrompts ? at('reflections.prompt') : undefined,
    round: member.agreesToMatching ? at('matching.round') : undefined,
    pauses: pausesNow(member, now),
    skipsRound,
  };
}

/** What one person finds when they open the network: their prompt, their match, their conversations. */
export async function home(core: Core, member: Member | undefined): Promise<Page> {
  if (member?.status !== 'active') return strangerHome();
  const sent = await latestPrompt(core.db, member.id);
  const prompt = sent === undefined ? undefined : await promptCard(core, member, sent);
  const own = [await whyOutside(core.db, member), prompt, await currentMatch(core, member)].filter(
    (found) => found !== undefined,
  );
  return memberHome(member, await readAhead(core, member), [...own, ...(await upcoming(core, member)).map(card)]);
}
