import { openBlossom } from './blossoms.ts';
import type { Forest } from './forest.ts';

/** Takes the partner away from a top node's base (or its standing as left out for good). */
function expose(f: Forest, node: number): void {
  const base = f.base[node] ?? 0;
  const mate = f.mate[base] ?? 0;
  if (mate >= 0) f.mate[mate] = -1;
  f.mate[base] = -1;
}

function raiseLeaves(f: Forest, node: number, amount: number): void {
  const last = f.leafLast[node] ?? 0;
  for (let v = f.leafFirst[node] ?? 0; ; v = f.leafNext[v] ?? 0) {
    f.price[v] = (f.price[v] ?? 0) + amount;
    if (v === last) return;
  }
}

/** Dissolves a top blossom: its price goes into its members' prices, so that every pair inside keeps its slack. */
export function melt(f: Forest, blossom: number): void {
  if ((f.odd[blossom] ?? 0) > 0) {
    expose(f, blossom);
    raiseLeaves(f, blossom, (f.odd[blossom] ?? 0) >> 1);
    f.odd[blossom] = 0;
  }
  openBlossom(f, blossom);
}

/** Raises a member's price by at least `amount`, at the cost of as few blossoms and pairs as that allows. */
export function raise(f: Forest, member: number, amount: number): void {
  let left = amount;
  while (left > 0) {
    const node = f.top[member] ?? 0;
    if (node < f.n) {
      expose(f, node);
      f.price[node] = (f.price[node] ?? 0) + left;
      return;
    }
    if ((f.odd[node] ?? 0) >= 2 * left) {
      expose(f, node);
      raiseLeaves(f, node, left);
      f.odd[node] = (f.odd[node] ?? 0) - 2 * left;
      return;
    }
    left -= (f.odd[node] ?? 0) >> 1;
    melt(f, node);
  }
}

/** The prices of all odd sets that hold both members. */
export function sharedPrice(f: Forest, a: number, b: number): number {
  if (f.top[a] !== f.top[b]) return 0;
  const stamp = ++f.marks;
  for (let node = f.parent[a] ?? 0; node >= 0; node = f.parent[node] ?? 0) f.mark[node] = stamp;
  let node = f.parent[b] ?? 0;
  while (f.mark[node] !== stamp) node = f.parent[node] ?? 0;
  let sum = 0;
  for (; node >= 0; node = f.parent[node] ?? 0) sum += f.odd[node] ?? 0;
  return sum;
}

/** Makes the prices right for a pair that may have been worth more than they allow; `weight` is doubled. */
export function admit(f: Forest, a: number, b: number, weight: number): void {
  while (f.top[a] === f.top[b]) {
    if ((f.price[a] ?? 0) + (f.price[b] ?? 0) + sharedPrice(f, a, b) >= weight) return;
    melt(f, f.top[a] ?? 0);
  }
  const short = weight - (f.price[a] ?? 0) - (f.price[b] ?? 0);
  if (short <= 0) return;
  raise(f, cheaperToRaise(f, a, b), short);
}

/** Which end of a pair to raise: one that has no partner to lose, else one whose blossom need not melt. */
function cheaperToRaise(f: Forest, a: number, b: number): number {
  const nodeA = f.top[a] ?? 0;
  const nodeB = f.top[b] ?? 0;
  const looseA = (f.mate[f.base[nodeA] ?? 0] ?? 0) < 0;
  const looseB = (f.mate[f.base[nodeB] ?? 0] ?? 0) < 0;
  if (looseA !== looseB) return looseA ? a : b;
  return nodeA >= f.n && nodeB < f.n ? b : a;
}

/** Changes what leaving members out is worth (doubled floors): whoever was left out above their new floor looks again. */
export function changeFloors(f: Forest, floor: Int32Array): void {
  for (let v = 0; v < f.n; v++) {
    f.floor[v] = floor[v] ?? 0;
    if ((f.price[v] ?? 0) < (floor[v] ?? 0)) raise(f, v, (floor[v] ?? 0) - (f.price[v] ?? 0));
    else if (f.mate[v] === v && (f.price[v] ?? 0) > (floor[v] ?? 0)) f.mate[v] = -1;
  }
}

/** Gives the prices of all members without a partner one parity: meetings of two trees then fall on whole ticks. */
export function evenRoots(f: Forest): void {
  for (let v = 0; v < f.n; v++) {
    if (f.mate[v] === -1 && ((f.price[v] ?? 0) & 1) !== 0) raise(f, v, 1);
  }
}

/** Leaves a member out for good, at a doubled floor above anything a pair can be worth; the partner looks again. */
export function withdraw(f: Forest, member: number, floor: number): void {
  while (f.top[member] !== member) melt(f, f.top[member] ?? 0);
  expose(f, member);
  f.mate[member] = member;
  f.price[member] = floor;
  f.floor[member] = floor;
}
