import { themeName } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import type { Takeaway } from './model.ts';
import { ownTakeaway } from './takeaway-rows.ts';

/** What one member wrote about conversations they came to. */
export interface HeldAfterwards {
  /** The oldest first; none for the operator, who cannot open them. */
  readonly takeaways: readonly HeldTakeaway[];
  readonly takeawayCount: number;
}

export interface HeldTakeaway extends Takeaway {
  readonly conversation: string;
  /** By its theme once its host was erased. */
  readonly title: string;
  /** `<framework>/<theme>`. */
  readonly theme: string;
  readonly startsAt: Date;
}

/** @param eyes whose they are: nothing that is sealed is opened for the operator's */
export async function heldAfterwards(
  core: Core,
  memberId: string,
  eyes: 'theirs' | 'operator',
): Promise<HeldAfterwards> {
  if (eyes === 'theirs') {
    const takeaways = await takeawaysOf(core, memberId);
    return { takeaways, takeawayCount: takeaways.length };
  }
  const { rows } = await core.db
    .selectFrom('takeaways')
    .select((select) => select.fn.countAll<string>().as('rows'))
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow();
  return { takeaways: [], takeawayCount: Number(rows) };
}

/** All that this member took away, the oldest conversation first, opened for their own eyes. */
export async function takeawaysOf(core: Core, memberId: string): Promise<readonly HeldTakeaway[]> {
  const rows = await core.db
    .selectFrom('takeaways')
    .innerJoin('conversations', 'conversations.id', 'takeaways.conversation_id')
    .select(['conversations.id', 'conversations.title', 'conversations.theme', 'conversations.starts_at as startsAt'])
    .where('takeaways.member_id', '=', memberId)
    .orderBy('conversations.starts_at')
    .orderBy('conversations.id')
    .execute();
  const held = await Promise.all(
    rows.map(async ({ id, title, theme, startsAt }) => {
      const written = await ownTakeaway(core, core.db, id, memberId);
      const named = title === '' ? themeName(core.frameworks, theme) : title;
      return written === undefined ? [] : [{ ...written, conversation: id, title: named, theme, startsAt }];
    }),
  );
  return held.flat();
}
