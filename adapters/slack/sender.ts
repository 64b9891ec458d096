import type { webApi } from '@slack/bolt';
import type { Address, Sender } from '../../src/account.ts';
import { readProfile } from './profile.ts';

/** Who Slack says this is; `space` is the workspace the app is installed in. */
export interface Actor {
  readonly space: string;
  readonly user: string;
}

export function senderOf(client: webApi.WebClient, { space, user }: Actor, address: Address = {}): Sender {
  return {
    account: { platform: 'slack', space, user },
    address,
    profile: async () => await readProfile(client, space, user),
  };
}
