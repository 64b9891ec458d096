import { afterEach, beforeEach, expect, test } from 'vitest';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';

let stage: TestCore;
let convener: Member;
let asha: Member;

beforeEach(async () => {
  stage = await openTestCore();
  convener = await addActive(stage.core, { permission: 'convener', name: 'Cleo Convener', council: 'Fife Council' });
  asha = await addActive(stage.core, {
    name: 'Asha Ó Briain',
    email: 'asha@leeds.example',
    council: 'Leeds City Council',
  });
});
afterEach(() => stage.close());

const role = (member: Member, permission: string): Intent => ({
  kind: 'convening.role',
  member: member.id,
  permission,
});
const permissionOf = async ({ id }: Member) => (await mustFind(stage.core, id)).permission;

async function acts() {
  const rows = await stage.core.db.selectFrom('audit').selectAll().where('action', '=', 'member.permission').execute();
  return rows.map(({ actor_id: actor, subject, detail }) => ({ actor, subject, detail }));
}

test('a convener finds everybody on the roster by name, address or council, and sees how they stand', async () => {
  await addMember(stage.core, { name: 'Ines Invited', council: 'Leeds City Council' });
  const find = async (query: string) =>
    textOf(await ask(stage.core, convener, { kind: 'convening.find-member', query }));
  expect(await find('o BRIAIN')).toMatch(/Asha Ó Briain.*Leeds City Council.*Joined.*Member/s);
  expect(await find('asha@leeds')).toContain('Asha');
  expect(await find('leeds')).toContain('Invited, has not joined');
  expect(await find('ines fife')).toContain('Nobody on the roster');
  expect(await ask(stage.core, convener, { kind: 'convening.find-member', query: ' ' })).toMatchObject({
    kind: 'invalid',
    problems: [{ field: 'query' }],
  });
  const console = await ask(stage.core, convener, { kind: 'convening.console' });
  expect(textOf(console)).toContain('Find somebody');
});

test('makes somebody a host, and a member again; each is written down once, and they may do it at once', async () => {
  const propose: Intent = { kind: 'proposals.open', topic: '', follows: '', theme: '' };
  expect((await ask(stage.core, asha, propose)).kind).toBe('message');
  for (const permission of ['host', 'host']) {
    expect(textOf(await ask(stage.core, convener, role(asha, permission)))).toContain('is a host now');
  }
  expect((await ask(stage.core, await mustFind(stage.core, asha.id), propose)).kind).toBe('form');
  await ask(stage.core, convener, role(asha, 'member'));
  expect(await permissionOf(asha)).toBe('member');
  expect(await acts()).toEqual([
    { actor: convener.id, subject: asha.id, detail: { from: 'member', to: 'host' } },
    { actor: convener.id, subject: asha.id, detail: { from: 'host', to: 'member' } },
  ]);
  expect(textOf(await ask(stage.core, convener, { kind: 'convening.audit', before: '' }))).toContain(
    'made Asha Ó Briain a host',
  );
});

test('the last convener stays one; of two who stop at once, one stays', async () => {
  expect(await ask(stage.core, convener, role(convener, 'member'))).toMatchObject({
    kind: 'invalid',
    problems: [{ field: 'permission', text: 'You are the only convener. Make somebody else a convener first.' }],
  });
  await ask(stage.core, convener, role(asha, 'convener'));
  const other = await mustFind(stage.core, asha.id);
  await Promise.all([ask(stage.core, convener, role(convener, 'member')), ask(stage.core, other, role(other, 'host'))]);
  const left = [await permissionOf(convener), await permissionOf(asha)];
  expect(left.filter((permission) => permission === 'convener')).toHaveLength(1);
});

test('nobody else may, no link in an e-mail does it, and what is no permission is refused', async () => {
  const host = await addActive(stage.core, { permission: 'host' });
  const asking: readonly Intent[] = [
    { kind: 'convening.open-find-member' },
    { kind: 'convening.find-member', query: 'a' },
    { kind: 'convening.open-role', member: asha.id },
    role(asha, 'convener'),
  ];
  const account = { platform: 'email', space: '', user: convener.email } as const;
  const profile = async () => ({ name: '', email: '', zone: '', locale: '' });
  const byLink = { account, address: {}, profile };
  for (const intent of asking) {
    expect(textOf(await ask(stage.core, host, intent))).toContain('convener');
    expect(textOf(await handle(stage.core, byLink, intent))).toContain('Sorry');
  }
  expect(await ask(stage.core, convener, role(asha, 'emperor'))).toMatchObject({ kind: 'invalid' });
  expect(await permissionOf(asha)).toBe('member');
});
