import type { IntentOf } from '../../asker.ts';
import { themeName, themeOptions } from '../../conversations/themes.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Framework } from '../../framework/model.ts';
import { readOwnWay } from '../../membership/own-way.ts';
import type { Reply } from '../../messages/reply.ts';
import { holdWithAgenda } from '../../network/hold.ts';
import { refusals } from '../../network/messages.ts';
import type { Member } from '../../network/model.ts';
import type { Reader, Transaction } from '../../store/database.ts';
import type { Wish } from '../scoring/model.ts';
import { readMatchingSettings } from '../settings.ts';
import { experienceOptions, experienceWords } from './experience-list.ts';
import { roundAhead } from './round-ahead.ts';
import * as say from './wish-messages.ts';
import { noWishes, readWishes, type Wishes } from './wish-rules.ts';

/** @throws Refusal for somebody who does not agree to be matched */
export async function openWishes(core: Core, member: Member): Promise<Reply> {
  mustAgree(member);
  const { groupSize } = await readMatchingSettings(core.db);
  const form = say.wishesForm({
    said: await wishesOf(core.db, member.id),
    experiences: experienceOptions,
    themes: themeOptions(core.frameworks),
    asksGroup: groupSize === 2,
  });
  return { kind: 'form', form };
}

/** What a member asked for in the next round. */
export async function wishesOf(db: Reader, memberId: string): Promise<Wishes> {
  const row = db.selectFrom('round_wishes').select(['wish', 'wants_group as wantsGroup']);
  return (await row.where('member_id', '=', memberId).executeTakeFirst()) ?? noWishes;
}

/** @throws Refusal with a problem for each answer that needs changing, and for somebody who does not agree to be matched */
export async function saveWishes(
  core: Core,
  member: Member,
  answers: Extract<IntentOf<'matching'>, { kind: 'matching.wishes' }>,
): Promise<Reply> {
  mustAgree(member);
  const offered = {
    themes: themeOptions(core.frameworks).map(({ value }) => value),
    experiences: experienceOptions.map(({ value }) => value),
  };
  const read = readWishes(answers, offered, (await wishesOf(core.db, member.id)).wish);
  if (!('wantsGroup' in read)) throw new Refusal(say.problems.some, read);
  await core.db.transaction().execute(async (tx) => {
    if (!(await holdWithAgenda(tx, member.id))) throw new Refusal(refusals.notJoined);
    await keepWishes(tx, member.id, read, core.clock.now());
  });
  const ahead = await roundAhead(core.db);
  const { skipsRound } = await readOwnWay(core.db, member.id);
  const shown = { asked: wishWords(core.frameworks, read), round: ahead?.at, zone: member.zone, skipsRound };
  return { kind: 'message', message: say.savedWishes(shown) };
}

function mustAgree({ agreesToMatching }: Member): void {
  if (!agreesToMatching) throw new Refusal(say.refusals.notAgreed);
}

async function keepWishes(tx: Transaction, memberId: string, { wish, wantsGroup }: Wishes, now: Date): Promise<void> {
  await tx.deleteFrom('round_wishes').where('member_id', '=', memberId).execute();
  if (wish === null && !wantsGroup) return;
  const row = { wish: wish === null ? null : JSON.stringify(wish), wants_group: wantsGroup };
  await tx
    .insertInto('round_wishes')
    .values({ member_id: memberId, ...row, said_at: now })
    .execute();
}

/** What somebody asked for, as a list of its parts; empty for nothing. */
export function wishWords(frameworks: readonly Framework[], { wish, wantsGroup }: Wishes): readonly string[] {
  const who = wish === null ? undefined : whoWords(frameworks, wish);
  return [...(who === undefined ? [] : [who]), ...(wantsGroup ? [say.groupWords] : [])];
}

/**
 * Such as 'somebody who has been through a section 114 notice', for the middle of a sentence; `undefined` where what they
 * named is not on the list any more.
 */
export function whoWords(frameworks: readonly Framework[], wish: Wish): string | undefined {
  switch (wish.kind) {
    case 'new-to-role':
      return say.newToRoleWords;
    case 'experience': {
      const words = experienceWords(wish.experience);
      return words === undefined ? undefined : say.throughWords(words);
    }
    case 'theme':
      return say.interestedWords(themeName(frameworks, wish.theme));
  }
}
