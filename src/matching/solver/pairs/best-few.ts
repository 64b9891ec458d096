import { NEVER } from '../model.ts';

/** Keeps the best few of a stream of (item, value), best first. */
export class BestFew {
  count = 0;
  /** The least value that still gets in once the list is full. */
  bar = NEVER;
  readonly items: Int32Array;
  readonly values: Int32Array;
  private readonly room: number;

  constructor(room: number) {
    this.room = room;
    this.items = new Int32Array(room + 1);
    this.values = new Int32Array(room + 1);
  }

  clear(): void {
    this.count = 0;
    this.bar = NEVER;
  }

  offer(item: number, value: number): void {
    if (value <= this.bar) return;
    const { items, values } = this;
    let at = this.count;
    while (at > 0 && (values[at - 1] ?? 0) < value) {
      values[at] = values[at - 1] ?? 0;
      items[at] = items[at - 1] ?? 0;
      at--;
    }
    values[at] = value;
    items[at] = item;
    if (this.count < this.room) this.count++;
    if (this.count === this.room) this.bar = values[this.room - 1] ?? 0;
  }
}
