import { randomUUID } from 'node:crypto';
import type { Core } from '../../src/core.ts';
import type { Outbound, Outcome, Pace } from '../../src/delivery/model.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember } from './core.ts';

/** One call of the platform, and what it answered in the end. */
interface Call {
  readonly space: string;
  /** The person; '' for a room. */
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly deliveryId: string;
  outcome: Outcome['kind'] | undefined;
}

/** A chat platform with several workspaces, each of which answers in its own way; 'sent' unless told otherwise. */
export interface Crowd {
  readonly outbound: Outbound;
  readonly calls: readonly Call[];
  /** Those of one workspace. */
  callsOf(space: string): readonly Call[];
  answer(space: string, how: () => Outcome | Promise<Outcome>): void;
}

export function openCrowd(pace: Pace): Crowd {
  const calls: Call[] = [];
  const answers = new Map<string, () => Outcome | Promise<Outcome>>();
  const outbound: Outbound = {
    platform: 'slack',
    pace,
    async send({ to, deliveryId }) {
      const space = to.kind === 'account' ? to.account.space : to.space;
      const user = to.kind === 'account' ? to.account.user : '';
      const call: Call = { space, user, at: Date.now(), deliveryId, outcome: undefined };
      calls.push(call);
      const outcome = (await answers.get(space)?.()) ?? { kind: 'sent', receipt: {} };
      call.outcome = outcome.kind;
      return outcome;
    },
    findTrace: () => Promise.resolve({ kind: 'not-sent' }),
  };
  return {
    outbound,
    calls,
    callsOf: (space) => calls.filter((call) => call.space === space),
    answer: (space, how) => void answers.set(space, how),
  };
}

/** Active members with an account in this workspace. */
export async function addPeople(core: Core, space: string, count: number): Promise<readonly Member[]> {
  const people: Member[] = [];
  for (let number = 0; number < count; number += 1) {
    const member = await addMember(core, { status: 'active' });
    const account = {
      id: randomUUID(),
      member_id: member.id,
      platform: 'slack',
      space,
      platform_user: member.id,
    } as const;
    await core.db
      .insertInto('accounts')
      .values({ ...account, address: '{}', seen_at: core.clock.now() })
      .execute();
    people.push(member);
  }
  return people;
}
