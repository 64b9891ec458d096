import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { noteAppAdded, noteAppRenewed } from '../../src/network/greeting.ts';
import { noteAppRemoved } from '../../src/network/platform-news.ts';

/** What happened to our app in somebody's private chat. */
export type AppChange = 'added' | 'renewed' | 'removed';

/**
 * From what an installationUpdate calls it. An upgrade is told as a removal and an addition, and removes nothing.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events#installation-update-event
 */
const changes: ReadonlyMap<string, AppChange> = new Map([
  ['add', 'added'],
  ['add-upgrade', 'renewed'],
  ['remove', 'removed'],
]);

/** `undefined` for what changes nothing. */
export function readAppChange(action: string): AppChange | undefined {
  return changes.get(action);
}

/** @param at when it happened, by the clock of Teams: news of a removal may come after the app was put back */
export async function noteAppChange(core: Core, sender: Sender, change: AppChange, at: Date): Promise<void> {
  const { account, address } = sender;
  switch (change) {
    case 'added':
      return await noteAppAdded(core, account, address, at);
    case 'renewed':
      return await noteAppRenewed(core, account, address);
    case 'removed':
      return await noteAppRemoved(core, account, at);
  }
}
