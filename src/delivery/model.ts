import type { Account, Address, Platform } from '../account.ts';
import type { ConversationDelivery } from '../conversations/model.ts';
import type { MatchingDelivery } from '../matching/model.ts';
import type { Message } from '../messages/message.ts';
import type { NetworkDelivery } from '../network/model.ts';
import type { ReflectionDelivery } from '../reflections/model.ts';

/** Every kind of message the bot starts by itself. */
export type DeliveryKind = NetworkDelivery | ReflectionDelivery | ConversationDelivery | MatchingDelivery;

/** One message to one member: a kind and a subject, never words. */
export interface Delivery {
  readonly id: string;
  readonly kind: DeliveryKind;
  /** The id of what it is about, such as a conversation. */
  readonly subject: string;
  readonly memberId: string;
}

/** What there is to say when a delivery is sent; `drop` when there is nothing left to say, with the reason kept. */
export type Composed =
  | { readonly kind: 'say'; readonly message: Message }
  | { readonly kind: 'drop'; readonly reason: string };

/** What an adapter must know to send: everything else stays in the core. */
export interface Parcel {
  readonly deliveryId: string;
  readonly account: Account;
  readonly address: Address;
  readonly message: Message;
}

/** What became of a parcel. Reasons are for the operator and hold no names and no text of the message. */
export type Outcome =
  /** `receipt` is what the platform calls the message: enough to change it later. */
  | { readonly kind: 'sent'; readonly receipt: Readonly<Record<string, string>> }
  /** Surely not sent: try again no sooner than `afterMs` milliseconds from now; 0 where the platform does not say when. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string }
  /** This account cannot be reached any more: mark it, and try the member's next one. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** It will not be accepted until the operator acts. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The line broke: it may have been sent. It is looked up before anything is sent again. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** One channel's way out. Every adapter's `outbound.ts` gives one. */
export interface Outbound {
  readonly platform: Platform;
  send(parcel: Parcel): Promise<Outcome>;
  /**
   * After a crash or a broken line since `since`: was this parcel sent? `unknown` where the platform can never say,
   * `later` where it does not answer now.
   */
  wasSent(parcel: Omit<Parcel, 'message'>, since: Date): Promise<'yes' | 'no' | 'unknown' | 'later'>;
}
