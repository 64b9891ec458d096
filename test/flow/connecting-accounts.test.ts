import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Outbounds } from '../../src/delivery/route.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { joinByForms } from '../support/join-by-forms.ts';
import { patience } from '../support/patience.ts';
import { addActive } from '../support/people.ts';
import type { SlackMember } from '../support/slack-member.ts';
import { openSlackWorld, type SlackWorkspace, type SlackWorld } from '../support/slack-world.ts';
import { openWebStage } from '../support/web-client.ts';

/** An administrator elsewhere can give an account any address: its member is asked where they are known already. */
describe('a second workspace', () => {
  let base: TestCore;
  let world: SlackWorld;
  let email: EmailStage;
  let web: Awaited<ReturnType<typeof openWebStage>>;
  let home: SlackWorkspace;
  let other: SlackWorkspace;

  beforeAll(async () => {
    base = await openTestCore();
    world = await openSlackWorld(base, { workspaces: 2 });
    email = await openEmailStage(base);
    web = await openWebStage(base);
    const [first, second] = world.workspaces;
    if (first === undefined || second === undefined) throw new Error('There are not two workspaces');
    home = first;
    other = second;
    for (const workspace of world.workspaces) await workspace.install();
  });
  afterAll(async () => {
    await world.close();
    await email.close();
    await web.close();
    await base.close();
  });

  async function settle(...outbounds: readonly (readonly ['slack' | 'email' | 'web', SlackWorld['outbound']])[]) {
    const on: Outbounds = new Map(outbounds);
    await settleAll(base.core, on);
  }

  const sees = async (client: SlackMember, words: string) =>
    await vi.waitFor(async () => expect((await client.messages()).join('\n')).toContain(words), patience);

  /** Somebody in the other workspace with the address of this member types join. */
  async function joinElsewhere(member: Member): Promise<SlackMember> {
    const client = await other.member(member.email);
    await client.type('join');
    await sees(client, 'We know this email address from another account.');
    await client.type('profile');
    await sees(client, 'You have not joined the network yet');
    return client;
  }

  async function isLetIn(client: SlackMember): Promise<void> {
    await client.type('profile');
    await sees(client, 'Your profile');
  }

  test('is connected by the button in the chat of the first', async () => {
    const member = await addMember(base.core, { name: 'Sal Slack', email: 'sal@leeds.example' });
    const known = await home.member(member.email);
    await joinByForms(known);
    const client = await joinElsewhere(member);
    await settle(['slack', world.outbound]);
    await sees(known, 'from another account, in the Slack workspace “Council B”');
    expect((await client.messages()).join('\n')).not.toContain('Director of Place');
    await known.press('Connect it');
    await sees(known, 'We have connected the account.');
    await isLetIn(client);
  });

  test('is connected by the button behind the link in an e-mail', async () => {
    const member = await addActive(base.core, { name: 'Eve Email', email: 'eve@leeds.example' });
    const mailbox = await email.member(member.email);
    const client = await joinElsewhere(member);
    await settle(['email', email.outbound]);
    await mailbox.press('Connect it');
    expect((await mailbox.messages()).join('\n')).toContain('We have connected the account.');
    await isLetIn(client);
  });

  test('is connected by the button on the web, also by somebody who left', async () => {
    const member = await addActive(base.core, { name: 'Wes Web', email: 'wes@leeds.example' });
    await base.core.db.updateTable('members').set({ status: 'left' }).where('id', '=', member.id).execute();
    const browser = await web.member(member.email);
    const client = await joinElsewhere(member);
    await settle(['web', web.outbound]);
    await browser.type('home');
    await browser.press('Connect it');
    expect((await browser.messages()).join('\n')).toContain('type “join” there');
    await joinByForms(client);
    await isLetIn(client);
  });
});
