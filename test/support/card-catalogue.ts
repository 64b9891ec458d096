import { readdirSync } from 'node:fs';
import { z } from 'zod';
import type { Telling } from '../../src/messages/telling.ts';
import { type Word, words } from '../../src/words.ts';
import { afterwardsChapters } from './card-catalogue-afterwards.ts';
import { calendarChapters } from './card-catalogue-calendar.ts';
import { changingChapters } from './card-catalogue-changing.ts';
import type { Chapter, Shown } from './card-catalogue-chapter.ts';
import { controlChapters } from './card-catalogue-control.ts';
import { conveningChapters } from './card-catalogue-convening.ts';
import { conversationChapters } from './card-catalogue-conversations.ts';
import { diaryChapters } from './card-catalogue-diary.ts';
import { digestChapters } from './card-catalogue-digests.ts';
import { followingChapters } from './card-catalogue-following.ts';
import { guestChapters } from './card-catalogue-guests.ts';
import { introducingChapters } from './card-catalogue-introducing.ts';
import { joiningChapters } from './card-catalogue-joining.ts';
import { networkChapters } from './card-catalogue-network.ts';
import { otherChapters } from './card-catalogue-others.ts';
import { promptChapters } from './card-catalogue-prompts.ts';
import { proposalChapters } from './card-catalogue-proposals.ts';
import { reflectionChapters } from './card-catalogue-reflections.ts';
import { roundRuleChapters } from './card-catalogue-round-rules.ts';
import { roundChapters } from './card-catalogue-rounds.ts';
import { seriesChapters } from './card-catalogue-series.ts';
import { timesChapters } from './card-catalogue-times.ts';
import { welcomeChapters } from './card-catalogue-welcome.ts';
import type { Contents } from './card-contents.ts';

/** Every message, form and page of the core, by its file under `src/`. */
export const catalogue: Readonly<Record<string, Chapter>> = {
  ...networkChapters,
  ...joiningChapters,
  ...controlChapters,
  ...conveningChapters,
  ...conversationChapters,
  ...changingChapters,
  ...proposalChapters,
  ...guestChapters,
  ...roundChapters,
  ...roundRuleChapters,
  ...seriesChapters,
  ...diaryChapters,
  ...afterwardsChapters,
  ...introducingChapters,
  ...followingChapters,
  ...otherChapters,
  ...promptChapters,
  ...calendarChapters,
  ...reflectionChapters,
  ...digestChapters,
  ...timesChapters,
  ...welcomeChapters,
};

/** Everything, each with its name: the file, the function, and its number where there are several. */
export function everythingShown(contents: Contents): readonly (readonly [name: string, shown: Shown])[] {
  return Object.entries(catalogue).flatMap(([file, chapter]) =>
    Object.entries(chapter.examples(contents)).flatMap(([from, examples]) =>
      examples.map((shown, index) => [`${file} ${from}${index === 0 ? '' : ` ${index + 1}`}`, shown] as const),
    ),
  );
}

const source = new URL('../../src/', import.meta.url);

/** The files that words for members stand in, under `src/`. */
export function filesOfWords(): readonly string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => /messages\.ts$/.test(path));
}

/** All that such a file exports. */
export async function exportsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  return await import(new URL(file, source).href);
}

const isWord = z.custom<Word>((said) => typeof said === 'string' && Object.hasOwn(words, said));
const isTelling = z.object({ text: z.string(), words: z.array(isWord) });
const isTable = z.record(z.string(), z.union([z.string(), isTelling]));

/** What the refusals of such a file say. */
export async function refusalsOf(file: string): Promise<readonly (string | Telling)[]> {
  return Object.values(isTable.safeParse((await exportsOf(file))['refusals']).data ?? {});
}

/** All texts that stand in tables of such a file, and what refusals say among them. */
export async function textsOf(file: string): Promise<readonly (string | Telling)[]> {
  const tables = Object.values(await exportsOf(file)).map((exported) => isTable.safeParse(exported).data ?? {});
  return tables.flatMap((table) => Object.values(table));
}
