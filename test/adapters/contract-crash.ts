import { describe, expect, test } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import { claim } from '../../src/delivery/ledger.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { sendingLeaseMs } from '../../src/delivery/rules.ts';
import { createMetrics } from '../../src/metrics.ts';
import { copies, delivery, type Ground, posted, prepare, run } from './contract-ground.ts';
import { type Aftermath, can, type Person, type Platform, type PlatformStage, reason } from './contract-platform.ts';

export function describeCrash<Stage extends PlatformStage>(platform: Platform<Stage>): void {
  describe(`${platform.name}: after a crash or a broken line`, () => {
    const ground = prepare(platform);
    const { cut } = platform;

    test.each(['after', 'before'] as const)(
      `a line that breaks %s the message was taken leaves it sent once or failed in sight${reason(platform.name, cut)}`,
      { skip: !can(cut) },
      async (moment) => {
        if (!can(cut)) return;
        const person = await ground().joined();
        const id = await posted(ground(), person);
        cut[moment].begin(ground().stage);
        expect(await run(ground(), id)).not.toBe('sent');
        cut[moment].end(ground().stage);
        await expectAftermath(ground(), person, id, cut[moment]);
      },
    );

    test('a process killed after the message was taken leaves it sent once, or failed in sight', async () => {
      const person = await ground().joined();
      const id = await posted(ground(), person);
      await expect(deliver(ground().core, dying(ground()), id)).rejects.toThrow('Killed after the message was sent');
      await expectAftermath(ground(), person, id, platform.killed);
    });

    test('a process killed before it knew where the message goes loses nothing, and the message is sent', async () => {
      const person = await ground().joined();
      const id = await posted(ground(), person);
      await claim(ground().core.db, id, ground().core.clock.now());
      await expectAftermath(ground(), person, id, { status: 'sent', copies: 1 });
    });
  });
}

/** The platform has the message, and the process dies before it is recorded. */
function dying<Stage extends PlatformStage>({ stage: { outbound } }: Ground<Stage>): Outbounds {
  const send: Outbound['send'] = async (parcel) => {
    const { kind } = await outbound.send(parcel);
    throw new Error(`Killed after the message was ${kind}`);
  };
  return new Map([[outbound.platform, { ...outbound, send }]]);
}

/** The lease runs out, and the sweep decides; again and again, as two sweeps at once would. */
async function expectAftermath<Stage extends PlatformStage>(
  ground: Ground<Stage>,
  person: Person,
  id: string,
  { status, copies: expected }: Aftermath,
): Promise<void> {
  const { core, outbounds } = ground;
  const before = await givenUpInDoubt(ground);
  for (const _ of [1, 2]) {
    ground.pass(sendingLeaseMs + 1);
    await Promise.all([decide(ground, outbounds), decide(ground, outbounds)]);
    await ground.settle();
  }
  const row = await delivery(ground, id);
  expect({ status: row.status, copies: await copies(person) }).toEqual({ status, copies: expected });
  // The operator is told why.
  if (status === 'failed') expect(row.reason).toContain('cannot say whether it arrived');
  expect((await givenUpInDoubt(ground)) - before).toBe(status === 'failed' ? 1 : 0);
  expect(await core.db.selectFrom('deliveries').select('id').where('status', '=', 'sending').execute()).toEqual([]);
}

/** What the metric counts for this platform. */
async function givenUpInDoubt<Stage extends PlatformStage>({ core, stage }: Ground<Stage>): Promise<number> {
  const text = await createMetrics(core, () => Promise.resolve({})).metrics();
  const name = `colloquy_deliveries_given_up_in_doubt{platform="${stage.outbound.platform}"} `;
  const line = text.split('\n').find((each) => each.startsWith(name));
  if (line === undefined) throw new Error('It is not counted');
  return Number(line.slice(name.length));
}

async function decide<Stage>({ core }: Ground<Stage>, outbounds: Outbounds): Promise<void> {
  await reconcile(core, outbounds);
}
