import { type HeldTakeaway, takeawaysOf } from '../afterwards/held.ts';
import type { Core } from '../core.ts';
import type { Chosen } from '../download-link.ts';
import { anyStage } from '../framework/model.ts';
import type { Member } from '../network/model.ts';
import { dayOf } from '../time/days.ts';
import { dateWords } from '../time/words.ts';
import { everythingAsked } from './asked.ts';
import { fileWords } from './journal-file-messages.ts';
import { mapOf } from './journal-map.ts';
import type { MapRow } from './journal-map-messages.ts';
import { grouped, type Shelved, shelve } from './journal-shelf.ts';
import { betweenModules } from './model.ts';

/** What a file of a journal holds. All of it is the member's private text. */
export interface JournalContents {
  readonly name: string;
  /** Their role and council. */
  readonly position: string;
  /** From the first answer in it to the last. */
  readonly period: string;
  /** The themes something was written about. */
  readonly map: readonly MapRow[];
  readonly sections: readonly JournalSection[];
}

export interface JournalSection {
  readonly theme: string;
  readonly entries: readonly FileEntry[];
}

export interface FileEntry {
  /** '' where the theme has no stages. Of what was taken away from a conversation, the title of that. */
  readonly stage: string;
  readonly when: string;
  /** '' of what answers no prompt. */
  readonly wording: string;
  readonly answer: string;
  /** '' for none, as is `followUp`. */
  readonly action: string;
  readonly followUp: string;
}

/** What of the journal was chosen, the oldest first; `undefined` when there is nothing. */
export async function journalContents(
  core: Core,
  member: Member,
  chosen: Chosen,
): Promise<JournalContents | undefined> {
  const shelved = await chosenEntries(core, member, chosen);
  const takeaways = await chosenTakeaways(core, member, chosen);
  const written = [...shelved.map(({ asked }) => asked.writtenAt ?? asked.sentAt), ...takeaways.map(writtenOn)];
  const times = written.toSorted((one, other) => one.getTime() - other.getTime());
  const [first, last] = [times.at(0), times.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [begin, end] = [first, last].map((at) => dateWords(at, member.zone));
  return {
    name: member.name,
    position: [member.role, member.council].filter((part) => part !== '').join(', '),
    period: begin === end ? `${begin}` : `${begin} to ${end}`,
    map: mapOf(core.frameworks, shelved).filter(({ cells }) => cells.some(({ answered }) => answered > 0)),
    sections: [
      ...grouped(shelved, 'theme').map(({ name, entries }) => ({
        theme: name,
        entries: entries.map((entry) => fileEntry(member, entry)),
      })),
      ...(takeaways.length === 0
        ? []
        : [{ theme: fileWords.takeaways, entries: takeaways.map((one) => takeawayEntry(member, one)) }]),
    ],
  };
}

function writtenOn({ writtenAt }: HeldTakeaway): Date {
  return writtenAt;
}

/** What was taken away from conversations in that time, on that theme. */
export async function chosenTakeaways(core: Core, member: Member, chosen: Chosen): Promise<readonly HeldTakeaway[]> {
  const all = await takeawaysOf(core, member.id);
  return all.filter(
    ({ writtenAt, theme }) =>
      isIn(dayOf(writtenAt, member.zone), chosen) && (chosen.theme === '' || theme === chosen.theme),
  );
}

function isIn(day: string, { from, until }: Chosen): boolean {
  return day >= from && (until === '' || day <= until);
}

function takeawayEntry({ zone }: Member, { title, startsAt, text }: HeldTakeaway): FileEntry {
  return { stage: title, when: dateWords(startsAt, zone), wording: '', answer: text, action: '', followUp: '' };
}

/** What was written in that time about that theme, by when it was written. */
export async function chosenEntries(core: Core, member: Member, chosen: Chosen): Promise<readonly Shelved[]> {
  const { theme } = chosen;
  return shelve(core.frameworks, await everythingAsked(core, member.id))
    .flatMap((one) => (one.asked.writtenAt === null ? [] : [{ ...one, at: one.asked.writtenAt }]))
    .filter((one) => {
      return isIn(dayOf(one.at, member.zone), chosen) && (theme === '' || one.theme.key === theme);
    })
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

function fileEntry({ zone }: Member, { asked, stage }: Shelved): FileEntry {
  const { sent, sentAt, writtenAt, answer, action, followUp } = asked;
  return {
    stage: stage.key === anyStage || stage.key === betweenModules ? '' : stage.name,
    when: dateWords(writtenAt ?? sentAt, zone),
    wording: sent.wording,
    answer,
    action,
    followUp,
  };
}
