import { sql } from 'kysely';

/** The type of the council that stands for where guests are from. */
export const guestOrganisation = 'Guest organisation';

/**
 * That a row of `councils` is a council of the network: an organisation that only guests are from is none, and is shown
 * and counted nowhere. It becomes one with its first member.
 */
export const isOfMembers = sql<boolean>`(
  councils.type <> ${guestOrganisation}
  or exists (select from members where members.council_id = councils.id and members.status <> 'guest'))`;
