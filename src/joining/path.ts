import { upcoming } from '../conversations/service.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import { chosenBuddy, mayIntroduce } from './buddy.ts';
import * as say from './path-messages.ts';
import { isPathStep, type PathStep } from './path-rules.ts';

/** A step in words, or why it is left out: it rests while what it is about rests. */
export async function composePath(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  if (!isPathStep(delivery.subject)) return drop('there is no such step any more');
  const programme = programmeOf[delivery.subject];
  if (programme !== undefined && isPaused(member, programme, core.clock.now())) {
    return drop('the member is paused');
  }
  return await composeStep(core, delivery.subject, member);
}

const programmeOf = {
  'who-is-who': undefined,
  'first-prompt': 'prompts',
  'first-buddy': 'matching',
  'first-conversation': 'conversations',
  'looking-back': undefined,
} as const;

async function composeStep(core: Core, step: PathStep, member: Member): Promise<Composed> {
  switch (step) {
    case 'who-is-who':
      return { kind: 'say', message: say.whoIsWhoStep() };
    case 'first-prompt':
      return { kind: 'say', message: say.firstPrompt(member.agreesToPrompts) };
    case 'first-buddy': {
      const buddy = await chosenBuddy(core.db, member.id);
      if (buddy === undefined || !(await mayIntroduce(core, core.db, member, buddy))) {
        return drop('there is nobody to look out for them');
      }
      return { kind: 'say', message: say.meetBuddy(buddy) };
    }
    case 'first-conversation':
      return { kind: 'say', message: say.firstConversation((await upcoming(core, member)).length) };
    case 'looking-back':
      return { kind: 'say', message: say.lookingBack() };
  }
}

/** Tells an experienced member whom to look out for, while both are there and nothing keeps them apart. */
export async function composeBuddy(core: Core, delivery: Delivery, buddy: Member): Promise<Composed> {
  const newcomer = await findMember(core.db, delivery.subject);
  const chosen = newcomer === undefined ? undefined : await chosenBuddy(core.db, newcomer.id);
  if (newcomer === undefined || chosen?.id !== buddy.id || !(await mayIntroduce(core, core.db, newcomer, buddy))) {
    return drop('they are not together now');
  }
  return { kind: 'say', message: say.lookOutFor(newcomer) };
}
