import { themeName } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import { openPart } from '../reflections/sealing.ts';
import * as say from './messages.ts';
import { keyOf, mayBeTold } from './rules.ts';

/** How many shared answers one page holds: what a window on any platform has room for. */
const atOnce = 8;

/** The newest digest there is. */
export async function showLatest(core: Core): Promise<Reply> {
  const row = await core.db
    .selectFrom('digest_themes')
    .select('month')
    .orderBy('month', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return { kind: 'page', page: say.noDigest() };
  return await showMonth(core, row.month);
}

/** The digest of a month: themes and counts, and the way to what was shared. */
export async function showMonth(core: Core, month: string): Promise<Reply> {
  const themes = await toldOf(core, month);
  if (themes.length === 0) throw new Refusal(say.refusals.noSuchMonth);
  const shared = await sharedIn(core, month);
  const shown = themes.map((theme) => ({ ...theme, shared: shared.get(keyOf(theme))?.length ?? 0 }));
  return { kind: 'page', page: say.digestPage(month, shown, await monthBefore(core, month)) };
}

/**
 * What was shared on one theme in a month's digest.
 *
 * @param from the number of the first one to show
 * @throws Refusal when whoever is asking may not read it: through a link in an e-mail, which anybody may hold
 */
export async function showTheme(
  core: Core,
  { permission }: Member,
  { month, theme, from }: { readonly month: string; readonly theme: string; readonly from: number },
  mayRead: boolean,
): Promise<Reply> {
  if (!mayRead) throw new Refusal(say.refusals.signInToRead);
  const shared = (await sharedIn(core, month)).get(theme) ?? [];
  const texts = shared.slice(from, from + atOnce).map((row) => ({
    wording: row.wording,
    text: openPart(core, 'reflection', row, row.answer),
  }));
  const next = from + atOnce < shared.length ? from + atOnce : undefined;
  const shown = { month, theme, name: themeName(core.frameworks, theme) };
  return { kind: 'page', page: say.themePage(shown, texts, next, permission !== 'member') };
}

/** What a digest tells of each theme, without what was shared. */
export async function toldOf(core: Core, month: string): Promise<readonly say.ToldTheme[]> {
  const rows = await core.db
    .selectFrom('digest_themes')
    .select(['framework', 'theme', 'people', 'councils'])
    .where('month', '=', month)
    .orderBy('framework')
    .orderBy('theme')
    .execute();
  return rows.map((row) => ({ ...row, name: themeName(core.frameworks, keyOf(row)) }));
}

async function monthBefore({ db }: Core, month: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('digest_themes')
    .select('month')
    .where('month', '<', month)
    .orderBy('month', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.month;
}

function sharedRows({ db }: Core, month: string) {
  return db
    .selectFrom('digest_reflections as shared')
    .innerJoin('reflections', 'reflections.prompt_id', 'shared.prompt_id')
    .innerJoin('prompts', 'prompts.id', 'shared.prompt_id')
    .innerJoin('members', 'members.id', 'reflections.member_id')
    .select(['shared.framework', 'shared.theme', 'prompts.id', 'prompts.wording', 'reflections.answer'])
    .select(['members.id as memberId', 'members.council_id as councilId'])
    .where('shared.month', '=', month)
    .where('reflections.shared_with', '=', 'network')
    .where('members.status', '=', 'active');
}

type SharedRow = Awaited<ReturnType<ReturnType<typeof sharedRows>['executeTakeFirstOrThrow']>>;

/**
 * What is shared in a digest still, by theme, in an order that says nothing about who or when. Where so much was taken
 * back that too few are left, the rest is not shown either: it would be theirs in particular.
 */
async function sharedIn(core: Core, month: string): Promise<ReadonlyMap<string, readonly SharedRow[]>> {
  const { digestPeople: people, digestCouncils: councils } = await readSettings(core.db);
  const byTheme = Map.groupBy(await sharedRows(core, month).execute(), keyOf);
  const told = [...byTheme].filter(([, rows]) => mayBeTold(rows, { people, councils }));
  return new Map(told.map(([key, rows]) => [key, inBlindOrder(core, month, rows)] as const));
}

/** Whether a month's digest has anything to read that was shared. */
export async function canRead(core: Core, month: string): Promise<boolean> {
  return (await sharedIn(core, month)).size > 0;
}

function inBlindOrder({ cipher }: Core, month: string, rows: readonly SharedRow[]): readonly SharedRow[] {
  const placed = rows.map((row) => ({ row, place: cipher.token(`${month}:${row.id}`).toString('hex') }));
  return placed.toSorted((one, other) => one.place.localeCompare(other.place)).map(({ row }) => row);
}
