import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTeams } from '../../../adapters/teams/app.ts';
import { createLog } from '../../../src/log.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { mustFind } from '../../support/people.ts';
import { activityOf, addToRoster, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { openTeamsRig, type TeamsRig } from '../../support/teams-rig.ts';

const nobody = {
  appId: '',
  appPassword: '',
  tenantId: '',
  appType: 'SingleTenant',
  tabAppId: '',
  anonymous: true,
} as const;

let testCore: TestCore;
let rig: TeamsRig;

beforeEach(async () => {
  testCore = await openTestCore();
  rig = await openTeamsRig(testCore.core, (core, _stub, log) => openTeams(core, nobody, log));
});
afterEach(async () => {
  await rig.close();
  await testCore.close();
});

const person = createTeamsPerson('asha@leeds.example', '00000000-0000-0000-0000-000000000001');

describe('with the local playground', () => {
  test('anybody on this machine joins and is written to, without any token', async () => {
    const { id } = await addMember(testCore.core, { email: person.email });
    addToRoster(rig.stub, person);
    expect(await rig.post(activityOf(person, rig.stub.serviceUrl, typed('join')), {})).toEqual({
      status: 200,
      body: '',
    });
    await endJoining(testCore.core, id);
    expect((await mustFind(testCore.core, id)).status).toBe('active');
    await settleAll(testCore.core, new Map([['teams', rig.channel.outbound]]));
    expect(JSON.stringify(rig.stub.messages(person.conversationId))).toContain('Welcome to the network');
    for (const call of rig.stub.calls) expect(call.authorization).toBe('');
  });

  test('a playground on another machine is not answered', async () => {
    const serviceUrl = 'http://playground.example/_connector';
    expect(await rig.post(activityOf(person, serviceUrl, typed('help')), {})).toEqual({ status: 403, body: '' });
  });

  test.each(['x-forwarded-for', 'forwarded'])('nobody comes in by a tunnel that says so in %s', async (name) => {
    const received = await rig.post(activityOf(person, rig.stub.serviceUrl, typed('help')), { [name]: '203.0.113.9' });
    expect(received).toEqual({ status: 403, body: '' });
    expect(rig.stub.calls).toEqual([]);
  });

  test('a web page that the person has open cannot speak for them', async () => {
    const body = JSON.stringify(activityOf(person, rig.stub.serviceUrl, typed('help')));
    expect(await rig.post(body, { 'content-type': 'text/plain' })).toEqual({ status: 400, body: '' });
    expect(rig.stub.calls).toEqual([]);
  });
});

test('without the playground, a missing app id or tenant is a mistake of ours, not an open door', () => {
  const open = (appId: string, tenantId: string) =>
    openTeams(
      testCore.core,
      { ...nobody, anonymous: false, appPassword: 'secret', appId, tenantId },
      createLog('silent'),
    );
  expect(() => open('', 'a-tenant')).toThrow('Teams needs an app id and a tenant');
  expect(() => open('an-app', '')).toThrow('Teams needs an app id and a tenant');
});
