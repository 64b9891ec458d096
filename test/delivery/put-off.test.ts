import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineNetwork } from '../../src/commands/doctor.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { blockedMs } from '../../src/delivery/rules.ts';
import { createMetrics } from '../../src/metrics.ts';

import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test('a workspace that throttles is left alone for as long as it says, whatever waits for it, and no attempt is lost', async () => {
  const second = await stage.another();
  stage.slack.outcomes.push({ kind: 'throttled', afterMs: 30_000, reason: 'too many' });
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('later');
  expect(await deliver(stage.core, stage.outbounds, second)).toBe('later');
  expect(stage.slack.letters).toHaveLength(1);
  stage.later(29_999);
  expect(await deliver(stage.core, stage.outbounds, second)).toBe('idle');
  stage.later(1);
  expect(await deliver(stage.core, stage.outbounds, second)).toBe('sent');
  for (let refusal = 0; refusal < 20; refusal += 1) {
    stage.slack.outcomes.push({ kind: 'throttled', afterMs: 1_000, reason: 'too many' });
    expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('later');
    stage.later(1_000);
  }
  stage.slack.outcomes.push({ kind: 'later', afterMs: 0, reason: 'no answer' });
  await deliver(stage.core, stage.outbounds, stage.id);
  // The first real failure: it waits as after the first.
  expect(await stage.row()).toMatchObject({
    not_before: new Date(stage.core.clock.now().getTime() + 5_000),
    attempts: 22,
  });
});

test('a throttle without a time waits longer each time, a minute at most', async () => {
  const waits: number[] = [];
  for (let refusal = 0; refusal < 6; refusal += 1) {
    stage.slack.outcomes.push({ kind: 'throttled', afterMs: 0, reason: 'too many' });
    await deliver(stage.core, stage.outbounds, stage.id);
    waits.push((await stage.row()).not_before.getTime() - stage.core.clock.now().getTime());
    stage.later(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([5, 10, 20, 40, 60, 60].map((seconds) => seconds * 1000));
});

test('what waits for a workspace that is blocked is shown to the operator, and sent when it is not any more', async () => {
  stage.slack.outcomes.push({ kind: 'blocked', reason: 'Slack: token_revoked' });
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('later');
  const metrics = await createMetrics(stage.core, () => Promise.resolve({})).metrics();
  expect(metrics).toContain('colloquy_lanes_held{platform="slack"} 1');
  const findings = await examineNetwork(stage.core);
  expect(findings).toContainEqual({
    what: 'Waiting messages',
    found: '1: Slack: token_revoked',
    mend: expect.stringContaining('mend the cause'),
  });
  stage.later(blockedMs);
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('sent');
  expect((await examineNetwork(stage.core)).map(({ what }) => what)).not.toContain('Waiting messages');
});

test('a network in which nobody is a convener is named to the operator, and one with a convener is not', async () => {
  const conveners = async () => (await examineNetwork(stage.core)).filter(({ what }) => what === 'Conveners');
  expect(await conveners()).toMatchObject([{ found: 'none', mend: expect.stringContaining('“convener”') }]);
  await stage.core.db.updateTable('members').set({ permission: 'convener' }).execute();
  expect(await conveners()).toMatchObject([{ mend: '' }]);
});

test('messages that are put off are counted by platform', async () => {
  await stage.core.db.updateTable('deliveries').set({ stream: 'slack:T#messages' }).execute();
  stage.slack.outcomes.push({ kind: 'throttled', afterMs: 30_000, reason: 'too many' });
  await deliver(stage.core, stage.outbounds, stage.id);
  const metrics = await createMetrics(stage.core, () => Promise.resolve({})).metrics();
  expect(metrics).toContain('colloquy_deliveries_put_off{platform="slack"} 1');
  expect(metrics).toContain('colloquy_deliveries_put_off{platform="email"} 0');
});
