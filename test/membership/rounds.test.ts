import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Core } from '../../src/core.ts';
import { home } from '../../src/home.ts';
import { runRound } from '../../src/matching/publishing/service.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let members: readonly Member[];

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  await prepareAgenda(core);
  members = await Promise.all(['Leeds', 'York', 'Hull', 'Bath'].map((council) => addActive(core, { council })));
});
afterEach(() => stage.close());

function first(): Member {
  const [member] = members;
  if (member === undefined) throw new Error('Nobody is there');
  return member;
}

async function matchedIn(number: number): Promise<readonly string[]> {
  await core.db.transaction().execute((tx) => runRound(core, tx, number));
  const rows = core.db.selectFrom('match_members').innerJoin('matches', 'matches.id', 'match_id');
  const met = rows.innerJoin('rounds', 'rounds.id', 'round_id').select('member_id').where('rounds.number', '=', number);
  return (await met.execute()).map((row) => row.member_id);
}

async function homeOf(member: Member): Promise<string> {
  return JSON.stringify((await home(core, await mustFind(core, member.id))).body);
}

test('who sits a round out is in no match of it, is not left out, and takes part in the one after', async () => {
  const member = first();
  const reply = await ask(core, member, { kind: 'membership.skip-round' });
  expect(textOf(reply)).toContain('You sit out the round on Tuesday 9 March.');
  expect(await homeOf(member)).toContain('Not on Tuesday 9 March: you sit it out');
  expect(textOf(await ask(core, member, { kind: 'network.settings' }))).toContain('You sit out the next round.');
  expect(await matchedIn(1)).not.toContain(member.id);
  const leftOut = core.db.selectFrom('left_out').select('member_id').where('member_id', '=', member.id);
  expect(await leftOut.execute()).toEqual([]);
  expect(await homeOf(member)).not.toContain('sit it out');
  expect(await matchedIn(2)).toContain(member.id);
});

test('the settings sit out the round that comes next, and no later one', async () => {
  const settings = textOf(await ask(core, first(), { kind: 'network.settings' }));
  expect(settings).toContain('{"kind":"membership.skip-round","round":"1"}');
});

test('who changes their mind takes part', async () => {
  await ask(core, first(), { kind: 'membership.skip-round' });
  expect(textOf(await ask(core, first(), { kind: 'membership.take-round' }))).toContain('You take part in the round');
  expect(await matchedIn(1)).toContain(first().id);
});

/** Publishes the round that is planned, and lets somebody press something while it is being made. */
async function whileItIsMade(press: () => Promise<Reply>): Promise<Reply> {
  const planned = core.db.selectFrom('agenda').select(['id', 'due_at as at']).where('kind', '=', 'matching.round');
  const { id, at } = await planned.where('done_at', 'is', null).executeTakeFirstOrThrow();
  stage.clock.set(at);
  const running: Promise<unknown>[] = [];
  const pressed = await core.db.transaction().execute(async (tx) => {
    // Where it is kept almost to its end, and holds everybody.
    await sql`lock table round_locks in share mode`.execute(tx);
    running.push(fallDue(core, id));
    await untilWaiting(core, tx, 1, Promise.all(running));
    const begun = press();
    await untilWaiting(core, tx, 2, begun);
    return { begun };
  });
  await Promise.all(running);
  return await pressed.begun;
}

test('who sits a round out while it is being made is told that it has taken place, and takes part in the next', async () => {
  const member = first();
  const said = textOf(await whileItIsMade(() => ask(core, member, { kind: 'membership.skip-round', round: '1' })));
  expect(said).toContain('That round has taken place.');
  expect(await homeOf(member)).not.toContain('sit it out');
  expect(await matchedIn(2)).toContain(member.id);
});

test('who takes part after all while a round is being made takes part in the next', async () => {
  await ask(core, first(), { kind: 'membership.skip-round' });
  const said = await whileItIsMade(() => ask(core, first(), { kind: 'membership.take-round' }));
  expect(textOf(said)).toContain('You take part in the round on Tuesday 23 March.');
  expect(await matchedIn(2)).toContain(first().id);
});

test('a round that breaks leaves the choice as it was', async () => {
  await ask(core, first(), { kind: 'membership.skip-round' });
  const broken = core.db.transaction().execute(async (tx) => {
    await runRound(core, tx, 1);
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
  expect(await matchedIn(1)).not.toContain(first().id);
});

test('nobody of a council that has withdrawn, or is kept apart, is matched; a pause of matching alone counts', async () => {
  const [one, two, three, four] = members;
  if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error('Too few');
  await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('id', '=', one.councilId).execute();
  await ask(core, two, { kind: 'network.pause', programmes: 'matching', until: '2027-03-20' });
  const [council_id = '', other_id = ''] = [three.councilId, four.councilId].toSorted();
  const relation = { council_id, other_id, relation: 'merger', rule: 'apart' } as const;
  await core.db.insertInto('council_relations').values(relation).execute();
  expect(await matchedIn(1)).toEqual([]);
  await core.db.updateTable('council_relations').set({ rule: 'together' }).execute();
  expect((await matchedIn(2)).toSorted()).toEqual([three.id, four.id].toSorted());
});

test('somebody who was erased and came back is not introduced again to whom they had met', async () => {
  const [one, two, ...others] = members;
  if (one === undefined || two === undefined) throw new Error('Too few');
  const ids = others.map(({ id }) => id);
  await core.db.updateTable('members').set({ status: 'left' }).where('id', 'in', ids).execute();
  const token = core.cipher.token(two.email);
  await core.db.insertInto('past_matches').values({ member_id: one.id, token, matched_at: core.clock.now() }).execute();
  expect(await matchedIn(1)).toEqual([]);
});
