import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { check, tidy } from '../messages/answers.ts';
import { noLimit, type Plan, readPlan } from '../proposals/rules.ts';
import { localParts } from '../time/local.ts';
import { type Doubt, readWhen } from '../time/when.ts';
import { answersOf, type EditAnswers } from './edit-answers.ts';
import * as say from './edit-messages.ts';
import type { Conversation } from './model.ts';
import { subjectProblems } from './rules.ts';
import { type Entry, heldBy } from './seat-book.ts';

/** What can be changed of a conversation that is announced. */
export type Edited = Plan & Pick<Conversation, 'title' | 'about'>;

export type EditIntent = Extract<Intent, { kind: 'conversations.edit' }>;

/**
 * Reads all answers of the form, so that every problem is seen at once.
 *
 * @param zone in which date and time are meant
 * @param entries those who have signed up, whom a change of the seats must not put out
 * @returns a doubt where nothing else is wrong, and clocks show the time twice that day, or never
 */
export function readEdit(
  answers: EditIntent,
  conversation: Conversation,
  entries: readonly Entry[],
  now: Date,
  zone: string,
): Edited | Doubt | readonly Problem[] {
  const words = { title: tidy(answers.title), about: tidy(answers.about) };
  const plan = readPlan({ ...answers, clock: meant(answers, conversation, zone) }, now, zone);
  const found = [...subjectProblems(words), ...('length' in plan ? plan : []), ...sizeProblems(answers, entries)];
  // One problem for each field, the first that was found.
  const first = found.filter((problem, index) => found.findIndex(({ field }) => field === problem.field) === index);
  if (first.length > 0 || 'length' in plan) return first;
  return 'startsAt' in plan ? { ...plan, ...words } : plan;
}

/** A time that was left as it is needs no asking: it is the one of the two that it is now. */
function meant({ date, time, clock }: EditIntent, { startsAt }: Conversation, zone: string): string {
  if (clock !== '' || localParts(startsAt, zone) !== `${date} ${time}`) return clock;
  const when = readWhen(date, time, '', zone);
  if (!('twice' in when)) return clock;
  return when.twice[0].getTime() === startsAt.getTime() ? 'first' : 'second';
}

function sizeProblems({ capacity, perCouncil }: EditIntent, entries: readonly Entry[]): readonly Problem[] {
  const taken = entries.filter(({ state }) => state !== 'waiting').length;
  const most = Math.max(0, ...entries.map(({ councilId }) => heldBy({ entries }, councilId)));
  const limit = perCouncil === noLimit ? most : Number(perCouncil);
  return [
    ...check('capacity', !(Number(capacity) < taken), say.capacityTaken(taken)),
    ...check('perCouncil', !(limit < most), say.councilTaken(most)),
  ];
}

/** What changes; empty where nothing does. */
export function changesOf(before: Conversation, after: Edited): readonly (keyof Edited)[] {
  const parts = ['title', 'about', 'minutes', 'capacity', 'perCouncil', 'link', 'place'] as const;
  const changed: readonly (keyof Edited)[] = parts.filter((part) => before[part] !== after[part]);
  return before.startsAt.getTime() === after.startsAt.getTime() ? changed : ['startsAt', ...changed];
}

const inCalendars: ReadonlySet<keyof Edited> = new Set(['title', 'about', 'startsAt', 'minutes', 'place']);
const moves: ReadonlySet<keyof Edited> = new Set(['startsAt', 'minutes', 'place']);
const seats: ReadonlySet<keyof Edited> = new Set(['startsAt', 'capacity', 'perCouncil']);

/** Whether a calendar shows it. */
export function showsInCalendars(changes: readonly (keyof Edited)[]): boolean {
  return changes.some((change) => inCalendars.has(change));
}

/** Whether it is at another time or in another place, which everyone with a place is told. */
export function isMove(changes: readonly (keyof Edited)[]): boolean {
  return changes.some((change) => moves.has(change));
}

/** Whether those who wait may get a seat by it, or offers end at another time. */
export function changesSeats(changes: readonly (keyof Edited)[]): boolean {
  return changes.some((change) => seats.has(change));
}

/** For who was slower: what is otherwise now than they have it, each beside its field. */
export function conflicts(answers: EditAnswers, conversation: Conversation, zone: string): readonly Problem[] {
  const now = answersOf(conversation, zone);
  const fields = ['title', 'about', 'date', 'time', 'minutes', 'capacity', 'perCouncil', 'link', 'place'] as const;
  const shown = (field: keyof EditAnswers) => (now[field] === noLimit ? 'no limit' : now[field]);
  return fields
    .filter((field) => answers[field].trim() !== now[field])
    .map((field) => ({ field, text: say.changedTo(shown(field)) }));
}
