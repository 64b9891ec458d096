import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAudit } from '../convening/audit.ts';
import type { Core } from '../core.ts';
import { Permanent } from '../errors.ts';
import { eraseMember } from '../network/erase.ts';
import { exportForOperator } from '../network/export.ts';
import type { Member } from '../network/model.ts';
import { findMember, findPersonByEmail } from '../network/roster.ts';
import type { Desk } from './desk.ts';

/*
 * What the operator does for one member who asked another way: by letter, say.
 */

export interface ExportOptions {
  /** Their address or their id. */
  readonly member: string;
  /** Prints the data to standard output instead. */
  readonly json: boolean;
  /** The folder that the files are written into. */
  readonly out: string;
}

export interface EraseOptions {
  /** Their address or their id. */
  readonly member: string;
  /** For a script: nothing is asked. */
  readonly yes: boolean;
}

/**
 * Writes what is held about a member into two files, one to read and one of data. What they wrote for themselves stays
 * sealed: nobody but them can read it, so they get that by `export` in their own chat or on their own page.
 *
 * @throws Permanent when there is no such member, or the files cannot be written
 */
export async function exportMember(desk: Desk, { member: given, json, out }: ExportOptions): Promise<void> {
  await desk.withCore(async (core) => {
    const member = await mustFind(core, given);
    const files = await exportForOperator(core, member.id);
    if (files === undefined) throw new Permanent(noSuch(given));
    await core.db.transaction().execute(async (tx) => {
      const detail = { files: json ? 'json' : 'html, json' };
      await writeAudit(tx, { ...byOperator, action: 'member.exported', subject: member.id, detail }, core.clock.now());
    });
    const data = files.find(({ name }) => name.endsWith('.json'));
    if (json) return desk.print(String(data?.body ?? '').trimEnd());
    for (const { name, body } of files) {
      const path = join(out, `${member.id}-${name}`);
      desk.print(`Written: ${await write(path, out, body)}`);
    }
    desk.printError('Reflections and whom they never want to be matched with are not in it: only they can open those.');
  });
}

const byOperator = { by: 'operator', actorId: null } as const;

/** For the operator's eyes alone, on a machine that others may use. */
async function write(path: string, folder: string, body: string | Buffer): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, body, { mode: 0o600 });
    // A file that was there before keeps its mode.
    await chmod(path, 0o600);
  } catch (error) {
    throw new Permanent(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return path;
}

/**
 * Erases a member as if they had asked for it themselves, once their address is typed again.
 *
 * @throws Permanent when there is no such member, or another address was typed
 */
export async function eraseByOperator(desk: Desk, { member: given, yes }: EraseOptions): Promise<void> {
  await desk.withCore(async (core) => {
    const member = await mustFind(core, given);
    if (!yes) await confirm(desk, member);
    await core.db.transaction().execute(async (tx) => {
      if (!(await eraseMember(core, tx, member.id, 'asked'))) throw new Permanent(noSuch(given));
      // To whom is not written down: they are erased.
      await writeAudit(tx, { ...byOperator, action: 'member.erased', subject: '', detail: {} }, core.clock.now());
    });
    desk.print('Erased. What was sent to others before stays with them, and a backup keeps it until it is replaced.');
  });
}

async function confirm(desk: Desk, { email, status }: Member): Promise<void> {
  const standing = { invited: 'never joined', active: 'is in the network', left: 'has left', guest: 'is a guest' };
  desk.printError(`This erases everything about ${email}, who ${standing[status]}. It cannot be undone.`);
  desk.printError('Type the address to confirm:');
  const typed = await desk.readLine();
  if (typed.trim().toLowerCase() !== email) throw new Permanent('That is not the address. Nothing was erased.');
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function mustFind(core: Core, given: string): Promise<Member> {
  const member = uuid.test(given) ? await findMember(core.db, given) : await findPersonByEmail(core.db, given);
  if (member === undefined) throw new Permanent(noSuch(given));
  return member;
}

function noSuch(given: string): string {
  return `There is no member ${given}. Give the address that the roster has, or the member’s id.`;
}
