import type { Level, MemberStatus, Permission } from '../../network/model.ts';

/** What a roster says of one person. */
interface RosterPerson {
  readonly email: string;
  readonly name: string;
  readonly council: string;
  readonly role: string;
  readonly level: Level;
  /** '' for none, as is `learningSet`. */
  readonly cohort: string;
  readonly learningSet: string;
  readonly zone: string;
  readonly permission: Permission;
}

/** Somebody on the roster, as the roster itself has them: what they chose for themselves stands apart from it. */
export interface HeldPerson extends RosterPerson {
  readonly id: string;
  /** What the roster says is their address by now, and they have not confirmed; '' for none. */
  readonly newEmail: string;
  readonly status: MemberStatus;
  /** What the roster said last of their council, role and level; nothing where it never did. */
  readonly listed: Readonly<Record<string, string>>;
}

export interface HeldCouncil {
  readonly name: string;
  readonly type: string;
  readonly nation: string;
  readonly region: string;
  readonly domains: readonly string[];
}

export interface HeldCohort {
  readonly name: string;
  readonly programme: string;
  /** '' for none. */
  readonly year: string;
  /** The names of its learning sets. */
  readonly sets: readonly string[];
}

/** All that a roster file is compared with. */
export interface Held {
  readonly people: readonly HeldPerson[];
  readonly councils: readonly HeldCouncil[];
  readonly cohorts: readonly HeldCohort[];
  /** The addresses in the file whose people asked to be erased, with the day (`YYYY-MM-DD`) on which they were. */
  readonly erased: ReadonlyMap<string, string>;
  /** The network's own time zone: for whom the file gives none. */
  readonly zone: string;
}

/** One thing that would be other than it is; '' for nothing. */
export interface FieldChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export interface AddedPerson extends RosterPerson {
  /** The address they had before, as the file says; '' for none. */
  readonly oldEmail: string;
}

export type PersonField =
  | 'name'
  | 'email'
  | 'email to confirm'
  | 'council'
  | 'role'
  | 'level'
  | 'cohort'
  | 'learning set'
  | 'zone'
  | 'permission'
  /** A guest is a member to be. */
  | 'status';

export interface ChangedPerson {
  readonly id: string;
  readonly name: string;
  /** As it is before the change. */
  readonly email: string;
  readonly fields: readonly (FieldChange & { readonly field: PersonField })[];
}

/** A council, or a cohort: made, or changed where it is there already. */
export interface ChangedPlace {
  readonly name: string;
  readonly isNew: boolean;
  readonly fields: readonly FieldChange[];
  /** Domains of a council, or learning sets of a cohort, that it has not had. */
  readonly more: readonly string[];
}

/** A row that is not carried out, and why. */
export interface HeldBack {
  readonly email: string;
  readonly name: string;
  /**
   * `erased`: they asked for it, on the day that `with` names. `moved`: whoever has the address `with` has the same name
   * and council, and is not in the file. `both`: this address and the old one are two people's. `claimed`: another row
   * has the old address, or takes it too, or is of the same person.
   */
  readonly why: 'erased' | 'moved' | 'both' | 'claimed';
  readonly with: string;
}

/** Something to look at. It stops nothing. */
export type Warning =
  | { readonly kind: 'other-domain'; readonly email: string; readonly council: string }
  | { readonly kind: 'rows-differ'; readonly place: string; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: 'domain-public'; readonly domain: string; readonly council: string }
  | { readonly kind: 'domain-taken'; readonly domain: string; readonly council: string; readonly holder: string }
  | { readonly kind: 'set-size'; readonly cohort: string; readonly set: string; readonly people: number }
  | { readonly kind: 'old-unknown'; readonly email: string; readonly old: string };

/** What a roster file would do. Every list is in one order, whatever the order of the rows was. */
export interface Plan {
  readonly added: readonly AddedPerson[];
  readonly changed: readonly ChangedPerson[];
  /** Addresses. */
  readonly unchanged: readonly string[];
  readonly heldBack: readonly HeldBack[];
  /** On the roster and not in the file: they stay as they are. */
  readonly absent: readonly HeldPerson[];
  readonly councils: readonly ChangedPlace[];
  readonly cohorts: readonly ChangedPlace[];
  readonly warnings: readonly Warning[];
  /** What the file says now of each person it names, by address as it will be: kept to tell news from what was said before. */
  readonly listed: ReadonlyMap<string, Readonly<Record<string, string>>>;
}
