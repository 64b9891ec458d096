import type { Reader, Transaction } from '../store/database.ts';

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
  return readRow(await settingsRow(db).executeTakeFirstOrThrow());
}

/**
 * The same, kept as they are until the transaction ends: whoever changes them moves all that they put on the agenda.
 * To be called before that is held.
 */
export async function keepConversationSettings(tx: Transaction): Promise<ConversationSettings> {
  return readRow(await settingsRow(tx).forShare().executeTakeFirstOrThrow());
}

/** The same for whoever changes them. */
export async function holdConversationSettings(tx: Transaction): Promise<ConversationSettings> {
  return readRow(await settingsRow(tx).forNoKeyUpdate().executeTakeFirstOrThrow());
}

function settingsRow(db: Reader) {
  return db
    .selectFrom('network')
    .select([
      'proposals_need_approval as needApproval',
      'remind_first_minutes as first',
      'remind_second_minutes as second',
      'remind_last_minutes as last',
      'offer_hours as offerHours',
      'fewest_people as fewestPeople',
    ]);
}

type SettingsRow = Omit<ConversationSettings, 'remindMinutes'> & ConversationSettings['remindMinutes'];

function readRow({ first, second, last, ...others }: SettingsRow): ConversationSettings {
  return { ...others, remindMinutes: { first, second, last } };
}
