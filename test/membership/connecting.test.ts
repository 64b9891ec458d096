import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { problems, refusals } from '../../src/membership/connecting-messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { readWords } from '../../src/words.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import {
  addActive,
  ask,
  codeIn,
  joinFrom,
  type RecordingOutbound,
  recordingOutbound,
  textOf,
  webSender,
} from '../support/people.ts';

let stage: TestCore;
let core: Core;
let asha: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addActive(core, { email: 'asha@leeds.example' });
});
afterEach(() => stage.close());

function sender(platform: 'slack' | 'teams', user: string, email = ''): Sender {
  const profile = () => Promise.resolve({ name: '', email, zone: '', locale: '' });
  return { account: { platform, space: 'T1', user }, address: { channel: user, home: 'shown' }, profile };
}

async function newCode(member = asha): Promise<string> {
  return codeIn(await ask(core, member, { kind: 'membership.show-code' }));
}

async function connect(from: Sender, code: string): Promise<Reply> {
  return await handle(core, from, { kind: 'membership.connect', code });
}

const wrong: Reply = { kind: 'invalid', problems: [{ field: 'code', text: problems.wrong }] };

async function holderOf({ account }: Sender): Promise<string | undefined> {
  const row = core.db.selectFrom('accounts').select('member_id').where('platform_user', '=', account.user);
  return (await row.executeTakeFirst())?.member_id;
}

async function minutes(count: number): Promise<void> {
  stage.clock.set(new Date(core.clock.now().getTime() + count * 60_000));
}

describe('a code', () => {
  test('makes an unknown account theirs, however it is typed, once', async () => {
    const code = await newCode();
    const intent = readWords(`Connect  ${code.toLowerCase().replace('-', ' ')} `);
    expect(textOf(await handle(core, sender('slack', 'U1'), intent))).toContain('We have connected this account');
    expect(await holderOf(sender('slack', 'U1'))).toBe(asha.id);
    expect(await handle(core, sender('slack', 'U1'), { kind: 'network.profile' })).toMatchObject({ kind: 'message' });
    expect(await connect(sender('teams', 'U2'), code)).toEqual(wrong);
  });

  test('that is wrong, used, replaced or too old gets the same words', async () => {
    const used = await newCode();
    await connect(sender('slack', 'U1'), used);
    const replaced = await newCode();
    const old = await newCode();
    const replies = [await connect(sender('teams', 'U2'), replaced)];
    await minutes(10);
    for (const code of ['', 'nonsense', used, old]) replies.push(await connect(sender('teams', 'U3'), code));
    expect(replies).toEqual(Array(5).fill(wrong));
    expect(await holderOf(sender('teams', 'U3'))).toBeUndefined();
  });

  test('works until its ten minutes are over', async () => {
    const code = await newCode();
    await minutes(9.99);
    expect((await connect(sender('slack', 'U1'), code)).kind).toBe('replace');
  });

  test('of somebody who left works no more', async () => {
    const code = await newCode();
    await ask(core, asha, { kind: 'network.confirm-leave' });
    expect(await connect(sender('slack', 'U1'), code)).toEqual(wrong);
  });

  test('stands on no more than its page: not in the database, and not in what anybody is sent', async () => {
    const code = await newCode();
    await connect(sender('slack', 'U1'), code);
    const [web, email] = [recordingOutbound(), recordingOutbound('email')];
    await settleAll(core, new Map([web, email].map((outbound) => [outbound.platform, outbound] as const)));
    const rows = await Promise.all(
      (['link_codes', 'deliveries', 'audit', 'wrong_codes'] as const).map((table) =>
        core.db.selectFrom(table).selectAll().execute(),
      ),
    );
    const everything = JSON.stringify([rows, web.parcels, email.parcels]);
    expect(web.parcels.length).toBeGreaterThan(0);
    for (const form of [code, code.replace('-', '')]) expect(everything.toUpperCase()).not.toContain(form);
  });

  test('is not shown to who holds a link in an e-mail', async () => {
    const link: Sender = { ...webSender(asha), account: { platform: 'email', space: '', user: asha.email } };
    expect(textOf(await handle(core, link, { kind: 'membership.show-code' }))).toContain(refusals.signIn);
    expect(await core.db.selectFrom('link_codes').selectAll().execute()).toEqual([]);
  });
});

test('five wrong codes within an hour are the last, also when they come at once; the right one is refused then too', async () => {
  const guesses = await Promise.all(Array.from({ length: 12 }, () => connect(sender('slack', 'U1'), 'AAAA-AAAA')));
  expect(guesses.filter((reply) => textOf(reply).includes(problems.tooMany))).toHaveLength(7);
  const tooMany = { kind: 'invalid', problems: [{ field: 'code', text: problems.tooMany }] };
  expect(await connect(sender('slack', 'U1'), await newCode())).toEqual(tooMany);
  // Somebody else is not kept from it.
  expect((await connect(sender('slack', 'U2'), await newCode())).kind).toBe('replace');
  await minutes(60);
  expect((await connect(sender('slack', 'U1'), await newCode())).kind).toBe('replace');
});

test('a code of their own gives nobody more guesses at those of others', async () => {
  const guess = async (from: Sender) => textOf(await connect(from, 'AAAA-AAAA'));
  const bo = await addActive(core, { council: 'York' });
  const [theirs, own] = [sender('slack', 'U1'), sender('slack', 'U2')];
  await joinFrom(core, bo, theirs);
  for (let count = 0; count < 4; count += 1) for (const from of [theirs, own]) await guess(from);
  // Of another, already theirs, and connected.
  await connect(theirs, await newCode());
  await connect(theirs, await newCode(bo));
  await connect(own, await newCode());
  for (const from of [theirs, own]) {
    expect(await guess(from)).toContain(problems.wrong);
    expect(await guess(from)).toContain(problems.tooMany);
  }
});

test('of who typed no wrong code nothing is kept', async () => {
  await connect(sender('slack', 'U1'), await newCode());
  expect(await core.db.selectFrom('wrong_codes').selectAll().execute()).toEqual([]);
});

test('an account of another member stays theirs, and both are told nothing else', async () => {
  const bo = await addActive(core, { council: 'York' });
  await joinFrom(core, bo, sender('slack', 'U1', bo.email));
  const code = await newCode();
  expect(textOf(await connect(sender('slack', 'U1'), code))).toContain('already belongs to another member');
  expect(await holderOf(sender('slack', 'U1'))).toBe(bo.id);
  // The code was theirs to use, and still is.
  expect((await connect(sender('slack', 'U2'), code)).kind).toBe('replace');
});

test('of two members who connect one account at once, one has it', async () => {
  const bo = await addActive(core, { council: 'York' });
  const codes = [await newCode(), await newCode(bo)];
  const replies = await Promise.all(codes.map((code) => connect(sender('slack', 'U1'), code)));
  expect(replies.filter(({ kind }) => kind === 'replace')).toHaveLength(1);
  expect([asha.id, bo.id]).toContain(await holderOf(sender('slack', 'U1')));
});

test('one code at two accounts at once connects one', async () => {
  const code = await newCode();
  const replies = await Promise.all(['U1', 'U2'].map((user) => connect(sender('slack', user), code)));
  expect(replies.filter(({ kind }) => kind === 'replace')).toHaveLength(1);
  const slack = core.db.selectFrom('accounts').select('id').where('platform', '=', 'slack');
  expect(await slack.execute()).toHaveLength(1);
});

describe('connected accounts', () => {
  let slack: RecordingOutbound;
  let email: RecordingOutbound;
  let web: RecordingOutbound;

  async function settle(): Promise<void> {
    await settleAll(core, new Map([slack, email, web].map((outbound) => [outbound.platform, outbound] as const)));
  }

  beforeEach(async () => {
    [slack, email, web] = [recordingOutbound('slack'), recordingOutbound('email'), recordingOutbound()];
    await settle();
    await connect(sender('slack', 'U1'), await newCode());
  });

  async function idOf(user: string): Promise<string> {
    return (
      await core.db.selectFrom('accounts').select('id').where('platform_user', '=', user).executeTakeFirstOrThrow()
    ).id;
  }

  test('each they had before is told, with a way to undo it, and the new one is not', async () => {
    await settle();
    const told = [slack, email, web]
      .flatMap(({ letters }) => letters)
      .filter(({ message }) => message.heading.includes('account'));
    expect(told.map(({ account }) => account.platform).toSorted()).toEqual(['email', 'web']);
    const account = await idOf('U1');
    expect(told[0]?.message.buttons[0]).toMatchObject({ intent: { kind: 'membership.disconnect', account } });
  });

  test('one that was disconnected before they were told of it is not told of', async () => {
    await ask(core, asha, { kind: 'membership.disconnect', account: await idOf('U1') });
    await settle();
    const told = [email, web]
      .flatMap(({ letters }) => letters)
      .filter(({ message }) => message.heading.includes('account'));
    expect(told).toEqual([]);
  });

  test('disconnecting ends it there: what waited goes by the next, the home is emptied, it is a stranger’s again', async () => {
    await settle();
    await core.db.updateTable('members').set({ preferred_platform: 'slack' }).where('id', '=', asha.id).execute();
    await ask(core, asha, { kind: 'membership.disconnect', account: await idOf('U1') });
    expect(await holderOf(sender('slack', 'U1'))).toBeUndefined();
    const before = email.letters.length;
    await ask(core, asha, { kind: 'network.pause', programmes: 'prompts', until: '2027-03-03' });
    stage.clock.set(new Date('2027-03-03T00:00:00Z'));
    await settle();
    expect(email.letters.slice(before).map(({ message }) => message.heading)).toEqual(['Messages are on']);
    const homes = slack.parcels.filter(({ act }) => act.kind === 'home');
    expect(JSON.stringify(homes.at(-1))).not.toContain(asha.name);
    expect(await core.db.selectFrom('rooms').selectAll().execute()).toEqual([]);
    const reply = await handle(core, sender('slack', 'U1'), { kind: 'network.profile' });
    expect(textOf(reply)).toContain('You have not joined');
    const row = core.db.selectFrom('members').select('preferred_platform').where('id', '=', asha.id);
    expect(await row.executeTakeFirst()).toEqual({ preferred_platform: null });
  });

  test('browsers that it had signed in are signed out; others stay signed in', async () => {
    const own = { member_id: asha.id, expires_at: new Date('2028-01-01') };
    const rows = [await idOf('U1'), await idOf(asha.id)].map((account_id) => ({
      ...own,
      account_id,
      token_hash: Buffer.from(randomUUID()),
    }));
    await core.db.insertInto('web_sessions').values(rows).execute();
    await ask(core, asha, { kind: 'membership.disconnect', account: await idOf('U1') });
    const left = core.db.selectFrom('web_sessions').select('account_id');
    expect(await left.execute()).toEqual([{ account_id: await idOf(asha.id) }]);
  });

  test('what is being sent to it is not sent again by another way', async () => {
    await settle();
    const id = randomUUID();
    const account_id = await idOf('U1');
    const row = { id, key: id, kind: 'network.resumed', subject: 'prompts', member_id: asha.id } as const;
    const times = { not_before: core.clock.now(), created_at: core.clock.now(), sending_at: core.clock.now() };
    await core.db
      .insertInto('deliveries')
      .values({ ...row, ...times, status: 'sending', attempts: 1, account_id })
      .execute();
    await ask(core, asha, { kind: 'membership.disconnect', account: account_id });
    const found = core.db.selectFrom('deliveries').select(['status', 'in_doubt']).where('id', '=', id);
    expect(await found.executeTakeFirst()).toEqual({ status: 'failed', in_doubt: true });
  });

  test('what the roster gives stays, and so does the last way to them; another’s is not theirs to take away', async () => {
    const bo = await addActive(core, { council: 'York' });
    const said = async (account: string) => textOf(await ask(core, asha, { kind: 'membership.disconnect', account }));
    expect(await said(await idOf(asha.email))).toContain('the network’s list gives it to you');
    expect(await said(await idOf(asha.id))).toContain('the network’s list gives it to you');
    expect(await said(await idOf(bo.id))).toContain('not connected to your membership');
    await core.db.updateTable('accounts').set({ reachable: false }).where('platform', 'in', ['email', 'web']).execute();
    // As they ask from the web page, that is open again.
    await core.db.deleteFrom('accounts').where('platform_user', '=', asha.email).execute();
    const slackUser = sender('slack', 'U1');
    const account = await idOf('U1');
    expect(textOf(await handle(core, slackUser, { kind: 'membership.disconnect', account }))).toContain(
      'the only way left',
    );
  });

  test('the web page alone is no way in: nobody is sent a link to it', async () => {
    await core.db.deleteFrom('accounts').where('platform', '=', 'email').execute();
    const account = await idOf('U1');
    const said = textOf(await ask(core, asha, { kind: 'membership.disconnect', account }));
    expect(said).toContain('the only way left');
    expect(await holderOf(sender('slack', 'U1'))).toBe(asha.id);
  });

  test('the page says where we write to them, and lets them choose', async () => {
    const page = async () => {
      const reply = await ask(core, asha, { kind: 'membership.accounts' });
      if (reply.kind !== 'page') throw new Error(textOf(reply));
      return reply.page.cards.filter(({ summary }) => summary.startsWith('We write')).map(({ heading }) => heading);
    };
    expect(await page()).toEqual(['Slack']);
    await ask(core, asha, { kind: 'membership.prefer', platform: 'email' });
    expect(await page()).toEqual(['Email']);
    expect(await ask(core, asha, { kind: 'membership.prefer', platform: 'teams' })).toMatchObject({ kind: 'invalid' });
    await ask(core, asha, { kind: 'membership.prefer', platform: '' });
    expect(await page()).toEqual(['Slack']);
  });

  test('messages go where they prefer, and by the next when that takes nothing', async () => {
    await settle();
    await ask(core, asha, { kind: 'membership.prefer', platform: 'email' });
    const [before, slackBefore] = [email.letters.length, slack.letters.length];
    await ask(core, asha, { kind: 'network.pause', programmes: 'prompts', until: '2027-03-03' });
    stage.clock.set(new Date('2027-03-03T00:00:00Z'));
    await settle();
    expect([email.letters.length - before, slack.letters.length - slackBefore]).toEqual([1, 0]);
    await ask(core, asha, { kind: 'network.pause', programmes: 'prompts', until: '2027-03-04' });
    stage.clock.set(new Date('2027-03-04T00:00:00Z'));
    email.outcomes.push({ kind: 'gone', reason: 'no such mailbox' });
    await settle();
    expect(slack.letters.length - slackBefore).toBe(1);
  });
});
