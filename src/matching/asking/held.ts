import type { Core } from '../../core.ts';
import { experienceLabels } from './experience-list.ts';
import { experiencesOfOne } from './experience-rows.ts';
import { wishesOf, wishWords } from './wishes.ts';

/** What we hold of what a member asks of matching, and of what is to come for them. */
export interface HeldAsked {
  /** Whom they would like to meet in the next round, in words; '' where they said nothing. */
  readonly wish: string;
  readonly wishSaidAt: Date | null;
  readonly experiences: readonly string[];
  /** Since when they wait for a match between two rounds. */
  readonly waitsSince: Date | null;
  /** When conveners put them together with somebody, or apart from somebody, in the next round; with whom is theirs to say. */
  readonly fixedAt: readonly Date[];
}

export async function heldAsked({ db, frameworks }: Core, memberId: string): Promise<HeldAsked> {
  const said = db.selectFrom('round_wishes').select('said_at').where('member_id', '=', memberId);
  const waits = db.selectFrom('standing_pool').select('since').where('member_id', '=', memberId);
  const fixed = db
    .selectFrom('round_lock_members')
    .innerJoin('round_locks', 'round_locks.id', 'round_lock_members.lock_id')
    .select('round_locks.set_at')
    .where('round_lock_members.member_id', '=', memberId)
    .orderBy('round_locks.set_at');
  return {
    wish: wishWords(frameworks, await wishesOf(db, memberId)).join('; '),
    wishSaidAt: (await said.executeTakeFirst())?.said_at ?? null,
    experiences: experienceLabels(await experiencesOfOne(db, memberId)),
    waitsSince: (await waits.executeTakeFirst())?.since ?? null,
    fixedAt: (await fixed.execute()).map((row) => row.set_at),
  };
}
