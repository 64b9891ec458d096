/**
 * The largest set of pairs in a graph (Edmonds, "Paths, trees, and flowers", 1965), by augmenting paths with
 * blossoms contracted, O(n³). Vertices are tried in the order 0, 1, 2 …, and only one that stands later ever gives way,
 * so whoever stands first is left out only when no largest set holds them with those before.
 *
 * @param count how many vertices
 * @param allowed whether two vertices may be paired; symmetric
 * @returns the partner of each vertex, −1 for none
 */
export function maximumPairs(count: number, allowed: (a: number, b: number) => boolean): Int32Array {
  const neighbours = Array.from({ length: count }, (_, a) =>
    Array.from({ length: count }, (_, b) => b).filter((b) => b !== a && allowed(a, b)),
  );
  const partner = new Int32Array(count).fill(none);
  for (let root = 0; root < count; root += 1) {
    if (at(partner, root) === none) augment(partner, neighbours, root);
  }
  return partner;
}

const none = -1;

function at(array: Int32Array, index: number): number {
  return array[index] ?? none;
}

/** One search: the alternating tree that grows from a vertex without a partner. */
interface Search {
  readonly partner: Int32Array;
  /** The vertex before this one on the path to the root, for vertices at odd depth. */
  readonly parent: Int32Array;
  /** The base of the blossom that a vertex has been contracted into; itself when none. */
  readonly base: Int32Array;
  readonly isEven: Uint8Array;
  readonly queue: number[];
}

function augment(partner: Int32Array, neighbours: readonly (readonly number[])[], root: number): void {
  const count = partner.length;
  const search: Search = {
    partner,
    parent: new Int32Array(count).fill(none),
    base: Int32Array.from({ length: count }, (_, vertex) => vertex),
    isEven: new Uint8Array(count),
    queue: [root],
  };
  search.isEven[root] = 1;
  for (let head = 0; head < search.queue.length; head += 1) {
    const from = search.queue[head] ?? none;
    for (const to of neighbours[from] ?? []) {
      if (!grow(search, root, from, to)) continue;
      flip(search, to);
      return;
    }
  }
  giveWay(search, root);
}

/** No more can be paired; but a vertex that stands later may give its place to the root, and have its own turn later. */
function giveWay(search: Search, root: number): void {
  const later = search.isEven.lastIndexOf(1);
  if (later <= root) return;
  const mate = at(search.partner, later);
  search.partner[later] = none;
  flip(search, mate);
}

/** Looks along one edge. True when `to` has no partner: an augmenting path ends there. */
function grow(search: Search, root: number, from: number, to: number): boolean {
  const { partner, parent, base, isEven, queue } = search;
  if (at(base, from) === at(base, to) || at(partner, from) === to) return false;
  const mate = at(partner, to);
  if (to === root || (mate !== none && at(parent, mate) !== none)) {
    contract(search, from, to);
    return false;
  }
  if (at(parent, to) !== none) return false;
  parent[to] = from;
  if (mate === none) return true;
  isEven[mate] = 1;
  queue.push(mate);
  return false;
}

/** Two even vertices met: the odd cycle through their common ancestor becomes one vertex, all of it even. */
function contract(search: Search, from: number, to: number): void {
  const { base, isEven, queue } = search;
  const ancestor = commonBase(search, from, to);
  const inBlossom = new Uint8Array(base.length);
  markPath(search, inBlossom, from, ancestor, to);
  markPath(search, inBlossom, to, ancestor, from);
  for (let vertex = 0; vertex < base.length; vertex += 1) {
    if (inBlossom[at(base, vertex)] !== 1) continue;
    base[vertex] = ancestor;
    if (isEven[vertex] === 1) continue;
    isEven[vertex] = 1;
    queue.push(vertex);
  }
}

function commonBase({ partner, parent, base }: Search, a: number, b: number): number {
  const seen = new Set<number>();
  for (let vertex = at(base, a); ; vertex = at(base, at(parent, at(partner, vertex)))) {
    seen.add(vertex);
    if (at(partner, vertex) === none) break;
  }
  let vertex = at(base, b);
  while (!seen.has(vertex)) vertex = at(base, at(parent, at(partner, vertex)));
  return vertex;
}

function markPath(
  { partner, parent, base }: Search,
  inBlossom: Uint8Array,
  start: number,
  ancestor: number,
  child: number,
): void {
  let vertex = start;
  let below = child;
  while (at(base, vertex) !== ancestor) {
    const mate = at(partner, vertex);
    inBlossom[at(base, vertex)] = 1;
    inBlossom[at(base, mate)] = 1;
    parent[vertex] = below;
    below = mate;
    vertex = at(parent, mate);
  }
}

/** Swaps matched and unmatched edges along the path that ends in `last`. */
function flip({ partner, parent }: Search, last: number): void {
  let vertex = last;
  while (vertex !== none) {
    const before = at(parent, vertex);
    const next = at(partner, before);
    partner[vertex] = before;
    partner[before] = vertex;
    vertex = next;
  }
}
