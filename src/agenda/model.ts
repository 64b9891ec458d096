import type { AfterwardsDue } from '../afterwards/model.ts';
import type { ConversationDue } from '../conversations/model.ts';
import type { DigestDue } from '../digests/model.ts';
import type { JoiningDue } from '../joining/model.ts';
import type { MatchingDue } from '../matching/model.ts';
import type { NetworkDue } from '../network/model.ts';
import type { ProposalDue } from '../proposals/model.ts';
import type { ReflectionDue } from '../reflections/model.ts';
import type { RetentionDue } from '../retention/model.ts';
import type { SeriesDue } from '../series/model.ts';

/** Every kind of thing that falls due. */
export type DueKind =
  | NetworkDue
  | JoiningDue
  | ReflectionDue
  | DigestDue
  | ConversationDue
  | ProposalDue
  | SeriesDue
  | AfterwardsDue
  | MatchingDue
  | RetentionDue;

/** Something that has fallen due; `at` is when it should have happened, which may be before now. */
export interface Due {
  readonly kind: DueKind;
  readonly subject: string;
  readonly at: Date;
}
