/** The channels a person can be reached on; each has a folder in `adapters/`. */
export const platforms = ['slack', 'teams', 'web', 'email'] as const;
export type Platform = (typeof platforms)[number];

/**
 * One person's identity on one platform. `space` is the Slack team, the Teams tenant, or '' where there is none;
 * `user` is the platform's own id of the person: Slack user id, Entra object id, member id (web), address (e-mail).
 */
export interface Account {
  readonly platform: Platform;
  readonly space: string;
  readonly user: string;
}

/** Where to write to an account: plain JSON that only its own adapter reads (a Teams conversation reference, say). */
export type Address = Readonly<Record<string, string>>;

/** What a platform says about a person. Empty strings where it does not say. */
export interface Profile {
  readonly name: string;
  /** Verified by the platform's own administrator; '' when it is not. */
  readonly email: string;
  /** IANA time zone. */
  readonly zone: string;
  /** BCP 47, such as en-GB or cy. */
  readonly locale: string;
}

/** Platforms where several people of one workspace can be put into one group. */
export const withGroups: ReadonlySet<Platform> = new Set<Platform>(['slack']);

/** Platforms where what a person was sent can be changed where it stands. */
export const withEdits: ReadonlySet<Platform> = new Set<Platform>(['slack', 'teams']);

/** Platforms whose channels can be posted to, and how one is chosen: from a list in a form, or by a press in the channel. */
export const withChannels: ReadonlyMap<Platform, 'from-a-list' | 'in-the-channel'> = new Map([
  ['slack', 'from-a-list'],
  ['teams', 'in-the-channel'],
]);

/** A channel that a request came from, and what else its adapter needs to post there. */
export interface Channel {
  /** The platform's own id. */
  readonly room: string;
  readonly address: Address;
}

/** Who sent an intent: the account as the platform authenticated it, never as the payload claims. */
export interface Sender {
  readonly account: Account;
  /** Empty where the request did not come from a place that is theirs alone. */
  readonly address: Address;
  /** Where many see what is asked; absent in private. */
  readonly channel?: Channel;
  /** In the tab of a chat platform, the account there by which they were signed in to the web page; else absent. */
  readonly signedInBy?: Account;
  /** Asked for only when the account is not yet linked to a member, because it costs a call to the platform. */
  readonly profile: () => Promise<Profile>;
}
