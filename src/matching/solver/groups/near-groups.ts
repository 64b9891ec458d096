import { type GroupList, type Incidence, incidenceOf, type Prices, slackOf } from './group-list.ts';
import type { Roll } from './roll.ts';
import type { Square } from './square.ts';

/** Groups near their price, in flat arrays: group k is `member[start[k]] … member[start[k + 1] − 1]`. */
export class NearGroups {
  readonly start: Int32Array;
  readonly member: Int32Array;
  /** How far each is worth less than its price. */
  readonly slack: Float64Array;
  /** Each member’s groups, those with the least slack first. */
  private readonly around: Incidence;

  constructor(square: Square, list: GroupList, prices: Prices) {
    const slack = slackOf(list, prices);
    const order = Int32Array.from(slack.keys()).sort((p, q) => (slack[p] ?? 0) - (slack[q] ?? 0));
    this.around = incidenceOf(square, list, order);
    this.start = Int32Array.from(list.start);
    this.member = Int32Array.from(list.member);
    this.slack = slack;
  }

  /** One of a member’s groups, those with little slack more often; −1 where there is none. */
  drawAround(a: number, roll: Roll): number {
    const { start, group } = this.around;
    const from = start[a] ?? 0;
    const count = (start[a + 1] ?? 0) - from;
    if (count === 0) return -1;
    const far = roll.below(65_536) / 65_536;
    return group[from + Math.floor(far * far * far * count)] ?? -1;
  }
}
