import { groupWords, interestedWords } from '../../src/matching/asking/wish-messages.ts';
import * as current from '../../src/matching/current/messages.ts';
import * as ahead from '../../src/matching/current/next-messages.ts';
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
  const stand = { state: 'open', isAgreed: false, meetsLater: false, isOver: false, isComplete: false } as const;
  const pair = { matchId, others: [otherName], ...stand } as const;
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
      hasDate: messages(
        following.hasDate(pair),
        following.hasDate({ ...pair, isAgreed: true, isOver: true }),
        following.hasDate({ ...group, isOver: true, isComplete: true }),
      ),
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
      groupIsSmaller: messages(
        following.groupIsSmaller(group),
        following.groupIsSmaller({ ...dated, isAgreed: true, meetsLater: true }),
        following.groupIsSmaller({ ...group, state: 'met', isAgreed: true, meetsLater: true, isOver: true }),
      ),
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
  parts: ['earlierLabel'],
  examples: (contents) => {
    const { pair, dated, group } = toldOf(contents);
    const meeting = current.meetingAhead({ ...dated, at: since, change: undefined }, zone);
    const change = { at: since, saysYes: false, suggestedBy: dated.others[0] ?? '', names: dated.others };
    const question = following.whetherYouMet(group);
    const kinds = ['question', 'met', 'meeting'] as const;
    const labels = [pair, group].flatMap(({ others }) => kinds.map((kind) => current.earlierLabel(others, kind)));
    const earlier = labels.map((label) => ({ matchId, card: question, label }));
    const first = { matchId, card: meeting, label: 'See your next meeting' };
    return {
      waiting: messages(
        ...(['joined', 'left-out', 'partner-gone', 'rematch'] as const).map((why) =>
          current.waiting({ since, why }, zone),
        ),
      ),
      restsNow: messages(current.restsNow()),
      noMatchNow: messages(current.noMatchNow()),
      endedNow: messages(current.endedNow(pair), current.endedNow({ matchId, others: [] })),
      complete: messages(current.complete()),
      beforeFirst: messages(current.beforeFirst('every two weeks'), current.beforeFirst('every week')),
      meetingAhead: messages(
        meeting,
        current.meetingAhead({ ...group, others: [], at: since, change: undefined }, zone),
        current.meetingAhead({ ...dated, at: since, change }, zone),
        current.meetingAhead({ ...dated, at: since, change: { ...change, saysYes: true, suggestedBy: '' } }, zone),
      ),
      withEarlierNamed: messages(current.withEarlierNamed(following.halfWay(pair), [first, ...earlier])),
      withEarlier: messages(current.withEarlier(current.restsNow(), [first, ...earlier.slice(0, 1)])),
      earlierByItself: messages(current.earlierByItself(question)),
    };
  },
};

const nextOnes: Chapter = {
  parts: [],
  examples: (contents) => {
    const { pair } = toldOf(contents);
    const asked = [interestedWords(contents.theme), groupWords];
    const inside = { kind: 'inside', ...next, isDue: false, asked: [] } as const;
    const out = { ...inside, ...skipped } as const;
    const stands: readonly ahead.RoundToCome[] = [
      inside,
      { ...inside, asked },
      { ...inside, isDue: true },
      { ...inside, round: undefined },
      out,
      { ...out, asked },
    ];
    const outside = (['gone', 'not-agreed', 'paused', 'council'] as const).map(
      (why) => ({ kind: 'outside', why }) as const,
    );
    return {
      takesNoPart: messages(...outside.map(({ why }) => ahead.takesNoPart(why))),
      withNextRound: messages(
        ...[...stands, ...outside].map((each) => ahead.withNextRound(following.halfWay(pair), each, zone)),
      ),
      withNextRoundOrPause: messages(
        ...stands.map((each) => ahead.withNextRoundOrPause(current.noMatchNow(), each, zone)),
      ),
    };
  },
};

export const followingChapters: Readonly<Record<string, Chapter>> = {
  'matching/current/messages.ts': now,
  'matching/current/next-messages.ts': nextOnes,
  'matching/following-up/ending-messages.ts': ends,
  'matching/following-up/looking-messages.ts': looking,
  'matching/following-up/messages.ts': followingUp,
};
