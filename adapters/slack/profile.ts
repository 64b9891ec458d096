import type { webApi } from '@slack/bolt';
import type { Profile } from '../../src/account.ts';
import { User } from './event-schema.ts';

/**
 * What a workspace vouches for about a person. Guests and people of other workspaces carry an e-mail address that this
 * workspace's administrator has not given them, so theirs is left out. Needs users:read and users:read.email.
 */
export async function readProfile(client: webApi.WebClient, space: string, user: string): Promise<Profile> {
  const info = await client.users.info({ user, include_locale: true });
  return profileOf(User.parse(info.user), space);
}

export function profileOf(found: User, space: string): Profile {
  const isOutsider = found.is_restricted || found.is_ultra_restricted || found.is_stranger || found.team_id !== space;
  const isNobody = found.deleted || found.is_bot || found.is_invited_user || !found.is_email_confirmed;
  const email = isOutsider || isNobody ? '' : found.profile.email;
  return { name: found.profile.real_name, email, zone: found.tz, locale: found.locale };
}
