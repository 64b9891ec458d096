import type { Core } from '../core.ts';
import { type Composed, drop, type MemberDelivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import { composeFollowUp } from './follow-up.ts';
import type { ReflectionDelivery } from './model.ts';
import { comesAgain, viewPrompt } from './prompt-card.ts';
import * as say from './prompt-messages.ts';
import { findPromptState } from './prompts.ts';
import { isSilent } from './reminding.ts';
import { composeShared } from './sharing-page.ts';

export async function composeReflection(
  core: Core,
  kind: ReflectionDelivery,
  delivery: MemberDelivery,
  member: Member,
): Promise<Composed> {
  switch (kind) {
    case 'reflections.follow-up':
      return await composeFollowUp(core, delivery, member);
    case 'reflections.shared':
      return await composeShared(core, delivery, member);
    case 'reflections.rhythm-offer':
      return await composeRhythmOffer(core, member);
    default:
      return await composePrompt(core, kind, delivery.subject, member);
  }
}

async function composePrompt(
  core: Core,
  kind: 'reflections.prompt' | 'reflections.prompt-again' | 'reflections.reminder',
  promptId: string,
  member: Member,
): Promise<Composed> {
  const reason = unwanted(core, member) ?? (await settled(core, member, promptId));
  if (reason !== undefined) return drop(reason);
  const view = await viewPrompt(core, member, promptId);
  return { kind: 'say', message: kind === 'reflections.reminder' ? say.reminder(view) : say.promptCard(view) };
}

async function composeRhythmOffer(core: Core, member: Member): Promise<Composed> {
  const reason = unwanted(core, member);
  if (reason !== undefined) return drop(reason);
  if (!(await isSilent(core.db, member.id))) return drop('the member has answered meanwhile');
  return { kind: 'say', message: say.rhythmOffer(member.promptRhythm) };
}

/** Why this member is to be sent nothing about prompts now, or nothing. */
function unwanted(core: Core, member: Member): string | undefined {
  if (!member.agreesToPrompts) return 'the member does not agree to prompts';
  return isPaused(member, 'prompts', core.clock.now()) ? 'the member is paused' : undefined;
}

/** Why nothing is left to say of a prompt, or nothing. */
async function settled(core: Core, member: Member, promptId: string): Promise<string | undefined> {
  const found = await findPromptState(core.db, member.id, promptId);
  if (found === undefined) return 'the prompt is no longer there';
  if (found.state.isAnswered) return 'the member has answered it';
  if (!found.isLatest) return 'the member has had a later prompt';
  if (found.state.isSkipped) return 'the member has skipped it';
  const again = await comesAgain(core.db, promptId, core.clock.now());
  return again === undefined ? undefined : 'the member has put it off';
}
