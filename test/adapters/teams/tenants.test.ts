import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OwnRegistration } from '../../../adapters/teams/enrolments.ts';
import { bearerOf } from '../../support/connector-stub.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { countRows } from '../../support/row-counts.ts';
import {
  type ActivityJson,
  activityOf,
  addToRoster,
  createTeamsPerson,
  dialogOpened,
  dialogSubmitted,
  executed,
  installed,
  submitted,
  type TeamsPerson,
  typed,
} from '../../support/teams-activity.ts';
import { appId, openSignedIn, openTeamsRig, type Received, type TeamsRig, tenantId } from '../../support/teams-rig.ts';
import { council, enrol, enrolCouncil, otherTenant } from '../../support/teams-tenants.ts';

let testCore: TestCore;
let rig: TeamsRig;

/** As in production each password brings another token: here it stands in it. */
const provenByPassword = ({ password }: OwnRegistration) => ({ kind: 'fixed', bearer: bearerOf(password) }) as const;

beforeEach(async () => {
  testCore = await openTestCore();
  await enrolCouncil(testCore.core);
  rig = await openTeamsRig(testCore.core);
});
afterEach(async () => {
  await rig.close();
  await testCore.close();
});

/** Sends what this person did, signed for the app with this id. */
async function post(person: TeamsPerson, parts: ActivityJson, aud = appId, by = rig): Promise<Received> {
  const recipient = { id: `28:${aud}`, name: 'Colloquy' };
  const authorization = by.token({ ...by.claims(), aud });
  return await by.post(activityOf(person, by.stub.serviceUrl, { recipient, ...parts }), { authorization });
}

const home = { intent: { kind: 'network.home' } };
const form = {
  completes: { kind: 'network.pause' },
  openedBy: { kind: 'network.open-pause' },
  fields: ['programmes', 'until'],
};

const said: readonly (readonly [what: string, parts: ActivityJson])[] = [
  ['a message', typed('join')],
  ['an installation', installed()],
  ['a press of Action.Submit', submitted(home, 'm1')],
];
const answered: readonly (readonly [what: string, parts: ActivityJson])[] = [
  ['a press of Action.Execute', executed(home, 'm1')],
  ['a dialog that opens', dialogOpened(home)],
  ['a press in a dialog', dialogSubmitted(home)],
  ['a form', dialogSubmitted({ form, answer_programmes: 'prompts,matching', answer_until: '2027-05-04' })],
];
const unheard: readonly (readonly [what: string, parts: ActivityJson])[] = [
  ['a removal', { type: 'installationUpdate', action: 'remove' }],
  ['somebody who comes to the conversation', { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }] }],
  ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
];

/** Who is turned away: by whose app they come, and the words for it. */
const strangers = [
  ['nobody enrolled, by the network’s app', otherTenant, appId, 'does not serve your organisation'],
  ['nobody enrolled, by a council’s app', otherTenant, council.appId, 'does not serve your organisation'],
  ['has its own app, by the network’s', council.tenantId, appId, 'by another app in Teams'],
  ['uses the network’s app, by a council’s', tenantId, council.appId, 'by another app in Teams'],
] as const;

describe.each(strangers)('a tenant that %s', (_name, tenant, aud, why) => {
  test('is turned away politely by the app that was asked, and leaves nothing behind', async () => {
    const { email } = await addMember(testCore.core);
    const person = createTeamsPerson(email, tenant);
    addToRoster(rig.stub, person);
    const before = await countRows(testCore.core);
    for (const [, parts] of said) expect(await post(person, parts, aud)).toEqual({ status: 200, body: '' });
    const messages = rig.stub.messages(person.conversationId).map(({ activity }) => activity.text);
    expect(messages).toEqual(said.map(() => expect.stringContaining(why)));
    const calls = rig.stub.calls.length;
    for (const [, parts] of answered) {
      const { status, body } = await post(person, parts, aud);
      expect([status, body]).toEqual([200, expect.stringContaining(why)]);
    }
    for (const [, parts] of unheard) expect(await post(person, parts, aud)).toEqual({ status: 200, body: '' });
    expect(rig.stub.calls).toHaveLength(calls);
    for (const { authorization } of rig.stub.calls) expect(authorization).toBe(`Bearer ${bearerOf(aud)}`);
    expect(await countRows(testCore.core)).toBe(before);
    expect(rig.logged()).not.toContain(email);
  });
});

async function join(tenant: string, aud: string, by = rig): Promise<TeamsPerson> {
  const { id, email } = await addMember(testCore.core);
  const person = createTeamsPerson(email, tenant);
  addToRoster(by.stub, person);
  by.stub.addBot(person.conversationId, aud);
  await post(person, typed('join'), aud, by);
  await endJoining(testCore.core, id);
  return person;
}

const settle = (by = rig) => settleAll(testCore.core, new Map([['teams', by.channel.outbound]]));

test('two tenants are each served by the app they use, and each call carries that app’s own token', async () => {
  const [ours, theirs] = [await join(tenantId, appId), await join(council.tenantId, council.appId)];
  await settle();
  for (const [person, aud] of [[ours, appId] as const, [theirs, council.appId] as const]) {
    const calls = rig.stub.callsTo(person.conversationId);
    // The roster is read, the word is answered, and the welcome comes by the outbox.
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
    for (const { authorization } of calls) expect(authorization).toBe(`Bearer ${bearerOf(aud)}`);
  }
});

test('a password that was changed counts from the next call on', async () => {
  const open: typeof openSignedIn = (core, stub, log) =>
    openSignedIn(core, stub, log, { credentialsOf: provenByPassword });
  const proven = await openTeamsRig(testCore.core, open);
  const person = createTeamsPerson('asha@hull.example', council.tenantId);
  const last = () => proven.stub.calls.at(-1)?.authorization;
  await post(person, typed('help'), council.appId, proven);
  expect(last()).toBe(`Bearer ${bearerOf(council.password)}`);
  const password = '44444444-dddd-4ddd-8ddd-444444444444';
  await enrolCouncil(testCore.core, { password });
  await post(person, typed('help'), council.appId, proven);
  expect(last()).toBe(`Bearer ${bearerOf(password)}`);
  await proven.close();
});

test('our token goes to no address but those of Teams, though one were kept', async () => {
  await join(tenantId, appId);
  const serviceUrl = `${rig.stub.origin.replace('127.0.0.1', 'localhost')}/emea/`;
  const address = JSON.stringify({ serviceUrl });
  await testCore.core.db
    .updateTable('accounts')
    .set({ address: sql<string>`address || ${address}::jsonb` })
    .execute();
  const before = rig.stub.calls.length;
  await settle();
  expect(rig.stub.calls).toHaveLength(before);
  expect(rig.logged()).toContain('not one that Teams answers at');
});

test('what was kept of a tenant that is withdrawn is not written to', async () => {
  await enrol(testCore.core, otherTenant);
  const person = await join(otherTenant, appId);
  await testCore.core.db.updateTable('installations').set({ secret: null, removed_at: testCore.clock.now() }).execute();
  const before = rig.stub.callsTo(person.conversationId).length;
  await settle();
  expect(rig.stub.callsTo(person.conversationId)).toHaveLength(before);
});
