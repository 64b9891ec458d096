import { z } from 'zod';
import type { Level } from '../network/model.ts';

/** A council's own agreement to the network. */
export const CouncilConsent = z.enum(['not asked', 'given', 'withdrawn']);
export type CouncilConsent = z.infer<typeof CouncilConsent>;

/** What two councils have between them. */
export const CouncilRelation = z.enum(['shared service', 'merger', 'intervention']);
export type CouncilRelation = z.infer<typeof CouncilRelation>;

/** Whether their people are kept from being matched, or may be. */
export const RelationRule = z.enum(['apart', 'together']);
export type RelationRule = z.infer<typeof RelationRule>;

/** Who did something: a member for themselves, a convener for the network, or the operator on the command line. */
export type AuditBy = 'member' | 'convener' | 'operator';

/** What can be written down; `audit-messages.ts` has the words for each. A member's own act: they said that they work for another council. */
export const AuditAction = z.enum([
  'roster.imported',
  'council.added',
  'council.changed',
  'council.consent',
  'councils.must-agree',
  'relation.made',
  'relation.ended',
  'cohort.made',
  'cohort.changed',
  'cohort.graduated',
  'sets.divided',
  'joining.approved',
  'joining.refused',
  'member.council',
  'member.permission',
  'member.address-asked',
  'member.address',
  'member.cohort',
  'member.exported',
  'member.erased',
  'rhythm.changed',
  'break.made',
  'break.ended',
  'cohort-prompt.set',
  'cohort-prompt.dropped',
  'conversations.set',
  'conversation.changed',
  'conversation.cancelled',
  'series.set',
  'series.ended',
  'event.made',
  'event.changed',
  'event.cancelled',
  'round.rules',
  'round.weights',
  'round.fixed',
  'round.freed',
  'round.published',
  'conversation.approved',
  'conversation.refused',
  'announcements.chosen',
  'announcements.stopped',
  'tenant.enrolled',
  'tenant.withdrawn',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/** A council as conveners see it. */
export interface ShownCouncil {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly nation: string;
  readonly region: string;
  readonly domains: readonly string[];
  readonly consent: CouncilConsent;
  /** When it said so; null where it was not asked. */
  readonly consentAt: Date | null;
  /** How many of its people have joined. */
  readonly joined: number;
  readonly relations: readonly ShownRelation[];
}

export interface ShownRelation {
  readonly otherId: string;
  readonly other: string;
  readonly relation: CouncilRelation;
  readonly rule: RelationRule;
}

/** A cohort as conveners see it. */
export interface ShownCohort {
  readonly id: string;
  readonly name: string;
  readonly programme: string;
  /** '' for none. */
  readonly year: string;
  readonly graduatedAt: Date | null;
  /** How many on the roster are of it and have not left. */
  readonly people: number;
  readonly sets: number;
}

/** Somebody of a cohort, as conveners see them. */
export interface Sitting {
  readonly id: string;
  readonly name: string;
  readonly council: string;
  readonly councilId: string;
  readonly level: Level;
  /** The name of their learning set; '' for none. */
  readonly set: string;
}
