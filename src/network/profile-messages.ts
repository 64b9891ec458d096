import { does, facts, type Message, paragraph } from '../messages/message.ts';
import type { Level, Member, Pause } from './model.ts';
import { hoursWords, pauseWords } from './settings-words.ts';
import { zoneLabel } from './zones.ts';

/** What a member is shown of themselves, without what they only set. */
export interface ShownProfile {
  readonly member: Member;
  /** '' for none. */
  readonly learningSet: string;
  /** Names of themes. */
  readonly interests: readonly string[];
  /** What others can ask them about. */
  readonly experiences: readonly string[];
  /** HH:mm on their own clock. */
  readonly worksFrom: string;
  readonly worksUntil: string;
  /** Those that hold now. */
  readonly pauses: readonly Pause[];
}

const levels: Readonly<Record<Level, string>> = {
  manager: 'Manager',
  director: 'Director',
  'chief executive': 'Chief executive',
};

export function profile(shown: ShownProfile): Message {
  const { member, learningSet, interests, experiences, worksFrom, worksUntil, pauses } = shown;
  const lines: readonly (readonly [label: string, value: string])[] = [
    ['Name', member.name],
    ['Council', member.council],
    ['Role', member.role],
    ['Level', levels[member.level]],
    ['Cohort', member.cohort],
    ['Learning set', learningSet],
    ['Interests', interests.join('; ')],
    ['Been through', experiences.join('; ')],
    ['Email', member.email],
    ['Time zone', zoneLabel(member.zone)],
    ['Working hours', hoursWords(worksFrom, worksUntil)],
    ['Messages', pauseWords(pauses, member.zone)],
  ];
  return {
    summary: `You are ${member.name}, ${member.role} at ${member.council}.`,
    heading: 'Your profile',
    body: [
      facts(...lines.filter(([, value]) => value !== '')),
      paragraph('You can change most of this in settings. If anything else is wrong, tell your convener.'),
    ],
    buttons: [
      does('Settings', { kind: 'network.settings' }),
      does('Pause', { kind: 'network.open-pause' }),
      does('Leave', { kind: 'network.leave' }, 'warning'),
    ],
  };
}
