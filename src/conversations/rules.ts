import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Member } from '../network/model.ts';
import { momentAt } from '../time/local.ts';
import { problems as say } from './messages.ts';
import {
  type Attendance,
  type Conversation,
  type ConversationDue,
  capacityRange,
  lengths,
  minutesRange,
  type ReminderDelivery,
  seatsLeft,
} from './model.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const lastReminderMs = 15 * minuteMs;

/** When people with a seat are reminded, in milliseconds before it starts. */
export const reminders: readonly {
  readonly due: ConversationDue;
  readonly delivery: ReminderDelivery;
  readonly beforeMs: number;
}[] = [
  { due: 'conversations.remind-week', delivery: 'conversations.reminder-week', beforeMs: 7 * 24 * hourMs },
  { due: 'conversations.remind-day', delivery: 'conversations.reminder-day', beforeMs: 24 * hourMs },
  { due: 'conversations.remind-soon', delivery: 'conversations.reminder-soon', beforeMs: lastReminderMs },
];

/**
 * True when the last reminder may not reach whoever gets a seat now. From a minute before it goes: the seat may be given
 * in a transaction that whoever sends it does not see yet.
 */
export function isLate(startsAt: Date, now: Date): boolean {
  return now.getTime() >= startsAt.getTime() - lastReminderMs - minuteMs;
}

/** True when no reminder will fall due any more. */
export function isPastReminding(startsAt: Date, now: Date): boolean {
  return now.getTime() >= startsAt.getTime() - lastReminderMs;
}

/** True once the next reminder has had its moment, and says the same. */
export function isOvertaken(kind: ReminderDelivery, startsAt: Date, now: Date): boolean {
  const next = reminders[reminders.findIndex(({ delivery }) => delivery === kind) + 1];
  return next !== undefined && now.getTime() >= startsAt.getTime() - next.beforeMs;
}

/** Where the next person to sign up goes. Nobody passes those already waiting. */
export function placeFor(capacity: number, attendance: Attendance): 'seated' | 'waiting' {
  return attendance.seated < capacity && attendance.waiting === 0 ? 'seated' : 'waiting';
}

/** How many of those waiting may be given a seat now. */
export function promotions(capacity: number, attendance: Attendance): number {
  return Math.min(seatsLeft(capacity, attendance), attendance.waiting);
}

/** A host may cancel what they host, and a convener anything. */
export function mayCancel(member: Pick<Member, 'id' | 'permission'>, { host }: Pick<Conversation, 'host'>): boolean {
  return host?.id === member.id || member.permission === 'convener';
}

/** A proposal whose answers have been read. */
export interface Proposal {
  readonly theme: string;
  readonly title: string;
  readonly about: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly capacity: number;
  readonly link: string;
}

type ProposalAnswers = Extract<Intent, { kind: 'conversations.propose' }>;

/**
 * Reads the answers of the proposal form, all of them, so that a host sees every problem at once.
 *
 * @param zone the host's IANA zone, in which date and time are meant
 * @param themes the ids of the themes on offer
 */
export function readProposal(
  answers: ProposalAnswers,
  now: Date,
  zone: string,
  themes: readonly string[],
): Proposal | readonly Problem[] {
  const startsAt = momentAt(answers.date, answers.time, zone);
  const proposal = {
    theme: answers.theme,
    title: answers.title.trim(),
    about: answers.about.trim(),
    minutes: wholeNumber(answers.minutes),
    capacity: wholeNumber(answers.capacity),
    link: answers.link.trim(),
  };
  const found = [
    check('theme', themes.includes(proposal.theme), say.theme),
    ...subjectProblems(proposal),
    ...whenProblems(answers, startsAt, now),
    check('minutes', isBetween(proposal.minutes, minutesRange.min, minutesRange.max), say.minutes),
    check('capacity', isBetween(proposal.capacity, capacityRange.min, capacityRange.max), say.capacity),
    check('link', isHttps(proposal.link) && proposal.link.length <= lengths.link, say.link),
  ].flat();
  return startsAt === undefined || found.length > 0 ? found : { ...proposal, startsAt };
}

/** A title and what it is about, of a conversation or of a topic that may become one. */
export function subjectProblems({ title, about }: Pick<Conversation, 'title' | 'about'>): readonly Problem[] {
  return [
    ...check('title', isBetween(title.length, 1, lengths.title), say.title),
    ...check('about', isBetween(about.length, 1, lengths.about), say.about),
  ];
}

/** Reads why a conversation is cancelled; '' is an answer. */
export function readReason(answer: string): { readonly reason: string } | readonly Problem[] {
  const reason = answer.trim();
  return reason.length > lengths.reason ? [{ field: 'reason', text: say.reason }] : { reason };
}

function whenProblems(answers: ProposalAnswers, startsAt: Date | undefined, now: Date): readonly Problem[] {
  const dateIsReal = momentAt(answers.date, '12:00', 'UTC') !== undefined;
  const timeIsReal = momentAt('2000-01-01', answers.time, 'UTC') !== undefined;
  if (!dateIsReal) return [{ field: 'date', text: say.date }];
  if (!timeIsReal) return [{ field: 'time', text: say.time }];
  if (startsAt === undefined) return [{ field: 'time', text: say.skippedHour }];
  return check('date', startsAt > now, say.past);
}

function check(field: string, holds: boolean, text: string): readonly Problem[] {
  return holds ? [] : [{ field, text }];
}

function isBetween(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

function wholeNumber(answer: string): number {
  return /^\d{1,4}$/.test(answer.trim()) ? Number(answer) : Number.NaN;
}

function isHttps(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === 'https:';
}
