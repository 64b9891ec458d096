import { rhythmWords } from '../calendar/messages.ts';
import type { Core } from '../core.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import { introductionTo } from './compose-introduction.ts';
import { latestMatch } from './history.ts';
import * as say from './messages.ts';

/** The member's newest match. */
export async function showCurrent(core: Core, member: Member): Promise<Reply> {
  const current = await currentMatch(core, member);
  if (current !== undefined) return { kind: 'message', message: current };
  return { kind: 'message', message: say.noMatchYet(rhythmWords(await readSettings(core.db)).rounds) };
}

export async function currentMatch(core: Core, member: Member): Promise<Message | undefined> {
  const matchId = await latestMatch(core.db, member.id);
  if (matchId === undefined) return undefined;
  return await introductionTo(core, member, matchId);
}
