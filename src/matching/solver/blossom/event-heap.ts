const NEVER_DUE = 2 ** 31 - 1;

/** A four-way heap of numbered events by due time; each event is in it at most once and its time can be changed. */
export class EventHeap {
  /** Due time by event number; NEVER_DUE while the event is not in the heap. */
  readonly due: Int32Array;
  private readonly slots: Int32Array;
  private readonly place: Int32Array;
  private count = 0;

  constructor(events: number) {
    this.due = new Int32Array(events).fill(NEVER_DUE);
    this.slots = new Int32Array(events);
    this.place = new Int32Array(events).fill(-1);
  }

  /** The event that is due first, or −1. */
  first(): number {
    return this.count > 0 ? (this.slots[0] ?? 0) : -1;
  }

  clear(): void {
    for (let at = 0; at < this.count; at++) {
      this.place[this.slots[at] ?? 0] = -1;
      this.due[this.slots[at] ?? 0] = NEVER_DUE;
    }
    this.count = 0;
  }

  set(event: number, time: number): void {
    const at = this.place[event] ?? 0;
    if (at < 0) {
      this.due[event] = time;
      this.up(this.count++, event);
    } else if (time < (this.due[event] ?? 0)) {
      this.due[event] = time;
      this.up(at, event);
    } else if (time > (this.due[event] ?? 0)) {
      this.due[event] = time;
      this.down(at, event);
    }
  }

  /** Puts the event in, or makes it earlier; never later. */
  hasten(event: number, time: number): void {
    if (time >= (this.due[event] ?? 0)) return;
    const at = this.place[event] ?? 0;
    this.due[event] = time;
    this.up(at < 0 ? this.count++ : at, event);
  }

  remove(event: number): void {
    const at = this.place[event] ?? 0;
    if (at < 0) return;
    this.place[event] = -1;
    this.count--;
    const time = this.due[event] ?? 0;
    this.due[event] = NEVER_DUE;
    if (at === this.count) return;
    const moved = this.slots[this.count] ?? 0;
    if ((this.due[moved] ?? 0) < time) this.up(at, moved);
    else this.down(at, moved);
  }

  private up(from: number, event: number): void {
    const { due, slots, place } = this;
    const time = due[event] ?? 0;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 2;
      const other = slots[above] ?? 0;
      if ((due[other] ?? 0) <= time) break;
      slots[at] = other;
      place[other] = at;
      at = above;
    }
    slots[at] = event;
    place[event] = at;
  }

  private down(from: number, event: number): void {
    const { due, slots, place, count } = this;
    const time = due[event] ?? 0;
    let at = from;
    for (;;) {
      const child = 4 * at + 1;
      if (child >= count) break;
      const end = child + 4 < count ? child + 4 : count;
      let least = child;
      for (let c = child + 1; c < end; c++) if ((due[slots[c] ?? 0] ?? 0) < (due[slots[least] ?? 0] ?? 0)) least = c;
      const other = slots[least] ?? 0;
      if ((due[other] ?? 0) >= time) break;
      slots[at] = other;
      place[other] = at;
      at = least;
    }
    slots[at] = event;
    place[event] = at;
  }
}
