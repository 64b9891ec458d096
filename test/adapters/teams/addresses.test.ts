import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outbounds } from '../../../src/delivery/route.ts';
import { schedule } from '../../../src/store/agenda.ts';
import { type ConnectorStub, openConnectorStub } from '../../support/connector-stub.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import {
  type ActivityJson,
  activityOf,
  addToRoster,
  createTeamsPerson,
  executed,
  installed,
  type TeamsPerson,
  typed,
} from '../../support/teams-activity.ts';
import { appId, openSignedIn, openTeamsRig, type TeamsRig } from '../../support/teams-rig.ts';
import { council, enrol, enrolCouncil } from '../../support/teams-tenants.ts';

let stage: TestCore;
let rig: TeamsRig;
/** The Bot Connector of another region. */
let elsewhere: ConnectorStub;
let outbounds: Outbounds;

beforeAll(async () => {
  stage = await openTestCore();
  elsewhere = await openConnectorStub();
  rig = await openTeamsRig(stage.core, (core, stub, log) => {
    const isService = (url: string) => [stub, elsewhere].some(({ origin }) => url.startsWith(`${origin}/`));
    return openSignedIn(core, stub, log, { isService });
  });
  outbounds = new Map([['teams', rig.channel.outbound]]);
});
afterAll(async () => {
  await rig.close();
  await elsewhere.close();
  await stage.close();
});

const later = (seconds: number) => stage.clock.set(new Date(stage.clock.now().getTime() + seconds * 1000));

/** Something of this person's, by the service of a region and to one of our registrations. */
async function post(person: TeamsPerson, parts: ActivityJson, by: ConnectorStub = rig.stub, app = appId) {
  const timestamp = stage.clock.now().toISOString();
  const activity = activityOf(person, by.serviceUrl, { recipient: { id: `28:${app}` }, timestamp, ...parts });
  const authorization = rig.token({ ...rig.claims(), aud: app, serviceurl: by.serviceUrl });
  expect((await rig.post(activity, { authorization })).status).toBe(200);
}

async function join(tenantId?: string) {
  const { id, email } = await addMember(stage.core);
  const person = createTeamsPerson(email, tenantId);
  addToRoster(rig.stub, person);
  await post(person, typed('join'));
  await endJoining(stage.core, id);
  await settleAll(stage.core, outbounds);
  return { id, person };
}

/** Lets a pause end, of which the member is told unasked. */
async function remind(memberId: string): Promise<void> {
  later(10);
  const at = stage.clock.now();
  await stage.core.db.updateTable('members').set({ prompts_paused_until: at }).where('id', '=', memberId).execute();
  const due = {
    key: `test:${memberId}:${at.toISOString()}`,
    kind: 'network.pause-ends',
    subject: memberId,
    at,
  } as const;
  await stage.core.db.transaction().execute((tx) => schedule(tx, [due]));
  await settleAll(stage.core, outbounds);
}

/** Who said that the messages are on again, in this person's chat, by this service. */
function remindedBy(stub: ConnectorStub, { conversationId }: TeamsPerson): readonly string[] {
  const reminders = stub.callsTo(conversationId).filter(({ body }) => body.includes('Your pause has ended.'));
  return reminders.map((call) => call.appId);
}

test.each([
  ['writes', typed('help')],
  ['presses', executed({ intent: { kind: 'network.help', asked: '' } }, 'm1')],
  ['puts the app in place', installed()],
  ['has a newer app', { ...installed(), action: 'add-upgrade' }],
])('what comes unasked goes to the chat and the service from which a member last %s', async (_, parts) => {
  const { id, person } = await join();
  await remind(id);
  expect(remindedBy(rig.stub, person)).toEqual([appId]);
  const moved = { ...person, conversationId: `${person.conversationId}-moved` };
  await post(moved, parts, elsewhere);
  await remind(id);
  expect([remindedBy(rig.stub, person).length, remindedBy(elsewhere, moved)]).toEqual([1, [appId]]);
});

test('and by the registration of their council, once they open the app of that one', async () => {
  await enrol(stage.core, council.tenantId);
  const { id, person } = await join(council.tenantId);
  await remind(id);
  expect(remindedBy(rig.stub, person)).toEqual([appId]);
  await enrolCouncil(stage.core);
  later(10);
  await remind(id);
  expect(remindedBy(rig.stub, person)).toEqual([appId]);
  const moved = { ...person, conversationId: 'a:with-the-council' };
  await post(moved, installed(), rig.stub, council.appId);
  // The old app is taken out after that: it is not the one by which they are served.
  await post(person, { ...installed(), action: 'remove', timestamp: '2027-12-01T00:00:00Z' });
  await remind(id);
  expect([remindedBy(rig.stub, person), remindedBy(rig.stub, moved)]).toEqual([[appId], [council.appId]]);
});
