import { z } from 'zod';
import type { Core } from './core.ts';
import type { Member } from './network/model.ts';
import type { Cipher } from './store/cipher.ts';

/** How long a link to a file works, in milliseconds. The words beside a link say the same. */
const downloadMs = 10 * 60_000;

const DownloadWhat = z.enum(['export-json', 'export-readable', 'journal-markdown', 'journal-document', 'calendar']);
/** The files that a member can download. */
export type DownloadWhat = z.infer<typeof DownloadWhat>;

/** What of a journal goes into its file: days are `YYYY-MM-DD`, a theme as the journal names it; '' sets no limit. */
const Chosen = z.strictObject({ from: z.string(), until: z.string(), theme: z.string() });
export type Chosen = z.infer<typeof Chosen>;
export const everything: Chosen = { from: '', until: '', theme: '' };

/** What is sealed into a link; `expires` is in milliseconds since 1970. */
const Download = z.strictObject({
  memberId: z.uuid(),
  what: DownloadWhat,
  chosen: Chosen,
  /** The id of what it is a file of; '' where that is the member. */
  of: z.string(),
  expires: z.number(),
});
export type Download = z.infer<typeof Download>;

/** Of its own, so that a link to a file is good for nothing else, and no link from an e-mail opens a file. */
const place = 'download';

/**
 * The address of one file of one member, which works for ten minutes and for whoever has it. Show it to nobody but the
 * member, and only where they may read what the file holds.
 */
export function downloadUrl(
  core: Pick<Core, 'cipher' | 'clock' | 'publicUrl'>,
  member: Member,
  what: DownloadWhat,
  chosen: Chosen = everything,
  of = '',
): string {
  const expires = core.clock.now().getTime() + downloadMs;
  const download: Download = { memberId: member.id, what, chosen, of, expires };
  return `${core.publicUrl}/download/${core.cipher.seal(JSON.stringify(download), place).toString('base64url')}`;
}

/** `undefined` when the link was changed, is not ours, or has ended. */
export function readDownload(cipher: Cipher, link: string, now: Date): Download | undefined {
  let text: string;
  try {
    text = cipher.open(Buffer.from(link, 'base64url'), place);
  } catch {
    // Whatever is wrong with a link, its holder is told the same: it does not work (any more).
    return undefined;
  }
  const download = Download.safeParse(JSON.parse(text));
  return download.success && download.data.expires > now.getTime() ? download.data : undefined;
}
