import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { addDays } from 'date-fns/addDays';
import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { createLog } from '../../src/log.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, type NewMember, openTestCore, settleAll, type TestCore } from './core.ts';
import { joinFrom } from './people.ts';
import { openSlackStage, type SlackStage } from './slack-client.ts';
import { slackTeam } from './slack-emulator.ts';
import type { SlackMember } from './slack-member.ts';

interface Person {
  readonly member: Member;
  readonly client: SlackMember;
}

/** A network whose members are all in one workspace. */
export interface SlackScene extends TestCore, SlackStage {
  readonly core: Core;
  readonly outbounds: Outbounds;
  /** Every line logged since this was last asked. */
  takeLog(): string;
  /** Someone on the roster who has done nothing yet. */
  invited(given?: NewMember): Promise<Person>;
  /** Someone who joined in Slack and has read their welcome. */
  joined(given?: NewMember): Promise<Person>;
  /** The same a week later, with that week's prompt. */
  prompted(): Promise<Person>;
}

export async function openSlackScene(): Promise<SlackScene> {
  let logged = '';
  const destination = new Writable({
    write(line, _encoding, done) {
      logged += String(line);
      done();
    },
  });
  const testCore = await openTestCore();
  const stage = await openSlackStage(testCore, createLog('debug', destination));
  const outbounds: Outbounds = new Map([['slack', stage.outbound]]);
  async function invited(given: NewMember = {}): Promise<Person> {
    const email = `${randomUUID()}@council.example`;
    return { member: await addMember(testCore.core, { ...given, email }), client: await stage.member(email) };
  }
  async function joined(given: NewMember = {}): Promise<Person> {
    const person = await invited(given);
    const account = { platform: 'slack', space: slackTeam, user: person.client.user } as const;
    const profile = { name: '', email: person.member.email, zone: '', locale: '' };
    await joinFrom(testCore.core, person.member, { account, address: {}, profile: () => Promise.resolve(profile) });
    await settleAll(testCore.core, outbounds);
    return person;
  }
  return {
    ...testCore,
    ...stage,
    outbounds,
    takeLog() {
      const taken = logged;
      logged = '';
      return taken;
    },
    invited,
    joined,
    async prompted() {
      const person = await joined();
      testCore.clock.set(addDays(testCore.clock.now(), 7));
      await settleAll(testCore.core, outbounds);
      return person;
    },
    async close() {
      await stage.close();
      await testCore.close();
    },
  };
}
