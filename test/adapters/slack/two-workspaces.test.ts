import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Jobs } from '../../../jobs/run.ts';
import type { Member } from '../../../src/network/model.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { addMember } from '../../support/core.ts';
import { type JobsStage, postMessages, stores } from '../../support/jobs.ts';
import { patience } from '../../support/patience.ts';
import { type Failure, throttled } from '../../support/slack-emulator-faults.ts';
import { openSlackWorld, type SlackWorkspace, type SlackWorld } from '../../support/slack-world.ts';

/*
 * One workspace's trouble is its own. The real queues and the real adapter, on a clock that runs: first the second
 * workspace alone, and then beside a first one that is in trouble.
 */

const each = 60;

/** Slack's own pace would take half a minute for as many: the same rules, forty times as fast. */
const pace = { inFlight: 8, spaceMs: 12, burst: 10, placeMs: 25, changeMs: 30 };

describe.each(stores)('on $on$absence', ({ on, absence, open }) => {
  let stage: JobsStage;
  let world: SlackWorld;
  let jobs: Jobs;
  let a: SlackWorkspace;
  let b: SlackWorkspace;
  let people: Readonly<Record<'a' | 'b', readonly Member[]>>;
  let aloneMs: number;

  beforeAll(async () => {
    if (absence !== '') return;
    stage = await open(systemClock);
    world = await openSlackWorld(stage, { workspaces: 2, log: stage.log });
    const [first, second] = world.workspaces;
    if (first === undefined || second === undefined) throw new Error('There are not two workspaces');
    [a, b] = [first, second];
    for (const workspace of [a, b]) expect(await workspace.install()).toContain('Colloquy is in your Slack workspace');
    people = { a: await crowd(a), b: await crowd(b) };
    jobs = await stage.start({ ...world.outbound, pace });
    aloneMs = await timeOf(b, people.b);
  });
  afterAll(async () => {
    if (absence !== '') return;
    a.mend();
    await jobs.close();
    await world.close();
    await stage.close();
  });

  /** Members with an account in this workspace, who joined long ago. */
  async function crowd({ team, addUser }: SlackWorkspace): Promise<readonly Member[]> {
    const made: Member[] = [];
    for (let number = 1; number <= each; number += 1) {
      const user = `U${team.slice(1, 5)}${String(number).padStart(4, '0')}`;
      const member = await addMember(stage.core, { status: 'active', email: `${user.toLowerCase()}@council.example` });
      addUser({ id: user, email: member.email });
      const account = { id: randomUUID(), member_id: member.id, platform: 'slack', space: team } as const;
      const seen = { address: '{}', seen_at: stage.core.clock.now() };
      await stage.core.db
        .insertInto('accounts')
        .values({ ...account, platform_user: user, ...seen })
        .execute();
      made.push(member);
    }
    return made;
  }

  const sent = ({ calls }: SlackWorkspace) => calls('chat.postMessage').length;

  /** Posts one message to each, and waits until all of them stand in Slack. @returns how long it took, in milliseconds */
  async function timeOf(workspace: SlackWorkspace, members: readonly Member[]): Promise<number> {
    const before = sent(workspace);
    const started = performance.now();
    for (const member of members) await postMessages(stage.core, member);
    const arrived = () => expect(sent(workspace) - before).toBe(each);
    await vi.waitFor(arrived, patience);
    return performance.now() - started;
  }

  async function forget(members: readonly Member[]): Promise<void> {
    const ids = members.map(({ id }) => id);
    await stage.core.db.deleteFrom('deliveries').where('member_id', 'in', ids).execute();
    await stage.core.db.deleteFrom('lanes').execute();
  }

  async function expectUnharmed(): Promise<void> {
    const rows = await stage.core.db
      .selectFrom('deliveries')
      .innerJoin('members', 'members.id', 'deliveries.member_id')
      .select(['deliveries.status', 'deliveries.attempts', 'deliveries.put_off'])
      .where(
        'members.id',
        'in',
        people.a.map(({ id }) => id),
      )
      .execute();
    expect(rows).toHaveLength(each);
    expect(rows.filter(({ status }) => status === 'failed' || status === 'dropped')).toEqual([]);
  }

  const troubles: readonly { readonly name: string; readonly begin: () => void; readonly mostCalls: number }[] = [
    { name: 'is throttled without end', begin: () => trouble(throttled(1)), mostCalls: 40 },
    { name: 'has taken our token away', begin: () => a.revoke('token_revoked'), mostCalls: 2 * pace.inFlight },
    { name: 'does not answer', begin: () => trouble({ kind: 'hang' }), mostCalls: pace.inFlight },
  ];
  function trouble(failure: Failure): void {
    a.fail('*', failure, Number.POSITIVE_INFINITY);
  }

  test.skipIf(absence !== '').each(troubles)(
    'a workspace that $name takes nothing from the other’s pace',
    async ({ name, begin, mostCalls }) => {
      begin();
      const before = sent(a);
      for (const member of people.a) await postMessages(stage.core, member);
      const besideMs = await timeOf(b, people.b);
      const calls = sent(a) - before;
      process.stdout.write(
        `${on}: ${each} messages took ${Math.round(aloneMs)} ms alone, ${Math.round(besideMs)} ms beside a workspace that ${name} (called ${calls} times)\n`,
      );
      // Beside a workspace that is waited for it would take the patience of every call in turn; a busy machine takes less.
      expect(besideMs).toBeLessThan(2 * aloneMs + 10_000);
      // It is not hammered either, and loses no message and no try by it.
      expect(calls).toBeLessThanOrEqual(mostCalls);
      await expectUnharmed();
      a.mend();
      await forget(people.a);
    },
  );

  test.skipIf(absence !== '')('everyone has each message once', () => {
    for (const { email } of people.b) expect(b.messagesTo(b.userWith(email))).toHaveLength(1 + troubles.length);
  });
});
