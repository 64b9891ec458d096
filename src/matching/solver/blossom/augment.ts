import { closeBlossom, rebase } from './blossoms.ts';
import { type Forest, FREE } from './forest.ts';
import { makeFree, makeInner, makeOuter, watchFreeLeaves, watchOuterLeaves } from './labels.ts';

/** Changes the pairs over along the tree path from an outer member to its root; the member's new partner is `partner`. */
function changeOver(f: Forest, member: number, partner: number): void {
  let own = member;
  let other = partner;
  for (;;) {
    const node = f.top[own] ?? 0;
    rebase(f, node, own);
    const outside = f.outside[node] ?? 0;
    f.mate[own] = other;
    if (outside < 0) return;
    const inner = f.top[outside] ?? 0;
    const entry = f.inside[inner] ?? 0;
    const above = f.outside[inner] ?? 0;
    rebase(f, inner, entry);
    f.mate[entry] = above;
    own = above;
    other = entry;
  }
}

/** Takes a whole tree out of the forest; returns its former nodes, whose members' events are still to be announced. */
function fellTree(f: Forest, root: number, felled: number[]): void {
  const nodes = f.treeNodes[root] ?? [];
  for (const node of nodes) {
    if (f.label[node] === FREE || f.tree[node] !== root || (f.parent[node] ?? 0) >= 0) continue;
    makeFree(f, node);
    felled.push(node);
  }
  nodes.length = 0;
  f.trees--;
}

/** Once there is no tree any more, nothing can happen to anybody. */
function watchFelled(f: Forest, felled: readonly number[]): void {
  if (f.trees > 0) for (const node of felled) watchFreeLeaves(f, node);
}

/** Leaves out for good an outer member whose price has reached its floor. */
export function leaveOut(f: Forest, member: number): void {
  const felled: number[] = [];
  changeOver(f, member, member);
  fellTree(f, f.tree[f.top[member] ?? 0] ?? 0, felled);
  watchFelled(f, felled);
}

/** Uses a tight pair of two outer members: it joins two trees, or closes a blossom in one. */
export function joinOuter(f: Forest, a: number, b: number): void {
  const treeA = f.tree[f.top[a] ?? 0] ?? 0;
  const treeB = f.tree[f.top[b] ?? 0] ?? 0;
  if (treeA === treeB) {
    closeBlossom(f, a, b);
    return;
  }
  changeOver(f, a, b);
  changeOver(f, b, a);
  const felled: number[] = [];
  fellTree(f, treeA, felled);
  fellTree(f, treeB, felled);
  watchFelled(f, felled);
}

/** Uses a tight pair of an outer member and one in no tree: the tree grows, or ends with somebody who was left out. */
export function reachFree(f: Forest, outer: number, free: number): void {
  const node = f.top[free] ?? 0;
  const base = f.base[node] ?? 0;
  const mate = f.mate[base] ?? 0;
  const root = f.tree[f.top[outer] ?? 0] ?? 0;
  if (mate === base) {
    rebase(f, node, free);
    f.mate[free] = outer;
    changeOver(f, outer, free);
    const felled: number[] = [];
    fellTree(f, root, felled);
    watchFelled(f, felled);
    return;
  }
  makeInner(f, node, root, outer, free);
  const beyond = f.top[mate] ?? 0;
  makeOuter(f, beyond, root, base, mate);
  watchOuterLeaves(f, beyond);
}
