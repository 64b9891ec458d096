import { type Forest, FREE, INNER, OUTER } from './forest.ts';

/** Announces what can happen to a member that has just become outer: its floor, outer neighbours, free neighbours. */
export function watchOuter(f: Forest, member: number): void {
  const { graph, heap, price, rate, top, caller, callerWeight } = f;
  const { start, to, weight } = graph;
  const { due } = heap;
  const own = top[member] ?? 0;
  const mine = price[member] ?? 0;
  let first = mine - (f.floor[member] ?? 0);
  caller[member] = -1;
  const end = start[member + 1] ?? 0;
  for (let e = start[member] ?? 0; e < end; e++) {
    const other = to[e] ?? 0;
    const pace = rate[other] ?? 0;
    if (pace > 0) continue;
    const slack = mine + (price[other] ?? 0) - (weight[e] ?? 0);
    if (pace === 0) {
      if (slack >= (due[other] ?? 0)) continue;
      heap.hasten(other, slack);
      caller[other] = member;
      callerWeight[other] = weight[e] ?? 0;
    } else if (slack >> 1 < first && top[other] !== own) {
      first = slack >> 1;
      caller[member] = other;
      callerWeight[member] = weight[e] ?? 0;
    }
  }
  heap.set(member, first);
}

/** Announces when the first outer neighbour reaches a member that is in no tree. */
export function watchFree(f: Forest, member: number): void {
  const { graph, heap, clock, price, rate } = f;
  const { start, to, weight } = graph;
  const mine = price[member] ?? 0;
  let least = -1;
  let best = 0;
  const end = start[member + 1] ?? 0;
  for (let e = start[member] ?? 0; e < end; e++) {
    const other = to[e] ?? 0;
    if ((rate[other] ?? 0) >= 0) continue;
    const time = mine + (price[other] ?? 0) - (weight[e] ?? 0);
    if (least < 0 || time < best) {
      best = time;
      least = e;
    }
  }
  if (least < 0) {
    heap.remove(member);
    return;
  }
  heap.set(member, best < clock ? clock : best);
  f.caller[member] = to[least] ?? 0;
  f.callerWeight[member] = weight[least] ?? 0;
}

export function watchOuterLeaves(f: Forest, node: number): void {
  const last = f.leafLast[node] ?? 0;
  for (let v = f.leafFirst[node] ?? 0; ; v = f.leafNext[v] ?? 0) {
    watchOuter(f, v);
    if (v === last) return;
  }
}

export function watchFreeLeaves(f: Forest, node: number): void {
  const last = f.leafLast[node] ?? 0;
  for (let v = f.leafFirst[node] ?? 0; ; v = f.leafNext[v] ?? 0) {
    watchFree(f, v);
    if (v === last) return;
  }
}

/** Changes how the prices of a node's members move from now on: −1, 0 or +1 a tick; and makes `top` their top node. */
function setPace(f: Forest, node: number, top: number, pace: number): void {
  const { price, rate, clock } = f;
  const last = f.leafLast[node] ?? 0;
  for (let v = f.leafFirst[node] ?? 0; ; v = f.leafNext[v] ?? 0) {
    price[v] = (price[v] ?? 0) + ((rate[v] ?? 0) - pace) * clock;
    rate[v] = pace;
    f.top[v] = top;
    if (v === last) return;
  }
}

/** Makes a top node outer, reached from `outside` to its member `inside` (−1 for a root), in the tree of `root`. */
export function makeOuter(f: Forest, node: number, root: number, outside: number, inside: number): void {
  f.label[node] = OUTER;
  f.tree[node] = root;
  f.outside[node] = outside;
  f.inside[node] = inside;
  f.treeNodes[root]?.push(node);
  setPace(f, node, node, -1);
  if (node >= f.n) f.odd[node] = (f.odd[node] ?? 0) - 2 * f.clock;
}

/** Makes a top node inner; its members can no longer be reached, and a blossom opens when its own price is used up. */
export function makeInner(f: Forest, node: number, root: number, outside: number, inside: number): void {
  f.label[node] = INNER;
  f.tree[node] = root;
  f.outside[node] = outside;
  f.inside[node] = inside;
  f.treeNodes[root]?.push(node);
  setPace(f, node, node, 1);
  forgetLeaves(f, node);
  if (node < f.n) return;
  f.odd[node] = (f.odd[node] ?? 0) + 2 * f.clock;
  f.heap.set(node, (f.odd[node] ?? 0) >> 1);
}

/** Takes a top node out of its tree and settles its prices. Its members' events are the caller's to announce. */
export function makeFree(f: Forest, node: number): void {
  settleOdd(f, node);
  f.label[node] = FREE;
  setPace(f, node, node, 0);
}

/** Settles the odd-set price of a top node that leaves its place in the tree. */
export function settleOdd(f: Forest, node: number): void {
  if (node < f.n) return;
  if (f.label[node] === OUTER) f.odd[node] = (f.odd[node] ?? 0) + 2 * f.clock;
  else if (f.label[node] === INNER) f.odd[node] = (f.odd[node] ?? 0) - 2 * f.clock;
  f.heap.remove(node);
}

export function forgetLeaves(f: Forest, node: number): void {
  const last = f.leafLast[node] ?? 0;
  for (let v = f.leafFirst[node] ?? 0; ; v = f.leafNext[v] ?? 0) {
    f.heap.remove(v);
    if (v === last) return;
  }
}
