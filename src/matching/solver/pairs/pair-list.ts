/** A growing list of pairs (a, b) with one whole number each: a doubled weight, or what a pair is worth above the prices. */
export class PairList {
  count = 0;
  a = new Int32Array(1024);
  b = new Int32Array(1024);
  value = new Int32Array(1024);

  add(a: number, b: number, value: number): void {
    const at = this.count++;
    if (at === this.a.length) {
      this.a = doubled(this.a);
      this.b = doubled(this.b);
      this.value = doubled(this.value);
    }
    this.a[at] = a;
    this.b[at] = b;
    this.value[at] = value;
  }

  copy(): PairList {
    const list = new PairList();
    list.count = this.count;
    list.a = this.a.slice();
    list.b = this.b.slice();
    list.value = this.value.slice();
    return list;
  }

  clear(): void {
    this.count = 0;
  }
}

/** More pairs than any list holds: packs a value and a position into one exact number. */
const ROOM = 2 ** 26;

function doubled(list: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * list.length);
  longer.set(list);
  return longer;
}

/** The largest values seen by each member, largest first, `most` of them. */
function largestByMember(found: PairList, members: number, most: number): Int32Array {
  const largest = new Int32Array(members * most);
  const offer = (member: number, value: number): void => {
    const first = member * most;
    let at = first + most - 1;
    if (value <= (largest[at] ?? 0)) return;
    while (at > first && (largest[at - 1] ?? 0) < value) {
      largest[at] = largest[at - 1] ?? 0;
      at--;
    }
    largest[at] = value;
  };
  for (let at = 0; at < found.count; at++) {
    offer(found.a[at] ?? 0, found.value[at] ?? 0);
    offer(found.b[at] ?? 0, found.value[at] ?? 0);
  }
  return largest;
}

/** The positions of the worst pairs, worst first: those among the `most` worst of both their members, and each one's worst. */
export function worstPairs(found: PairList, members: number, most: number): Float64Array {
  const largest = largestByMember(found, members, most);
  const keys = new Float64Array(found.count);
  let chosen = 0;
  for (let at = 0; at < found.count; at++) {
    const a = (found.a[at] ?? 0) * most;
    const b = (found.b[at] ?? 0) * most;
    const value = found.value[at] ?? 0;
    const worst = value === largest[a] || value === largest[b];
    const amongBoth = value >= (largest[a + most - 1] ?? 0) && value >= (largest[b + most - 1] ?? 0);
    if (worst || amongBoth) keys[chosen++] = -value * ROOM + at;
  }
  const order = keys.subarray(0, chosen).sort();
  for (let k = 0; k < chosen; k++) order[k] = (order[k] ?? 0) - Math.floor((order[k] ?? 0) / ROOM) * ROOM;
  return order;
}
