import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Profile, Sender } from '../../src/account.ts';
import { handle } from '../../src/handle.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { mustFind } from '../support/people.ts';

let testCore: TestCore;

beforeAll(async () => {
  testCore = await openTestCore();
});

afterAll(async () => {
  await testCore.close();
});

function sender(profile: Partial<Profile>, address: Readonly<Record<string, string>> = {}): Sender {
  const said = { name: '', email: '', zone: '', locale: '', ...profile };
  const account = { platform: 'slack', space: 'T1', user: randomUUID() } as const;
  return { account, address, profile: () => Promise.resolve(said) };
}

const join = { kind: 'network.join' } as const;

describe('joining', () => {
  it('takes what the platform says for what the member has not chosen', async () => {
    const { email, id } = await addMember(testCore.core, { name: 'P. Nair', zone: 'Europe/London' });
    await handle(testCore.core, sender({ email, name: ' Priya Nair ', zone: 'Asia/Tokyo', locale: 'ja-JP' }), join);
    expect(await mustFind(testCore.core, id)).toMatchObject({
      name: 'Priya Nair',
      zone: 'Asia/Tokyo',
      locale: 'ja-JP',
    });
    const prompt = testCore.core.db
      .selectFrom('agenda')
      .select('due_at')
      .where('key', 'like', `reflections.prompt:${id}:%`);
    // 9am on a Monday in Tokyo.
    expect((await prompt.executeTakeFirst())?.due_at.toISOString()).toBe('2027-03-08T00:00:00.000Z');
  });

  it('leaves the roster as it is, and what they chose above both', async () => {
    const { email, id } = await addMember(testCore.core, { name: 'P. Nair', zone: 'Europe/London' });
    const { db } = testCore.core;
    await db.updateTable('members').set({ chosen_zone: 'Europe/Lisbon' }).where('id', '=', id).execute();
    await handle(testCore.core, sender({ email, name: 'Priya Nair', zone: 'Asia/Tokyo' }), join);
    const row = db.selectFrom('members').select(['name', 'zone']).where('id', '=', id);
    expect(await row.executeTakeFirst()).toEqual({ name: 'P. Nair', zone: 'Europe/London' });
    expect(await mustFind(testCore.core, id)).toMatchObject({ name: 'Priya Nair', zone: 'Europe/Lisbon' });
  });

  it('takes nothing from a platform that says nothing, or no zone that there is', async () => {
    const { email, id } = await addMember(testCore.core, { name: 'P. Nair', zone: 'Europe/London' });
    await handle(testCore.core, sender({ email, name: ' ', zone: 'Mars/Olympus' }), join);
    expect(await mustFind(testCore.core, id)).toMatchObject({ name: 'P. Nair', zone: 'Europe/London', locale: 'en' });
  });
});

describe('where someone can be reached', () => {
  it('is added to, whatever each request tells', async () => {
    const { email } = await addMember(testCore.core);
    const known = sender({ email }, { channel: 'D1', tenant: 'a' });
    await handle(testCore.core, known, join);
    await handle(testCore.core, { ...known, address: { home: 'shown' } }, { kind: 'network.home' });
    await handle(testCore.core, { ...known, address: {} }, { kind: 'network.home' });
    await handle(testCore.core, { ...known, address: { channel: 'D2' } }, { kind: 'network.home' });
    const account = testCore.core.db
      .selectFrom('accounts')
      .select('address')
      .where('platform_user', '=', known.account.user);
    expect(await account.executeTakeFirst()).toEqual({ address: { channel: 'D2', tenant: 'a', home: 'shown' } });
  });
});
