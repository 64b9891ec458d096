import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account, Platform, Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { noteAppAdded } from '../../src/network/greeting.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;

beforeAll(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterAll(() => stage.close());

/** Somebody whose platform vouches for this address. */
function stranger(platform: Platform, email = 'nobody@else.example'): Sender {
  const account = { platform, space: 'a-space', user: randomUUID() };
  const address = { conversationId: `chat-of-${account.user}` };
  return { account, address, profile: () => Promise.resolve({ name: '', email, zone: '', locale: '' }) };
}

/** The tables in which anything of this person stands. */
async function traces({ user }: Account): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(core.db);
  const found = tables.rows.map(async ({ name }) => {
    const rows = sql`select 1 from ${sql.table(name)} as t where t::text like ${`%${user}%`}`.execute(core.db);
    return (await rows).rows.length === 0 ? [] : [name];
  });
  return (await Promise.all(found)).flat().toSorted();
}

const add = ({ account, address }: Sender) => noteAppAdded(core, account, address, core.clock.now());
const erase = async (sender: Sender) => await handle(core, sender, { kind: 'network.erase' });

test('somebody who has our app hears what we kept to greet them, and that it is gone; so is the greeting', async () => {
  const [sender, other] = [stranger('teams'), stranger('teams')];
  for (const one of [sender, other]) await add(one);
  expect(await traces(sender.account)).toEqual(['rooms']);
  const reply = await erase(sender);
  expect(reply).toMatchObject({ kind: 'message', message: { heading: 'Erased', buttons: [] } });
  expect(textOf(reply)).toContain('We have erased what we held about you here.');
  expect(textOf(reply)).toContain('where to write to you');
  expect(textOf(reply)).not.toMatch(/have not joined|You asked/);
  expect([await traces(sender.account), await traces(other.account)]).toEqual([[], ['rooms']]);
  const greetings = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'network.greeting');
  expect(await greetings.execute()).toHaveLength(1);
});

test.each(['slack', 'teams'] as const)(
  'in %s, so does somebody who asked to connect their account',
  async (platform) => {
    const member = await addActive(core);
    const [sender, other] = [stranger(platform, member.email), stranger(platform, member.email)];
    for (const one of [sender, other]) await handle(core, one, { kind: 'network.join' });
    expect(await traces(sender.account)).toEqual(['account_requests']);
    const reply = await erase(sender);
    expect(textOf(reply)).toContain('You asked to connect this account to a membership');
    expect([await traces(sender.account), await traces(other.account)]).toEqual([[], ['account_requests']]);
    // It was no way to anything that is the member's.
    expect(textOf(await ask(core, member, { kind: 'network.profile' }))).toContain(member.email);
  },
);

test('of whom we hold nothing, they hear that, the second time as well', async () => {
  const sender = stranger('teams');
  await add(sender);
  await erase(sender);
  for (const one of [sender, stranger('slack'), stranger('email')]) {
    const reply = await erase(one);
    expect(reply).toMatchObject({ message: { summary: 'We hold nothing about you here.', buttons: [] } });
    expect(textOf(reply)).not.toContain('have not joined');
  }
});

test('nothing but that word works without joining: the button that erases a member is refused as before', async () => {
  const reply = await handle(core, stranger('teams'), { kind: 'network.confirm-erase' });
  expect(textOf(reply)).toContain('You have not joined');
});
