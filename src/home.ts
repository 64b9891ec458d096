import { card } from './conversations/messages.ts';
import { upcoming } from './conversations/service.ts';
import type { Core } from './core.ts';
import { currentMatch } from './matching/service.ts';
import type { Message, Page } from './messages/message.ts';
import { does, paragraph } from './messages/message.ts';
import { strangerHome } from './network/messages.ts';
import type { Member } from './network/model.ts';
import { prompt } from './reflections/messages.ts';
import { latestPrompt, named } from './reflections/prompts.ts';

/** What one person finds when they open the network: their prompt, their match, their conversations. */
export async function home(core: Core, member: Member | undefined): Promise<Page> {
  if (member?.status !== 'active') return strangerHome();
  const cards = [await promptCard(core, member), await currentMatch(core, member)].filter(
    (found) => found !== undefined,
  );
  const conversations = (await upcoming(core, member)).map(card);
  return {
    heading: `Hello, ${member.name}`,
    body: [paragraph(`${member.role}, ${member.council}`)],
    cards: [...cards, ...conversations, more()],
  };
}

async function promptCard(core: Core, member: Member): Promise<Message | undefined> {
  const sent = await latestPrompt(core.db, member.id);
  if (sent === undefined) return undefined;
  const written = await core.db
    .selectFrom('reflections')
    .select('prompt_id')
    .where('prompt_id', '=', sent.id)
    .executeTakeFirst();
  return prompt(named(core.frameworks, sent), written !== undefined);
}

function more(): Message {
  return {
    summary: 'Your journal, all conversations, your profile and help.',
    heading: 'More',
    body: [],
    buttons: [
      does('Journal', { kind: 'reflections.journal' }),
      does('Conversations', { kind: 'conversations.list' }),
      does('Profile', { kind: 'network.profile' }),
      does('Help', { kind: 'network.help', asked: '' }),
    ],
  };
}
