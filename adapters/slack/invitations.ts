import { z } from 'zod';
import type { Core } from '../../src/core.ts';

/** What is sealed into an invitation; `expires` is in milliseconds since 1970. */
const Invitation = z.strictObject({ expires: z.number() });

const place = 'slack-invitation';

/**
 * A word that lets whoever holds it put our app into their workspace. A workspace vouches for the e-mail addresses of
 * its people, and by those they join: so only workspaces that the operator invites may have it.
 *
 * @param days how long it works
 */
export function writeInvitation(core: Pick<Core, 'cipher' | 'clock'>, days: number): string {
  const expires = core.clock.now().getTime() + days * 24 * 3_600_000;
  return core.cipher.seal(JSON.stringify({ expires }), place).toString('base64url');
}

/** False when it was changed, is not ours, or has ended. */
export function isInvitation(core: Pick<Core, 'cipher' | 'clock'>, word: string): boolean {
  let text: string;
  try {
    text = core.cipher.open(Buffer.from(word, 'base64url'), place);
  } catch {
    // Whatever is wrong with it, whoever holds it is told the same.
    return false;
  }
  const read = Invitation.safeParse(JSON.parse(text));
  return read.success && read.data.expires > core.clock.now().getTime();
}

/** The address that an administrator opens. */
export function invitationUrl(core: Pick<Core, 'cipher' | 'clock' | 'publicUrl'>, days: number): string {
  return `${core.publicUrl}${installPath}?invitation=${writeInvitation(core, days)}`;
}

export const installPath = '/slack/install';
