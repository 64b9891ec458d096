import { addHours } from 'date-fns/addHours';
import { addMinutes } from 'date-fns/addMinutes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account, Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { saveInstallation } from '../../src/store/installations.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { join as joinThrough } from '../support/joining.ts';
import { addActive, ask, mustFind, type RecordingOutbound, recordingOutbound, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let web: RecordingOutbound;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addActive(core, { name: 'Asha Rahman', email: 'asha@leeds.example' });
  web = recordingOutbound();
  await settle();
  web.letters.length = 0;
});
afterEach(() => stage.close());

const join: Intent = { kind: 'network.join' };
const asked =
  'We know this email address from another account. We have sent a message there: open it within 24 hours, and select Connect it.';
const ended = 'This request has been used or has ended.';

const elsewhere: Account = { platform: 'slack', space: 'TELSEWHERE', user: 'UELSEWHERE' };

function senderOf(account: Account, email = asha.email): Sender {
  const profile = { name: 'Not Asha', email, zone: 'Asia/Tokyo', locale: 'cy' };
  return { account, address: { channel: 'D9', home: 'shown' }, profile: () => Promise.resolve(profile) };
}

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', web]]));
}

async function holders(account: Account): Promise<readonly string[]> {
  const { platform, space, user } = account;
  const rows = await core.db
    .selectFrom('accounts')
    .select('member_id')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .execute();
  return rows.map((row) => row.member_id);
}

/** The messages that ask members to connect an account, the newest last. */
function questions(): readonly Message[] {
  return web.letters
    .map(({ message }) => message)
    .filter(({ summary }) => summary.includes('asked to use your membership'));
}

/** What the button of the newest of them asks for. */
function connectIt(): Intent {
  const button = questions()
    .at(-1)
    ?.buttons.find(({ label }) => label === 'Connect it');
  if (button?.kind !== 'does') throw new Error('There is no button to connect it');
  return button.intent;
}

async function request(): Promise<Intent> {
  expect(textOf(await handle(core, senderOf(elsewhere), join))).toContain(asked);
  await settle();
  return connectIt();
}

describe('an account whose platform vouches for the address of somebody who joined already', () => {
  test('is let to nothing of theirs, and shown nothing, before they say so themselves', async () => {
    const before = await mustFind(core, asha.id);
    const reply = await handle(core, senderOf(elsewhere), join);
    expect(textOf(reply)).toContain(asked);
    expect(textOf(reply)).not.toContain('Asha');
    expect(await holders(elsewhere)).toEqual([]);
    for (const intent of [
      { kind: 'reflections.journal' },
      { kind: 'network.export' },
      { kind: 'network.confirm-erase' },
      { kind: 'network.confirm-leave' },
      { kind: 'network.profile' },
    ] as const) {
      expect(textOf(await handle(core, senderOf(elsewhere), intent))).toContain('You have not joined');
    }
    const home = textOf(await handle(core, senderOf(elsewhere), { kind: 'network.home' }));
    expect(home).toContain('Join the network');
    expect(home).not.toContain('Asha');
    expect(await mustFind(core, asha.id)).toEqual(before);
  });

  test('is connected once they do, with nothing of what its platform says of them', async () => {
    const connect = await request();
    expect(textOf(await ask(core, asha, connect))).toContain('We have connected the account.');
    expect(await holders(elsewhere)).toEqual([asha.id]);
    expect(textOf(await handle(core, senderOf(elsewhere), { kind: 'network.profile' }))).toContain('Asha Rahman');
    expect(textOf(await handle(core, senderOf(elsewhere), join))).toContain('already in the network');
    // A second press finds it done.
    expect(textOf(await ask(core, asha, connect))).toContain('We have connected the account.');
    expect(await holders(elsewhere)).toEqual([asha.id]);
  });

  test('is not connected by anybody else, whatever they send', async () => {
    const connect = await request();
    const convener = await addActive(core, { permission: 'convener' });
    expect(textOf(await ask(core, convener, connect))).toContain(ended);
    expect(textOf(await handle(core, senderOf(elsewhere), connect))).toContain('You have not joined');
    const forged = { kind: 'network.confirm-account', request: asha.id } as const;
    expect(textOf(await ask(core, asha, forged))).toContain(ended);
    expect(await holders(elsewhere)).toEqual([]);
  });

  test('is not connected a day later, nor is an old message sent; asking again starts again', async () => {
    const connect = await request();
    stage.clock.set(addHours(core.clock.now(), 24));
    expect(textOf(await ask(core, asha, connect))).toContain(ended);
    expect(await holders(elsewhere)).toEqual([]);
    await ask(core, asha, await request());
    expect(await holders(elsewhere)).toEqual([asha.id]);

    await handle(core, senderOf({ ...elsewhere, user: 'ULATE' }), join);
    stage.clock.set(addHours(core.clock.now(), 24));
    await settle();
    expect(questions()).toHaveLength(2);
    // What has ended is not kept.
    await handle(core, senderOf({ ...elsewhere, user: 'ULATER' }), join);
    const kept = await core.db.selectFrom('account_requests').select('platform_user').execute();
    expect(kept).toEqual([{ platform_user: 'ULATER' }]);
  });

  test('is asked about once an hour, however often and at once it asks', async () => {
    await Promise.all(Array.from({ length: 4 }, () => handle(core, senderOf(elsewhere), join)));
    await settle();
    stage.clock.set(addMinutes(core.clock.now(), 59));
    await handle(core, senderOf(elsewhere), join);
    await settle();
    expect(questions()).toHaveLength(1);
    const [first] = questions();
    stage.clock.set(addMinutes(core.clock.now(), 1));
    await handle(core, senderOf(elsewhere), join);
    await settle();
    // Both buttons do the same.
    expect(questions()).toEqual([first, first]);
    await ask(core, asha, connectIt());
    expect(await holders(elsewhere)).toEqual([asha.id]);
  });

  test('is not asked about any more when it has been connected meanwhile', async () => {
    await handle(core, senderOf(elsewhere), join);
    const { id } = await core.db.selectFrom('account_requests').select('id').executeTakeFirstOrThrow();
    await ask(core, asha, { kind: 'network.confirm-account', request: id });
    await settle();
    expect(questions()).toEqual([]);
  });

  test('belongs to whoever its platform vouches for last', async () => {
    const ben = await addActive(core, { email: 'ben@kent.example' });
    const connect = await request();
    await handle(core, senderOf(elsewhere, ben.email), join);
    expect(textOf(await ask(core, asha, connect))).toContain(ended);
    await settle();
    await ask(core, ben, connectIt());
    expect(await holders(elsewhere)).toEqual([ben.id]);

    const invited = await addMember(core, { email: 'new@kent.example' });
    const other = { ...elsewhere, user: 'UOTHER' };
    await handle(core, senderOf(other), join);
    await settle();
    await handle(core, senderOf(other, invited.email), join);
    expect(textOf(await ask(core, asha, connectIt()))).toContain(ended);
    expect(await holders(other)).toEqual([invited.id]);
  });

  test('goes with the member when they erase themselves', async () => {
    const connect = await request();
    await ask(core, asha, { kind: 'network.confirm-erase' });
    expect(await core.db.selectFrom('account_requests').selectAll().execute()).toEqual([]);
    expect(textOf(await ask(core, asha, connect))).toContain('You have not joined');
  });
});

describe('the message about it', () => {
  test.each<[Account, string]>([
    [elsewhere, 'Somebody asked to use your membership from another account, in a Slack workspace.'],
    [
      { ...elsewhere, space: 'TNAMED' },
      'Somebody asked to use your membership from another account, in the Slack workspace “Kent Council”.',
    ],
    [
      { ...elsewhere, platform: 'teams' },
      'Somebody asked to use your membership from another account, in Microsoft Teams.',
    ],
  ])('says where %j is, as far as we know', async (account, words) => {
    const installedAt = core.clock.now();
    await saveInstallation(core, { platform: 'slack', space: 'TNAMED', name: 'Kent Council', installedAt }, {});
    await handle(core, senderOf(account), join);
    await settle();
    expect(questions().map(({ summary }) => summary)).toEqual([words]);
    expect(JSON.stringify(questions())).toContain('tell your convener');
    // It says nothing that the asking account chose, but the name of its workspace.
    expect(JSON.stringify(questions())).not.toContain('Not Asha');
  });
});

describe('somebody who left', () => {
  test('is asked as well, in the same words, and comes back only by joining', async () => {
    await ask(core, asha, { kind: 'network.confirm-leave' });
    const connect = await request();
    expect((await mustFind(core, asha.id)).status).toBe('left');
    expect(textOf(await handle(core, senderOf(elsewhere), { kind: 'network.export' }))).toContain(
      'You have not joined',
    );
    expect(textOf(await ask(core, asha, connect))).toContain('type “join” there');
    expect((await mustFind(core, asha.id)).status).toBe('left');
    expect(textOf(await joinThrough(core, senderOf(elsewhere)))).toContain('You have joined');
    expect((await mustFind(core, asha.id)).status).toBe('active');
  });
});

describe('somebody who never joined', () => {
  test('is joined by the account that ends the forms first, and asked about the other', async () => {
    const { id, email } = await addMember(core, { email: 'new@kent.example' });
    const accounts = ['T1', 'T2'].map((space) => ({ platform: 'slack', space, user: 'U1' }) as const);
    // Nothing of theirs is there to be read yet: both may begin.
    await Promise.all(accounts.map((account) => handle(core, senderOf(account, email), join)));
    const replies = await Promise.all(accounts.map((account) => joinThrough(core, senderOf(account, email))));
    const linked = (await Promise.all(accounts.map(holders))).flat();
    expect(linked).toEqual([id]);
    expect(replies.filter((reply) => textOf(reply).includes('You have joined'))).toHaveLength(1);
    for (const account of accounts) await handle(core, senderOf(account, email), join);
    await settle();
    await ask(core, await mustFind(core, id), connectIt());
    expect((await Promise.all(accounts.map(holders))).flat()).toEqual([id, id]);
  });
});
