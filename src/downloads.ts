import type { Core } from './core.ts';
import { calendarFile } from './diary/files.ts';
import type { DownloadFile } from './download-file.ts';
import { type Chosen, type DownloadWhat, readDownload } from './download-link.ts';
import { exportJson, exportReadable } from './network/export.ts';
import type { Member } from './network/model.ts';
import { findMember } from './network/roster.ts';
import { journalDocument, journalMarkdown } from './reflections/journal-files.ts';

type Make = (core: Core, member: Member, chosen: Chosen, of: string) => Promise<DownloadFile | undefined>;

/** How each file is made. A new one does not compile until it stands here. */
const makers: Readonly<Record<DownloadWhat, Make>> = {
  'export-json': exportJson,
  'export-readable': exportReadable,
  'journal-markdown': journalMarkdown,
  'journal-document': journalDocument,
  calendar: (core, member, _chosen, of) => calendarFile(core, member, of),
};

/** What came of a link to a file. `ended`: it was changed, is not ours, or its time is over; so is its member. */
export type Opened =
  | { readonly kind: 'file'; readonly file: DownloadFile }
  | { readonly kind: 'ended' }
  /** There is no such file of theirs. */
  | { readonly kind: 'none' };

/** Makes the file that a link of {@link downloadUrl} is for. The member is the one it was made for, whoever opens it. */
export async function openDownload(core: Core, link: string): Promise<Opened> {
  const download = readDownload(core.cipher, link, core.clock.now());
  const member = download === undefined ? undefined : await findMember(core.db, download.memberId);
  if (download === undefined || member === undefined) return { kind: 'ended' };
  const file = await makers[download.what](core, member, download.chosen, download.of);
  return file === undefined ? { kind: 'none' } : { kind: 'file', file };
}
