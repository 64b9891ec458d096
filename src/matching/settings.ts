import type { Reader, Transaction } from '../store/database.ts';
import type { MatchingSettings } from './model.ts';
import { Weights } from './scoring/model.ts';

export async function readMatchingSettings(db: Reader): Promise<MatchingSettings> {
  return readRow(await settingsRow(db).executeTakeFirstOrThrow());
}

/** The same for whoever changes them. */
export async function holdMatchingSettings(tx: Transaction): Promise<MatchingSettings> {
  return readRow(await settingsRow(tx).forNoKeyUpdate().executeTakeFirstOrThrow());
}

function settingsRow(db: Reader) {
  return db
    .selectFrom('network')
    .select(['group_size as groupSize', 'rounds_by_hand as byHand', 'match_weights as weights']);
}

type SettingsRow = Omit<MatchingSettings, 'weights'> & { readonly weights: Partial<Weights> };

function readRow(row: SettingsRow): MatchingSettings {
  return { ...row, weights: Weights.parse(row.weights) };
}
