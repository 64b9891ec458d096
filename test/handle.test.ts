import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sender } from '../src/account.ts';
import { handle } from '../src/handle.ts';
import type { Intent } from '../src/intents.ts';
import { addMember, openTestCore, type TestCore } from './support/core.ts';
import { pauseUntil } from './support/pauses.ts';
import { addActive, ask, codeIn, joinFrom, mustFind } from './support/people.ts';

let testCore: TestCore;

beforeAll(async () => {
  testCore = await openTestCore();
});

afterAll(async () => {
  await testCore.close();
});

/** Somebody on Slack who opened our Home there. */
function slackSender(email: string): Sender {
  return {
    account: { platform: 'slack', space: 'T1', user: randomUUID() },
    address: { home: 'shown' },
    profile: () => Promise.resolve({ name: '', email, zone: '', locale: '' }),
  };
}

/** How many redrawings of this member's homes are waiting. */
async function stale(memberId: string): Promise<number> {
  const rows = testCore.core.db
    .selectFrom('deliveries')
    .select('id')
    .where('member_id', '=', memberId)
    .where('kind', '=', 'network.home')
    .where('status', '=', 'pending');
  return (await rows.execute()).length;
}

const pause: Intent = pauseUntil('2027-03-16');

describe('the homes that platforms keep for a member', () => {
  it('go stale with whatever the member changes, on any platform', async () => {
    const member = await addMember(testCore.core);
    await joinFrom(testCore.core, member, slackSender(member.email));
    await testCore.core.db.deleteFrom('deliveries').where('member_id', '=', member.id).execute();
    await ask(testCore.core, member, pause);
    expect(await stale(member.id)).toBe(1);
  });

  it('do so from an account that was unknown before', async () => {
    const member = await addActive(testCore.core);
    const code = codeIn(await ask(testCore.core, member, { kind: 'membership.show-code' }));
    await handle(testCore.core, slackSender(''), { kind: 'membership.connect', code });
    expect(await stale(member.id)).toBe(1);
  });

  it('stay as they are where nothing was changed, or was never opened', async () => {
    const { core } = testCore;
    const unopened = await addActive(core);
    await ask(core, unopened, pause);
    expect(await stale(unopened.id)).toBe(0);
    const member = await addMember(core);
    const sender = slackSender(member.email);
    await joinFrom(core, member, sender);
    await core.db.deleteFrom('deliveries').where('member_id', '=', member.id).execute();
    await handle(core, sender, { kind: 'network.help', asked: '' });
    await handle(core, sender, { kind: 'network.home' });
    expect(await stale(member.id)).toBe(0);
  });

  it('are asked for first: whoever is told that something failed can rely on it', async () => {
    const { core } = testCore;
    const member = await addMember(core);
    await joinFrom(core, member, slackSender(member.email));
    await core.db.deleteFrom('deliveries').where('member_id', '=', member.id).execute();
    await core.db.schema.alterTable('deliveries').renameTo('away').execute();
    await expect(ask(core, member, pause)).rejects.toThrow();
    await core.db.schema.alterTable('away').renameTo('deliveries').execute();
    expect((await mustFind(core, member.id)).promptsPausedUntil).toBeNull();
  });
});
