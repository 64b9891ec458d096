import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { fallDue } from '../../src/agenda/fall-due.ts';
import type { Core } from '../../src/core.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { loadFrameworks } from '../../src/framework/load.ts';
import { recordAgreements } from '../../src/joining/consents.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { standardPeriods } from '../../src/retention/periods.ts';
import { findDue } from '../../src/store/agenda.ts';
import { createCipher } from '../../src/store/cipher.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSetClock, type SetClock } from '../../src/time/clock.ts';
import { type FreshDatabase, freshDatabase } from './postgres.ts';

export interface TestCore {
  readonly core: Core;
  readonly clock: SetClock;
  /** The core's database, for those who open connections of their own. */
  readonly connection: FreshDatabase['connection'];
  close(): Promise<void>;
}

/** A Tuesday noon in London, in a week without a clock change. */
export const startOfTest = new Date('2027-03-02T12:00:00Z');

const shippedFrameworks = loadFrameworks(fileURLToPath(new URL('../../frameworks', import.meta.url)));

/** A core on a database of its own (real PostgreSQL, migrated), the shipped frameworks, and a clock that stands still. */
export async function openTestCore(now: Date = startOfTest): Promise<TestCore> {
  const database = await freshDatabase();
  const db = openDatabase(database.pool);
  const clock = createSetClock(now);
  const cipher = createCipher(Buffer.alloc(32, 7));
  const core = {
    db,
    clock,
    cipher,
    frameworks: await shippedFrameworks,
    publicUrl: 'http://localhost:3000',
    retention: standardPeriods,
    closing: new AbortController().signal,
  };
  return {
    core,
    clock,
    connection: database.connection,
    close: database.drop,
  };
}

export type NewMember = Partial<
  Pick<Member, 'name' | 'email' | 'council' | 'permission' | 'status' | 'zone' | 'level' | 'cohort'>
>;

/** Puts a person on the roster as an import would: with an e-mail and a web account. 'invited' unless said. */
export async function addMember(core: Core, given: NewMember = {}): Promise<Member> {
  const id = randomUUID();
  const councilId = await addCouncil(core, given.council ?? 'Leeds City Council');
  const email = given.email ?? `${id}@council.example`;
  const member = {
    id,
    council_id: councilId,
    name: given.name ?? 'Asha Rahman',
    email,
    role: 'Director of Place',
    level: given.level ?? 'director',
    cohort_id: await addCohort(core, given.cohort ?? 'Programme 2026'),
    cohort_since: core.clock.now(),
    zone: given.zone ?? 'Europe/London',
    permission: given.permission ?? 'member',
    status: given.status ?? 'invited',
    joined_at: null,
  } as const;
  await core.db.insertInto('members').values(member).execute();
  const account = { member_id: id, space: '', address: '{}', seen_at: core.clock.now() };
  await core.db
    .insertInto('accounts')
    .values([
      { ...account, id: randomUUID(), platform: 'email', platform_user: email },
      { ...account, id: randomUUID(), platform: 'web', platform_user: id },
    ])
    .execute();
  if (member.status === 'active') {
    await core.db.transaction().execute(async (tx) => {
      await recordAgreements(tx, id, { prompts: true, matching: true }, core.clock.now());
    });
  }
  const added = await findMember(core.db, id);
  if (added === undefined) throw new Error('The member was not stored');
  return added;
}

async function addCouncil(core: Core, name: string): Promise<string> {
  const row = { id: randomUUID(), name, type: 'Metropolitan district', nation: 'England' };
  await core.db
    .insertInto('councils')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const council = await core.db.selectFrom('councils').select('id').where('name', '=', name).executeTakeFirstOrThrow();
  return council.id;
}

/** '' for none. */
async function addCohort(core: Core, name: string): Promise<string | null> {
  if (name === '') return null;
  await core.db
    .insertInto('cohorts')
    .values({ id: randomUUID(), name })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = core.db.selectFrom('cohorts').select('id').where('name', '=', name);
  return (await row.executeTakeFirstOrThrow()).id;
}

/**
 * Does all that is due and sends all that is posted, without a queue and at no pace, until nothing is left for this
 * moment.
 */
export async function settleAll(core: Core, outbounds: Outbounds): Promise<void> {
  for (;;) {
    const due = await findDue(core.db, core.clock.now(), 1000);
    for (const id of due) await fallDue(core, id);
    const posted = await core.db
      .selectFrom('deliveries')
      .select('id')
      .where('status', '=', 'pending')
      .where('not_before', '<=', core.clock.now())
      .orderBy('not_before')
      .execute();
    for (const { id } of posted) await deliver(core, outbounds, id);
    if (due.length === 0 && posted.length === 0) return;
  }
}
