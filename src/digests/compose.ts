import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import * as say from './messages.ts';
import { canRead, toldOf } from './service.ts';

/** Themes and counts alone: what was shared is read on a page. */
export async function composeDigest(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  if (!member.agreesToPrompts) return drop('the member does not agree to prompts');
  if (isPaused(member, 'prompts', core.clock.now())) return drop('the member is paused');
  const themes = await toldOf(core, delivery.subject);
  if (themes.length === 0) return drop('the digest is no longer there');
  return { kind: 'say', message: say.digest(delivery.subject, themes, await canRead(core, delivery.subject)) };
}
