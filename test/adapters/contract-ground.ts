import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Core } from '../../src/core.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { resumed } from '../../src/network/pause-messages.ts';
import { post } from '../../src/store/outbox.ts';
import type { NewMember } from '../support/core.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { patience } from '../support/patience.ts';
import { mustFind } from '../support/people.ts';
import type { Person, Platform, PlatformStage } from './contract-platform.ts';

/** A platform with the core behind it, for one group of tests. */
export interface Ground<Stage> {
  readonly test: TestCore;
  readonly stage: Stage;
  readonly core: Core;
  readonly outbounds: Outbounds;
  /** Someone who joined here and has been sent all there was. */
  joined(given?: NewMember): Promise<Person>;
  /** Lets this much time go by, in milliseconds; nothing is sent meanwhile. */
  pass(ms: number): void;
  settle(): Promise<void>;
}

/** The words by which the message of these tests is known among others. */
const words = resumed().summary;

/** Opened before the tests of a group, and closed after them. */
export function prepare<Stage extends PlatformStage>(platform: Platform<Stage>): () => Ground<Stage> {
  let ground: Ground<Stage> | undefined;
  beforeAll(async () => {
    const test = await openTestCore();
    const stage = await platform.open(test);
    const { core, clock } = test;
    const outbounds: Outbounds = new Map([[stage.outbound.platform, stage.outbound]]);
    const settle = () => settleAll(core, outbounds);
    ground = {
      test,
      stage,
      core,
      outbounds,
      settle,
      pass: (ms) => clock.set(new Date(clock.now().getTime() + ms)),
      async joined(given = {}) {
        const email = `${randomUUID()}@council.example`;
        const invited = await addMember(core, { ...given, email });
        const client = await stage.member(email);
        await platform.join(stage, core, { member: invited, client });
        const isActive = async () => expect((await mustFind(core, invited.id)).status).toBe('active');
        await vi.waitFor(isActive, patience);
        await settle();
        await vi.waitFor(async () => expect((await client.messages()).join()).toContain('Welcome'), patience);
        return { member: await mustFind(core, invited.id), client };
      },
    };
  });
  afterAll(async () => {
    await ground?.stage.close();
    await ground?.test.close();
  });
  return () => {
    if (ground === undefined) throw new Error('The ground is not laid yet');
    return ground;
  };
}

/** Posts the message of these tests to a member, and gives the delivery's id. */
export async function posted<Stage>({ core }: Ground<Stage>, { member }: Person): Promise<string> {
  const key = randomUUID();
  const posting = { key, kind: 'network.resumed', subject: member.id, memberId: member.id } as const;
  await core.db.transaction().execute((tx) => post(tx, core.clock.now(), [posting]));
  const row = await core.db.selectFrom('deliveries').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  return row.id;
}

/** How often the person has that message. */
export async function copies({ client }: Person): Promise<number> {
  return (await client.messages()).filter((text) => text.includes(words)).length;
}

export async function delivery<Stage>({ core }: Ground<Stage>, id: string) {
  return await core.db
    .selectFrom('deliveries')
    .select(['status', 'reason', 'receipt', 'not_before', 'attempts', 'put_off'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** One run of a delivery, as a job does it: what breaks it is tried again by the queue, and not here. */
export async function run<Stage>(
  { core, outbounds }: Ground<Stage>,
  id: string,
  by: Outbounds = outbounds,
): Promise<string> {
  try {
    return await deliver(core, by, id);
  } catch {
    return 'broke';
  }
}
