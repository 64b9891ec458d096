import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { join, joinOnWeb } from '../support/joining.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, mustFind, recordingOutbound, saidTo, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

function stranger(email: string, zone = ''): Sender {
  return {
    account: { platform: 'slack', space: 'T1', user: 'U1' },
    address: { channel: 'D1' },
    profile: () => Promise.resolve({ name: '', email, zone, locale: '' }),
  };
}

test('someone whose platform vouches for an address on the roster joins, once, and is welcomed once', async () => {
  const member = await addMember(core, { email: 'asha@leeds.example' });
  const first = await join(core, stranger('Asha@Leeds.example', 'Europe/Paris'));
  const second = await handle(core, stranger('asha@leeds.example'), { kind: 'network.join' });
  expect(textOf(first)).toContain('You have joined');
  expect(textOf(second)).toContain('already in the network');
  expect(await mustFind(core, member.id)).toMatchObject({ status: 'active', zone: 'Europe/Paris' });
  const slack = recordingOutbound('slack');
  await settleAll(core, new Map([['slack', slack]]));
  expect(slack.letters.map((parcel) => [parcel.message.heading, parcel.address])).toEqual([
    ['Welcome to the network', { channel: 'D1' }],
  ]);
});

test('someone who goes through the forms several times at once is joined once and welcomed once', async () => {
  const member = await addMember(core, { email: 'asha@leeds.example' });
  // Each look at the clock is a moment later, as in life.
  let ticks = 0;
  const now = () => {
    ticks += 1;
    return new Date(stage.clock.now().getTime() + ticks);
  };
  const ticking = { ...core, clock: { now } };
  await Promise.all(Array.from({ length: 5 }, () => join(ticking, stranger('asha@leeds.example'))));
  const posted = await core.db.selectFrom('deliveries').select('kind').where('member_id', '=', member.id).execute();
  expect(posted).toEqual([{ kind: 'network.welcome' }]);
});

test.each(['', 'nobody@leeds.example'])(
  'someone with the address “%s” is not joined, and is offered to ask the conveners',
  async (email) => {
    await addMember(core, { email: 'asha@leeds.example' });
    const reply = await handle(core, stranger(email), { kind: 'network.join' });
    expect(textOf(reply)).toContain('You can ask the conveners to add you.');
    expect(await core.db.selectFrom('accounts').selectAll().where('platform', '=', 'slack').execute()).toEqual([]);
  },
);

test('before joining, everything but help, home and joining is refused with the way in', async () => {
  const reply = await handle(core, stranger('nobody@leeds.example'), { kind: 'reflections.journal' });
  expect(textOf(reply)).toContain('Type “join” to join it');
  expect((await handle(core, stranger(''), { kind: 'network.help', asked: 'xyz' })).kind).toBe('message');
});

test('after leaving, nothing but coming back is open', async () => {
  const member = await addActive(core);
  await ask(core, member, { kind: 'network.confirm-leave' });
  for (const intent of [
    { kind: 'reflections.journal' },
    { kind: 'conversations.list' },
    { kind: 'network.profile' },
  ] as const) {
    expect(textOf(await ask(core, member, intent))).toContain('You have not joined');
  }
});

test('an unknown word gets help that names it', async () => {
  const member = await addActive(core);
  expect(textOf(await ask(core, member, { kind: 'network.help', asked: 'helpp' }))).toContain(
    'We do not know the word “helpp”',
  );
});

test('a pause ends by itself, with a notice; resuming early sends no notice later', async () => {
  const paused = await addActive(core);
  const resumed = await addActive(core, { council: 'York' });
  await ask(core, paused, pauseUntil('2027-03-16'));
  await ask(core, resumed, pauseUntil('2027-03-16'));
  await ask(core, resumed, { kind: 'network.resume' });
  const web = recordingOutbound();
  stage.clock.set(new Date('2027-03-16T12:00:00Z'));
  await settleAll(core, new Map([['web', web]]));
  expect(saidTo(web, paused).join()).toContain('Your pause has ended.');
  expect(saidTo(web, resumed).join()).not.toContain('Your pause has ended.');
  expect((await mustFind(core, paused.id)).promptsPausedUntil).toBeNull();
});

test('after leaving nothing is sent, even what was on its way; coming back starts prompts again', async () => {
  const member = await addActive(core);
  await ask(core, member, { kind: 'network.confirm-leave' });
  const web = recordingOutbound();
  stage.clock.set(new Date('2027-03-09T12:00Z'));
  await settleAll(core, new Map([['web', web]]));
  expect(web.letters).toEqual([]);
  const dropped = await core.db.selectFrom('deliveries').select(['status', 'reason']).execute();
  expect(dropped).toEqual([{ status: 'dropped', reason: 'the member is not in the network' }]);

  await joinOnWeb(core, member);
  await settleAll(core, new Map([['web', web]]));
  stage.clock.set(new Date('2027-03-15T09:00Z'));
  await settleAll(core, new Map([['web', web]]));
  expect(web.letters.map((parcel) => parcel.message.heading)).toEqual([
    'Welcome to the network',
    'Your prompt for this week',
  ]);
});

test('asking to sign in says the same for any address, and writes only to one on the roster', async () => {
  const member = await addMember(core, { email: 'asha@leeds.example' });
  const known = await handle(core, stranger(''), { kind: 'network.sign-in', email: 'asha@leeds.example' });
  const unknown = await handle(core, stranger(''), { kind: 'network.sign-in', email: 'nobody@leeds.example' });
  const impatient = await handle(core, stranger(''), { kind: 'network.sign-in', email: 'asha@leeds.example' });
  expect([unknown, impatient]).toEqual([known, known]);
  const email = recordingOutbound('email');
  await settleAll(core, new Map([['email', email]]));
  expect(saidTo(email, member)).toEqual(['Use the link in this email to sign in to the network.']);
});
