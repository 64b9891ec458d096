import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Asker } from '../../src/asker.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { saveAbout, saveAgreements, saveHours, saveInterests } from '../../src/joining/steps.ts';
import { prefer } from '../../src/membership/accounts.ts';
import { showCode } from '../../src/membership/codes.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { join } from '../support/joining.ts';
import { addActive, ask, textOf, webSender } from '../support/people.ts';
import { onSlack } from './stage.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let slack: Sender;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addMember(core, { name: 'Asha Rahman', email: 'asha@leeds.example', council: 'Leeds City Council' });
  slack = onSlack(asha.email);
});
afterEach(() => stage.close());

describe('who began to join from another account', () => {
  test('reads nothing of somebody who then joins from their own', async () => {
    const other = onSlack(asha.email, { space: 'TELSEWHERE' });
    await handle(core, other, { kind: 'network.join' });
    await join(core, webSender(asha));
    for (const intent of [
      { kind: 'reflections.journal' },
      { kind: 'network.profile' },
      { kind: 'network.export' },
    ] as const) {
      expect(textOf(await handle(core, other, intent))).toContain('You have not joined');
    }
    expect(textOf(await handle(core, other, { kind: 'network.join' }))).toContain(
      'We know this email address from another account',
    );
  });

  test('is let go as one who disconnects: the home there shows nothing, and what is on its way is not sent again', async () => {
    const other = onSlack(asha.email, { space: 'TELSEWHERE' });
    const here = { ...other, address: { ...other.address, home: 'shown' } };
    await handle(core, here, { kind: 'network.join' });
    const account = core.db.selectFrom('accounts').select('id').where('space', '=', 'TELSEWHERE');
    const id = randomUUID();
    const now = core.clock.now();
    const sending = { status: 'sending', not_before: now, created_at: now, sending_at: now, attempts: 1 } as const;
    const { id: account_id } = await account.executeTakeFirstOrThrow();
    await core.db
      .insertInto('deliveries')
      .values({ id, key: id, kind: 'joining.approved', subject: id, member_id: asha.id, account_id, ...sending })
      .execute();
    await join(core, webSender(asha));
    expect(await account.execute()).toEqual([]);
    const rooms = core.db.selectFrom('rooms').select(['purpose', 'room']).where('space', '=', 'TELSEWHERE');
    expect(await rooms.execute()).toEqual([{ purpose: 'farewell', room: other.account.user }]);
    const settled = core.db.selectFrom('deliveries').select(['status', 'in_doubt']).where('id', '=', id);
    expect(await settled.executeTakeFirst()).toEqual({ status: 'failed', in_doubt: true });
  });

  test('does not take it from who joins in the tab: the account that signed them in stays, and no other', async () => {
    const other = onSlack(asha.email, { space: 'TELSEWHERE' });
    for (const sender of [slack, other]) await handle(core, sender, { kind: 'network.join' });
    await join(core, { ...webSender(asha), signedInBy: slack.account });
    expect(textOf(await handle(core, slack, { kind: 'network.profile' }))).toContain('Asha Rahman');
    expect(textOf(await handle(core, other, { kind: 'network.profile' }))).toContain('You have not joined');
  });

  test('keeps what a member who left had connected', async () => {
    await join(core, slack);
    await ask(core, asha, { kind: 'network.confirm-leave' });
    await join(core, webSender(asha));
    expect(textOf(await handle(core, slack, { kind: 'network.profile' }))).toContain('Asha Rahman');
  });
});

describe('an account that was let go of, or disconnected, a moment ago', () => {
  const yes = { prompts: 'yes', matching: 'yes', findable: 'yes' } as const;
  const place = { council: 'Leeds City Council', role: 'Leader', level: 'director', newly: 'no' } as const;
  const hours = { zone: 'Europe/Paris', from: '10:00', until: '16:00' } as const;

  test.each<[string, (core: Core, asker: Asker) => Promise<unknown>]>([
    ['agreements', (core, asker) => saveAgreements(core, asker, { kind: 'joining.agreements', ...yes })],
    ['about', (core, asker) => saveAbout(core, asker, { kind: 'joining.about', ...place })],
    ['interests', (core, asker) => saveInterests(core, asker, { kind: 'joining.interests', interests: '' })],
    ['hours', (core, asker) => saveHours(core, asker, { kind: 'joining.hours', ...hours })],
    ['code', (core, asker) => showCode(core, asker)],
    ['preferred', (core, asker) => prefer(core, asker, 'web')],
  ])('saves nothing: %s', async (_, save) => {
    const member = await addActive(core, { council: 'Leeds City Council' });
    const sender = onSlack(member.email);
    const before = await everythingOf(member.id);
    // As when who asks is looked up a moment before the account goes.
    await expect(save(core, { sender, member })).rejects.toThrow('You have not joined the network yet');
    expect(await everythingOf(member.id)).toEqual(before);
  });

  async function everythingOf(id: string) {
    return {
      row: await core.db.selectFrom('members').selectAll().where('id', '=', id).execute(),
      consents: await core.db.selectFrom('consents').selectAll().where('member_id', '=', id).execute(),
      codes: await core.db.selectFrom('link_codes').selectAll().where('member_id', '=', id).execute(),
    };
  }
});
