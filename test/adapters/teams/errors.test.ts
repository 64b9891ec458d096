import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBotFramework } from '../../../adapters/teams/bot-framework.ts';
import { explainSignIn } from '../../../adapters/teams/credentials.ts';
import { explain, type Whose } from '../../../adapters/teams/errors.ts';
import type { Outcome } from '../../../src/delivery/model.ts';
import { Permanent, Retryable } from '../../../src/errors.ts';
import { bearerOf, type ConnectorStub, type Fault, openConnectorStub } from '../../support/connector-stub.ts';
import { appId, tenantId } from '../../support/teams-rig.ts';

/*
 * Every row of the table, by the real SDK over HTTP: what came of a call, and that it was made once.
 */

const now = new Date('2027-03-02T12:00:00Z');
let stub: ConnectorStub;

beforeAll(async () => {
  stub = await openConnectorStub();
});
afterAll(() => stub.close());

/** Posts once while Teams does this. */
async function outcomeAfter(fault: Fault, whose: Whose = 'network'): Promise<Outcome> {
  const before = stub.calls.length;
  stub.misbehave(fault);
  const outcome = await postTo(stub.serviceUrl, whose);
  expect(stub.calls.slice(before).map(({ method }) => method)).toEqual(['POST']);
  return outcome;
}

async function postTo(serviceUrl: string, whose: Whose = 'network'): Promise<Outcome> {
  const { metadataUrl } = stub;
  const trust = { issuer: 'https://api.botframework.com', metadataUrl, isService: () => true };
  const framework = openBotFramework(trust, { appId, credentials: { kind: 'fixed', bearer: bearerOf(appId) } });
  const spot = { tenantId, appId, serviceUrl, conversationId: 'a:1', botId: `28:${appId}` };
  try {
    const activityId = await framework.send(spot, { type: 'message', text: 'Hello' }, 5_000);
    return { kind: 'sent', receipt: { activityId } };
  } catch (error) {
    return explain(error, now, whose);
  }
}

const answers: readonly (readonly [number, string, Readonly<Record<string, string>>, Partial<Outcome>])[] = [
  [412, 'PreconditionFailed', {}, { kind: 'later', afterMs: 0 }],
  [429, 'Throttled', {}, { kind: 'throttled', afterMs: 0 }],
  [429, 'Throttled', { 'retry-after': '7' }, { kind: 'throttled', afterMs: 7_000 }],
  [429, 'Throttled', { 'retry-after': 'Tue, 02 Mar 2027 12:00:30 GMT' }, { kind: 'throttled', afterMs: 30_000 }],
  [429, 'Throttled', { 'retry-after': 'Tue, 02 Mar 2027 11:00:00 GMT' }, { kind: 'throttled', afterMs: 0 }],
  [429, 'Throttled', { 'retry-after': 'soon' }, { kind: 'throttled', afterMs: 0 }],
  [502, 'ServiceError', {}, { kind: 'later', afterMs: 0 }],
  [503, 'ServiceUnavailable', { 'retry-after': '20' }, { kind: 'later', afterMs: 20_000 }],
  [504, 'GatewayTimeout', {}, { kind: 'later', afterMs: 0 }],
  [500, 'ServiceError', {}, { kind: 'unknown' }],
  [501, 'NotImplemented', {}, { kind: 'unknown' }],
  [408, 'RequestTimeout', {}, { kind: 'unknown' }],
  [403, 'ConversationBlockedByUser', {}, { kind: 'gone' }],
  [403, 'MessageWritesBlocked', {}, { kind: 'gone' }],
  [403, 'BotNotInConversationRoster', {}, { kind: 'gone' }],
  [403, 'ForbiddenOperationException', {}, { kind: 'gone' }],
  [403, 'NotEnoughPermissions', {}, { kind: 'gone' }],
  [403, 'BotDisabledByAdmin', {}, { kind: 'gone' }],
  [403, 'InvalidBotApiHost', {}, { kind: 'blocked' }],
  [404, 'ConversationNotFound', {}, { kind: 'gone' }],
  [404, 'ActivityNotFoundInConversation', {}, { kind: 'gone' }],
  [401, 'BotNotRegistered', {}, { kind: 'blocked' }],
  [400, 'BadSyntax', {}, { kind: 'refused' }],
  [413, 'MessageSizeTooBig', {}, { kind: 'refused' }],
  [409, 'Conflict', {}, { kind: 'refused' }],
  [307, 'Moved', { location: '/emea/v3/conversations/elsewhere/activities' }, { kind: 'refused' }],
];

describe('what Teams answers', () => {
  test.each(answers)('%i %s %j means %j', async (status, code, headers, expected) => {
    const outcome = await outcomeAfter({ kind: 'answer', status, code, headers });
    expect(outcome).toMatchObject(expected);
    // For the operator: which code it was, and none of the platform's words.
    expect(outcome).toMatchObject({ reason: expect.stringContaining(`(${status} ${code})`) });
    expect(JSON.stringify(outcome)).not.toContain('must go nowhere');
  });

  test.each([401, 403, 404, 407])('a page of %i comes from something on the way, and harms nobody', async (status) => {
    const outcome = await outcomeAfter({ kind: 'page', status });
    expect(outcome).toMatchObject({
      kind: 'blocked',
      reason: expect.stringContaining('Let this server reach smba.trafficmanager.net.'),
    });
  });

  test('a code that is no code is not kept', async () => {
    const outcome = await outcomeAfter({ kind: 'answer', status: 403, code: 'Asha Rahman has blocked you' });
    expect(outcome).toEqual({ kind: 'gone', reason: 'Teams: we may not write there (403)' });
  });
});

describe('a line', () => {
  test.each([
    { kind: 'cut', taken: true },
    { kind: 'cut', taken: false },
  ] as const)('that breaks (%j) may have carried the message, and it is not sent again', async (fault) => {
    expect(await outcomeAfter(fault)).toEqual({
      kind: 'unknown',
      reason: 'Teams: nothing says whether it was taken (ECONNRESET)',
    });
  });

  test('that was never there carried nothing', async () => {
    expect(await postTo('http://127.0.0.1:1/')).toMatchObject({
      kind: 'later',
      reason: 'Teams: could not be reached (ECONNREFUSED)',
    });
    expect(await postTo('http://nowhere.invalid/')).toMatchObject({ kind: 'later' });
  });

  test.each(['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    'to somebody else (%s) carried nothing either',
    (code) => {
      const error = Object.assign(new Error('no'), { name: 'RestError', code });
      expect(explain(error, now)).toMatchObject({ kind: 'later', reason: expect.stringContaining('proxy') });
    },
  );
});

describe('whoever must act is told what to do', () => {
  const unauthorised = { kind: 'answer', status: 401, code: 'Unauthorized' } as const;
  const refused = explainSignIn(Object.assign(new Error('AADSTS7000222: expired'), { errorCode: 'invalid_client' }));

  test('about the network’s own registration: its settings', async () => {
    for (const outcome of [await outcomeAfter(unauthorised), explain(refused, now, 'network')]) {
      expect(outcome).toMatchObject({ kind: 'blocked', reason: expect.stringContaining('TEAMS_APP_PASSWORD') });
    }
  });

  test('about a council’s own: the command', async () => {
    for (const outcome of [await outcomeAfter(unauthorised, 'council'), explain(refused, now, 'council')]) {
      expect(outcome).toMatchObject({ kind: 'blocked', reason: expect.stringContaining('colloquy teams enrol') });
      expect(outcome).not.toMatchObject({ reason: expect.stringContaining('TEAMS_APP_PASSWORD') });
      expect(JSON.stringify(outcome)).not.toContain('AADSTS');
    }
  });

  test('while Entra is away nothing is lost', () => {
    const away = explainSignIn(Object.assign(new Error('no'), { errorCode: 'temporarily_unavailable' }));
    expect(away).toBeInstanceOf(Retryable);
    expect(explain(away, now)).toMatchObject({ kind: 'later' });
  });
});

test('an address of no use is given up', () => {
  expect(explain(new Permanent('the stored address'), now)).toMatchObject({ kind: 'gone' });
});

test('a mistake of ours is not taken for one of Teams', () => {
  const mistake = new TypeError('undefined is not a function');
  expect(() => explain(mistake, now)).toThrow(mistake);
});
