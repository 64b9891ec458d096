import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Member } from '../../src/network/model.ts';
import { propose } from '../support/conversations.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { openEmailStage } from '../support/email-client.ts';
import { joinByForms } from '../support/join-by-forms.ts';
import { joinOnWeb } from '../support/joining.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { addActive, ask } from '../support/people.ts';
import { openSlackStage } from '../support/slack-client.ts';
import { openTeamsStage } from '../support/teams-client.ts';
import { openWebStage } from '../support/web-client.ts';

interface Stage {
  readonly outbound: Outbound;
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

const secret = 'I have not told my leader how tired the top team is.';
const title = 'Making room for others';

/** One member's fortnight, told through one platform's own client against the real adapter. */
const platforms: readonly { readonly name: string; readonly open: (test: TestCore) => Promise<Stage> }[] = [
  { name: 'Slack', open: openSlackStage },
  { name: 'Teams', open: openTeamsStage },
  { name: 'the web', open: openWebStage },
  { name: 'e-mail', open: openEmailStage },
];

describe.each(platforms)('on $name', ({ name, open }) => {
  let base: TestCore;
  let core: Core;
  let stage: Stage;
  let asha: Member;
  let bo: Member;
  let client: MemberClient;
  let others: readonly Member[];

  beforeEach(async () => {
    base = await openTestCore();
    core = base.core;
    stage = await open(base);
    asha = await addMember(core, { name: 'Asha Rahman', email: 'asha@leeds.example', council: 'Leeds City Council' });
    bo = await addMember(core, {
      name: 'Bo Lindqvist',
      email: 'bo@york.example',
      council: 'City of York Council',
      permission: 'host',
    });
    others = await Promise.all(
      [3, 4, 5, 6].map((n) => addActive(core, { name: `Person ${n}`, council: `Council ${n}` })),
    );
    client = await stage.member(asha.email);
  });
  afterEach(async () => {
    await stage.close();
    await base.close();
  });

  /** E-mail has no way to type: there, people join and propose on the web page. */
  const types = name !== 'e-mail';

  /** Moves the clock on and sends what fell due; everyone but those under test is reached on the web's inbox. */
  async function until(moment: string): Promise<void> {
    base.clock.set(new Date(moment));
    await settleAll(core, new Map([[stage.outbound.platform, stage.outbound]]));
  }

  const sees = (words: string) =>
    vi.waitFor(async () => expect((await client.messages()).join('\n')).toContain(words), patience);

  const windowShows = (who: MemberClient, words: string) =>
    vi.waitFor(async () => expect(await who.dialog()).toContain(words), patience);

  /** Where a platform cannot open a window in answer to typed words, it offers a button that does. */
  async function openWindow(who: MemberClient, word: string): Promise<void> {
    await who.type(word);
    await vi.waitFor(async () => {
      if ((await who.dialog()) === '') await who.press('Open');
      expect(await who.dialog()).not.toBe('');
    }, patience);
  }

  async function joins(who: MemberClient, member: Member): Promise<void> {
    if (types) await joinByForms(who);
    else await joinOnWeb(core, member);
  }

  async function proposes(): Promise<void> {
    const words = {
      theme: 'collective-leadership/space-for-others',
      title,
      about: 'Who could do this if you did not?',
      audience: 'all',
      chathamHouse: 'no',
    };
    const plan = { date: '2027-03-16', time: '10:00', minutes: '60', capacity: '3', perCouncil: 'none' };
    const link = 'https://meet.example/room';
    if (!types) {
      await propose(core, bo, { ...words, ...plan, link });
      return;
    }
    const host = await stage.member(bo.email);
    await joins(host, bo);
    await openWindow(host, 'host');
    await host.submit(words);
    await windowShows(host, 'When and where');
    await host.submit({ ...plan, link: 'http://meet.example' });
    await windowShows(host, 'Enter a link that starts with https://');
    await host.submit({ ...plan, link });
  }

  test('they join, reflect in private, wait for a seat and get it, are reminded, and meet a peer from another council', async () => {
    await joins(client, asha);
    await until('2027-03-02T12:00Z');
    await sees('Welcome to the network');

    await until('2027-03-08T09:00Z');
    await sees('Your prompt for this week');
    await client.press('Write your answer');
    await windowShows(client, 'Only you can read this');
    await client.submit({ text: secret });
    const { answer } = await core.db.selectFrom('reflections').select('answer').executeTakeFirstOrThrow();
    expect(answer.includes('tired')).toBe(false);
    if (types) {
      await openWindow(client, 'journal');
      await windowShows(client, secret);
    }

    if (!types) await joinOnWeb(core, bo);
    await proposes();
    await until('2027-03-08T12:00Z');
    await sees(title);
    const { id } = await core.db.selectFrom('conversations').select('id').executeTakeFirstOrThrow();
    for (const other of others.slice(0, 3)) await ask(core, other, { kind: 'conversations.sign-up', conversation: id });
    await client.press('Sign up');
    await vi.waitFor(
      async () =>
        expect(`${await client.dialog()}\n${(await client.messages()).join('\n')}`).toContain(
          'You are number 1 on the waiting list',
        ),
      patience,
    );
    const [first = bo] = others;
    await ask(core, first, { kind: 'conversations.withdraw', conversation: id });
    await until('2027-03-08T12:05Z');
    await sees('Do you want this seat?');
    await client.press('Take the seat');
    await vi.waitFor(
      async () =>
        expect(`${await client.dialog()}\n${(await client.messages()).join('\n')}`).toContain('You have a seat'),
      patience,
    );
    await until('2027-03-15T10:00Z');
    await sees('Tomorrow: ');

    await prepareAgenda(core);
    await until('2027-03-16T10:30Z');
    await sees('Meet ');

    expect((await client.messages()).join('\n')).not.toContain(secret);
  });
});
