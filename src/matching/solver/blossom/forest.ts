import { EventHeap } from './event-heap.ts';

export const FREE = 0;
export const OUTER = 1;
export const INNER = 2;

/** Allowed pairs as adjacency lists: the neighbours of v are `to[start[v] … start[v + 1] − 1]`; weights are doubled. */
export interface Graph {
  readonly start: Int32Array;
  readonly to: Int32Array;
  readonly weight: Int32Array;
}

/**
 * Everything the matching engine knows at one moment. Nodes 0 … n−1 are members, nodes n and up are blossoms.
 *
 * Prices are lazy: while a node is in a tree, a member's price is `price + rate × clock` and the price of a top blossom is
 * `odd − 2 × rate × clock`, so that the passing of time costs nothing. All prices and weights are doubled.
 */
export interface Forest {
  readonly n: number;
  graph: Graph;
  clock: number;
  /** Trees that still look for a partner. */
  trees: number;
  readonly heap: EventHeap;
  readonly price: Int32Array;
  /** −1 outer, 0 in no tree, +1 inner. */
  readonly rate: Int8Array;
  /** Twice the leave-out value: a member's price never falls below it. */
  readonly floor: Int32Array;
  /** A member's partner; −1 nobody yet; the member itself when left out for good. */
  readonly mate: Int32Array;
  /** The outermost blossom (or the member itself) around each member. */
  readonly top: Int32Array;
  /** The outer neighbour by which an event of a free member was last announced, and the doubled weight of that pair. */
  readonly caller: Int32Array;
  readonly callerWeight: Int32Array;
  /** By node: tree label, and the pair (outside, inside) by which the label came; −1 at a root. */
  readonly label: Uint8Array;
  readonly outside: Int32Array;
  readonly inside: Int32Array;
  /** By node: the tree it is in, named by the member at its root. */
  readonly tree: Int32Array;
  readonly treeNodes: number[][];
  /** By node: price as an odd set, the one member whose partner is outside, and the blossom around it (−1 none). */
  readonly odd: Int32Array;
  readonly base: Int32Array;
  readonly parent: Int32Array;
  /** By child of a blossom: the ring of siblings, with the pair (own member, next sibling's member) that links to the next. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly linkOwn: Int32Array;
  readonly linkNext: Int32Array;
  /** By blossom: the child that holds the base. */
  readonly baseChild: Int32Array;
  /** By node: its members are a run of the list `leafNext` from first to last. */
  readonly leafFirst: Int32Array;
  readonly leafLast: Int32Array;
  readonly leafNext: Int32Array;
  readonly spareBlossoms: number[];
  readonly mark: Int32Array;
  marks: number;
}

function nobody(length: number): Int32Array {
  return new Int32Array(length).fill(-1);
}

function themselves(nodes: number, n: number): Int32Array {
  const list = new Int32Array(nodes);
  for (let v = 0; v < n; v++) list[v] = v;
  return list;
}

/** A forest without trees in which nobody has a partner; floors are twice the leave-out values. */
export function emptyForest(n: number, graph: Graph, floor: Int32Array): Forest {
  const nodes = n + (n >> 1) + 1;
  const spareBlossoms: number[] = [];
  for (let b = nodes - 1; b >= n; b--) spareBlossoms.push(b);
  return {
    n,
    graph,
    clock: 0,
    trees: 0,
    heap: new EventHeap(nodes),
    price: new Int32Array(n),
    rate: new Int8Array(n),
    floor,
    mate: nobody(n),
    top: themselves(n, n),
    caller: nobody(n),
    callerWeight: new Int32Array(n),
    label: new Uint8Array(nodes),
    outside: nobody(nodes),
    inside: nobody(nodes),
    tree: nobody(nodes),
    treeNodes: [],
    odd: new Int32Array(nodes),
    base: themselves(nodes, n),
    parent: nobody(nodes),
    next: nobody(nodes),
    previous: nobody(nodes),
    linkOwn: nobody(nodes),
    linkNext: nobody(nodes),
    baseChild: nobody(nodes),
    leafFirst: themselves(nodes, n),
    leafLast: themselves(nodes, n),
    leafNext: nobody(n),
    spareBlossoms,
    mark: new Int32Array(nodes),
    marks: 0,
  };
}

/** Builds adjacency lists from pairs (a, b) with doubled weights; the first `count` entries are used. */
export function graphOf(n: number, count: number, a: Int32Array, b: Int32Array, weight: Int32Array): Graph {
  const start = new Int32Array(n + 1);
  for (let e = 0; e < count; e++) {
    start[(a[e] ?? 0) + 1] = (start[(a[e] ?? 0) + 1] ?? 0) + 1;
    start[(b[e] ?? 0) + 1] = (start[(b[e] ?? 0) + 1] ?? 0) + 1;
  }
  for (let v = 0; v < n; v++) start[v + 1] = (start[v + 1] ?? 0) + (start[v] ?? 0);
  const fill = start.slice(0, n);
  const to = new Int32Array(2 * count);
  const weights = new Int32Array(2 * count);
  for (let e = 0; e < count; e++) {
    const u = a[e] ?? 0;
    const v = b[e] ?? 0;
    const w = weight[e] ?? 0;
    const atU = fill[u] ?? 0;
    fill[u] = atU + 1;
    to[atU] = v;
    weights[atU] = w;
    const atV = fill[v] ?? 0;
    fill[v] = atV + 1;
    to[atV] = u;
    weights[atV] = w;
  }
  return { start, to, weight: weights };
}

/** An independent copy of a forest that has no trees. */
export function copyForest(f: Forest): Forest {
  return {
    ...f,
    heap: new EventHeap(f.parent.length),
    price: f.price.slice(),
    rate: f.rate.slice(),
    floor: f.floor.slice(),
    mate: f.mate.slice(),
    top: f.top.slice(),
    caller: f.caller.slice(),
    callerWeight: f.callerWeight.slice(),
    label: f.label.slice(),
    outside: f.outside.slice(),
    inside: f.inside.slice(),
    tree: f.tree.slice(),
    treeNodes: [],
    odd: f.odd.slice(),
    base: f.base.slice(),
    parent: f.parent.slice(),
    next: f.next.slice(),
    previous: f.previous.slice(),
    linkOwn: f.linkOwn.slice(),
    linkNext: f.linkNext.slice(),
    baseChild: f.baseChild.slice(),
    leafFirst: f.leafFirst.slice(),
    leafLast: f.leafLast.slice(),
    leafNext: f.leafNext.slice(),
    spareBlossoms: f.spareBlossoms.slice(),
    mark: f.mark.slice(),
  };
}
