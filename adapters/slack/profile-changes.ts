import type { App } from '@slack/bolt';
import type { Account } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Log } from '../../src/log.ts';
import { noteAccountClosed, noteProfile } from '../../src/network/platform-news.ts';
import { UserChange } from './event-schema.ts';
import { eventOnce } from './once.ts';
import { profileOf } from './profile.ts';
import { from } from './sender.ts';

/** What Slack tells of everybody in a workspace, member or not; the core knows who is one. */
export function listenToProfiles(app: App, core: Core, log: Log): void {
  app.event('user_change', async ({ body, context }) => {
    const read = UserChange.safeParse(body);
    if (!read.success) {
      log.warn({ received: 'user_change' }, 'Slack told of a person in a shape we do not know');
      return;
    }
    const { id, space, user } = from(context, read.data);
    const account: Account = { platform: 'slack', space, user: user.id };
    await eventOnce(core, log, id, async () => {
      if (user.deleted) await noteAccountClosed(core, account, core.clock.now());
      else await noteProfile(core, account, profileOf(user, space));
    });
  });
}
