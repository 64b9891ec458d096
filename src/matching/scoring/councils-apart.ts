import type { RoundInput } from './model.ts';

/** Two members, by their places in a list. */
export type Pair = readonly [number, number];

/** Whose councils are kept apart. It is kept by council: of their people there can be millions of pairs. */
export interface CouncilsApart {
  /** Of two members, by their places in the round. */
  readonly areApart: (a: number, b: number) => boolean;
  /** Every two of some members whose councils are, by their places among these. */
  readonly among: (members: readonly number[]) => readonly Pair[];
}

export function councilsApart({ members, councilsApart: pairs }: RoundInput): CouncilsApart {
  const council = members.map((member) => member.council);
  const apartFrom = new Map<string, Set<string>>();
  const keepApart = (one: string, other: string) =>
    apartFrom.set(one, (apartFrom.get(one) ?? new Set<string>()).add(other));
  for (const [one, other] of pairs) {
    if (one === other) continue;
    keepApart(one, other);
    keepApart(other, one);
  }
  const others = council.map((own) => apartFrom.get(own));
  return {
    areApart: (a, b) => others[a]?.has(council[b] ?? '') ?? false,
    among(some) {
      const present = Map.groupBy(some.keys(), (at) => council[some[at] ?? -1] ?? '');
      const once = (own: string) => [...(apartFrom.get(own) ?? [])].filter((other) => own < other);
      return [...present].flatMap(([own, ones]) =>
        once(own).flatMap((name) => (present.get(name) ?? []).flatMap((b) => ones.map((a): Pair => [a, b]))),
      );
    },
  };
}
