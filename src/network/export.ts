import type { Core } from '../core.ts';
import type { DownloadFile } from '../download-file.ts';
import { downloadUrl } from '../download-link.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { localParts } from '../time/local.ts';
import { type Everything, everything } from './everything.ts';
import { everythingFile, everythingPage, everythingReadable } from './export-messages.ts';
import { refusals } from './messages.ts';
import type { Member } from './model.ts';

/**
 * Everything we hold about the member, for their own eyes.
 *
 * @throws Refusal when whoever is asking may not read it
 */
export async function showEverything(core: Core, member: Member, mayRead: boolean): Promise<Reply> {
  if (!mayRead) throw new Refusal(refusals.signInToExport);
  const held = await everything(core, member.id, 'theirs');
  if (held === undefined) throw new Refusal(refusals.notJoined);
  const links = {
    readable: downloadUrl(core, member, 'export-readable'),
    json: downloadUrl(core, member, 'export-json'),
  };
  return { kind: 'page', page: everythingPage(held, links) };
}

/** The same as data that a program can read; `undefined` when the member was erased meanwhile. */
export async function exportJson(core: Core, member: Member): Promise<DownloadFile | undefined> {
  const held = await everything(core, member.id, 'theirs');
  return held === undefined ? undefined : jsonFile(held, core.clock.now());
}

/** The same as a page to keep and read; `undefined` when the member was erased meanwhile. */
export async function exportReadable(core: Core, member: Member): Promise<DownloadFile | undefined> {
  const held = await everything(core, member.id, 'theirs');
  return held === undefined ? undefined : readable(held, core.clock.now());
}

/**
 * Both files for the operator, who answers a request that came another way: what the member wrote for themselves is
 * not opened for them. `undefined` when the member was erased meanwhile.
 */
export async function exportForOperator(core: Core, memberId: string): Promise<readonly DownloadFile[] | undefined> {
  const held = await everything(core, memberId, 'operator');
  const now = core.clock.now();
  return held === undefined ? undefined : [readable(held, now), jsonFile(held, now)];
}

function jsonFile(held: Everything, now: Date): DownloadFile {
  return {
    name: nameOf(held, now, 'json'),
    type: 'application/json; charset=utf-8',
    body: `${JSON.stringify(everythingFile(held, now), null, 2)}\n`,
  };
}

function readable(held: Everything, now: Date): DownloadFile {
  return { name: nameOf(held, now, 'html'), type: 'text/html; charset=utf-8', body: everythingReadable(held, now) };
}

function nameOf({ member }: Everything, now: Date, ending: string): string {
  return `colloquy-export-${localParts(now, member.zone).slice(0, 10)}.${ending}`;
}
