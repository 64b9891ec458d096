import type { Reader } from '../store/database.ts';

/** How the network runs its conversations, as a convener set it. */
export interface ConversationSettings {
  /** Whether a convener looks at each before it is announced. */
  readonly needApproval: boolean;
  /** When those with a seat are reminded, in minutes before it begins; 0 for never, but for the last, which has the link. */
  readonly remindMinutes: { readonly first: number; readonly second: number; readonly last: number };
  /** How long a freed seat is kept for the one it is offered to, in hours. */
  readonly offerHours: number;
  /** With fewer seats taken two days before, the host is asked what to do. */
  readonly fewestPeople: number;
}

export async function readConversationSettings(db: Reader): Promise<ConversationSettings> {
  const row = await db
    .selectFrom('network')
    .select([
      'proposals_need_approval as needApproval',
      'remind_first_minutes as first',
      'remind_second_minutes as second',
      'remind_last_minutes as last',
      'offer_hours as offerHours',
      'fewest_people as fewestPeople',
    ])
    .executeTakeFirstOrThrow();
  const { first, second, last, ...others } = row;
  return { ...others, remindMinutes: { first, second, last } };
}
