import { sql } from 'kysely';
import { everyRecentTheme } from '../../afterwards/recent-theme.ts';
import type { Framework } from '../../framework/model.ts';
import type { Reader } from '../../store/database.ts';
import { Stage } from '../scoring/model.ts';

/** What the frameworks know of members, by member id; themes are `<framework>/<theme>`. */
export interface KnownThemes {
  readonly themes: ReadonlyMap<string, readonly string[]>;
  readonly stages: ReadonlyMap<string, Readonly<Record<string, Stage>>>;
}

/**
 * The themes that members said they care about, or came to a conversation on lately; not of one under the Chatham House
 * Rule: nothing may follow from who was there. How far they are with a theme is where they last answered a prompt on it:
 * its place is known, never what they wrote. Themes that no framework has any more are left out.
 */
export async function readThemes(db: Reader, frameworks: readonly Framework[], at: Date): Promise<KnownThemes> {
  const known = new Map<string, Framework>(
    frameworks.flatMap((framework) => framework.themes.map(({ id }) => [`${framework.id}/${id}`, framework] as const)),
  );
  const themes = new Map<string, Set<string>>();
  const add = (memberId: string, theme: string) => {
    if (!known.has(theme)) return;
    const own = themes.get(memberId) ?? new Set();
    themes.set(memberId, own.add(theme));
  };
  const interests = await db.selectFrom('interests').select(['member_id', 'framework', 'theme']).execute();
  for (const { member_id: memberId, framework, theme } of interests) add(memberId, `${framework}/${theme}`);
  for (const [memberId, recent] of await everyRecentTheme(db, at)) {
    for (const { theme, chathamHouse } of recent) if (!chathamHouse) add(memberId, theme);
  }
  const ordered = [...themes].map(([id, own]) => [id, [...own].toSorted()] as const);
  return { themes: new Map(ordered), stages: await readStages(db, known) };
}

async function readStages(db: Reader, known: ReadonlyMap<string, Framework>): Promise<KnownThemes['stages']> {
  const { rows } = await sql<{ memberId: string; theme: string; stage: string }>`
    select distinct on (prompts.member_id, prompts.framework, prompts.theme)
           prompts.member_id as "memberId", prompts.framework || '/' || prompts.theme as theme, prompts.stage
      from prompts
      join reflections on reflections.prompt_id = prompts.id
     order by prompts.member_id, prompts.framework, prompts.theme, reflections.written_at desc`.execute(db);
  const stages = new Map<string, Record<string, Stage>>();
  for (const { memberId, theme, stage } of rows) {
    const found = stageOf(known.get(theme), stage);
    if (found === undefined) continue;
    const own = stages.get(memberId) ?? {};
    own[theme] = found;
    stages.set(memberId, own);
  }
  return stages;
}

/** The first stage of a framework is 0 and its last 2, however many it has; `undefined` where it has no stages. */
function stageOf(framework: Framework | undefined, stage: string): Stage | undefined {
  const stages = framework?.stages ?? [];
  const place = stages.findIndex(({ id }) => id === stage);
  return place < 0 || stages.length < 2 ? undefined : Stage.parse(Math.round((2 * place) / (stages.length - 1)));
}
