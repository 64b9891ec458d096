/** Somebody who has a part in what is told. */
export interface Person {
  readonly memberId: string;
  readonly councilId: string;
}

/** Below which nothing is told: so many people, of so many councils. */
export interface Threshold {
  readonly people: number;
  readonly councils: number;
}

/** How many outsiders remain at least for the people of one council, who can leave themselves out of any count. */
const outsiders = 3;

/**
 * Whether something may be told that these people have a part in. Enough people and enough councils; and when those of
 * any one council take themselves away in thought, others of more than one council remain, so that what remains is
 * nobody's in particular.
 */
export function mayBeTold(people: readonly Person[], { people: k, councils: m }: Threshold): boolean {
  const councilOf = new Map(people.map(({ memberId, councilId }) => [memberId, councilId]));
  const sizes = new Map<string, number>();
  for (const councilId of councilOf.values()) sizes.set(councilId, (sizes.get(councilId) ?? 0) + 1);
  const remaining = councilOf.size - Math.max(0, ...sizes.values());
  return councilOf.size >= k && sizes.size >= m && sizes.size > 2 && remaining >= Math.min(outsiders, k - 1);
}

/** Counts are told in steps of these many thresholds. */
const steps = [1, 2, 4, 10, 20, 40, 100, 200, 400, 1000] as const;

/**
 * The lower end of the step that a count is in. No step is narrower than the threshold itself: whoever compares two
 * counts, of two months or of two themes, learns nothing of fewer people than a digest may tell of.
 */
export function stepOf(count: number, threshold: number): number {
  return threshold * (steps.findLast((step) => step * threshold <= count) ?? 0);
}

/** What is told of one theme: lower ends of steps. */
export interface Told {
  readonly people: number;
  readonly councils: number;
}

/** What may be told of how many have a part in it, or nothing. */
export function countsToTell(people: readonly Person[], threshold: Threshold): Told | undefined {
  if (!mayBeTold(people, threshold)) return undefined;
  const members = new Set(people.map(({ memberId }) => memberId)).size;
  const councils = new Set(people.map(({ councilId }) => councilId)).size;
  return { people: stepOf(members, threshold.people), councils: stepOf(councils, threshold.councils) };
}

/** A cell of a digest: a theme of a framework. */
export interface ThemeId {
  readonly framework: string;
  readonly theme: string;
}

/** Something that one member did on a theme: an answer they wrote, or one they shared. */
export interface Part extends Person, ThemeId {
  readonly promptId: string;
}

/** What a digest tells of one theme. */
export interface ThemeTold extends ThemeId, Told {
  /** The shared answers that stand in it; none unless those who shared may be told of by themselves. */
  readonly prompts: readonly string[];
}

/**
 * What the digest of one month tells. `written` is what was answered of that month's prompts; `waiting` is what is
 * shared with the network and stood in no digest yet. Nothing stands in two digests, and there is no total over the
 * themes: so whatever is taken away from whatever, either nothing or enough people of enough councils remain.
 */
export function digestOf(
  written: readonly Part[],
  waiting: readonly Part[],
  threshold: Threshold,
): readonly ThemeTold[] {
  const themes = new Map(written.map((part) => [keyOf(part), { framework: part.framework, theme: part.theme }]));
  return [...themes].flatMap(([key, { framework, theme }]) => {
    const counts = countsToTell(partsOf(written, key), threshold);
    if (counts === undefined) return [];
    const shared = partsOf(waiting, key);
    const prompts = mayBeTold(shared, threshold) ? shared.map(({ promptId }) => promptId) : [];
    return [{ framework, theme, ...counts, prompts }];
  });
}

function partsOf(parts: readonly Part[], key: string): readonly Part[] {
  return parts.filter((part) => keyOf(part) === key);
}

export function keyOf({ framework, theme }: ThemeId): string {
  return `${framework}/${theme}`;
}
