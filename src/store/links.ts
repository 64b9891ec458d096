import { z } from 'zod';
import { Intent } from '../intents.ts';
import type { Cipher } from './cipher.ts';

/**
 * A link that lets its holder do one thing as one member without signing in. It is sealed, so neither can be read or
 * changed, and it ends by itself. Opening it changes nothing: mail scanners fetch every link they see.
 */
const Link = z.strictObject({
  id: z.string(),
  memberId: z.uuid(),
  intent: Intent,
  /** What the button said that the link stands for, so that its page can ask in the same words. */
  label: z.string().optional(),
  expires: z.number(),
});
export type Link = z.infer<typeof Link>;

const place = 'link';

export function writeLink(cipher: Cipher, link: Link): string {
  return cipher.seal(JSON.stringify(link), place).toString('base64url');
}

/** `undefined` when the link was changed, is not ours, or has ended. */
export function readLink(cipher: Cipher, token: string, now: Date): Link | undefined {
  const link = unseal(cipher, token);
  return link !== undefined && link.expires > now.getTime() ? link : undefined;
}

/** The id of the member whose link this is or was; `undefined` when it was changed or is not ours. */
export function holderOf(cipher: Cipher, token: string): string | undefined {
  return unseal(cipher, token)?.memberId;
}

function unseal(cipher: Cipher, token: string): Link | undefined {
  let text: string;
  try {
    text = cipher.open(Buffer.from(token, 'base64url'), place);
  } catch {
    // Whatever is wrong with a link, its holder is told the same: it does not work (any more).
    return undefined;
  }
  const link = Link.safeParse(JSON.parse(text));
  return link.success ? link.data : undefined;
}
