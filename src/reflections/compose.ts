import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import { findSentPrompt, latestPrompt } from './prompts.ts';
import { promptCard } from './service.ts';

export async function composeReflection(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  if (isPaused(member, core.clock.now())) return { kind: 'drop', reason: 'the member is paused' };
  const sent = await findSentPrompt(core.db, member.id, delivery.subject);
  if (sent === undefined) return { kind: 'drop', reason: 'the prompt is no longer there' };
  const latest = await latestPrompt(core.db, member.id);
  if (latest?.id !== sent.id) return { kind: 'drop', reason: 'the member has had a later prompt' };
  return { kind: 'say', message: await promptCard(core, sent) };
}
