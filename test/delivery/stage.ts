import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { postMessages } from '../support/jobs.ts';
import { joinFrom, type RecordingOutbound, recordingOutbound } from '../support/people.ts';

/** A member on Slack (workspace T) and the web with one delivery to be sent: their welcome. */
export interface Stage extends TestCore {
  readonly core: Core;
  readonly member: Member;
  /** The delivery's. */
  readonly id: string;
  readonly slack: RecordingOutbound;
  readonly web: RecordingOutbound;
  readonly outbounds: Outbounds;
  row(): ReturnType<typeof readRow>;
  later(ms: number): void;
  /** Posts another message to the same person. @returns its id */
  another(): Promise<string>;
}

export async function openStage(): Promise<Stage> {
  const stage = await openTestCore();
  const { core, clock } = stage;
  const member = await addMember(core, { email: 'asha@leeds.example' });
  const profile = () => Promise.resolve({ name: '', email: member.email, zone: '', locale: '' });
  const account = { platform: 'slack', space: 'T', user: 'U' } as const;
  await joinFrom(core, member, { account, address: {}, profile });
  const slack = recordingOutbound('slack');
  const web = recordingOutbound('web');
  const { id } = await core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
  return {
    ...stage,
    member,
    id,
    slack,
    web,
    outbounds: new Map([slack, web].map((outbound) => [outbound.platform, outbound] as const)),
    row: () => readRow(core, id),
    later: (ms) => clock.set(new Date(clock.now().getTime() + ms)),
    async another() {
      await postMessages(core, member);
      const rows = await core.db.selectFrom('deliveries').select('id').where('id', '<>', id).execute();
      return rows.at(-1)?.id ?? '';
    },
  };
}

async function readRow(core: Core, id: string) {
  return await core.db
    .selectFrom('deliveries')
    .select(['status', 'reason', 'attempts', 'not_before'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
