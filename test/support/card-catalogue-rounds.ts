import { qualityFigures } from '../../src/matching/figures/quality-words.ts';
import { savedWords } from '../../src/matching/locks/messages.ts';
import { published, publishQuestion } from '../../src/matching/publishing/messages.ts';
import * as ready from '../../src/matching/publishing/ready-messages.ts';
import * as next from '../../src/matching/rounds/next-messages.ts';
import * as rounds from '../../src/matching/rounds/rounds-messages.ts';
import type { Quality } from '../../src/matching/scoring/quality.ts';
import type { RuleCost } from '../../src/matching/weights/costs.ts';
import * as costs from '../../src/matching/weights/costs-messages.ts';
import { type Chapter, messages, pages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const many = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);

export const goodQuality: Quality = {
  members: 81,
  groups: 40,
  pairs: 42,
  pairsWithSharedThemes: 38,
  meanSharedHours: 29.6,
  pairsWithoutSharedHours: 1,
  repeats: 2,
  pairsOfOneLevel: 30,
  wishesAsked: 9,
  wishesAnswered: 8,
  leftOut: 0,
  meanScore: 512.4,
};
export const poorQuality: Quality = {
  ...goodQuality,
  pairs: 1,
  groups: 1,
  pairsWithSharedThemes: 0,
  meanSharedHours: 1,
  wishesAsked: 0,
};
const figures = qualityFigures(goodQuality, poorQuality);
const best = { isSound: true, isBest: true, gap: 0 };
const close = { ...best, isBest: false, gap: 0.0021 };

const ofNext: Chapter = {
  parts: [],
  examples: ({ name, otherName, role, council, theme }: Contents) => {
    const plain: next.ShownNext = {
      number: 7,
      when: '10am on Tuesday 2 March',
      byHand: false,
      isWaiting: false,
      last: '',
      hasChanged: false,
      outcome: 'a'.repeat(64),
      people: 81,
      sizes: many(40, 2),
      sittingOut: 0,
      verdict: best,
      figures,
      leftOut: [],
      allLeftOut: 0,
      fixed: 0,
    };
    const person = { id, name, role, council };
    const other = { id, name: otherName, role, council };
    const group = { people: [person, other], why: [`They are both interested in “${theme}”.`], lock: '' };
    const one = { name, council, reason: 'odd-number' } as const;
    const waiting = {
      ...plain,
      byHand: true,
      isWaiting: true,
      last: '10am on Monday 15 March',
      sizes: [2, 3, 4, 4],
      sittingOut: 1,
      verdict: close,
    };
    const reasons = ['met-everyone', 'one-council', 'nobody-free'] as const;
    return {
      nextPage: pages(
        next.nextPage(plain),
        next.nextPage({ ...waiting, leftOut: [one], allLeftOut: 1, fixed: 1 }),
        next.nextPage({
          ...waiting,
          hasChanged: true,
          leftOut: many(next.leftOutShown, one),
          allLeftOut: 40,
          fixed: 3,
          verdict: { ...best, isSound: false },
        }),
        next.nextPage({
          ...plain,
          byHand: true,
          sizes: [2],
          people: 2,
          sittingOut: 3,
        }),
        next.nextPage({ ...plain, when: '', sizes: [], people: 0 }),
        next.nextPage({
          ...plain,
          sizes: [],
          people: 3,
          leftOut: reasons.map((reason) => ({ ...one, reason })),
          allLeftOut: 3,
        }),
        next.nextPage({ ...plain, sizes: [], people: 1, leftOut: [one], allLeftOut: 1 }),
      ),
      groupsPage: pages(
        next.groupsPage([group], 0, 1, savedWords('together', [name, otherName])),
        next.groupsPage(
          many(next.groupsShown, { ...group, people: [person, other, person, other], lock: id, why: [] }),
          12,
          90,
          '',
        ),
        next.groupsPage(
          [3, 4].map((size) => ({ ...group, people: many(size, person) })),
          0,
          2,
          savedWords('apart', [name, otherName]),
        ),
        next.groupsPage([], 0, 0, ''),
      ),
    };
  },
};

const ofCosts: Chapter = {
  parts: [],
  examples: () => {
    const cost: RuleCost = {
      rule: 'themes',
      groups: 40,
      moved: 12,
      morePeople: 0,
      betterFit: 0.032,
      withIt: goodQuality,
      withoutIt: poorQuality,
    };
    const all = [
      'stages',
      'hours',
      'level',
      'cohort',
      'wishes',
      'repeats',
      'place',
      'councils-apart',
      'fixed',
    ] as const;
    return {
      costsPage: pages(
        costs.costsPage({ costs: [], rules: 0, isExact: true, leftOutByCouncil: 1 }),
        costs.costsPage({ costs: [], rules: 11, isExact: true, leftOutByCouncil: 4 }),
        costs.costsPage({
          costs: [
            cost,
            ...all.map((rule) => ({ ...cost, rule })),
            { ...cost, rule: 'cool-down', moved: 1, morePeople: 2, betterFit: 0 },
          ],
          rules: 11,
          isExact: true,
          leftOutByCouncil: 0,
        }),
        costs.costsPage({
          costs: [
            { ...cost, moved: 0 },
            { ...cost, moved: 1, morePeople: 1 },
            { ...cost, groups: 1, moved: 1, morePeople: -1, betterFit: -0.2 },
            { ...cost, moved: 0, morePeople: -2, betterFit: 3 },
          ],
          rules: 8,
          isExact: false,
          leftOutByCouncil: 0,
        }),
      ),
    };
  },
};

const ofRounds: Chapter = {
  parts: [],
  examples: ({ name, otherName, council }: Contents) => {
    const came = { met: 28, differ: 1, 'not-met': 4, dated: 2, passed: 1, ended: 1, unknown: 3 };
    const round = { id, number: 7, when: '2 March 2027', people: 81, matches: 40, later: 1, came, leftOut: 1 };
    const plainCame = { ...came, met: 30, differ: 0, passed: 0 };
    const match = {
      people: [`${name} (${council})`, `${otherName} (${council})`],
      came: 'met',
    } as const;
    const details: rounds.ShownDetails = {
      round,
      publishedBy: '',
      verdict: best,
      figures,
      matches: [
        { ...match, origin: 'round' },
        { ...match, came: 'dated', origin: 'pool' },
        { ...match, came: 'ended', origin: 'fixed' },
        { ...match, came: 'unknown', origin: 'round' },
        { ...match, came: 'differ', origin: 'round' },
        { ...match, came: 'passed', origin: 'round' },
        ...many(60, { ...match, came: 'not-met', origin: 'round' } as const),
      ],
      leftOut: [{ name, council, reason: 'odd-number' }],
      useful: 'most',
    };
    return {
      roundsPage: pages(
        rounds.roundsPage([], false),
        rounds.roundsPage([{ ...round, later: 0, came: plainCame }], false),
        rounds.roundsPage(many(rounds.roundsShown, round), true),
      ),
      roundPage: pages(
        rounds.roundPage(details),
        rounds.roundPage({
          ...details,
          publishedBy: name,
          verdict: undefined,
          figures: [],
          matches: [],
          leftOut: many(2, { name, council, reason: 'nobody-free' } as const),
          useful: undefined,
        }),
      ),
    };
  },
};

export const roundChapters: Readonly<Record<string, Chapter>> = {
  'matching/weights/costs-messages.ts': ofCosts,
  'matching/rounds/next-messages.ts': ofNext,
  'matching/publishing/messages.ts': {
    parts: [],
    examples: () => ({
      published: messages(published(1), published(40)),
      publishQuestion: pages(publishQuestion(61, 'e5f1')),
    }),
  },
  'matching/publishing/ready-messages.ts': {
    parts: [],
    examples: () => ({ ready: messages(ready.ready(7, '10am on Monday 15 March')) }),
  },
  'matching/rounds/rounds-messages.ts': ofRounds,
};
