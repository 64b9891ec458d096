import { type Forest, FREE, INNER } from './forest.ts';
import { makeFree, makeInner, makeOuter, settleOdd, watchFreeLeaves, watchOuterLeaves } from './labels.ts';

/** The outer node above an outer node in its tree, or −1 at the root. */
function outerAbove(f: Forest, node: number): number {
  const outside = f.outside[node] ?? 0;
  if (outside < 0) return -1;
  return f.top[f.outside[f.top[outside] ?? 0] ?? 0] ?? 0;
}

/** The outer node at which the tree paths of two outer nodes of one tree meet. */
function meeting(f: Forest, one: number, two: number): number {
  const stamp = ++f.marks;
  let a = one;
  let b = two;
  for (;;) {
    if (a >= 0) {
      if (f.mark[a] === stamp) return a;
      f.mark[a] = stamp;
      a = outerAbove(f, a);
    }
    const swap = a;
    a = b;
    b = swap;
  }
}

/** Joins two siblings in a ring: `own` is a member of `child`, `other` a member of the following sibling. */
function link(f: Forest, child: number, sibling: number, own: number, other: number): void {
  f.next[child] = sibling;
  f.previous[sibling] = child;
  f.linkOwn[child] = own;
  f.linkNext[child] = other;
}

/** Links the tree path from an outer node up to `stop` into the ring, upwards (away from the node) or downwards. */
function linkPath(f: Forest, from: number, stop: number, upwards: boolean): void {
  let node = from;
  while (node !== stop) {
    const outside = f.outside[node] ?? 0;
    const above = f.top[outside] ?? 0;
    if (upwards) link(f, node, above, f.inside[node] ?? 0, outside);
    else link(f, above, node, outside, f.inside[node] ?? 0);
    node = above;
  }
}

/** Makes one outer blossom of the odd ring that the tight pair (a, b), both outer and of one tree, closes. */
export function closeBlossom(f: Forest, a: number, b: number): void {
  const blossom = f.spareBlossoms.pop();
  if (blossom === undefined) throw new Error('More blossoms than members allow');
  const stem = meeting(f, f.top[a] ?? 0, f.top[b] ?? 0);
  linkPath(f, f.top[a] ?? 0, stem, false);
  link(f, f.top[a] ?? 0, f.top[b] ?? 0, a, b);
  linkPath(f, f.top[b] ?? 0, stem, true);
  const turned: number[] = [];
  f.leafFirst[blossom] = f.leafFirst[stem] ?? 0;
  let child = stem;
  do {
    const following = f.next[child] ?? 0;
    if (f.label[child] === INNER) turned.push(child);
    settleOdd(f, child);
    f.label[child] = FREE;
    f.parent[child] = blossom;
    f.leafLast[blossom] = f.leafLast[child] ?? 0;
    f.leafNext[f.leafLast[child] ?? 0] = f.leafFirst[following] ?? 0;
    child = following;
  } while (child !== stem);
  f.baseChild[blossom] = stem;
  f.base[blossom] = f.base[stem] ?? 0;
  f.parent[blossom] = -1;
  f.odd[blossom] = 0;
  makeOuter(f, blossom, f.tree[stem] ?? 0, f.outside[stem] ?? 0, f.inside[stem] ?? 0);
  for (const node of turned) watchOuterLeaves(f, node);
}

/** The child of a blossom that holds a member. */
export function childHolding(f: Forest, blossom: number, member: number): number {
  let node = member;
  while (f.parent[node] !== blossom) node = f.parent[node] ?? 0;
  return node;
}

/** Whether the even way from a child round the ring to the base runs along `next`. */
function evenForwards(f: Forest, blossom: number, child: number): boolean {
  const stop = f.baseChild[blossom] ?? 0;
  let steps = 0;
  for (let node = child; node !== stop; node = f.next[node] ?? 0) steps++;
  return steps % 2 === 0;
}

/** Makes `member` the one of its blossom whose partner is outside; the pairs on the even way to the old base change over. */
export function rebase(f: Forest, blossom: number, member: number): void {
  if (blossom < f.n) return;
  const first = childHolding(f, blossom, member);
  rebase(f, first, member);
  const stop = f.baseChild[blossom] ?? 0;
  const forwards = evenForwards(f, blossom, first);
  let node = first;
  while (node !== stop) {
    const one = forwards ? (f.next[node] ?? 0) : (f.previous[node] ?? 0);
    const two = forwards ? (f.next[one] ?? 0) : (f.previous[one] ?? 0);
    const left = forwards ? (f.linkOwn[one] ?? 0) : (f.linkNext[two] ?? 0);
    const right = forwards ? (f.linkNext[one] ?? 0) : (f.linkOwn[two] ?? 0);
    rebase(f, one, left);
    rebase(f, two, right);
    f.mate[left] = right;
    f.mate[right] = left;
    node = two;
  }
  f.baseChild[blossom] = first;
  f.base[blossom] = member;
}

/** Makes a blossom's children top nodes again; their members' own prices must already be settled by the caller. */
export function openBlossom(f: Forest, blossom: number): void {
  const stop = f.baseChild[blossom] ?? 0;
  let child = stop;
  do {
    f.parent[child] = -1;
    const last = f.leafLast[child] ?? 0;
    for (let v = f.leafFirst[child] ?? 0; ; v = f.leafNext[v] ?? 0) {
      f.top[v] = child;
      if (v === last) break;
    }
    child = f.next[child] ?? 0;
  } while (child !== stop);
  f.spareBlossoms.push(blossom);
}

/** Opens an inner blossom whose own price is used up: the even way from entry to base stays in the tree, the rest is freed. */
export function openInner(f: Forest, blossom: number): void {
  const root = f.tree[blossom] ?? 0;
  const entry = childHolding(f, blossom, f.inside[blossom] ?? 0);
  const stop = f.baseChild[blossom] ?? 0;
  const forwards = evenForwards(f, blossom, entry);
  settleOdd(f, blossom);
  f.label[blossom] = FREE;
  openBlossom(f, blossom);
  makeInner(f, entry, root, f.outside[blossom] ?? 0, f.inside[blossom] ?? 0);
  const outer: number[] = [];
  let node = entry;
  while (node !== stop) {
    const one = forwards ? (f.next[node] ?? 0) : (f.previous[node] ?? 0);
    const two = forwards ? (f.next[one] ?? 0) : (f.previous[one] ?? 0);
    if (forwards) {
      makeOuter(f, one, root, f.linkOwn[node] ?? 0, f.linkNext[node] ?? 0);
      makeInner(f, two, root, f.linkOwn[one] ?? 0, f.linkNext[one] ?? 0);
    } else {
      makeOuter(f, one, root, f.linkNext[one] ?? 0, f.linkOwn[one] ?? 0);
      makeInner(f, two, root, f.linkNext[two] ?? 0, f.linkOwn[two] ?? 0);
    }
    outer.push(one);
    node = two;
  }
  const freed: number[] = [];
  for (
    node = forwards ? (f.next[stop] ?? 0) : (f.previous[stop] ?? 0);
    node !== entry;
    node = forwards ? (f.next[node] ?? 0) : (f.previous[node] ?? 0)
  ) {
    makeFree(f, node);
    freed.push(node);
  }
  for (const one of outer) watchOuterLeaves(f, one);
  for (const one of freed) watchFreeLeaves(f, one);
}
