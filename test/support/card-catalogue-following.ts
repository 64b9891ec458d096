import * as following from '../../src/matching/following-up-messages.ts';
import { outcomes } from '../../src/matching/model.ts';
import { type Chapter, messages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const matchId = '0d0d0d0d-0d0d-4d0d-8d0d-0d0d0d0d0d0d';
const zone = 'Europe/London';
const round = new Date('2027-03-30T09:00:00Z');

function toldOf({ name, otherName }: Contents) {
  const pair = { matchId, others: [otherName], state: 'open' } as const;
  return { pair, dated: { ...pair, state: 'dated' }, group: { ...pair, others: [name, otherName, name] } } as const;
}

const followingUp: Chapter = {
  parts: [],
  examples: (contents) => {
    const { pair, dated, group } = toldOf(contents);
    const gone = { ...pair, others: [] };
    const matched = { kind: 'matched' } as const;
    const waiting = { kind: 'waiting', round } as const;
    const unplanned = { kind: 'waiting', round: undefined } as const;
    return {
      halfWay: messages(following.halfWay(pair), following.halfWay(group)),
      whetherYouMet: messages(following.whetherYouMet(dated), following.whetherYouMet(group)),
      hasDate: messages(following.hasDate(pair), following.hasDate(group)),
      hasMet: messages(following.hasMet(pair), following.hasMet(group)),
      answered: messages(...outcomes.map((outcome) => following.answered(pair, outcome))),
      rematching: messages(
        following.rematching(matched, zone),
        following.rematching(waiting, zone),
        following.rematching(unplanned, zone),
      ),
      notNow: messages(following.notNow(pair, false), following.notNow(group, true), following.notNow(gone, false)),
      groupIsSmaller: messages(following.groupIsSmaller(group), following.groupIsSmaller(dated)),
      partnerGone: messages(
        following.partnerGone(pair, waiting, zone),
        following.partnerGone(group, matched, zone),
        following.partnerGone(gone, unplanned, zone),
      ),
      matchEnded: messages(following.matchEnded(pair), following.matchEnded(gone)),
    };
  },
};

export const followingChapters: Readonly<Record<string, Chapter>> = {
  'matching/following-up-messages.ts': followingUp,
};
