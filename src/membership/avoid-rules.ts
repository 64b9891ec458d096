import { isSameName } from '../network/comparing.ts';

/** The longest that somebody may type: as long as an e-mail address may be. */
export const whoLength = 320;

/** How many people may stand on one list: as many as every platform shows on one page. */
export const listLength = 25;

/** Somebody the member may know of: one who agreed to be found, or whom they were matched with. */
export interface Known {
  readonly id: string;
  readonly name: string;
}

/** Whom the member means. `unclear`: nobody they may know has that name, or several have it. */
export type Meant =
  | { readonly kind: 'address'; readonly email: string }
  | { readonly kind: 'member'; readonly id: string }
  | { readonly kind: 'unclear' };

/** An address is taken as it is, whoever has it, or nobody; a name only where exactly one has it whom they may know. */
export function readWho(said: string, known: readonly Known[]): Meant {
  const email = said.trim().toLowerCase();
  if (/^[^\s@]+@[^\s@]+$/.test(email)) return { kind: 'address', email };
  const [first, ...others] = known.filter(({ name }) => isSameName(name, said));
  return first === undefined || others.length > 0 ? { kind: 'unclear' } : { kind: 'member', id: first.id };
}

/** One entry of somebody's list, as it is kept. */
export interface Entry {
  readonly memberId: string;
  readonly otherId: string | null;
  /** The keyed token of an address, as text. */
  readonly token: string | null;
}

/**
 * Every two members who are never to meet, each pair once and the lesser id first: whoever of the two said so.
 *
 * @param byToken the ids of members by the tokens of their addresses
 */
export function pairsApart(
  entries: readonly Entry[],
  byToken: ReadonlyMap<string, readonly string[]>,
): readonly (readonly [string, string])[] {
  const pairs = new Map<string, readonly [string, string]>();
  for (const { memberId, otherId, token } of entries) {
    const others = [...(otherId === null ? [] : [otherId]), ...(byToken.get(token ?? '') ?? [])];
    for (const other of others) {
      if (other === memberId) continue;
      const pair = memberId < other ? ([memberId, other] as const) : ([other, memberId] as const);
      pairs.set(pair.join(' '), pair);
    }
  }
  return [...pairs.values()];
}
