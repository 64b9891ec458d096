import { type HeldTakeaway, takeawaysOf } from '../afterwards/held.ts';
import type { Core } from '../core.ts';
import { downloadUrl } from '../download-link.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { haveWords, searchWords } from '../network/comparing.ts';
import type { Member } from '../network/model.ts';
import { dateWords } from '../time/words.ts';
import { everythingAsked } from './asked.ts';
import { audienceOf } from './audience.ts';
import type { JournalFiles } from './journal-file-messages.ts';
import { mapOf } from './journal-map.ts';
import { mapPage } from './journal-map-messages.ts';
import * as say from './journal-messages.ts';
import { grouped, type JournalOrder, type Shelved, shelve } from './journal-shelf.ts';
import { refusals } from './messages.ts';

/** How many entries one page holds: what a window on any platform has room for. */
const atOnce = 8;
/** How many unanswered prompts are offered. */
const mostOpen = 5;
/** How many of what they took away from conversations; the files hold all. */
const mostTakeaways = 4;

/** Which page of a journal: of one theme or stage, or '' for all of it, from the entry of that number on. */
export interface JournalPlace {
  readonly by: JournalOrder;
  readonly part: string;
  readonly from: number;
}

/**
 * What the member wrote, the newest first; for their own eyes.
 *
 * @throws Refusal when whoever is asking may not read it
 */
export async function journal(core: Core, member: Member, place: JournalPlace, mayRead: boolean): Promise<Reply> {
  const shelved = await read(core, member, mayRead);
  const groups = grouped(shelved.filter(isWritten), place.by);
  const chosen = groups.filter(({ key }) => place.part === '' || key === place.part);
  const all = chosen.flatMap(({ entries }) => entries);
  const end = place.from + atOnce;
  const isFirst = place.from === 0 && place.part === '';
  const isLast = end >= all.length;
  const parts = groups.map(({ key, name, entries }) => ({ key, name, count: entries.length }));
  const tookAway = isLast && place.part === '' ? await takeawaysOf(core, member.id) : [];
  const page: say.JournalPage = {
    by: place.by,
    part: place.part,
    entries: await entriesOf(core, member, all.slice(place.from, end)),
    parts: isFirst && !isLast && place.by !== 'week' ? parts : [],
    keptDays: core.retention.reflections,
    files: isFirst && all.length + tookAway.length > 0 ? filesOf(core, member) : undefined,
    next: isLast ? undefined : end,
    open: isLast && place.part === '' ? openOf(member, shelved) : [],
    takeaways: newest(member, tookAway),
  };
  return { kind: 'page', page: say.journalPage(page) };
}

function newest({ zone }: Member, held: readonly HeldTakeaway[]): readonly say.JournalTakeaway[] {
  const last = held.toReversed().slice(0, mostTakeaways);
  return last.map((one) => ({ ...one, when: dateWords(one.startsAt, zone) }));
}

/** Everything asked of the member, the newest first. */
async function read(core: Core, member: Member, mayRead: boolean): Promise<readonly Shelved[]> {
  if (!mayRead) throw new Refusal(refusals.signInToRead);
  return shelve(core.frameworks, (await everythingAsked(core, member.id)).toReversed());
}

function isWritten({ asked }: Shelved): boolean {
  return asked.writtenAt !== null;
}

async function entriesOf(
  core: Core,
  member: Member,
  shelved: readonly Shelved[],
): Promise<readonly say.JournalEntry[]> {
  return await Promise.all(shelved.map(async (one) => await entryOf(core, member, one)));
}

async function entryOf(core: Core, member: Member, { asked }: Shelved): Promise<say.JournalEntry> {
  const { sent, answer, action, followUp, askAt } = asked;
  const isAsked = askAt !== null && askAt > core.clock.now() && member.agreesToPrompts;
  return {
    sent,
    when: dateWords(asked.writtenAt ?? asked.sentAt, member.zone),
    answer,
    action,
    followUp,
    askedOn: isAsked ? dateWords(askAt, member.zone) : '',
    audience: await audienceOf(core.db, member.id, asked),
  };
}

function filesOf(core: Core, member: Member): JournalFiles {
  return {
    markdown: downloadUrl(core, member, 'journal-markdown'),
    document: downloadUrl(core, member, 'journal-document'),
  };
}

/** The newest prompts without an answer; none that was skipped, which is an answer as well. */
function openOf(member: Member, shelved: readonly Shelved[]): readonly say.OpenPrompt[] {
  return shelved
    .filter((one) => !isWritten(one) && one.asked.skippedAt === null)
    .slice(0, mostOpen)
    .map(({ asked }) => ({ sent: asked.sent, when: dateWords(asked.sentAt, member.zone) }));
}

/**
 * Where the member has reflected.
 *
 * @throws Refusal when whoever is asking may not read it
 */
export async function map(core: Core, member: Member, mayRead: boolean): Promise<Reply> {
  return { kind: 'page', page: mapPage(mapOf(core.frameworks, await read(core, member, mayRead))) };
}

/** The form that asks what to look for. */
export function openSearch(): Reply {
  return { kind: 'form', form: say.searchForm() };
}

/**
 * Finds what the member wrote by its words: each of them stands somewhere in the entry. What they look for is private
 * as well, and is kept nowhere.
 *
 * @throws Refusal when there is nothing to look for, or whoever is asking may not read it
 */
export async function search(core: Core, member: Member, query: string, mayRead: boolean): Promise<Reply> {
  const shelved = await read(core, member, mayRead);
  const words = searchWords(query);
  if (words.length === 0) throw new Refusal(say.problems.query, [{ field: 'query', text: say.problems.query }]);
  const found = shelved.filter((one) => {
    const { sent, answer, action, followUp } = one.asked;
    return isWritten(one) && haveWords([sent.wording, sent.topic, answer, action, followUp], words);
  });
  return { kind: 'page', page: say.foundPage(await entriesOf(core, member, found.slice(0, atOnce)), found.length) };
}
