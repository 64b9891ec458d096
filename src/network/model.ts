import { z } from 'zod';

export const Level = z.enum(['manager', 'director', 'chief executive']);
export type Level = z.infer<typeof Level>;

/** What a person may do. Each includes the ones before it. */
export const Permission = z.enum(['member', 'host', 'convener']);
export type Permission = z.infer<typeof Permission>;

/** `invited`: on the roster, and sent nothing until they join. */
export type MemberStatus = 'invited' | 'active' | 'left';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly councilId: string;
  readonly council: string;
  /** Their job, such as 'Director of Place'. */
  readonly role: string;
  readonly level: Level;
  readonly cohort: string;
  /** IANA time zone. */
  readonly zone: string;
  readonly permission: Permission;
  readonly status: MemberStatus;
  readonly pausedUntil: Date | null;
}

/** How the network runs. Weekdays are ISO: 1 is Monday. Hours are on the clock of each member, or of `zone` for rounds. */
export interface NetworkSettings {
  readonly name: string;
  readonly zone: string;
  readonly promptWeekday: number;
  readonly promptHour: number;
  readonly roundWeekday: number;
  readonly roundHour: number;
  readonly roundWeeks: number;
}

export type NetworkDelivery = 'network.welcome' | 'network.sign-in' | 'network.resumed';
export type NetworkDue = 'network.pause-ends';
