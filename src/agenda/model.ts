import type { ConversationDue } from '../conversations/model.ts';
import type { MatchingDue } from '../matching/model.ts';
import type { NetworkDue } from '../network/model.ts';
import type { ReflectionDue } from '../reflections/model.ts';

/** Every kind of thing that falls due. */
export type DueKind = NetworkDue | ReflectionDue | ConversationDue | MatchingDue;

/** Something that has fallen due; `at` is when it should have happened, which may be before now. */
export interface Due {
  readonly kind: DueKind;
  readonly subject: string;
  readonly at: Date;
}
