import * as agreedTimes from '../../src/matching/times/agreed-messages.ts';
import { meetingOff } from '../../src/matching/times/meeting-off-messages.ts';
import * as times from '../../src/matching/times/messages.ts';
import { ownTimeForm } from '../../src/matching/times/own-time-messages.ts';
import { type Chapter, forms, messages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const matchId = '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f';
const at = new Date('2027-03-09T10:00:00Z');
const instead = new Date('2027-03-10T14:30:00Z');
const [london, york] = ['Europe/London', 'America/New_York'];

const chapter: Chapter = {
  parts: [
    'othersWords',
    'whenOf',
    'suggestButtons',
    'suggests',
    'suggestsOwn',
    'untilAgreed',
    'accepts',
    'keeps',
    'inCalendar',
  ],
  examples: ({ name, otherName }: Contents) => {
    const all = [name, otherName, name];
    const suggestion = { matchId, name, at, instead: undefined, others: [instead], canSuggest: true, people: 2 };
    return {
      suggested: messages(
        times.suggested([name], { at, instead: undefined }, london),
        times.suggested(all, { at, instead }, york),
      ),
      firstWhetherYouMet: messages(times.firstWhetherYouMet(matchId, [name]), times.firstWhetherYouMet(matchId, all)),
      timeSuggested: messages(
        times.timeSuggested(suggestion, london),
        times.timeSuggested({ ...suggestion, people: 3 }, london),
        times.timeSuggested({ ...suggestion, instead }, london),
        times.timeSuggested({ ...suggestion, instead, others: [], people: 4 }, york),
        times.timeSuggested({ ...suggestion, name: '', others: [], canSuggest: false }, london),
      ),
      saidYes: messages(times.saidYes({ at, instead: undefined }, london), times.saidYes({ at, instead }, london)),
    };
  },
};

const agreedOn: Chapter = {
  parts: ['meetingTitle', 'meetingWords'],
  examples: ({ name, otherName }: Contents) => {
    const all = [name, otherName, name];
    const agreed = { matchId, names: [name], at, instead: undefined, isInvited: true };
    const kept = { matchId, names: [name], at, suggested: instead, isOwn: true, canSuggest: true };
    return {
      timeAgreed: messages(
        agreedTimes.timeAgreed(agreed, london),
        agreedTimes.timeAgreed({ ...agreed, names: all, isInvited: false }, york),
        agreedTimes.timeAgreed({ ...agreed, instead }, london),
      ),
      keptTime: messages(
        agreedTimes.keptTime({ names: [name], at, told: [] }, london),
        agreedTimes.keptTime({ names: all, at, told: all }, york),
      ),
      timeKept: messages(
        agreedTimes.timeKept(kept, london),
        agreedTimes.timeKept({ ...kept, names: all }, york),
        agreedTimes.timeKept({ ...kept, isOwn: false, canSuggest: false }, london),
      ),
      meetingInvitation: messages(
        agreedTimes.meetingInvitation(agreed, london, false),
        agreedTimes.meetingInvitation({ ...agreed, names: all }, york, true),
      ),
      meetingCalledOff: messages(
        agreedTimes.meetingCalledOff([name], at, london),
        agreedTimes.meetingCalledOff([], at, london),
      ),
    };
  },
};

const off: Chapter = {
  parts: [],
  examples: ({ name, otherName }: Contents) => ({
    meetingOff: messages(meetingOff([name, otherName, name], at, london), meetingOff([], undefined, london)),
  }),
};

const own: Chapter = {
  parts: [],
  examples: ({ name, otherName }: Contents) => ({
    ownTimeForm: forms(
      ownTimeForm({ matchId, names: [name], instead: undefined, round: undefined }, london),
      ownTimeForm({ matchId, names: [name, otherName, name], instead, round: instead }, york),
    ),
  }),
};

/** Pieces of the introduction’s card, which stands in the catalogue with each of them. */
const card: Chapter = {
  parts: [
    'nextStepButtons',
    'suggestWords',
    'standingWords',
    'meetsWords',
    'changeButtons',
    'changeWords',
    'wereToMeetWords',
    'noTimesWords',
  ],
  examples: () => ({}),
};

export const timesChapters: Readonly<Record<string, Chapter>> = {
  'matching/times/agreed-messages.ts': agreedOn,
  'matching/times/card-messages.ts': card,
  'matching/times/meeting-off-messages.ts': off,
  'matching/times/messages.ts': chapter,
  'matching/times/own-time-messages.ts': own,
};
