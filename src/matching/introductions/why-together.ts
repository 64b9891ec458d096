import { themeName } from '../../conversations/themes.ts';
import type { Core } from '../../core.ts';
import { newNow } from '../../joining/newness.ts';
import type { Reader } from '../../store/database.ts';
import { experiencesOf } from '../asking/experience-rows.ts';
import { whoWords } from '../asking/wishes.ts';
import type { Reason } from '../scoring/reasons.ts';
import { type PlainReason, type Reader as ReasonReader, reasonWords } from './reason-messages.ts';
import { answers, mayBeTold, type SaidOfThemselves } from './reason-rules.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

/**
 * Why these people were brought together, in plain sentences, the strongest first; empty where nothing can be told.
 *
 * @param reader the member who reads it, all of them at once, or a convener
 */
export async function whyTogether(
  core: Core,
  db: Reader,
  reasons: readonly Reason[],
  people: readonly Person[],
  reader: ReasonReader,
): Promise<readonly string[]> {
  const ids = people.map(({ id }) => id);
  const said = await readSaid(core, db, ids);
  const told = mayBeTold(reasons, ids, said).flatMap((reason) => plain(core, reason, people, said) ?? []);
  return reasonWords(told, people.length, reader);
}

async function readSaid(core: Core, db: Reader, ids: readonly string[]): Promise<SaidOfThemselves> {
  const rows = await db
    .selectFrom('interests')
    .select(['member_id', 'framework', 'theme'])
    .where('member_id', 'in', ids)
    .execute();
  const byMember = [...Map.groupBy(rows, (row) => row.member_id)];
  const interests = new Map(byMember.map(([id, own]) => [id, own.map((row) => `${row.framework}/${row.theme}`)]));
  return { interests, experiences: await experiencesOf(db, ids), newToRole: await newNow(db, core.clock.now()) };
}

/** With names in place of ids; `undefined` where what it names is not there any more. */
function plain(
  { frameworks }: Core,
  reason: Reason,
  people: readonly Person[],
  said: SaidOfThemselves,
): PlainReason | undefined {
  switch (reason.kind) {
    case 'themes':
      return { kind: 'themes', themes: reason.themes.map((theme) => themeName(frameworks, theme)) };
    case 'stages':
      return { kind: 'stages', theme: themeName(frameworks, reason.theme) };
    case 'wish': {
      const asker = people.find(({ id }) => id === reason.whose);
      const who = whoWords(frameworks, reason.wish);
      if (asker === undefined || who === undefined) return undefined;
      const whom = people.filter(({ id }) => id !== asker.id && answers(said, id, reason.wish));
      return { kind: 'wish', asker, who, wish: reason.wish.kind, whom };
    }
    default:
      return reason;
  }
}
