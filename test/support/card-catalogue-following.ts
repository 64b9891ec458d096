import * as current from '../../src/matching/current/messages.ts';
import * as ending from '../../src/matching/following-up/ending-messages.ts';
import * as asked from '../../src/matching/following-up/looking-messages.ts';
import * as following from '../../src/matching/following-up/messages.ts';
import { outcomes } from '../../src/matching/model.ts';
import { type Chapter, messages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const matchId = '0d0d0d0d-0d0d-4d0d-8d0d-0d0d0d0d0d0d';
const zone = 'Europe/London';
const round = new Date('2027-03-30T09:00:00Z');

function toldOf({ name, otherName }: Contents) {
  const pair = { matchId, others: [otherName], state: 'open', isAgreed: false } as const;
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
      answered: messages(
        ...outcomes.flatMap((outcome) => [pair, group].map((told) => following.answered(told, outcome, false))),
        following.answered(pair, 'no-show', true),
        following.answered(group, 'not-met', true),
      ),
      rematching: messages(
        following.rematching({ told: pair, stands: false }, matched, zone),
        following.rematching({ told: group, stands: true }, waiting, zone),
        following.rematching({ told: gone, stands: false }, waiting, zone),
        following.rematching(undefined, unplanned, zone),
      ),
      notNow: messages(
        following.notNow(pair, false, 7),
        following.notNow(group, true, undefined),
        following.notNow(gone, false, 7),
      ),
      groupIsSmaller: messages(following.groupIsSmaller(group), following.groupIsSmaller({ ...dated, isAgreed: true })),
      partnerGone: messages(
        following.partnerGone(pair, waiting, zone),
        following.partnerGone(group, matched, zone),
        following.partnerGone(gone, unplanned, zone),
      ),
      matchEnded: messages(following.matchEnded(pair), following.matchEnded(gone)),
    };
  },
};

const ends: Chapter = {
  parts: [],
  examples: (contents) => {
    const { pair } = toldOf(contents);
    return {
      noOtherNow: messages(ending.noOtherNow(pair, 7), ending.noOtherNow(pair, undefined)),
      doNotMeet: messages(ending.doNotMeet(pair), ending.doNotMeet({ others: [] })),
    };
  },
};

const next = { round: { number: 7, at: round }, skips: false } as const;
const skipped = { round: undefined, skips: true } as const;

const looking: Chapter = {
  parts: [],
  examples: () => ({
    looksNow: messages(asked.looksNow(next, zone), asked.looksNow(skipped, zone)),
    hasMatch: messages(asked.hasMatch()),
  }),
};

const since = new Date('2027-03-04T10:00:00Z');

const now: Chapter = {
  parts: [],
  examples: (contents) => {
    const { pair, dated, group } = toldOf(contents);
    const meeting = current.meetingAhead({ ...dated, at: since }, zone);
    const question = following.whetherYouMet(group);
    return {
      waiting: messages(
        current.waiting({ since, why: 'joined', next }, zone),
        current.waiting({ since, why: 'left-out', next: skipped }, zone),
        current.waiting({ since, why: 'partner-gone', next }, zone),
        current.waiting({ since, why: 'rematch', next: skipped }, zone),
      ),
      restsNow: messages(current.restsNow(next, zone), current.restsNow(skipped, zone)),
      noMatchNow: messages(current.noMatchNow(next, zone), current.noMatchNow(skipped, zone)),
      complete: messages(current.complete(next, zone), current.complete(skipped, zone)),
      beforeFirst: messages(
        current.beforeFirst('every two weeks', next, zone),
        current.beforeFirst('every week', skipped, zone),
      ),
      takesNoPart: messages(...Object.values(following.whyNot).map(current.takesNoPart)),
      meetingAhead: messages(meeting, current.meetingAhead({ ...group, others: [], at: since }, zone)),
      withEarlierNamed: messages(current.withEarlierNamed(following.halfWay(pair), [meeting, question])),
      withEarlier: messages(current.withEarlier(current.restsNow(next, zone), [meeting, question])),
    };
  },
};

export const followingChapters: Readonly<Record<string, Chapter>> = {
  'matching/current/messages.ts': now,
  'matching/following-up/ending-messages.ts': ends,
  'matching/following-up/looking-messages.ts': looking,
  'matching/following-up/messages.ts': followingUp,
};
