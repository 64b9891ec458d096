import type { Account, Address, Platform } from '../account.ts';
import type { AfterwardsDelivery } from '../afterwards/model.ts';
import type { ConversationDelivery, ConversationRoomDelivery } from '../conversations/model.ts';
import type { DiaryDelivery, DiaryEntry } from '../diary/model.ts';
import type { DigestDelivery } from '../digests/model.ts';
import type { JoiningDelivery, JoiningRoomDelivery } from '../joining/model.ts';
import type { MatchingDelivery, MatchingRoomDelivery } from '../matching/model.ts';
import type { MembershipDelivery } from '../membership/model.ts';
import type { Message, Page } from '../messages/message.ts';
import type { NetworkDelivery, NetworkRoomDelivery } from '../network/model.ts';
import type { ProposalDelivery } from '../proposals/model.ts';
import type { ReflectionDelivery } from '../reflections/model.ts';
import type { SeriesDelivery } from '../series/model.ts';

/** Every kind of message the bot starts by itself, to one person. */
export type MemberDeliveryKind =
  | NetworkDelivery
  | JoiningDelivery
  | MembershipDelivery
  | ReflectionDelivery
  | DigestDelivery
  | ConversationDelivery
  | ProposalDelivery
  | SeriesDelivery
  | DiaryDelivery
  | AfterwardsDelivery
  | MatchingDelivery;
/** The same to a channel or a group. */
export type RoomDeliveryKind =
  | NetworkRoomDelivery
  | JoiningRoomDelivery
  | ConversationRoomDelivery
  | MatchingRoomDelivery;
export type DeliveryKind = MemberDeliveryKind | RoomDeliveryKind;

/** One message to one member: a kind and a subject, never words. */
export interface MemberDelivery {
  readonly id: string;
  readonly kind: MemberDeliveryKind;
  /** The id of what it is about, such as a conversation. */
  readonly subject: string;
  readonly memberId: string;
}

/** One message to a channel or a group. */
export interface RoomDelivery {
  readonly id: string;
  readonly kind: RoomDeliveryKind;
  readonly subject: string;
  readonly roomId: string;
}

export type Delivery = MemberDelivery | RoomDelivery;

/** What there is to do when a delivery's turn comes; `drop` when there is nothing left to say, with the reason kept. */
export type Composed =
  | { readonly kind: 'say'; readonly message: Message }
  /** The same with an entry for the reader's calendar: sent by e-mail alone. */
  | { readonly kind: 'invite'; readonly message: Message; readonly entry: DiaryEntry }
  /** What the same reader's delivery of kind `of` on the same subject said is to read like this now. */
  | { readonly kind: 'revise'; readonly of: DeliveryKind; readonly message: Message }
  /** What that delivery said is to go. */
  | { readonly kind: 'remove'; readonly of: DeliveryKind }
  /** The home that a platform keeps for each member is to show this. */
  | { readonly kind: 'show-home'; readonly page: Page }
  | { readonly kind: 'drop'; readonly reason: string };

/** @param reason for the operator: it names nobody and holds no text of the message */
export function drop(reason: string): Composed {
  return { kind: 'drop', reason };
}

/** What a platform calls a message it took: enough to find, change or remove it. Only its own adapter reads it. */
export type Receipt = Readonly<Record<string, string>>;

/** Where a parcel goes. */
export type Destination =
  | { readonly kind: 'account'; readonly account: Account; readonly address: Address }
  /** A channel, by the platform's id and by what else its adapter asked us to keep. */
  | { readonly kind: 'room'; readonly space: string; readonly room: string; readonly address: Address }
  /** The group of these people of one workspace, by the platform's ids; made when there is none. */
  | { readonly kind: 'group'; readonly space: string; readonly users: readonly string[] };

/** What an adapter is asked to do. `edit`, `remove` and `home` may be done twice: they leave the same behind. */
export type Act =
  | { readonly kind: 'post'; readonly message: Message }
  /** A message with an entry for a calendar, which takes it out again where it is cancelled. Only e-mail is asked for it. */
  | { readonly kind: 'invite'; readonly message: Message; readonly entry: DiaryEntry }
  | { readonly kind: 'edit'; readonly message: Message; readonly receipt: Receipt }
  | { readonly kind: 'remove'; readonly receipt: Receipt }
  | { readonly kind: 'home'; readonly page: Page };

/** What an adapter must know to send: everything else stays in the core. */
export interface Parcel {
  readonly deliveryId: string;
  readonly to: Destination;
  readonly act: Act;
}

/** A message to one person: all that a platform without channels is ever asked for. */
export interface Letter {
  readonly deliveryId: string;
  readonly account: Account;
  readonly address: Address;
  readonly message: Message;
}

/** `undefined` for a parcel that is not a message to one person. */
export function asLetter({ deliveryId, to, act }: Parcel): Letter | undefined {
  if (to.kind !== 'account' || act.kind !== 'post') return undefined;
  return { deliveryId, account: to.account, address: to.address, message: act.message };
}

/** What became of a parcel. Reasons are for the operator and hold no names and no text of the message. */
export type Outcome =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  /** Surely not sent, and the platform may take it at another try. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string }
  /** Surely not sent: this workspace may be sent nothing for `afterMs` milliseconds. No try is lost. */
  | { readonly kind: 'throttled'; readonly afterMs: number; readonly reason: string }
  /** Surely not sent: this workspace takes nothing until the operator acts. No try is lost; it is asked now and then. */
  | { readonly kind: 'blocked'; readonly reason: string }
  /** This account or room cannot be reached any more: mark it, and try the member's next one. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** It will not be accepted, now or later. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The line broke: it may have been sent. It is looked up before anything is sent again. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** What a platform says of a parcel whose sending was cut off. */
export type Trace =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  | { readonly kind: 'not-sent' }
  /** It can never say. */
  | { readonly kind: 'unknown' }
  /** It does not answer now. */
  | { readonly kind: 'later' };

/** How fast a platform may be spoken to. Times are in milliseconds; 0 sets no limit. */
export interface Pace {
  /** How many may be on their way to one workspace or tenant at once. */
  readonly inFlight: number;
  /** Between two messages to one workspace, once `burst` of them have gone together. */
  readonly spaceMs: number;
  readonly burst: number;
  /** Between two messages to one person, channel or group. */
  readonly placeMs: number;
  /** Between two edits of cards in one workspace, and as long between two homes. */
  readonly changeMs: number;
}

/** One channel's way out. Every adapter's `outbound.ts` gives one. */
export interface Outbound {
  readonly platform: Platform;
  readonly pace: Pace;
  send(parcel: Parcel): Promise<Outcome>;
  /** After a crash or a broken line since `since`: was this posted? Asked of a `post` only. */
  findTrace(parcel: Omit<Parcel, 'act'>, since: Date): Promise<Trace>;
}
