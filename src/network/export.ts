import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { type Link, writeLink } from '../store/links.ts';
import { localParts } from '../time/local.ts';
import { everything } from './everything.ts';
import { everythingFile, everythingPage } from './export-messages.ts';
import { refusals } from './messages.ts';
import type { Member } from './model.ts';

/** How long the link to the file works, in milliseconds. The words beside it say the same. */
const downloadMs = 10 * 60_000;

/** What the id of such a link begins with: a link made for anything else, in an e-mail say, never opens the file. */
const downloadMark = 'export:';

/**
 * Everything we hold about the member, for their own eyes.
 *
 * @throws Refusal when whoever is asking may not read it
 */
export async function showEverything(core: Core, member: Member, mayRead: boolean): Promise<Reply> {
  if (!mayRead) throw new Refusal(refusals.signInToExport);
  const held = await everything(core, member.id);
  if (held === undefined) throw new Refusal(refusals.notJoined);
  return { kind: 'page', page: everythingPage(held, fileUrl(core, member)) };
}

function fileUrl(core: Core, member: Member): string {
  const expires = core.clock.now().getTime() + downloadMs;
  const id = `${downloadMark}${randomUUID()}`;
  const link: Link = { id, memberId: member.id, intent: { kind: 'network.export' }, expires };
  return `${core.publicUrl}/export/${writeLink(core.cipher, link)}`;
}

/** True for a link that was shown to its member beside everything we hold, and for no other. */
export function opensFile(link: Link): boolean {
  return link.intent.kind === 'network.export' && link.id.startsWith(downloadMark);
}

export interface ExportFile {
  readonly name: string;
  /** JSON that a person can read. */
  readonly text: string;
}

/** The same as a file; `undefined` when the member was erased meanwhile. */
export async function exportFile(core: Core, member: Member): Promise<ExportFile | undefined> {
  const held = await everything(core, member.id);
  if (held === undefined) return undefined;
  const now = core.clock.now();
  const day = localParts(now, member.zone).slice(0, 10);
  return { name: `colloquy-export-${day}.json`, text: `${JSON.stringify(everythingFile(held, now), null, 2)}\n` };
}
