import { describe, expect, it } from 'vitest';
import { createOutbound } from '../../../adapters/slack/outbound.ts';
import { oneWorkspace, type Workspaces } from '../../../adapters/slack/workspaces.ts';
import { Permanent, Retryable } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { posting, toGroup, toPerson, toRoom } from '../../support/slack-parcels.ts';

describe('the way into a workspace', () => {
  const { authorize } = oneWorkspace('', 'http://127.0.0.1:9/api/');
  const silent = createLog('silent');
  const whoseClient = (clientOf: Workspaces['clientOf']) => createOutbound({ clientOf, authorize }, silent);

  it('is asked for by the workspace that the parcel goes to', async () => {
    const asked: string[] = [];
    const outbound = whoseClient((space) => {
      asked.push(space);
      return Promise.resolve(undefined);
    });
    for (const to of [toPerson('UASHA'), toGroup('UASHA', 'UBEN')]) {
      expect(await outbound.send(posting(to))).toEqual({
        kind: 'gone',
        reason: 'Slack: our app is not installed there',
      });
    }
    expect(asked).toEqual(Array.from({ length: 2 }, () => slackTeam));
  });

  it('is waited for by what goes to a channel: who chose it did not give it up', async () => {
    const outbound = whoseClient(() => Promise.resolve(undefined));
    expect(await outbound.send(posting(toRoom('COPEN')))).toEqual({
      kind: 'blocked',
      reason: 'Slack: our app is not installed there. Install the app again.',
    });
  });

  it('is waited for while a token cannot be renewed', async () => {
    const outbound = whoseClient(() => Promise.reject(new Retryable('Slack does not answer', 12_000)));
    expect(await outbound.send(posting(toPerson('UASHA')))).toMatchObject({ kind: 'throttled', afterMs: 12_000 });
  });

  it('is the operator’s to open where it is shut for good', async () => {
    const outbound = whoseClient(() => Promise.reject(new Permanent('Install the app again.')));
    const outcome = await outbound.send(posting(toPerson('UASHA')));
    expect(outcome).toEqual({ kind: 'blocked', reason: 'Slack: Install the app again.' });
  });

  it('hides no mistake of ours', async () => {
    const outbound = whoseClient(() => Promise.reject(new TypeError('a bug')));
    await expect(outbound.send(posting(toPerson('UASHA')))).rejects.toThrow('a bug');
  });
});
