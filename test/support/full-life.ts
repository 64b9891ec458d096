import { randomUUID } from 'node:crypto';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import type { Member } from '../../src/network/model.ts';
import { propose } from './conversations.ts';
import { settleAll, type TestCore } from './core.ts';
import { addActive, ask, mustFind } from './people.ts';

/** A member about whom we hold something of every kind, and those they met. */
export interface FullLife {
  readonly member: Member;
  /** The other of their match. */
  readonly match: Member;
  /** Has a seat in what the member hosts. */
  readonly attendee: Member;
  /** Waits for a seat in what the member attends. */
  readonly waiting: Member;
  /** Hosts what the member attends. */
  readonly host: Member;
  readonly hosted: string;
  readonly attended: string;
}

/** Words that stand nowhere but in what this member wrote. */
export const wrote = {
  answer: 'Overcommitted quartermaster',
  topic: 'Zeppelin timetables',
  title: 'Budgets in a lighthouse',
  about: 'How a lighthouse keeps its books',
} as const;

/** As Slack names them. */
export const slackUser = 'U0FULLLIFE';

/** Two weeks of the network's life. The clock then shows the Wednesday after the second prompt. */
export async function liveFully(
  { core, clock }: Pick<TestCore, 'core' | 'clock'>,
  outbounds: Outbounds,
): Promise<FullLife> {
  const settle = async () => await settleAll(core, outbounds);
  const member = await addActive(core, {
    name: 'Quentin Vexley',
    email: 'quentin@vexley.example',
    council: 'Vexley Council',
    permission: 'host',
  });
  await joinSlack(core, member);
  const match = await addActive(core, { name: 'Mia Match', council: 'York' });
  await prepareAgenda(core);
  clock.set(new Date('2027-03-09T12:00:00Z'));
  await settle();
  await answerLatest(core, member);
  const attendee = await addActive(core, { name: 'Ada Attendee', council: 'Hull' });
  const waiting = await addActive(core, { name: 'Wes Waiting', council: 'Kent' });
  const host = await addActive(core, { name: 'Hal Host', council: 'Bath', permission: 'host' });
  // Three seats each.
  const date = '2027-03-18';
  const hosted = await propose(core, member, { title: wrote.title, about: wrote.about, date });
  const attended = await propose(core, host, { title: 'Winter pressures', about: 'How do you plan?', date });
  await ask(core, attendee, { kind: 'conversations.sign-up', conversation: hosted });
  for (const each of [member, match, attendee, waiting]) {
    await ask(core, each, { kind: 'conversations.sign-up', conversation: attended });
  }
  await ask(core, member, { kind: 'series.suggest-topic', theme: '', title: wrote.topic, about: wrote.topic });
  clock.set(new Date('2027-03-17T12:00:00Z'));
  await settle();
  return { member: await mustFind(core, member.id), match, attendee, waiting, host, hosted, attended };
}

async function joinSlack(core: Core, member: Member): Promise<void> {
  const row = {
    id: randomUUID(),
    member_id: member.id,
    platform: 'slack',
    space: 'T1',
    seen_at: core.clock.now(),
  } as const;
  const address = JSON.stringify({ channel: 'D0FULLLIFE', home: 'open' });
  await core.db
    .insertInto('accounts')
    .values({ ...row, platform_user: slackUser, address })
    .execute();
}

async function answerLatest(core: Core, member: Member): Promise<void> {
  const form = await ask(core, member, { kind: 'reflections.open', prompt: 'latest' });
  const prompt = form.kind === 'form' ? (form.form.completes['prompt'] ?? '') : '';
  await ask(core, member, { kind: 'reflections.answer', prompt, text: wrote.answer, action: '' });
}
