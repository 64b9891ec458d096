import { SharedPrices } from '../blossom/shared-prices.ts';
import type { Problem, ProfileScore } from '../model.ts';
import type { Market } from './market.ts';
import { PairList } from './pair-list.ts';
import { addRaised, profileCandidates } from './profile-candidates.ts';
import { overpricedByProfile } from './profile-pricing.ts';
import { profileScore, profileTable } from './profile-table.ts';

/** A network whose score depends on profiles: pairs are priced profile by profile, most of them not at all. */
export function profileMarket(problem: Problem, score: ProfileScore): Market {
  const table = profileTable(problem, score);
  const raised = new PairList();
  addRaised(table, raised);
  return {
    candidates: (each) => {
      const list = profileCandidates(table, each);
      for (let at = 0; at < raised.count; at++) list.add(raised.a[at] ?? 0, raised.b[at] ?? 0, raised.value[at] ?? 0);
      return list;
    },
    overpriced: (forest, found) => overpricedByProfile(table, forest, found, new SharedPrices(forest), 0),
    near: (forest, margin, found) => {
      overpricedByProfile(table, forest, found, null, margin);
      for (let at = 0; at < raised.count; at++) {
        const a = raised.a[at] ?? 0;
        const b = raised.b[at] ?? 0;
        const excess = (raised.value[at] ?? 0) - (forest.price[a] ?? 0) - (forest.price[b] ?? 0);
        if (excess > margin) found.add(a, b, excess);
      }
      return found.count;
    },
    score: (a, b) => profileScore(table, a, b),
  };
}
