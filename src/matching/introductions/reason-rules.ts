import type { Wish } from '../scoring/model.ts';
import type { Reason } from '../scoring/reasons.ts';

/** What the people of a match say of themselves now, by member id. */
export interface SaidOfThemselves {
  /** `<framework>/<theme>`. */
  readonly interests: ReadonlyMap<string, readonly string[]>;
  readonly experiences: ReadonlyMap<string, readonly string[]>;
  readonly newToRole: ReadonlySet<string>;
}

/**
 * What may be told of why these people were brought together: what still holds, of people who are still in the match, and
 * of their themes only those that they chose themselves. Where somebody was, or what they wrote, is theirs to tell.
 */
export function mayBeTold(
  reasons: readonly Reason[],
  memberIds: readonly string[],
  said: SaidOfThemselves,
): readonly Reason[] {
  return reasons.flatMap((reason): readonly Reason[] => {
    switch (reason.kind) {
      case 'themes': {
        const themes = reason.themes.filter((theme) => memberIds.every((id) => chose(said, id, theme)));
        return themes.length === 0 ? [] : [{ ...reason, themes }];
      }
      case 'stages': {
        const holds = [reason.more, reason.less].every((id) => memberIds.includes(id) && chose(said, id, reason.theme));
        return holds ? [reason] : [];
      }
      case 'wish': {
        const isAnswered = memberIds.some((id) => id !== reason.whose && answers(said, id, reason.wish));
        return memberIds.includes(reason.whose) && isAnswered ? [reason] : [];
      }
      default:
        return [reason];
    }
  });
}

function chose({ interests }: SaidOfThemselves, memberId: string, theme: string): boolean {
  return interests.get(memberId)?.includes(theme) === true;
}

/** Whether this person is whom somebody asked for. */
export function answers(said: SaidOfThemselves, memberId: string, wish: Wish): boolean {
  switch (wish.kind) {
    case 'new-to-role':
      return said.newToRole.has(memberId);
    case 'experience':
      return said.experiences.get(memberId)?.includes(wish.experience) === true;
    case 'theme':
      return chose(said, memberId, wish.theme);
  }
}
