import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Profile, Sender } from '../../src/account.ts';
import { handle } from '../../src/handle.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { formOf, join } from '../support/joining.ts';
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

describe('joining', () => {
  it('takes what the platform says for what the member has not chosen, and offers it in the forms', async () => {
    const { email, id } = await addMember(testCore.core, { name: 'P. Nair', zone: 'Europe/London' });
    const from = sender({ email, name: ' Priya Nair ', zone: 'Asia/Tokyo', locale: 'ja-JP' });
    await handle(testCore.core, from, { kind: 'network.join' });
    const hours = formOf(await handle(testCore.core, from, { kind: 'joining.open-hours' }));
    expect(hours.fields.find(({ name }) => name === 'zone')?.value).toBe('Asia/Tokyo');
    await join(testCore.core, from);
    expect(await mustFind(testCore.core, id)).toMatchObject({
      name: 'Priya Nair',
      zone: 'Asia/Tokyo',
      locale: 'ja-JP',
    });
    const row = testCore.core.db.selectFrom('members').select('chosen_zone').where('id', '=', id);
    expect(await row.executeTakeFirst()).toEqual({ chosen_zone: '' });
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
    await join(testCore.core, sender({ email, name: 'Priya Nair', zone: 'Asia/Tokyo' }));
    const row = db.selectFrom('members').select(['name', 'zone']).where('id', '=', id);
    expect(await row.executeTakeFirst()).toEqual({ name: 'P. Nair', zone: 'Europe/London' });
    expect(await mustFind(testCore.core, id)).toMatchObject({ name: 'Priya Nair', zone: 'Europe/Lisbon' });
  });

  it('takes nothing from a platform that says nothing, or no zone that there is', async () => {
    const { email, id } = await addMember(testCore.core, { name: 'P. Nair', zone: 'Europe/London' });
    await join(testCore.core, sender({ email, name: ' ', zone: 'Mars/Olympus' }));
    expect(await mustFind(testCore.core, id)).toMatchObject({ name: 'P. Nair', zone: 'Europe/London', locale: 'en' });
  });
});

describe('where someone can be reached', () => {
  it('is added to, whatever each request tells', async () => {
    const { email } = await addMember(testCore.core);
    const known = sender({ email }, { channel: 'D1', tenant: 'a' });
    await handle(testCore.core, known, { kind: 'network.join' });
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
