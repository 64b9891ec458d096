import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { mustFind } from '../../support/people.ts';
import {
  addToRoster,
  createTeamsPerson,
  dialogOpened,
  executed,
  installed,
  type TeamsPerson,
  typed,
} from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { tenantId } from '../../support/teams-rig.ts';
import { openStage, type Stage } from './stage.ts';

const otherTenant = '99999999-cccc-4ccc-8ccc-999999999999';
const email = 'asha@leeds.example';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

function saidTo(person: TeamsPerson): Promise<readonly string[]> {
  return openTeamsMember(stage.rig, person).messages();
}

async function accounts() {
  return await stage.core.db
    .selectFrom('accounts')
    .select(['platform', 'space', 'platform_user'])
    .where('platform', '=', 'teams')
    .execute();
}

async function receivedEvents() {
  return await stage.core.db.selectFrom('received_events').selectAll().execute();
}

describe('a person of another tenant', () => {
  test('is refused politely, and leaves nothing behind, even with an address on our roster', async () => {
    const { id } = await addMember(stage.core, { email });
    const person = createTeamsPerson(email, otherTenant);
    addToRoster(stage.rig.stub, person);
    expect(await stage.post(person, typed('join'))).toEqual({ status: 200, body: '' });
    await stage.post(person, installed());
    expect(await saidTo(person)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('does not serve your organisation')),
    );
    expect((await mustFind(stage.core, id)).status).toBe('invited');
    expect(await accounts()).toEqual([]);
    expect(await receivedEvents()).toEqual([]);
  });

  test('is refused in the shape that a press or a dialog asks for', async () => {
    const person = createTeamsPerson(email, otherTenant);
    const press = await stage.post(person, executed({ intent: { kind: 'network.join' } }, 'm1'));
    expect(JSON.parse(press.body)).toMatchObject({ statusCode: 200, value: expect.stringContaining('does not serve') });
    const dialog = await stage.post(person, dialogOpened({ intent: { kind: 'network.home' } }));
    expect(JSON.parse(dialog.body)).toMatchObject({
      task: { type: 'message', value: expect.stringContaining('does not serve') },
    });
    expect(stage.rig.stub.calls).toEqual([]);
  });

  test.each([
    ['names ours for the chat', { channelData: { tenant: { id: otherTenant } }, conversation: { tenantId } }],
    [
      'names ours for the person',
      { channelData: { tenant: { id: tenantId } }, conversation: { tenantId: otherTenant } },
    ],
    ['names none', { channelData: {}, conversation: {} }],
  ])('is refused when the activity %s', async (_name, { channelData, conversation }) => {
    const person = createTeamsPerson(email);
    const parts = {
      conversation: { id: person.conversationId, conversationType: 'personal', ...conversation },
      channelData,
    };
    await stage.post(person, { ...typed('help'), ...parts });
    expect(await saidTo(person)).toEqual([expect.stringContaining('does not serve your organisation')]);
  });

  test('is one thing, and our own tenant in capital letters another', async () => {
    const person = createTeamsPerson(email, tenantId.toUpperCase());
    await stage.post(person, typed('help'));
    expect(await saidTo(person)).toEqual([expect.stringContaining('What you can do')]);
  });
});

describe('an address', () => {
  /** What comes of it, and what they are told. */
  async function joinAs(changes: Readonly<Record<string, string>>) {
    const { id } = await addMember(stage.core, { email });
    const person = createTeamsPerson(email);
    addToRoster(stage.rig.stub, person, changes);
    await stage.post(person, typed('join'));
    const { body } = await stage.post(person, dialogOpened({ intent: { kind: 'joining.open-request' } }));
    const said = (await saidTo(person)).join();
    return { said, asked: body, status: (await mustFind(stage.core, id)).status, accounts: await accounts() };
  }

  test.each([
    ['the name that a person signs in with', { email: '' }],
    ['that name, where another organisation’s stands for mail', { email: 'bo@york.example' }],
    ['another at the domain that a person signs in at', { userPrincipalName: 'u1234@LEEDS.example' }],
    ['theirs where Teams says no role', { userRole: '' }],
    ['theirs where Teams says no tenant', { tenantId: '' }],
  ])('may be %s', async (_name, changes) => {
    const { said, accounts: known } = await joinAs(changes);
    expect(said).toContain('Join: your work (1 of 4)');
    expect(known).toHaveLength(1);
  });

  // Any administrator of any council may write any address into a directory as somebody's mail.
  test.each([
    ['of a domain that is another council’s', { userPrincipalName: 'mallory@york.example' }],
    ['of a domain above theirs', { userPrincipalName: 'mallory@it.leeds.example' }],
    ['of a domain below theirs', { userPrincipalName: 'mallory@example' }],
    ['that only begins as theirs', { email: `${email}@york.example`, userPrincipalName: 'mallory@york.example' }],
  ])('%s is not theirs: the name that they sign in with is looked for', async (_name, changes) => {
    const { status, said, asked, accounts: known } = await joinAs(changes);
    expect(status).toBe('invited');
    expect(said).toContain('Ask to join the network');
    expect(asked).toContain('Work email address');
    expect(asked).not.toContain(email);
    expect(known).toEqual([]);
  });

  test.each([
    ['of somebody with no name to sign in with', { userPrincipalName: '' }],
    ['of somebody whose name to sign in with is at no domain', { userPrincipalName: 'asha' }],
    ['of somebody whose name to sign in with is at two', { userPrincipalName: 'asha@york.example@leeds.example' }],
    ['of somebody whom Teams does not name', { aadObjectId: '' }],
    ['of somebody else', { aadObjectId: 'another-object' }],
    ['of another tenant', { tenantId: otherTenant }],
    ['of a role that we do not know', { userRole: 'federated' }],
    ['of a guest', { userRole: 'guest' }],
    ['of somebody who did not sign in', { userRole: 'anonymous' }],
    ['of a guest by their name', { userPrincipalName: 'asha_york.example#EXT#@leeds.example' }],
    ['of a guest whose role is left out', { userRole: '', userPrincipalName: 'asha_x.example#ext#@leeds.example' }],
    ['of somebody with no name, role or tenant', { userPrincipalName: '', userRole: '', tenantId: '' }],
  ])('%s is none', async (_name, changes) => {
    const { status, said, asked, accounts: known } = await joinAs(changes);
    expect(status).toBe('invited');
    expect(said).toContain('Ask to join the network');
    expect(asked).toContain('Work email address');
    expect(asked).not.toContain(email);
    expect(known).toEqual([]);
  });
});

describe('a person', () => {
  test('whom Teams does not name is refused politely', async () => {
    const person = createTeamsPerson(email);
    await stage.post(person, { ...typed('help'), from: { id: person.userId } });
    expect(await saidTo(person)).toEqual([expect.stringContaining('Teams did not tell us who you are')]);
  });

  test('who writes where others read is asked to write in private, and is told nothing there', async () => {
    const { person } = await stage.join({ email });
    const before = (await saidTo(person)).length;
    const conversation = { id: person.conversationId, tenantId, conversationType: 'groupChat' };
    await stage.post(person, { ...typed('profile'), conversation });
    await stage.post(person, { ...installed(), conversation });
    const said = (await saidTo(person)).slice(before);
    expect(said).toEqual([expect.stringContaining('in a private chat')]);
  });

  test('brings their time zone along when they join', async () => {
    const { id } = await addMember(stage.core, { email });
    const person = createTeamsPerson(email);
    addToRoster(stage.rig.stub, person);
    const entities = [{ type: 'clientInfo', timezone: 'Europe/Lisbon' }];
    await stage.post(person, { ...typed('join'), entities });
    expect((await mustFind(stage.core, id)).zone).toBe('Europe/Lisbon');
  });

  test('is known however Teams writes their ids, in capital letters or not', async () => {
    const joined = await stage.join({ email });
    const { person } = joined;
    const loud = { ...person, objectId: person.objectId.toUpperCase(), tenantId: tenantId.toUpperCase() };
    expect(loud.objectId).not.toBe(person.objectId);
    await stage.post(loud, typed('profile'));
    expect((await saidTo(person)).at(-1)).toContain('Your profile');
    expect(await accounts()).toEqual([{ platform: 'teams', space: tenantId, platform_user: person.objectId }]);
  });

  test('joins however Teams writes their ids', async () => {
    const { id } = await addMember(stage.core, { email });
    const person = createTeamsPerson(email);
    const loud = { ...person, objectId: person.objectId.toUpperCase(), tenantId: tenantId.toUpperCase() };
    addToRoster(stage.rig.stub, person);
    await stage.post(loud, typed('join'));
    await endJoining(stage.core, id);
    expect((await mustFind(stage.core, id)).status).toBe('active');
    expect(await accounts()).toEqual([{ platform: 'teams', space: tenantId, platform_user: person.objectId }]);
  });

  test('whose roster cannot be read is told to try again, and nothing is half done', async () => {
    const { id } = await addMember(stage.core, { email });
    const person = createTeamsPerson(email);
    await stage.post(person, typed('join'));
    expect(await saidTo(person)).toEqual([expect.stringContaining('Something went wrong on our side.')]);
    expect((await mustFind(stage.core, id)).status).toBe('invited');
  });
});
