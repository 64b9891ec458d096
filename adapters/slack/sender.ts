import type { Context, webApi } from '@slack/bolt';
import type { Address, Sender } from '../../src/account.ts';
import { Permanent } from '../../src/errors.ts';
import { readProfile } from './profile.ts';

/** Who Slack says this is; `space` is the workspace whose token Bolt found. */
export interface Actor {
  readonly space: string;
  readonly user: string;
}

/**
 * What came in, as of the workspace whose token answers it. A request may name several, of the person, the window and
 * the conversation: none of them may make one workspace's token vouch for another's account.
 */
export function from<Request extends object>({ teamId }: Context, request: Request): Request & Pick<Actor, 'space'> {
  if (teamId === undefined) throw new Permanent('Slack: a request came in without a workspace');
  return { ...request, space: teamId };
}

export function senderOf(client: webApi.WebClient, { space, user }: Actor, address: Address = {}): Sender {
  return {
    account: { platform: 'slack', space, user },
    address,
    profile: async () => await readProfile(client, space, user),
  };
}
