import { readFile } from 'node:fs/promises';
import type { Sender } from '../account.ts';
import type { Core } from '../core.ts';
import { handle } from '../handle.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import { importRoster, operator } from '../network/import.ts';
import type { Member } from '../network/model.ts';
import { findMemberByEmail } from '../network/roster.ts';
import { type RosterRow, readRoster } from '../network/roster-file.ts';

/** Puts the invented people of the demonstration on the roster. */
export async function importCast(
  core: Core,
  rosterFile: string,
  onProgress: (done: number, total: number) => void,
): Promise<readonly RosterRow[]> {
  const { rows, bad } = readRoster(await readFile(rosterFile, 'utf8'));
  if (bad.length > 0) throw new Error(`The demonstration's roster has ${bad.length} bad rows`);
  await importRoster(core, rows, { includeErased: false, importer: operator, agreed: () => true }, onProgress);
  return rows;
}

export async function person(core: Core, email: string): Promise<Member> {
  const member = await findMemberByEmail(core.db, email);
  if (member === undefined) throw new Error('The demonstration lost one of its people');
  return member;
}

/** Does what the web channel does when this person presses a button there. */
export async function act(core: Core, member: Member, intent: Intent): Promise<Reply> {
  const sender: Sender = {
    account: { platform: 'web', space: '', user: member.id },
    address: {},
    profile: () => Promise.resolve({ name: '', email: member.email, zone: member.zone, locale: '' }),
  };
  const reply = await handle(core, sender, intent);
  if (reply.kind === 'invalid') throw new Error(`The demonstration sent a form that was refused: ${intent.kind}`);
  return reply;
}
