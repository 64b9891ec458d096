import { type Asker, type IntentOf, readsPrivately } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import { confirmAccount } from './account-requests.ts';
import * as announcements from './announcements.ts';
import { showEverything } from './export.ts';
import { find } from './find.ts';
import { findForm } from './find-messages.ts';
import * as say from './messages.ts';
import { resumed } from './pause-messages.ts';
import * as pausing from './pausing.ts';
import * as preferences from './preferences.ts';
import { showProfile } from './profile.ts';
import * as network from './service.ts';

/** What those ask whom we may not know is answered before. */
export type NetworkIntent = Exclude<
  IntentOf<'network'>,
  { kind: `network.${'help' | 'home' | 'join' | 'sign-in' | 'erase' | 'confirm-erase'}` }
>;

/** Intent → use case, for those whom we know. */
export async function dispatchNetwork(core: Core, { sender, member }: Asker, intent: NetworkIntent): Promise<Reply> {
  switch (intent.kind) {
    case 'network.profile':
      return await showProfile(core, member);
    case 'network.open-pause':
      return pausing.openPause(core, member);
    case 'network.pause':
      return await pausing.pause(core, member, intent);
    case 'network.resume':
      await pausing.resume(core, member);
      return { kind: 'replace', message: resumed() };
    case 'network.leave':
      return { kind: 'message', message: say.confirmLeave() };
    case 'network.confirm-leave':
      await network.leave(core, member);
      return { kind: 'replace', message: say.left() };
    case 'network.settings':
      return await preferences.showSettings(core, member, sender);
    case 'network.open-preferences':
      return await preferences.openPreferences(core, member);
    case 'network.preferences':
      return await preferences.savePreferences(core, member, intent);
    case 'network.open-find':
      return { kind: 'form', form: findForm() };
    case 'network.find':
      return await find(core, member, intent.query);
    case 'network.export':
      return await showEverything(core, member, readsPrivately(sender));
    case 'network.confirm-account':
      return { kind: 'replace', message: await confirmAccount(core, member, intent.request) };
    case 'network.open-announcements':
      return await announcements.openAnnouncements(core, sender);
    case 'network.choose-announcements':
      return await announcements.chooseAnnouncements(core, member, sender, intent.room);
    case 'network.stop-announcements':
      return await announcements.stopAnnouncements(core, sender);
  }
}
