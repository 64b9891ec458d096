import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emailSender } from '../../adapters/web/senders.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { Intent } from '../../src/intents.ts';
import { isRefused } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { erase } from '../../src/network/erase.ts';
import { importRoster, operator } from '../../src/network/import.ts';
import type { Member } from '../../src/network/model.ts';
import { objection } from '../../src/network/permissions.ts';
import { findPersonByEmail } from '../../src/network/roster.ts';
import { oldPeople } from '../../src/retention/old.ts';
import { invitedBy } from '../diary/stage.ts';
import { onSlack, opened } from '../joining/stage.ts';
import { propose } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { answered, formOf } from '../support/joining.ts';
import { addActive, ask, mustFind, type RecordingOutbound, recordingOutbound, textOf } from '../support/people.ts';
import { rowOf } from '../support/rosters.ts';

let stage: TestCore;
let core: Core;
let mail: RecordingOutbound;
let host: Member;
let convener: Member;
let conversation: string;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  mail = recordingOutbound('email');
  host = await addActive(core, { name: 'Hari Host', email: 'hari@leeds.example', permission: 'host' });
  convener = await addActive(core, { name: 'Connie Vener', permission: 'convener' });
  conversation = await propose(core, host);
  await settleAll(core, new Map([['email', mail]]));
  mail.letters.length = 0;
});
afterEach(() => stage.close());

const gerda = {
  name: 'Gerda  Guest',
  email: 'Gerda@University.Example ',
  role: 'Professor of Public Policy',
  organisation: 'University of the North',
  zone: 'Europe/London',
};

async function makeOver(by: Member = host, said: Partial<typeof gerda> = {}): Promise<Reply> {
  return await ask(core, by, { kind: 'proposals.guest', conversation, ...gerda, ...said });
}

async function guest(): Promise<Member> {
  const found = await findPersonByEmail(core.db, 'gerda@university.example');
  if (found === undefined) throw new Error('There is no guest');
  return found;
}

const settle = () => settleAll(core, new Map([['email', mail]]));

async function pressed(member: Member, intent: Intent): Promise<string> {
  return textOf(await handle(core, emailSender(member), intent));
}

async function hostOf(id: string): Promise<string | null> {
  const row = core.db.selectFrom('conversations').select('host_id').where('id', '=', id);
  return (await row.executeTakeFirstOrThrow()).host_id;
}

/** What the host of a conversation asks without answering anything. */
const hosting = [
  'afterwards.open-summary',
  'afterwards.open-who-came',
  'afterwards.takeaways',
  'conversations.go-on',
  'conversations.open-cancel',
  'conversations.who-is-coming',
] as const;

describe('a conversation that is made over', () => {
  test('is the guest’s to host, who is written to by e-mail with all that they can do, and whom to ask', async () => {
    const form = formOf(await ask(core, host, { kind: 'proposals.open-guest', conversation }));
    expect(JSON.stringify(form.body)).toContain('Our email tells them your name and your email address');
    expect(textOf(await ask(core, host, answered(form, gerda)))).toContain('Gerda Guest hosts “Making room” now');
    const made = await guest();
    expect(made).toMatchObject({ status: 'guest', permission: 'member', council: 'University of the North' });
    expect(await hostOf(conversation)).toBe(made.id);
    await settle();
    const [letter, ...more] = mail.letters.filter(({ account }) => account.user === made.email);
    expect(more).toEqual([]);
    expect(letter?.message).toMatchObject({
      heading: 'You are hosting: Making room',
      buttons: [
        { intent: { kind: 'conversations.who-is-coming', conversation } },
        { intent: { kind: 'conversations.open-edit', conversation } },
        { intent: { kind: 'conversations.open-cancel', conversation } },
        { kind: 'opens', label: 'Write to Hari Host', url: 'mailto:hari@leeds.example' },
      ],
    });
    expect(JSON.stringify(letter?.message)).not.toContain('meet.example');
    expect(JSON.stringify(letter?.message.body)).toContain('All times are in UK time (London).');
    // Who made it over is its host no longer; a convener can still do all.
    expect(textOf(await ask(core, host, { kind: 'conversations.open-cancel', conversation }))).toContain(
      'Only the host or a convener',
    );
    formOf(await ask(core, convener, { kind: 'conversations.open-cancel', conversation }));
    expect(await pressed(made, { kind: 'conversations.open-cancel', conversation })).toContain('“Making room”');
  });

  test('is offered to a guest by no button that would refuse them, and leaves the calendar of who hosted it', async () => {
    await settle();
    await makeOver(convener);
    const made = await guest();
    await settle();
    await ask(core, convener, { kind: 'conversations.cancel', conversation, reason: '' });
    await settle();
    const letters = mail.letters.filter(({ account }) => account.user === made.email);
    expect(letters.map(({ message }) => message.summary).join(' ')).toContain('has been cancelled');
    const invites = invitedBy(mail).filter(({ to }) => to === made.email);
    expect(invites.map(({ entry }) => entry.status)).toEqual(['confirmed', 'cancelled']);
    expect(invites.map(({ entry }) => entry.url)).toEqual(['', '']);
    const buttons = [...letters, ...invites].flatMap(({ message }) => message.buttons);
    const kinds = buttons.flatMap((button) => (button.kind === 'does' ? [button.intent.kind] : []));
    expect(kinds).toContain('diary.file');
    expect(kinds.filter((kind) => objection(kind, made, false) !== undefined)).toEqual([]);
    const was = invitedBy(mail).filter(({ to }) => to === 'hari@leeds.example');
    expect(was.map(({ entry }) => entry.status).at(-1)).toBe('cancelled');
    expect(was.map(({ entry }) => entry.url)).not.toContain('');
    expect(JSON.stringify(was.at(-1)?.message)).toContain('You do not host this conversation any more.');
  });

  test('is made over by its host or a convener alone, while it is to come, and every mistake is named', async () => {
    const other = await addActive(core, { permission: 'host' });
    expect(textOf(await makeOver(other))).toContain('Only its host or a convener');
    const none = { name: ' ', email: 'nobody', role: '', organisation: '', zone: 'Nowhere' };
    expect(await makeOver(host, none)).toMatchObject({
      kind: 'invalid',
      problems: ['name', 'email', 'role', 'organisation', 'zone'].map((field) => ({ field })),
    });
    expect(await findPersonByEmail(core.db, 'gerda@university.example')).toBeUndefined();
    await makeOver(convener);
    expect(await hostOf(conversation)).toBe((await guest()).id);
    stage.clock.set(new Date('2027-03-16T10:00:00Z'));
    expect(textOf(await makeOver(convener))).toContain('already started');
  });

  test('goes to the same guest again, to no member, and to nobody who asked to be erased', async () => {
    await makeOver();
    const first = await guest();
    conversation = await propose(core, host, { title: 'Another one' });
    await makeOver(host, { email: 'GERDA@university.example', organisation: 'university of the north', role: 'Dean' });
    // What another host said of them stands on a card already.
    expect(await guest()).toMatchObject({ id: first.id, role: gerda.role, council: 'University of the North' });
    await core.db.updateTable('conversations').set({ cancelled_at: core.clock.now() }).execute();
    conversation = await propose(core, host, { title: 'One more' });
    await makeOver(host, { role: 'Dean', organisation: 'University of the South', zone: 'Europe/Paris' });
    const dean = { role: 'Dean', council: 'University of the South', zone: 'Europe/Paris' };
    expect(await guest()).toMatchObject({ id: first.id, ...dean });
    expect(await core.db.selectFrom('members').select('id').where('status', '=', 'guest').execute()).toHaveLength(1);

    conversation = await propose(core, host, { title: 'A third one' });
    // Nobody finds out by this form who is in the network, and who was erased.
    const neither = 'Nobody with that address can be a guest';
    expect(textOf(await makeOver(host, { email: convener.email }))).toContain(neither);
    await erase(core, first);
    expect(await hostOf(conversation)).toBe(host.id);
    expect(textOf(await makeOver())).toContain(neither);
    expect(
      await core.db.selectFrom('councils').select('id').where('type', '=', 'Guest organisation').execute(),
    ).toEqual([]);
  });
});

test('a guest’s e-mail names whoever made it over while they are here, and nobody else', async () => {
  await makeOver();
  await ask(core, host, { kind: 'network.confirm-leave' });
  await settle();
  const letter = mail.letters.find(({ message }) => message.heading === 'You are hosting: Making room');
  expect(letter?.account.user).toBe('gerda@university.example');
  const text = JSON.stringify(letter?.message);
  expect(text).toContain('A member of our network has asked you');
  expect(text).not.toMatch(/mailto|Hari|Connie/);
});

describe('a guest', () => {
  test('may host, read what is held and be erased, and nothing else', async () => {
    await makeOver();
    const made = await guest();
    const kinds = Intent.options.map((option) => option.shape.kind.value);
    const allowed = kinds.filter((kind) => objection(kind, made, false) === undefined);
    expect(allowed.toSorted()).toEqual(
      [
        'afterwards.open-summary',
        'afterwards.open-who-came',
        'afterwards.summary',
        'afterwards.takeaways',
        'afterwards.who-came',
        'conversations.cancel',
        'conversations.edit',
        'conversations.go-on',
        'conversations.open-cancel',
        'conversations.open-edit',
        'conversations.who-is-coming',
        'diary.file',
        'network.confirm-erase',
        'network.erase',
        'network.export',
        'network.home',
      ].toSorted(),
    );
    expect(await pressed(made, { kind: 'network.join' })).toContain('You are a guest here');
    const other = await propose(core, host, { title: 'Not theirs' });
    // Members may ask the same, and are told the same: each is the host’s alone.
    for (const who of [made, await addActive(core)]) {
      for (const kind of hosting) {
        const reply = await handle(core, emailSender(who), { kind, conversation: other });
        expect([kind, isRefused(reply)]).toEqual([kind, true]);
      }
      const file = await handle(core, emailSender(who), { kind: 'diary.file', of: other });
      expect(isRefused(file)).toBe(true);
    }
  });

  test('is sent nothing but what they host, is no member, and has no way in', async () => {
    const count = async () =>
      [
        await ask(core, convener, { kind: 'convening.console' }),
        await ask(core, convener, { kind: 'convening.councils' }),
        await ask(core, convener, { kind: 'convening.cohorts' }),
        await ask(core, convener, { kind: 'convening.find-member', query: 'university' }),
      ].map(textOf);
    const before = await count();
    await makeOver();
    expect(await count()).toEqual(before);
    await propose(core, host, { title: 'One for members' });
    const made = await guest();
    await handle(core, emailSender(made), { kind: 'network.sign-in', email: made.email });
    await ask(core, host, { kind: 'network.sign-in', email: made.email });
    const posted = await core.db.selectFrom('deliveries').select('kind').where('member_id', '=', made.id).execute();
    expect(posted.map(({ kind }) => kind).toSorted()).toEqual(['diary.invite', 'proposals.guest-welcome']);
    // One that was posted by mistake is not sent either.
    await core.db
      .updateTable('deliveries')
      .set({ kind: 'conversations.announcement' })
      .where('member_id', '=', made.id)
      .execute();
    await settle();
    expect(mail.letters.filter(({ account }) => account.user === made.email)).toEqual([]);
  });

  test('asks the conveners like anybody else, and is on the roster with all that they host once one agrees', async () => {
    await makeOver();
    const made = await guest();
    const here = onSlack(made.email, { name: 'Gerda Guest' });
    const form = await opened(core, here, { kind: 'network.join' });
    expect(form.completes.kind).toBe('joining.request');
    await handle(
      core,
      here,
      answered(form, { name: 'Gerda Guest', council: 'Leeds', role: 'Chair', level: 'director' }),
    );
    const { id: request } = await core.db.selectFrom('join_requests').select('id').executeTakeFirstOrThrow();
    const review = formOf(await ask(core, convener, { kind: 'joining.open-approval', request }));
    const said = { council: 'Leeds City Council', role: 'Chair', level: 'director' };
    expect(textOf(await ask(core, convener, answered(review, said)))).toContain('on the network’s list');
    expect(await mustFind(core, made.id)).toMatchObject({
      status: 'invited',
      role: 'Chair',
      council: 'Leeds City Council',
    });
    expect(await hostOf(conversation)).toBe(made.id);
    // Not joined yet, they are told of what they host all the same, and have it in hand.
    await settle();
    expect(mail.letters.map(({ account }) => account.user)).toContain(made.email);
    expect(await pressed(made, { kind: 'conversations.open-cancel', conversation })).toContain('“Making room”');
    expect((await opened(core, here, { kind: 'network.join' })).completes.kind).toBe('joining.about');
  });

  test('whose address somebody only typed is not let in by it', async () => {
    await makeOver();
    const thief = onSlack('', { name: 'Theo Thief' });
    const form = await opened(core, thief, { kind: 'network.join' });
    const said = {
      name: 'Theo Thief',
      council: 'Leeds',
      role: 'Chair',
      level: 'director',
      email: (await guest()).email,
    };
    await handle(core, thief, answered(form, said));
    const { id: request } = await core.db.selectFrom('join_requests').select('id').executeTakeFirstOrThrow();
    expect(textOf(await ask(core, convener, { kind: 'joining.open-approval', request }))).toContain(
      'hosts a conversation as a guest',
    );
  });

  test('is on the roster with all that they host once it names them, and never by a file that does not', async () => {
    await makeOver();
    const made = await guest();
    const file = async (email: string) => {
      const rows = [
        rowOf({ name: 'Gerda Guest', email, council: 'Leeds City Council', role: 'Chair', cohort: 'Spring' }),
      ];
      const options = { includeErased: false, importer: operator, agreed: () => true };
      return await importRoster(core, rows, options, () => undefined);
    };
    const other = await file('somebody@else.example');
    expect(other.absent.map(({ email }) => email)).not.toContain(made.email);
    expect(await mustFind(core, made.id)).toMatchObject({ status: 'guest' });
    const plan = await file(made.email);
    expect(plan.changed.map(({ id }) => id)).toEqual([made.id]);
    expect(await mustFind(core, made.id)).toMatchObject({ status: 'invited', permission: 'member', cohort: 'Spring' });
    expect(await hostOf(conversation)).toBe(made.id);
    const accounts = await core.db.selectFrom('accounts').select('platform').where('member_id', '=', made.id).execute();
    expect(accounts.map(({ platform }) => platform).toSorted()).toEqual(['email', 'web']);
  });

  test('is forgotten a good while after the last conversation they hosted', async () => {
    await makeOver();
    const old = async (before: string) => (await oldPeople(core.db, new Date(before)).execute()).map(({ id }) => id);
    expect(await old('2027-03-16T09:59:00Z')).toEqual([]);
    expect(await old('2027-03-16T10:01:00Z')).toEqual([(await guest()).id]);
  });
});
