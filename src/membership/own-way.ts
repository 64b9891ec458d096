import type { Platform } from '../account.ts';
import type { Reader } from '../store/database.ts';

/** How a member wants the network to be for them, beside what every use case knows of a member. */
export interface OwnWay {
  /** Sits out the next round, and only that. */
  readonly skipsRound: boolean;
  /** The number of the last round in which they asked for no match, or for no other one; null for none. */
  readonly restsInRound: number | null;
  /** Where they would rather be written to; null for wherever they were seen last. */
  readonly preferred: Platform | null;
  /** HH:mm on their own clock. */
  readonly worksFrom: string;
  readonly worksUntil: string;
  /** '' for none. */
  readonly learningSet: string;
}

/** Of somebody who was erased meanwhile: what holds for everybody who has chosen nothing. */
const usual: OwnWay = {
  skipsRound: false,
  restsInRound: null,
  preferred: null,
  worksFrom: '',
  worksUntil: '',
  learningSet: '',
};

export async function readOwnWay(db: Reader, memberId: string): Promise<OwnWay> {
  const row = await db
    .selectFrom('members')
    .leftJoin('learning_sets', 'learning_sets.id', 'members.learning_set_id')
    .select([
      'skips_round as skipsRound',
      'rests_in_round as restsInRound',
      'preferred_platform as preferred',
      'works_from as worksFrom',
      'works_until as worksUntil',
      'learning_sets.name as learningSet',
    ])
    .where('members.id', '=', memberId)
    .executeTakeFirst();
  return row === undefined ? usual : { ...row, learningSet: row.learningSet ?? '' };
}
