import * as costs from '../../src/matching/costs-messages.ts';
import * as next from '../../src/matching/next-messages.ts';
import { published } from '../../src/matching/publishing-messages.ts';
import { qualityFigures } from '../../src/matching/quality-words.ts';
import * as ready from '../../src/matching/ready-messages.ts';
import * as rounds from '../../src/matching/rounds-messages.ts';
import type { RuleCost } from '../../src/matching/rule-costs.ts';
import type { Quality } from '../../src/matching/scoring/quality.ts';
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
      hasChanged: false,
      fingerprint: 'a'.repeat(64),
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
    const group = { people: [person, other], why: [`They are both interested in “${theme}”.`], isFixed: false };
    const one = { name, council, reason: 'odd-number' } as const;
    const waiting = { ...plain, byHand: true, isWaiting: true, sizes: [2, 3, 4, 4], sittingOut: 1, verdict: close };
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
        next.groupsPage([group], 0, 1),
        next.groupsPage(
          many(next.groupsShown, { ...group, people: [person, other, person, other], isFixed: true, why: [] }),
          12,
          90,
        ),
        next.groupsPage([], 0, 0),
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
        costs.costsPage([]),
        costs.costsPage([
          cost,
          ...all.map((rule) => ({ ...cost, rule })),
          { ...cost, rule: 'cool-down', moved: 1, morePeople: 2, betterFit: 0 },
        ]),
        costs.costsPage([
          { ...cost, moved: 0 },
          { ...cost, moved: 1, morePeople: 1 },
          { ...cost, morePeople: -2 },
        ]),
      ),
    };
  },
};

const ofRounds: Chapter = {
  parts: [],
  examples: ({ name, otherName, council }: Contents) => {
    const met = { met: 31, 'not-met': 4, dated: 2, unknown: 3 };
    const round = { id, number: 7, when: '2 March 2027', people: 81, matches: 40, met, leftOut: 1 };
    const match = {
      people: [`${name} (${council})`, `${otherName} (${council})`],
      met: 'met',
      hasEnded: false,
    } as const;
    const details: rounds.ShownDetails = {
      round,
      publishedBy: '',
      verdict: best,
      figures,
      matches: [
        { ...match, origin: 'round' },
        { ...match, met: 'dated', origin: 'pool' },
        { ...match, met: 'unknown', origin: 'fixed', hasEnded: true },
        ...many(60, { ...match, met: 'not-met', origin: 'round' } as const),
      ],
      leftOut: [{ name, council, reason: 'odd-number' }],
      answers: { useful: 21, notUseful: 3 },
    };
    return {
      roundsPage: pages(
        rounds.roundsPage([], false),
        rounds.roundsPage([round], false),
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
          answers: undefined,
        }),
      ),
    };
  },
};

export const roundChapters: Readonly<Record<string, Chapter>> = {
  'matching/costs-messages.ts': ofCosts,
  'matching/next-messages.ts': ofNext,
  'matching/publishing-messages.ts': {
    parts: [],
    examples: () => ({ published: messages(published(1), published(40)) }),
  },
  'matching/ready-messages.ts': { parts: [], examples: () => ({ ready: messages(ready.ready(7)) }) },
  'matching/rounds-messages.ts': ofRounds,
};
