import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as events from './events.ts';
import { showFile } from './files.ts';
import * as diary from './service.ts';

/** Intent → use case. */
export async function dispatchDiary(core: Core, asker: Asker, intent: IntentOf<'diary'>): Promise<Reply> {
  switch (intent.kind) {
    case 'diary.show':
      return await diary.show(core, asker);
    case 'diary.file':
      return await showFile(core, asker.member, intent.of);
    case 'diary.new-feed':
      return await diary.newFeed(core, asker);
    case 'diary.stop-feed':
      return await diary.stopFeed(core, asker);
    case 'diary.invitations':
      return await diary.setInvitations(core, asker, intent.on === 'yes');
    case 'diary.open-event':
      return await events.openEvent(core, asker.member, intent.event, intent.at);
    case 'diary.event':
      return await events.saveEvent(core, asker.member, intent);
    case 'diary.cancel-event':
      return await events.cancelEvent(core, asker.member, intent.event);
  }
}
