import { joinOuter, leaveOut, reachFree } from './augment.ts';
import { openInner } from './blossoms.ts';
import type { Forest } from './forest.ts';
import { makeOuter, watchFree, watchOuter, watchOuterLeaves } from './labels.ts';
import { evenRoots } from './repair.ts';

/** Plants a tree at every top node whose base has no partner yet. */
function plantTrees(f: Forest): void {
  const roots: number[] = [];
  for (let v = 0; v < f.n; v++) {
    if (f.mate[v] !== -1) continue;
    f.treeNodes[v] ??= [];
    makeOuter(f, f.top[v] ?? 0, v, -1, -1);
    roots.push(f.top[v] ?? 0);
  }
  f.trees = roots.length;
  for (const node of roots) watchOuterLeaves(f, node);
}

/** Handles the due event of an outer member: its floor, a tight outer pair, or nothing yet (then it is announced anew). */
function outerEvent(f: Forest, member: number): void {
  const { price, rate, top, clock } = f;
  const caller = f.caller[member] ?? 0;
  const left = (price[member] ?? 0) - clock;
  if (left === f.floor[member]) leaveOut(f, member);
  else if (
    (rate[caller] ?? 0) < 0 &&
    left + (price[caller] ?? 0) - clock === f.callerWeight[member] &&
    top[caller] !== top[member]
  )
    joinOuter(f, member, caller);
  else watchOuter(f, member);
}

function freeEvent(f: Forest, member: number): void {
  const caller = f.caller[member] ?? 0;
  if ((f.rate[caller] ?? 0) < 0 && (f.price[caller] ?? 0) - f.clock + (f.price[member] ?? 0) === f.callerWeight[member])
    reachFree(f, caller, member);
  else watchFree(f, member);
}

/**
 * Finds every member without a partner either a partner or proof that they are best left out: all trees grow on one clock
 * until none is left. Afterwards the matching is the best of the graph and the prices prove it.
 * Edmonds 1965, https://doi.org/10.6028/jres.069B.013; lazy prices after Galil, Micali and Gabow 1986,
 * https://doi.org/10.1137/0215009.
 */
export function matchEverybody(f: Forest): void {
  evenRoots(f);
  plantTrees(f);
  const { heap } = f;
  while (f.trees > 0) {
    const event = heap.first();
    f.clock = heap.due[event] ?? 0;
    if (event >= f.n) openInner(f, event);
    else if ((f.rate[event] ?? 0) < 0) outerEvent(f, event);
    else freeEvent(f, event);
  }
  heap.clear();
  f.clock = 0;
}
