import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { DeliveryKind, Outbound } from '../../src/delivery/model.ts';
import type { Member } from '../../src/network/model.ts';
import { proposal, propose } from '../support/conversations.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { openEmailStage } from '../support/email-client.ts';
import { endJoining, joinOnWeb } from '../support/joining.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { openSlackStage } from '../support/slack-client.ts';
import { openTeamsStage } from '../support/teams-client.ts';
import { openWebStage } from '../support/web-client.ts';

/*
 * One conversation from the first idea to what people took away, told through the clients of one platform: the host and
 * four who would like to come, of whom three have a seat.
 */

interface Stage {
  readonly outbound: Outbound;
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

interface Person {
  readonly member: Member;
  readonly client: MemberClient;
}

const platforms: readonly { readonly name: string; readonly open: (test: TestCore) => Promise<Stage> }[] = [
  { name: 'Slack', open: openSlackStage },
  { name: 'Teams', open: openTeamsStage },
  { name: 'the web', open: openWebStage },
  { name: 'e-mail', open: openEmailStage },
];

const secret = 'I will ask before I answer.';

describe.each(platforms)('on $name', ({ name, open }) => {
  let base: TestCore;
  let core: Core;
  let stage: Stage;

  beforeEach(async () => {
    base = await openTestCore();
    core = base.core;
    stage = await open(base);
  });
  afterEach(async () => {
    await stage.close();
    await base.close();
  });

  const inChat = name === 'Slack' || name === 'Teams';
  /** E-mail has no way to type: there, hosts begin on the web page. */
  const types = name !== 'e-mail';

  async function until(moment: string): Promise<void> {
    base.clock.set(new Date(moment));
    await settleAll(core, new Map([[stage.outbound.platform, stage.outbound]]));
  }

  async function joined(called: string, permission: Member['permission'], council: string): Promise<Person> {
    const email = `${called.toLowerCase()}@${council.toLowerCase()}.example`;
    const member = await addMember(core, { name: called, email, council: `${council} Council`, permission });
    if (!inChat) await joinOnWeb(core, member);
    const client = await stage.member(email);
    if (inChat) {
      await client.type('join');
      await vi.waitFor(async () => {
        const rows = core.db.selectFrom('accounts').select('id').where('member_id', '=', member.id);
        expect(await rows.where('platform', '=', stage.outbound.platform).execute()).toHaveLength(1);
      }, patience);
      await endJoining(core, member.id);
    }
    return { member, client };
  }

  async function sees({ client }: Person, words: string): Promise<void> {
    await vi.waitFor(async () => {
      expect(`${await client.dialog()}\n${(await client.messages()).join('\n')}`).toContain(words);
    }, patience);
  }

  async function windowShows({ client }: Person, words: string): Promise<void> {
    await vi.waitFor(async () => expect(await client.dialog()).toContain(words), patience);
  }

  async function presses(person: Person, label: string, then: string): Promise<void> {
    await person.client.press(label);
    await sees(person, then);
  }

  /** Presses a button that opens a form, and sends it. */
  async function fills(person: Person, label: string, form: string, answers: Record<string, string>): Promise<void> {
    await person.client.press(label);
    await windowShows(person, form);
    await person.client.submit(answers);
  }

  /** From the first idea to the announcement. */
  async function announces(host: Person): Promise<void> {
    const { theme, title, about, audience, chathamHouse, date, time, minutes, capacity, perCouncil, link } = proposal;
    if (!types) {
      await propose(core, host.member);
      return;
    }
    await host.client.type('host');
    await vi.waitFor(async () => {
      if (!(await host.client.dialog()).includes('Propose a conversation')) await host.client.press('Open');
      expect(await host.client.dialog()).toContain('Propose a conversation');
    }, patience);
    await host.client.submit({ theme, title, about, audience, chathamHouse });
    await windowShows(host, 'When and where');
    await host.client.submit({ date, time, minutes, capacity, perCouncil, link });
    await sees(host, 'You are hosting this conversation');
  }

  /** How often each was sent something of this kind, by name. */
  async function sent(kind: DeliveryKind): Promise<Readonly<Record<string, number>>> {
    const rows = await core.db
      .selectFrom('deliveries')
      .innerJoin('members', 'members.id', 'deliveries.member_id')
      .select(['members.name', ({ fn }) => fn.countAll<string>().as('count')])
      .where('kind', '=', kind)
      .where('deliveries.status', '=', 'sent')
      .groupBy('members.name')
      .execute();
    return Object.fromEntries(rows.map((row) => [row.name, Number(row.count)]));
  }

  test('it is announced and fills, a seat is passed on, it is moved, takes place, and leaves something behind', async () => {
    const host = await joined('Hari', 'host', 'Leeds');
    const asha = await joined('Asha', 'member', 'York');
    const bo = await joined('Bo', 'member', 'Hull');
    const cai = await joined('Cai', 'member', 'Bath');
    const dee = await joined('Dee', 'member', 'Ely');
    await until('2027-03-02T12:00Z');
    await announces(host);
    await until('2027-03-05T12:00Z');
    for (const one of [asha, bo, cai]) await presses(one, 'Sign up', 'You have a seat');
    await until('2027-03-05T12:01Z');
    // Cards that stand in a chat have followed; an e-mail cannot.
    const label = name === 'e-mail' ? 'Sign up' : 'Join the waiting list';
    await presses(dee, label, 'You are number 1 on the waiting list');

    await presses(asha, 'Give up my seat', 'You have given up your place');
    await until('2027-03-05T12:10Z');
    await sees(dee, 'Do you want this seat?');
    await presses(dee, 'Take the seat', 'You have a seat');
    expect(await sent('conversations.seat-offered')).toEqual({ Dee: 1 });

    await until('2027-03-15T10:00Z');
    await sees(host, 'Director of Place, Hull Council');
    await fills(host, 'Change it', 'Change a conversation', { time: '14:00' });
    await sees(host, 'Changed: Making room');
    await until('2027-03-15T10:10Z');
    for (const one of [bo, cai, dee]) await sees(one, '2pm to 3pm on Tuesday 16 March');
    expect(await sent('conversations.moved')).toEqual({ Bo: 1, Cai: 1, Dee: 1 });

    await until('2027-03-16T13:45Z');
    for (const one of [bo, cai, dee]) await sees(one, 'Soon: Making room');
    expect(await sent('conversations.reminder-soon')).toEqual({ Bo: 1, Cai: 1, Dee: 1 });
    expect((await asha.client.messages()).join('\n')).not.toContain('Join the conversation');

    await until('2027-03-16T15:00Z');
    const came = [bo, cai].map(({ member }) => member.id).join(',');
    await fills(host, 'Say who came', 'Who came', { came });
    await until('2027-03-16T15:10Z');
    await fills(bo, 'Write it down', 'One thing you take away', { text: secret, shared: 'no' });
    await vi.waitFor(async () => {
      const { text } = await core.db.selectFrom('takeaways').select('text').executeTakeFirstOrThrow();
      expect(text.includes('ask before')).toBe(false);
    }, patience);
    await fills(host, 'Write a summary', 'What did it come to?', { text: 'We all wait too long.' });
    await sees(host, 'Summary saved');
    await until('2027-03-16T15:20Z');
    for (const one of [bo, cai]) await sees(one, 'We all wait too long.');
    expect(await sent('afterwards.takeaway')).toEqual({ Bo: 1, Cai: 1 });
    expect(await sent('afterwards.summary')).toEqual({ Bo: 1, Cai: 1 });

    for (const one of [host, asha, bo, cai, dee]) {
      expect((await one.client.messages()).join('\n')).not.toContain(secret);
    }
    const failed = core.db.selectFrom('deliveries').select(['kind', 'reason']).where('status', '=', 'failed');
    expect((await failed.execute()).filter(({ kind }) => kind !== 'diary.invite' && kind !== 'diary.call-off')).toEqual(
      [],
    );
  });
});
