import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { haveWords } from './comparing.ts';
import { type Member, nameLength, type Programme } from './model.ts';
import { problems } from './settings-messages.ts';

/** Until when a member has asked for quiet in one programme; `undefined` when it is on. */
export function pausedUntil(member: Pauses, programme: Programme, now: Date): Date | undefined {
  const until = {
    prompts: member.promptsPausedUntil,
    matching: member.matchingPausedUntil,
    conversations: member.conversationsPausedUntil,
  }[programme];
  return until !== null && until > now ? until : undefined;
}

type Pauses = Pick<Member, 'promptsPausedUntil' | 'matchingPausedUntil' | 'conversationsPausedUntil'>;

/** True while the member has asked for quiet in this programme. */
export function isPaused(member: Pauses, programme: Programme, now: Date): boolean {
  return pausedUntil(member, programme, now) !== undefined;
}

/** How long a member may say that an account is theirs, and how long it is not asked about again, in milliseconds. */
export const requestOpenMs = 24 * 3_600_000;
export const requestQuietMs = 3_600_000;

/** What a member may choose from. */
export interface Offered {
  readonly zones: readonly string[];
  readonly locales: readonly string[];
}

export interface Preferences {
  /** '' to be called what we would call them without a choice. */
  readonly name: string;
  /** As the form offered it, as is `locale`. */
  readonly zone: string;
  readonly locale: string;
}

/** Reads the answers of the preferences form: all of them good, or a problem for each that is not. */
export function readPreferences(
  answers: Extract<Intent, { kind: 'network.preferences' }>,
  offered: Offered,
): Preferences | readonly Problem[] {
  const name = cleanName(answers.name);
  const wrong: Readonly<Record<keyof Preferences, string>> = {
    name: nameProblem(name),
    zone: offered.zones.includes(answers.zone) ? '' : problems.zone,
    locale: offered.locales.includes(answers.locale) ? '' : problems.locale,
  };
  const found = Object.entries(wrong).flatMap(([field, text]) => (text === '' ? [] : [{ field, text }]));
  if (found.length > 0) return found;
  return { name, zone: answers.zone, locale: answers.locale };
}

/**
 * One line that shows what it holds: nothing that turns the text around it or that the database would not keep. Some
 * scripts join their letters by two characters that cannot be seen, and keep those.
 */
export function cleanName(given: string): string {
  return given
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cf}--[\u200c\u200d]]/gv, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

function nameProblem(name: string): string {
  if (name.length > nameLength) return problems.nameTooLong;
  return name === '' || /\p{L}/u.test(name) ? '' : problems.name;
}

/** What a person can be found by. */
export interface Described {
  readonly name: string;
  readonly role: string;
  readonly council: string;
  readonly cohort: string;
  readonly level: string;
}

/** True when each word stands somewhere in what describes the person. */
export function answersTo(person: Described, words: readonly string[]): boolean {
  const { name, role, council, cohort, level } = person;
  return haveWords([name, role, council, cohort, level], words);
}
