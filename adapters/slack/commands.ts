import type { ManifestOptions } from '../../src/commands/command-line.ts';
import type { Desk } from '../../src/commands/desk.ts';
import { readConfig, readSlackPlan } from '../../src/config.ts';
import { Permanent } from '../../src/errors.ts';
import { invitationUrl } from './invitations.ts';
import { manifestFor, notesOn } from './manifest.ts';

/** The manifest alone goes to standard output, where it can be read by a program. */
export function printManifest({ print, printError }: Desk, { socket, many }: ManifestOptions): void {
  const read = readSlackPlan();
  const plan = { ...read, socketMode: socket || read.socketMode, manyWorkspaces: many || read.manyWorkspaces };
  print(JSON.stringify(manifestFor(plan), undefined, 2));
  for (const note of notesOn(plan)) printError(note);
}

/** One link may be used by one workspace or more, until it ends: whoever holds it is trusted. */
export async function printInvitation({ print, printError, withCore }: Desk, days: number): Promise<void> {
  // Before anything is opened: a database would be made for nothing.
  if (readConfig().slack?.access.kind !== 'oauth') {
    throw new Permanent('For many workspaces set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET first.');
  }
  await withCore((core) => {
    print(invitationUrl(core, days));
    printError(
      `It works for ${days} days. Send it only to the administrator of a workspace that belongs to the network.`,
    );
    return Promise.resolve();
  });
}
