import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Jobs } from '../../../jobs/run.ts';
import type { Member } from '../../../src/network/model.ts';
import { systemClock } from '../../../src/time/clock.ts';
import type { Fault } from '../../support/connector-stub.ts';
import { addMember } from '../../support/core.ts';
import { type JobsStage, postMessages, stores } from '../../support/jobs.ts';
import { patience } from '../../support/patience.ts';
import { enrolWithOwn, network, type Owner, openChat } from '../../support/teams-places.ts';
import { openTeamsRig, type TeamsRig } from '../../support/teams-rig.ts';

/*
 * One tenant's trouble is its own. The real queues and the real adapter, on a clock that runs; one tenant is served by
 * the network's registration, the other by its council's own. Each alone first, and then beside the other in trouble.
 */

const each = 60;

/** The adapter's own pace would take 20 seconds for as many: the same rules, thirty times as fast. */
const pace = { inFlight: 8, spaceMs: 12, burst: 10, placeMs: 25, changeMs: 30 };

type Name = 'network' | 'council';

interface Tenant extends Owner {
  readonly people: readonly { readonly member: Member; readonly conversationId: string }[];
}

const throttled: Fault = { kind: 'answer', status: 429, code: 'Throttled', headers: { 'retry-after': '1' } };
const blocked: Fault = { kind: 'answer', status: 403, code: 'InvalidBotApiHost' };

const troubles = [
  { what: 'is throttled without end', fault: throttled, ill: 'network', well: 'council', mostCalls: 60 },
  { what: 'is throttled without end', fault: throttled, ill: 'council', well: 'network', mostCalls: 60 },
  { what: 'has our app blocked', fault: blocked, ill: 'council', well: 'network', mostCalls: 2 * pace.inFlight },
  { what: 'does not answer', fault: { kind: 'silence' }, ill: 'network', well: 'council', mostCalls: pace.inFlight },
] as const;

describe.each(stores)('on $on$absence', ({ on, absence, open }) => {
  let stage: JobsStage;
  let rig: TeamsRig;
  let jobs: Jobs;
  let tenants: Readonly<Record<Name, Tenant>>;
  let aloneMs: Readonly<Record<Name, number>>;

  beforeAll(async () => {
    if (absence !== '') return;
    stage = await open(systemClock);
    rig = await openTeamsRig(stage.core);
    tenants = { network: await crowd(network), council: await crowd(await enrolWithOwn(stage.core)) };
    jobs = await stage.start({ ...rig.channel.outbound, pace });
    aloneMs = { network: await timeOf(tenants.network), council: await timeOf(tenants.council) };
    await mend();
  });
  afterAll(async () => {
    if (absence !== '') return;
    rig.stub.mend();
    await jobs.close();
    await rig.close();
    await stage.close();
  });

  /** Members with a chat in this tenant, who joined long ago. */
  async function crowd(owner: Owner): Promise<Tenant> {
    const people: { readonly member: Member; readonly conversationId: string }[] = [];
    for (let number = 1; number <= each; number += 1) {
      const member = await addMember(stage.core, { status: 'active' });
      const { account, address } = openChat(rig, owner);
      const { platform, space, user: platform_user } = account;
      const known = { id: randomUUID(), member_id: member.id, platform, space, platform_user } as const;
      await stage.core.db
        .insertInto('accounts')
        .values({ ...known, address: JSON.stringify(address), seen_at: stage.core.clock.now() })
        .execute();
      people.push({ member, conversationId: address.conversationId });
    }
    return { ...owner, people };
  }

  function callsTo({ tenantId }: Tenant): number {
    return rig.stub.calls.filter((call) => call.tenantId === tenantId).length;
  }

  function messagesTo({ people }: Tenant): readonly number[] {
    return people.map(({ conversationId }) => rig.stub.messages(conversationId).length);
  }

  function sum(counts: readonly number[]): number {
    return counts.reduce((total, count) => total + count, 0);
  }

  /** Posts one message to each, and waits until all of them stand in Teams. @returns how long it took, in milliseconds */
  async function timeOf(tenant: Tenant): Promise<number> {
    const before = sum(messagesTo(tenant));
    const started = performance.now();
    for (const { member } of tenant.people) await postMessages(stage.core, member);
    const arrived = () => expect(sum(messagesTo(tenant)) - before).toBe(each);
    await vi.waitFor(arrived, patience);
    return performance.now() - started;
  }

  /** Ends the trouble, and all that waits by it, before anything more is sent. */
  async function mend(): Promise<void> {
    await stage.core.db.deleteFrom('deliveries').execute();
    rig.stub.mend();
    const idle = async () => {
      const { deliveries } = await jobs.counts();
      expect([deliveries?.waiting, deliveries?.active]).toEqual([0, 0]);
    };
    await vi.waitFor(idle, patience);
    await stage.core.db.deleteFrom('lanes').execute();
  }

  async function expectUnharmed({ people }: Tenant): Promise<void> {
    const ids = people.map(({ member }) => member.id);
    const rows = await stage.core.db
      .selectFrom('deliveries')
      .select(['status', 'attempts', 'put_off'])
      .where('member_id', 'in', ids)
      .execute();
    expect(rows).toHaveLength(each);
    expect(rows.filter(({ status }) => status === 'failed' || status === 'dropped')).toEqual([]);
    const accounts = stage.core.db.selectFrom('accounts').select('id').where('member_id', 'in', ids);
    expect(await accounts.where('reachable', '=', false).execute()).toEqual([]);
  }

  test.skipIf(absence !== '').each(troubles)(
    'a tenant that $what ($ill) takes nothing from the other’s pace ($well)',
    async ({ what, fault, ill, well, mostCalls }) => {
      const [sick, fit] = [tenants[ill], tenants[well]];
      rig.stub.behave(({ tenantId }) => (tenantId === sick.tenantId ? fault : undefined));
      const before = { calls: callsTo(sick), messages: messagesTo(sick), fit: messagesTo(fit) };
      for (const { member } of sick.people) await postMessages(stage.core, member);
      const besideMs = await timeOf(fit);
      const calls = callsTo(sick) - before.calls;
      process.stdout.write(
        `${on}: ${each} messages to the ${well}’s tenant took ${Math.round(aloneMs[well])} ms alone, ${Math.round(besideMs)} ms beside one that ${what} (called ${calls} times)\n`,
      );
      expect(besideMs).toBeLessThan(2 * aloneMs[well] + 10_000);
      // It is not hammered either, and loses no message and no person by it.
      expect(calls).toBeLessThanOrEqual(mostCalls);
      expect(messagesTo(sick)).toEqual(before.messages);
      expect(messagesTo(fit)).toEqual(before.fit.map((count) => count + 1));
      await expectUnharmed(sick);
      await mend();
    },
  );

  test.skipIf(absence !== '')('each was written to by its own registration alone', () => {
    for (const { tenantId, appId } of Object.values(tenants)) {
      const calls = rig.stub.calls.filter((call) => call.tenantId === tenantId);
      expect(new Set(calls.map((call) => call.appId))).toEqual(new Set([appId]));
    }
  });
});
