import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { type Member, nameLength, type Permission } from './model.ts';
import { problems } from './settings-messages.ts';

/** Who may ask for something: anyone at all, a person we know (they may have left), one who joined, or with that permission. */
export type Needs = 'anyone' | 'known' | Permission;

const rank: Readonly<Record<Permission, number>> = { member: 1, host: 2, convener: 3 };

/** What each intent needs. A new intent does not compile until it stands here. */
const needs: Readonly<Record<Intent['kind'], Needs>> = {
  'network.help': 'anyone',
  'network.home': 'anyone',
  'network.join': 'anyone',
  'network.sign-in': 'anyone',
  'network.profile': 'member',
  'network.open-pause': 'member',
  'network.pause': 'member',
  'network.resume': 'member',
  'network.leave': 'member',
  'network.confirm-leave': 'member',
  'network.settings': 'known',
  'network.open-preferences': 'member',
  'network.preferences': 'member',
  'network.open-find': 'member',
  'network.find': 'member',
  'network.export': 'known',
  // Of somebody who has not joined we may keep where to greet them.
  'network.erase': 'anyone',
  'network.confirm-erase': 'known',
  'network.confirm-account': 'known',
  'network.open-announcements': 'convener',
  'network.choose-announcements': 'convener',
  'network.stop-announcements': 'convener',
  'reflections.open': 'member',
  'reflections.answer': 'member',
  'reflections.journal': 'member',
  'conversations.list': 'member',
  'conversations.open-proposal': 'host',
  'conversations.propose': 'host',
  'conversations.sign-up': 'member',
  'conversations.withdraw': 'member',
  'conversations.open-cancel': 'host',
  'conversations.cancel': 'host',
  'conversations.open-topic': 'member',
  'conversations.suggest-topic': 'member',
  'conversations.host-topic': 'host',
  'matching.current': 'member',
};

/** What stands in the way of someone who asks. */
export type Objection = 'not-joined' | 'not-host' | 'not-convener';

/** Why this person may not ask for this, or `undefined` when they may. `member` is absent for someone unknown to us. */
export function objection(kind: Intent['kind'], member: Member | undefined): Objection | undefined {
  const need = needs[kind];
  if (need === 'anyone') return undefined;
  if (member === undefined) return 'not-joined';
  if (need === 'known') return undefined;
  if (member.status !== 'active') return 'not-joined';
  if (rank[member.permission] >= rank[need]) return undefined;
  return need === 'convener' ? 'not-convener' : 'not-host';
}

/** True while the member has asked for quiet. */
export function isPaused(member: Pick<Member, 'pausedUntil'>, now: Date): boolean {
  return member.pausedUntil !== null && member.pausedUntil > now;
}

/** How long a member may say that an account is theirs, and how long it is not asked about again, in milliseconds. */
export const requestOpenMs = 24 * 3_600_000;
export const requestQuietMs = 3_600_000;

/** The pauses on offer, in weeks. */
export const pauseWeeks = [1, 2, 4, 8] as const;

export function readPauseWeeks(answer: string): number | undefined {
  return pauseWeeks.find((weeks) => String(weeks) === answer);
}

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
  readonly findable: boolean;
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
    findable: ['yes', 'no'].includes(answers.findable) ? '' : problems.findable,
  };
  const found = Object.entries(wrong).flatMap(([field, text]) => (text === '' ? [] : [{ field, text }]));
  if (found.length > 0) return found;
  return { name, zone: answers.zone, locale: answers.locale, findable: answers.findable === 'yes' };
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

/** The words of a search, as they are compared: without case, accents or the shape of an apostrophe. */
export function searchWords(query: string): readonly string[] {
  return fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** True when each word stands somewhere in what describes the person. */
export function answersTo(person: Described, words: readonly string[]): boolean {
  const { name, role, council, cohort, level } = person;
  const described = fold([name, role, council, cohort, level].join('\n'));
  return words.every((word) => described.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").toLowerCase();
}
