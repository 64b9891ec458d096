import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { runRound } from '../../src/matching/publishing/service.ts';
import { mayNotMeet } from '../../src/membership/apart.ts';
import { listLength } from '../../src/membership/avoid-rules.ts';
import { problems } from '../../src/membership/avoiding-messages.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, agreeToBeFound, ask, recordingOutbound, textOf, webSender } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let bo: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council', email: 'asha@leeds.example' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council', email: 'bo@york.example' });
});
afterEach(() => stage.close());

async function avoid(member: Member, who: string) {
  return await ask(core, member, { kind: 'membership.avoid', who });
}

async function listOf(member: Member): Promise<readonly string[]> {
  const reply = await ask(core, member, { kind: 'membership.avoiding' });
  if (reply.kind !== 'page') throw new Error(textOf(reply));
  return reply.page.cards.map(({ heading }) => heading).filter((heading) => heading !== 'Add somebody');
}

async function round(number = 1): Promise<readonly string[]> {
  await core.db.transaction().execute((tx) => runRound(core, tx, number));
  const rows = core.db.selectFrom('match_members').innerJoin('matches', 'matches.id', 'match_id');
  const met = rows.innerJoin('rounds', 'rounds.id', 'round_id').select('member_id').where('rounds.number', '=', number);
  return (await met.execute()).map((row) => row.member_id);
}

function pairOf(one: Member, other: Member) {
  return [[one.id, other.id].toSorted()];
}

describe('an address', () => {
  test('gets the same answer whether or not somebody here has it, and none of it names them', async () => {
    const [known, unknown] = [await avoid(asha, ' Bo@York.example'), await avoid(asha, 'nobody@york.example')];
    expect(known).toEqual(unknown);
    expect(textOf(known)).not.toContain('york');
    expect(await listOf(asha)).toEqual(expect.arrayContaining(['Bo@York.example', 'nobody@york.example']));
  });

  test.each([
    ['who said so', () => asha, () => bo],
    ['whom it is about', () => bo, () => asha],
  ])('never matches %s', async (_, one, other) => {
    await avoid(one(), other().email);
    expect(await round()).toEqual([]);
    expect(await mayNotMeet(core, core.db)).toEqual(pairOf(asha, bo));
  });

  test('holds for somebody who joins later', async () => {
    await avoid(asha, 'cy@cardiff.example');
    await core.db.updateTable('members').set({ status: 'left' }).where('id', '=', bo.id).execute();
    const cy = await addActive(core, { email: 'cy@cardiff.example', council: 'Cardiff Council' });
    expect(await round()).toEqual([]);
    expect(await mayNotMeet(core, core.db)).toEqual(pairOf(asha, cy));
  });

  test('taken off the list matches them again; somebody else’s entry cannot be taken off', async () => {
    await avoid(asha, bo.email);
    const { id } = await core.db.selectFrom('do_not_match').select('id').executeTakeFirstOrThrow();
    await ask(core, bo, { kind: 'membership.stop-avoiding', entry: id });
    expect(await round()).toEqual([]);
    await ask(core, asha, { kind: 'membership.stop-avoiding', entry: id });
    expect((await round(2)).toSorted()).toEqual([asha.id, bo.id].toSorted());
  });
});

describe('somebody with whom they have a match now', () => {
  async function matchOf(memberId: string) {
    const rows = core.db.selectFrom('match_members').innerJoin('matches', 'matches.id', 'match_id');
    const found = rows.select(['match_id as id', 'ended_at as endedAt', 'state']).where('member_id', '=', memberId);
    return await found.executeTakeFirstOrThrow();
  }

  async function read(member: Member, said: () => Promise<unknown>): Promise<string> {
    const web = recordingOutbound();
    await said();
    await settleAll(core, new Map([['web', web]]));
    return JSON.stringify(web.letters.filter(({ account }) => account.user === member.id).map((one) => one.message));
  }

  test('is not introduced, and hears no more than of a match that ends because they were silent', async () => {
    await round();
    expect(await read(bo, async () => await avoid(asha, bo.email))).toMatch(/match with Asha Rahman has ended/);
    expect((await matchOf(asha.id)).endedAt).toEqual(core.clock.now());
    const waiting = await core.db.selectFrom('standing_pool').select(['member_id', 'why']).execute();
    expect(waiting).toEqual([{ member_id: asha.id, why: 'rematch' }]);
    expect(await core.db.selectFrom('deliveries').select('id').where('status', '=', 'pending').execute()).toEqual([]);
  });

  test('of three stays with the third', async () => {
    const cy = await addActive(core, { name: 'Cy', council: 'Cardiff Council', email: 'cy@cardiff.example' });
    await round();
    await avoid(asha, bo.email);
    expect([(await matchOf(asha.id)).state, (await matchOf(bo.id)).state]).toEqual(['dropped', 'open']);
    expect((await matchOf(cy.id)).endedAt).toBeNull();
  });

  test('whom they have met already, or who is somebody else, changes nothing', async () => {
    await round();
    await avoid(asha, 'cy@cardiff.example');
    expect((await matchOf(asha.id)).endedAt).toBeNull();
    await ask(core, bo, { kind: 'matching.met', match: (await matchOf(bo.id)).id });
    await avoid(asha, bo.email);
    expect((await matchOf(asha.id)).endedAt).toBeNull();
  });
});

describe('a name', () => {
  test('of somebody who cannot be found is as unknown as nobody’s', async () => {
    const replies = [await avoid(asha, 'Bo Berg'), await avoid(asha, 'Nobody Atall')];
    const invalid = { kind: 'invalid', problems: [{ field: 'who', text: problems.unclear }] };
    expect(replies).toEqual([invalid, invalid]);
    expect(await listOf(asha)).toEqual([]);
  });

  test('of somebody who agreed to be found is taken, however it is written', async () => {
    await agreeToBeFound(core, bo.id);
    expect((await avoid(asha, '  bò   BERG ')).kind).toBe('message');
    expect(await mayNotMeet(core, core.db)).toEqual(pairOf(asha, bo));
  });

  test('of somebody they were matched with is taken, by both', async () => {
    await round();
    expect((await avoid(bo, 'Asha Rahman')).kind).toBe('message');
    expect(await mayNotMeet(core, core.db)).toEqual(pairOf(asha, bo));
  });

  test('that two have is not guessed at', async () => {
    await agreeToBeFound(core, bo.id);
    const other = await addActive(core, { name: 'Bo Berg', council: 'Hull' });
    await agreeToBeFound(core, other.id);
    expect(await avoid(asha, 'Bo Berg')).toMatchObject({ kind: 'invalid' });
  });
});

test.each([
  ['', problems.empty],
  ['  ', problems.empty],
  ['ASHA@leeds.example', problems.own],
])('“%s” is not taken', async (who, text) => {
  expect(await avoid(asha, who)).toEqual({ kind: 'invalid', problems: [{ field: 'who', text }] });
});

test('the same person twice is one entry, and a list is full in the end', async () => {
  await Promise.all([avoid(asha, 'x@a.example'), avoid(asha, 'X@a.example')]);
  expect(await listOf(asha)).toHaveLength(1);
  for (let index = 1; index < listLength; index += 1) await avoid(asha, `${index}@a.example`);
  expect(await avoid(asha, 'more@a.example')).toEqual({
    kind: 'invalid',
    problems: [{ field: 'who', text: problems.full }],
  });
  expect((await avoid(asha, 'x@a.example')).kind).toBe('message');
});

test('nobody else can see it: not in their pages, messages or reasons, and not in the database', async () => {
  await avoid(asha, 'Bo@York.example');
  await addMember(core, { name: 'Somebody', council: 'Hull' });
  await round();
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  const replies = await Promise.all(
    (['network.export', 'network.profile', 'network.settings', 'network.home', 'membership.avoiding'] as const).map(
      (kind) => ask(core, bo, { kind }),
    ),
  );
  const toBo = web.letters.filter(({ account }) => account.user === bo.id).map(({ message }) => message);
  expect(JSON.stringify([replies, toBo])).not.toMatch(/asha|do not want to meet.*bo@/i);
  const reasons = await core.db.selectFrom('left_out').select(['member_id', 'reason']).execute();
  expect(new Set(reasons.map(({ reason }) => reason))).toEqual(new Set(['nobody-free']));
  const kept = await core.db.selectFrom('do_not_match').selectAll().execute();
  expect(kept.map(({ said }) => said.toString('latin1').includes('Bo@York'))).toEqual([false]);
  const elsewhere = await core.db.selectFrom('audit').selectAll().execute();
  expect(JSON.stringify(elsewhere)).not.toContain(bo.id);
});

test('a link in an e-mail does not open it', async () => {
  await avoid(asha, 'x@a.example');
  const sender: Sender = { ...webSender(asha), account: { platform: 'email', space: '', user: asha.email } };
  const reply = await handle(core, sender, { kind: 'membership.avoiding' });
  expect(textOf(reply)).toContain('Sign in to see your list');
  expect(textOf(reply)).not.toContain('x@a.example');
});
