import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outdated } from '../../../src/messages/messages.ts';
import { addMember, settleAll } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { type RecordingOutbound, recordingOutbound } from '../../support/people.ts';
import {
  type ActivityJson,
  addToRoster,
  createTeamsPerson,
  dialogOpened,
  executed,
  inChannel,
  installed,
  type TeamsPerson,
  typed,
} from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { appId } from '../../support/teams-rig.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

let stage: Stage;
let email: RecordingOutbound;

beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => {
  email = recordingOutbound('email');
  stage.rig.stub.mend();
});
afterAll(() => stage.close());

let people = 0;
/** Somebody who is on no roster of ours. */
function stranger(): TeamsPerson {
  people += 1;
  return createTeamsPerson(`stranger-${people}@else.example`);
}

const later = (seconds: number) => stage.clock.set(new Date(stage.clock.now().getTime() + seconds * 1000));
const now = () => stage.clock.now().toISOString();
const said = async (person: TeamsPerson) => await openTeamsMember(stage.rig, person).messages();
const greeted = async (person: TeamsPerson) => (await said(person)).filter((text) => text.includes('Type “join”'));

/** Something that Teams tells of our app in this person's chat, now. */
async function tell(person: TeamsPerson, action: string, parts: ActivityJson = {}): Promise<void> {
  const activity = { ...installed(), action, timestamp: now(), ...parts };
  expect(await stage.post(person, activity)).toEqual({ status: 200, body: '' });
}

/** Sends all that waits, by Teams and, where that reaches nobody, by e-mail. */
async function settle(): Promise<void> {
  await settleAll(stage.core, new Map([...stage.outbounds, ['email', email]]));
}

async function account({ objectId }: TeamsPerson) {
  return await stage.core.db
    .selectFrom('accounts')
    .select(['reachable', 'address'])
    .where('platform', '=', 'teams')
    .where('platform_user', '=', objectId)
    .executeTakeFirst();
}

/** The tables in which anything of this person stands. */
async function traces({ objectId, userId, conversationId }: TeamsPerson): Promise<readonly string[]> {
  const { db } = stage.core;
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  const found = tables.rows.map(async ({ name }) => {
    const { rows } = await sql`select 1 from ${sql.table(name)} as t
      where t::text like ${`%${objectId}%`} or t::text like ${`%${conversationId}%`} or t::text like ${`%${userId}%`}`.execute(
      db,
    );
    return rows.length === 0 ? [] : [name];
  });
  return (await Promise.all(found)).flat().toSorted();
}

/** Something to say to a member, by whichever way reaches them. */
async function remind({ member }: Joined): Promise<void> {
  later(1);
  const due = { key: `test:${crypto.randomUUID()}`, kind: 'network.pause-ends', subject: member.id } as const;
  await stage.core.db
    .updateTable('members')
    .set({ prompts_paused_until: stage.clock.now() })
    .where('id', '=', member.id)
    .execute();
  await stage.core.db
    .insertInto('agenda')
    .values({ ...due, id: crypto.randomUUID(), due_at: stage.clock.now() })
    .execute();
  await settle();
}

const isReminder = (text: string) => text.includes('Your pause has ended.');
const remindersTo = async ({ person }: Joined) => (await said(person)).filter(isReminder).length;
const remindersByEmail = () => email.letters.filter(({ message }) => isReminder(message.summary)).length;

describe('whoever adds the app', () => {
  const add = { ...installed(), id: 'add' };
  const news: readonly ActivityJson[] = [
    add,
    add,
    { ...add, id: 'add again' },
    { ...installed(), action: 'add-upgrade', id: 'newer' },
    { ...installed(), action: 'remove-upgrade', id: 'older' },
    { type: 'conversationUpdate', membersAdded: [{ id: `28:${appId}` }], id: 'bot' },
    { type: 'conversationUpdate', membersAdded: [{ id: '29:them' }], id: 'person' },
  ];

  test('is greeted once, whatever tells of it, in whatever order, and however much of it at once', async () => {
    const order = fc.tuple(
      fc.shuffledSubarray([...news], { minLength: 1 }).filter((one) => one.some(({ action }) => action === 'add')),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(order, async ([events, atOnce]) => {
        const person = stranger();
        if (atOnce) await Promise.all(events.map((event) => stage.post(person, event)));
        else for (const event of events) await stage.post(person, event);
        await settle();
        expect(await said(person)).toEqual([expect.stringContaining('Type “join”')]);
      }),
      { numRuns: 12 },
    );
  });

  test('is greeted once though the process died, before it was kept or after', async () => {
    const [before, after] = [stranger(), stranger()];
    const parts = { id: 'cut off' };
    for (const person of [before, after]) await tell(person, 'add', parts);
    await stage.core.db.deleteFrom('rooms').where('room', '=', before.objectId).execute();
    await stage.core.db.updateTable('received_events').set({ done_at: null }).execute();
    later(30);
    for (const person of [before, after]) await tell(person, 'add', parts);
    await settle();
    for (const person of [before, after]) expect(await greeted(person)).toHaveLength(1);
  });

  test('is greeted once Teams takes it again, and no other waits for that in vain', async () => {
    const person = stranger();
    stage.rig.stub.misbehave({ kind: 'answer', status: 429, code: 'Throttled', headers: { 'retry-after': '3' } });
    await tell(person, 'add');
    await settle();
    expect(await said(person)).toEqual([]);
    later(4);
    await settle();
    expect(await greeted(person)).toHaveLength(1);
  });

  test('is not kept when Teams does not let us write to them', async () => {
    const person = stranger();
    stage.rig.stub.misbehave({ kind: 'answer', status: 403, code: 'ConversationBlockedByUser' });
    await tell(person, 'add');
    expect(await traces(person)).toEqual(['rooms']);
    await settle();
    expect([await said(person), await traces(person)]).toEqual([[], []]);
  });

  test('and joins at once is a member, and not greeted as a stranger', async () => {
    const { id, email: address } = await addMember(stage.core);
    const person = createTeamsPerson(address);
    addToRoster(stage.rig.stub, person);
    await tell(person, 'add');
    expect(await traces(person)).toEqual(['rooms']);
    await stage.post(person, typed('join'));
    expect(await traces(person)).toEqual(['accounts']);
    await endJoining(stage.core, id);
    await settle();
    expect([await greeted(person), await traces(person)]).toEqual([[], ['accounts', 'deliveries']]);
    expect((await said(person)).join()).toContain('Welcome to the network');
  });

  test('is not greeted because it is a newer app, where they did not add it themselves', async () => {
    const person = stranger();
    await tell(person, 'add-upgrade');
    await settle();
    expect([await said(person), await traces(person)]).toEqual([[], []]);
  });

  test('in a team or a group is nobody we could greet', async () => {
    const person = stranger();
    for (const conversationType of ['channel', 'groupChat']) {
      const { conversationId: id, tenantId } = person;
      await tell(person, 'add', { conversation: { id, tenantId, conversationType } });
    }
    await settle();
    expect([await said(person), await traces(person)]).toEqual([[], []]);
  });
});

describe('a stranger who takes the app out', () => {
  test('leaves nothing behind, and is greeted anew when they put it back', async () => {
    const person = stranger();
    await tell(person, 'add');
    await stage.post(person, typed('help'));
    await settle();
    expect(await traces(person)).toEqual(['deliveries', 'rooms']);
    await tell(person, 'remove-upgrade');
    expect(await traces(person)).toEqual(['deliveries', 'rooms']);
    later(60);
    await tell(person, 'remove');
    expect(await traces(person)).toEqual([]);
    later(60);
    await tell(person, 'add');
    await settle();
    expect(await greeted(person)).toHaveLength(2);
  });

  test('before the greeting went out is not greeted', async () => {
    const person = stranger();
    await tell(person, 'add');
    await tell(person, 'remove');
    await settle();
    expect([await said(person), await traces(person)]).toEqual([[], []]);
  });

  test('and put it back before Teams told us so is still known, and not greeted twice', async () => {
    const person = stranger();
    await tell(person, 'add');
    later(60);
    const removed = { timestamp: now() };
    later(60);
    await tell(person, 'add');
    await tell(person, 'remove', removed);
    await settle();
    expect([(await greeted(person)).length, await traces(person)]).toEqual([1, ['deliveries', 'rooms']]);
  });

  test('of a tenant that is not enrolled is not answered, and leaves nothing behind', async () => {
    const person = createTeamsPerson('x@else.example', '99999999-cccc-4ccc-8ccc-999999999999');
    await tell(person, 'remove');
    await tell(person, 'add-upgrade');
    expect([await said(person), await traces(person)]).toEqual([[], []]);
    expect(stage.rig.stub.callsTo(person.conversationId)).toEqual([]);
  });
});

describe('a member', () => {
  test('who takes the app out is reached by their next channel, and in Teams again once they put it back', async () => {
    const joined = await stage.join();
    later(60);
    await tell(joined.person, 'remove');
    await remind(joined);
    expect([await remindersTo(joined), remindersByEmail()]).toEqual([0, 1]);
    later(60);
    const conversation = { ...joined.person, conversationId: 'a:another-chat' };
    await tell(conversation, 'add');
    expect(await traces(joined.person)).toEqual(['accounts', 'deliveries']);
    expect(await account(joined.person)).toMatchObject({
      reachable: true,
      address: { conversationId: 'a:another-chat', userId: joined.person.userId },
    });
    await remind(joined);
    expect([(await said(conversation)).filter(isReminder).length, remindersByEmail()]).toEqual([1, 1]);
    expect(await greeted(conversation)).toEqual([]);
  });

  test('who put the app back stays reached, though Teams tells late that they took it out', async () => {
    const { person } = await stage.join();
    later(60);
    const removed = { timestamp: now() };
    later(60);
    await tell(person, 'add');
    await tell(person, 'remove', removed);
    expect((await account(person))?.reachable).toBe(true);
  });

  test('who took the app out of their chat is not reached there because they press something in a channel', async () => {
    const joined = await stage.join();
    later(60);
    await tell(joined.person, 'remove');
    const press = executed({ intent: { kind: 'network.help', asked: '' } }, 'm1');
    expect((await stage.post(joined.person, inChannel(joined.person, press))).status).toBe(200);
    expect((await account(joined.person))?.reachable).toBe(false);
    await stage.post(joined.person, press);
    expect((await account(joined.person))?.reachable).toBe(true);
  });

  test('whose app is a newer one keeps their account as it is, at the address of now', async () => {
    const { person } = await stage.join();
    later(60);
    await tell(person, 'remove-upgrade');
    await tell({ ...person, conversationId: 'a:upgraded' }, 'add-upgrade');
    expect(await account(person)).toMatchObject({ reachable: true, address: { conversationId: 'a:upgraded' } });
    expect(await greeted({ ...person, conversationId: 'a:upgraded' })).toEqual([]);
  });

  test.each([
    ['writes', () => typed('help')],
    ['presses a button', () => executed({ intent: { kind: 'network.help', asked: '' } }, 'm1')],
    ['opens a dialog', () => dialogOpened({ intent: { kind: 'network.open-pause' } })],
  ])('who blocked us is reached by e-mail, until they %s', async (_, act) => {
    const joined = await stage.join();
    stage.rig.stub.misbehave({ kind: 'answer', status: 403, code: 'ConversationBlockedByUser' });
    await remind(joined);
    expect((await account(joined.person))?.reachable).toBe(false);
    expect([await remindersTo(joined), remindersByEmail()]).toEqual([0, 1]);
    expect((await stage.post(joined.person, act())).status).toBe(200);
    expect((await account(joined.person))?.reachable).toBe(true);
    await remind(joined);
    expect([await remindersTo(joined), remindersByEmail()]).toEqual([1, 1]);
  });
});

test('what nobody needs to be told is answered with nothing, and nothing is said', async () => {
  const { person } = await stage.join();
  const before = await said(person);
  const silent: readonly ActivityJson[] = [
    { type: 'typing' },
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: 'm1' },
    { type: 'messageUpdate', text: 'help', channelData: { eventType: 'editMessage', tenant: { id: person.tenantId } } },
    { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage', tenant: { id: person.tenantId } } },
    { type: 'message', text: '', attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/a.png' }] },
    { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info' }] },
    { type: 'event', name: 'application/vnd.microsoft.meetingStart', value: {} },
    { type: 'endOfConversation' },
    { type: 'somethingNew', value: { intent: { kind: 'network.leave' } } },
    { type: 'installationUpdate', action: 'somethingNew' },
    { type: 'installationUpdate' },
  ];
  for (const activity of silent) expect(await stage.post(person, activity)).toEqual({ status: 200, body: '' });
  expect(await said(person)).toEqual(before);
  const unknown = await stage.post(person, { type: 'invoke', name: 'fileConsent/invoke', value: {} });
  expect(JSON.parse(unknown.body)).toMatchObject({ statusCode: 200, value: outdated().summary });
});
