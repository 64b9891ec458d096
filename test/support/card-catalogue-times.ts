import * as times from '../../src/matching/times-messages.ts';
import { type Chapter, messages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const matchId = '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f';
const at = new Date('2027-03-09T10:00:00Z');
const instead = new Date('2027-03-10T14:30:00Z');
const [london, york] = ['Europe/London', 'America/New_York'];

const chapter: Chapter = {
  parts: ['othersWords', 'whenOf', 'suggestButtons', 'suggestWords', 'standingWords', 'meetingTitle', 'meetingWords'],
  examples: ({ name, otherName }: Contents) => {
    const all = [name, otherName, name];
    const suggestion = { matchId, name, at, instead: undefined, others: [instead], people: 2 };
    const agreed = { matchId, names: [name], at, isInvited: true };
    return {
      suggested: messages(
        times.suggested([name], { at, instead: undefined }, london),
        times.suggested(all, { at, instead }, york),
      ),
      timeSuggested: messages(
        times.timeSuggested(suggestion, london),
        times.timeSuggested({ ...suggestion, instead, others: [], people: 4 }, york),
        times.timeSuggested({ ...suggestion, name: '' }, london),
      ),
      saidYes: messages(times.saidYes(at, london)),
      timeAgreed: messages(
        times.timeAgreed(agreed, london),
        times.timeAgreed({ ...agreed, names: all, isInvited: false }, york),
      ),
      meetingInvitation: messages(
        times.meetingInvitation(agreed, london, false),
        times.meetingInvitation({ ...agreed, names: all }, york, true),
      ),
      meetingCalledOff: messages(times.meetingCalledOff([name], at, london), times.meetingCalledOff([], at, london)),
    };
  },
};

export const timesChapters: Readonly<Record<string, Chapter>> = { 'matching/times-messages.ts': chapter };
