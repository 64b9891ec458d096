import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { takesPart } from '../convening/taking-part.ts';
import { findByName } from '../network/comparing.ts';
import { isOfMembers } from '../network/guest-organisations.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { closeNames } from './council-names.ts';
import * as problem from './problem-messages.ts';

export interface NamedCouncil {
  readonly id: string;
  readonly name: string;
}

/** Those of the network, and the organisations of guests: the names that are taken. */
export async function readCouncils(db: Reader): Promise<readonly NamedCouncil[]> {
  return await db.selectFrom('councils').select(['id', 'name']).orderBy('name').execute();
}

/** The council that a member named, or what to tell them beside the question. */
export async function namedByMember(
  db: Reader,
  typed: string,
): Promise<{ readonly council: NamedCouncil } | { readonly problem: string }> {
  const known = await db.selectFrom('councils').select(['id', 'name']).where(isOfMembers).orderBy('name').execute();
  const council = findByName(typed, known);
  if (council === undefined) {
    const names = known.map(({ name }) => name);
    return { problem: problem.unknownCouncil(closeNames(typed, names)) };
  }
  return (await takesPart(db, council.id)) ? { council } : { problem: problem.councilOutside(council.name) };
}

/**
 * Adds a council, unless one is written like it by now: of two who add it at once, the later one finds the first one's.
 * Nobody else adds or renames one meanwhile.
 */
export async function addCouncil(
  tx: Transaction,
  name: string,
  type = '',
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  await sql`lock table councils in exclusive mode`.execute(tx);
  const same = findByName(name, await readCouncils(tx));
  if (same !== undefined) return { id: same.id, isNew: false };
  const id = randomUUID();
  await tx.insertInto('councils').values({ id, name, type, nation: '' }).execute();
  return { id, isNew: true };
}

/** The council whose people have addresses like this one: the whole domain, or one that it is a part of. */
export async function councilOfAddress(db: Reader, email: string): Promise<NamedCouncil | undefined> {
  const labels = (email.split('@').at(-1) ?? '').toLowerCase().split('.');
  const domains = labels.map((_, at) => labels.slice(at).join('.')).filter((domain) => domain.includes('.'));
  if (domains.length === 0) return undefined;
  const rows = await db
    .selectFrom('council_domains')
    .innerJoin('councils', 'councils.id', 'council_domains.council_id')
    .select(['councils.id', 'councils.name', 'council_domains.domain'])
    .where('council_domains.domain', 'in', domains)
    .execute();
  return rows.toSorted((a, b) => b.domain.length - a.domain.length)[0];
}
