import { NEVER } from '../model.ts';
import { tieBreak } from '../tie-break.ts';
import { BestFew } from './best-few.ts';
import { ChangeRow } from './change-row.ts';
import { PairList } from './pair-list.ts';
import { ProfileChoice } from './profile-choice.ts';
import type { Changes, ProfileTable } from './profile-table.ts';

/** Offers a member all partners of the chosen profiles that can still get in; members begin at different ones, against ties. */
function offerPartners(table: ProfileTable, row: ChangeRow, member: number, choice: ProfileChoice, few: BestFew): void {
  const { council, start, spread, keys } = table;
  const { chosen, worth, count: profiles } = choice;
  const key = keys[member] ?? 0;
  const own = council[member];
  few.clear();
  row.turnTo(member);
  for (let at = 0; at < profiles; at++) {
    const base = worth[at] ?? 0;
    if (base + spread <= few.bar) continue;
    const q = chosen[at] ?? 0;
    const first = start[q] ?? 0;
    const count = (start[q + 1] ?? 0) - first;
    for (let k = 0, turn = member % count; k < count; k++, turn = turn + 1 === count ? 0 : turn + 1) {
      const other = table.member[first + turn] ?? 0;
      if (council[other] === own) continue;
      const change = row.of(other);
      if (change !== NEVER)
        few.offer(other, base + change + (spread > 0 ? tieBreak(key, keys[other] ?? 0, spread) : 0));
    }
  }
}

/** Whether the same partner already stood in the member's corrections before position `at`. */
function twiceListed(changes: Changes, member: number, at: number): boolean {
  for (let e = changes.start[member] ?? 0; e < at; e++) if (changes.to[e] === changes.to[at]) return true;
  return false;
}

/** Every pair with a correction upwards: the block bounds of pricing do not see it, so it is always a candidate. */
export function addRaised(table: ProfileTable, list: PairList): void {
  const { changes, size } = table;
  const row = new ChangeRow(changes, size);
  for (let a = 0; a < size; a++) {
    row.turnTo(a);
    for (let e = changes.start[a] ?? 0; e < (changes.start[a + 1] ?? 0); e++) {
      const b = changes.to[e] ?? 0;
      const change = row.of(b);
      if (b <= a || change <= 0 || twiceListed(changes, a, e) || table.council[a] === table.council[b]) continue;
      const base = table.base[(table.profileOf[a] ?? 0) * table.profiles + (table.profileOf[b] ?? 0)] ?? 0;
      list.add(a, b, 2 * (base + change + tieBreak(table.keys[a] ?? 0, table.keys[b] ?? 0, table.spread)));
    }
  }
}

/** About the `each` best partners of every member, each pair once, with doubled weights. */
export function profileCandidates(table: ProfileTable, each: number): PairList {
  const { size, profiles, start, member } = table;
  const choice = new ProfileChoice(table);
  choice.learnRates(each);
  const { rate } = choice;
  const row = new ChangeRow(table.changes, size);
  const few = new BestFew(each);
  const partners = new Int32Array(size * each).fill(-1);
  const values = new Int32Array(size * each);
  for (let p = 0; p < profiles; p++) {
    if (start[p] === start[p + 1]) continue;
    choice.choose(p, 3 * each);
    for (let at = start[p] ?? 0; at < (start[p + 1] ?? 0); at++) {
      const v = member[at] ?? 0;
      offerPartners(table, row, v, choice, few);
      if (few.count < each && choice.count < profiles) {
        choice.choose(p, size);
        offerPartners(table, row, v, choice, few);
      }
      for (let k = 0; k < few.count; k++) {
        partners[v * each + k] = few.items[k] ?? 0;
        values[v * each + k] = (few.values[k] ?? 0) + (rate[table.profileOf[few.items[k] ?? 0] ?? 0] ?? 0);
      }
    }
  }
  return eachOnce(size, each, partners, values);
}

/** The pairs of all members' lists (−1 ends one), each once, with doubled weights. */
export function eachOnce(size: number, each: number, partners: Int32Array, values: Int32Array): PairList {
  const list = new PairList();
  for (let v = 0; v < size; v++) {
    for (let k = v * each; k < (v + 1) * each; k++) {
      const other = partners[k] ?? 0;
      if (other < 0) break;
      if (other > v || !names(partners, other, each, v)) list.add(v, other, 2 * (values[k] ?? 0));
    }
  }
  return list;
}

function names(partners: Int32Array, member: number, each: number, other: number): boolean {
  for (let k = member * each; k < (member + 1) * each; k++) if (partners[k] === other) return true;
  return false;
}
