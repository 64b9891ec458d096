import { type OpenTopic, wearsOffMs } from './model.ts';

/*
 * Which topic comes first, and who is asked first to host it. Pure.
 */

export interface Suggested extends OpenTopic {
  readonly suggestedAt: Date;
}

/** The topic that most want; of two with as many votes, the one that was suggested first. */
export function byVotes<T extends Pick<Suggested, 'id' | 'votes' | 'suggestedAt'>>(topics: readonly T[]): readonly T[] {
  return topics.toSorted(
    (a, b) => b.votes - a.votes || a.suggestedAt.getTime() - b.suggestedAt.getTime() || compare(a.id, b.id),
  );
}

/** When a topic was last wanted: suggested, voted for, or opened again. After that it wears off. */
export function wornOffBefore(now: Date): Date {
  return new Date(now.getTime() - wearsOffMs);
}

/** A host as far as it matters who is asked first. */
export interface Candidate {
  readonly memberId: string;
  /** How many conversations they host or hosted, of those not cancelled, within a year. */
  readonly hosted: number;
  /** Null where they never hosted, or were never asked. */
  readonly lastHostedAt: Date | null;
  readonly lastAskedAt: Date | null;
  /** It is their own topic. */
  readonly suggestedIt: boolean;
}

/**
 * Whom to ask, one after another: who hosted least in the last year; of these who hosted longest ago, or never; of these
 * who was asked longest ago. Whoever suggested the topic comes last: were they asked first, everybody could tell by the
 * host whose topic it was.
 */
export function askingOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.toSorted(
    (a, b) =>
      Number(a.suggestedIt) - Number(b.suggestedIt) ||
      a.hosted - b.hosted ||
      momentOf(a.lastHostedAt) - momentOf(b.lastHostedAt) ||
      momentOf(a.lastAskedAt) - momentOf(b.lastAskedAt) ||
      compare(a.memberId, b.memberId),
  );
}

function momentOf(at: Date | null): number {
  return at?.getTime() ?? 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
