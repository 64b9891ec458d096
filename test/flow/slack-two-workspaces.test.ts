import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, type NewMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { joinByForms } from '../support/join-by-forms.ts';
import { patience } from '../support/patience.ts';
import { mustFind } from '../support/people.ts';
import type { SlackMember } from '../support/slack-member.ts';
import { readBlocks, textOf } from '../support/slack-screen.ts';
import { openSlackWorld, type SlackWorkspace, type SlackWorld } from '../support/slack-world.ts';

interface Leader {
  readonly member: Member;
  readonly client: SlackMember;
}

const channel = 'CLEADERS01';
const title = 'Making room for others';

/** One network in two councils' workspaces, from the first installation to the day one of them changes its mind. */
describe('two workspaces', () => {
  let base: TestCore;
  let world: SlackWorld;
  let email: EmailStage;
  let outbounds: Outbounds;
  let a: SlackWorkspace;
  let b: SlackWorkspace;
  let ana: Leader;
  let abe: Leader;
  let bea: Leader;
  let ben: Leader;
  let zoe: SlackMember;

  beforeAll(async () => {
    base = await openTestCore();
    world = await openSlackWorld(base, { workspaces: 2 });
    email = await openEmailStage(base);
    outbounds = new Map([
      ['slack', world.outbound],
      ['email', email.outbound],
    ]);
    const [first, second] = world.workspaces;
    if (first === undefined || second === undefined) throw new Error('There are not two workspaces');
    a = first;
    b = second;
  });
  afterAll(async () => {
    await world.close();
    await email.close();
    await base.close();
  });

  async function leader(workspace: SlackWorkspace, given: NewMember & { readonly email: string }): Promise<Leader> {
    const { id } = await addMember(base.core, given);
    const client = await workspace.member(given.email);
    await joinByForms(client);
    const joined = async () => expect((await mustFind(base.core, id)).status).toBe('active');
    await vi.waitFor(joined, patience);
    return { member: await mustFind(base.core, id), client };
  }

  async function until(moment: string): Promise<void> {
    base.clock.set(new Date(moment));
    await settle();
  }

  /** Everything that is due and sent now, and the edits that wait a moment for each other. */
  async function settle(): Promise<void> {
    await settleAll(base.core, outbounds);
    base.clock.set(new Date(base.clock.now().getTime() + 3_000));
    await settleAll(base.core, outbounds);
  }

  const said = async ({ messages }: SlackMember) => (await messages()).join('\n');
  const sees = async (client: SlackMember, words: string) =>
    await vi.waitFor(async () => expect(await said(client)).toContain(words), patience);
  const shows = async (client: SlackMember, words: string) =>
    await vi.waitFor(async () => expect(await client.dialog()).toContain(words), patience);
  const emailsTo = ({ member }: Leader, words: string) =>
    email.smtp.emails().filter(({ envelope, text }) => envelope.to.includes(member.email) && text.includes(words));

  const failed = async () =>
    await base.core.db.selectFrom('deliveries').select(['kind', 'reason']).where('status', '=', 'failed').execute();
  const reachable = async ({ team }: SlackWorkspace) => {
    const rows = base.core.db.selectFrom('accounts').select('reachable').where('space', '=', team);
    return (await rows.execute()).map((row) => row.reachable);
  };

  /** The card of the conversation in the channel: its id, and what it says now. */
  function card(): { readonly ts: string; readonly text: string; readonly blocks: string } {
    const found = a.messagesIn(channel).find(({ text }) => text.includes(title));
    if (found === undefined) throw new Error('There is no card');
    const shown = textOf(readBlocks(found.blocks));
    return { ts: found.ts, text: `${found.text}\n${shown}`, blocks: JSON.stringify(found.blocks) };
  }

  test('each is installed by its administrator, and its people join where they are', async () => {
    for (const workspace of [a, b]) expect(await workspace.install()).toContain('Colloquy is in your Slack workspace');
    ana = await leader(a, { name: 'Ana Host', email: 'ana@leeds.example', council: 'Leeds', permission: 'host' });
    abe = await leader(a, { name: 'Abe Convener', email: 'abe@york.example', council: 'York', permission: 'convener' });
    bea = await leader(b, { name: 'Bea Member', email: 'bea@hull.example', council: 'Hull' });
    ben = await leader(b, { name: 'Ben Member', email: 'ben@kent.example', council: 'Kent' });
    await settle();
    for (const { client } of [ana, abe, bea, ben]) await sees(client, 'Welcome to the network');
    expect(a.calls('chat.postMessage').map((call) => call['channel'])).toEqual([ana.client.user, abe.client.user]);
    zoe = await a.member('zoe@elsewhere.example');
  });

  test('a convener chooses a channel, and a proposal’s card appears there without its link', async () => {
    a.addChannel({ id: channel, members: [ana.client.user, abe.client.user, zoe.user], botIn: true });
    await abe.client.type('settings');
    await shows(abe.client, 'No channel is chosen here');
    await abe.client.press('Choose a channel');
    await shows(abe.client, 'We announce each conversation in the channel');
    await abe.client.submit({ room: channel });
    await settle();
    expect(a.messagesIn(channel).map(({ text }) => text)).toEqual([
      'Conversations of this network will be announced here.',
    ]);

    await ana.client.type('host');
    await shows(ana.client, 'Propose a conversation');
    await ana.client.submit({
      theme: 'collective-leadership/space-for-others',
      title,
      about: 'Who could do this if you did not?',
      audience: 'all',
      chathamHouse: 'no',
    });
    await shows(ana.client, 'When and where');
    await ana.client.submit({
      date: '2027-06-16',
      time: '10:00',
      minutes: '60',
      capacity: '4',
      perCouncil: 'none',
      link: 'https://meet.example/room',
    });
    await settle();
    expect(card().text).toContain('4 of 4 left');
    expect(card().text).not.toContain('meet.example');
    await sees(bea.client, title);
  });

  test('people sign up from the channel and from their chat: the answer is theirs alone, the seats are everyone’s', async () => {
    const { ts } = card();
    const posts = a.messagesIn(channel).length;
    await abe.client.pressIn(channel, 'Sign up');
    await sees(abe.client, 'You have a seat');
    await settle();
    expect(card()).toMatchObject({ ts, text: expect.stringContaining('3 of 4 left') });
    await bea.client.press('Sign up');
    await sees(bea.client, 'You have a seat');
    await settle();
    expect(card()).toMatchObject({ ts, text: expect.stringContaining('2 of 4 left') });
    await zoe.pressIn(channel, 'Sign up');
    await vi.waitFor(async () => expect(await zoe.messages()).toHaveLength(1), patience);
    expect(await said(zoe)).not.toContain('You have a seat');
    await settle();
    expect(card().text).toContain('2 of 4 left');
    expect(card().text).not.toContain('You have a seat');
    expect(a.messagesIn(channel)).toHaveLength(posts);
  });

  test('the Home shows it, and is drawn again when something changes', async () => {
    await abe.client.openHome();
    await vi.waitFor(() => expect(abe.client.home()).toContain(title), patience);
    await abe.client.pressHome('Give up my seat');
    await vi.waitFor(() => expect(card().text).toContain('2 of 4 left'), patience);
    await vi.waitFor(async () => {
      await settle();
      expect(card().text).toContain('3 of 4 left');
      expect(abe.client.home()).toContain('Sign up');
    }, patience);
    await abe.client.pressHome('Sign up');
    await vi.waitFor(async () => {
      await settle();
      expect(card().text).toContain('2 of 4 left');
      expect(abe.client.home()).toContain('You have a seat');
    }, patience);
  });

  test('a message becomes a topic that hosts find', async () => {
    await bea.client.shortcut('message_topic', 'How do you keep a budget honest?');
    await shows(bea.client, 'How do you keep a budget honest?');
    await bea.client.submit({ title: 'Honest budgets', about: 'How do you keep a budget honest?' });
    await vi.waitFor(async () => {
      await ana.client.type('conversations');
      expect(await ana.client.dialog()).toContain('Honest budgets');
    }, patience);
    expect(await ana.client.dialog()).not.toContain('Bea');
  });

  test('matches in one workspace meet in a group there, and all others are introduced one by one', async () => {
    await prepareAgenda(base.core);
    for (let week = 1; week <= 8; week += 1) {
      await until(new Date(Date.UTC(2027, 2, 2 + 7 * week, 12)).toISOString());
    }
    const within = (one: Leader, other: Leader) => [one.client.user, other.client.user].toSorted();
    // Of four people, each meets each in three rounds.
    expect(a.groups().map(({ members }) => members)).toEqual([within(ana, abe)]);
    expect(b.groups().map(({ members }) => members)).toEqual([within(bea, ben)]);
    const [group] = a.groups();
    expect(a.messagesIn(group?.id ?? '').map(({ text }) => text)).toEqual([
      expect.stringContaining('introduce you to each other'),
    ]);
    for (const [one, others] of [
      [ana, [bea, ben]],
      [bea, [ana, abe]],
    ] as const) {
      for (const other of others) await sees(one.client, `Meet ${other.member.name}`);
    }
    expect(await said(ana.client)).not.toContain(`Meet ${abe.member.name}`);
    expect(await failed()).toEqual([]);
  });

  test('a cancelled conversation’s card is struck through where it stands, and everyone with a seat is told why', async () => {
    const { ts } = card();
    await ana.client.type('conversations');
    await shows(ana.client, title);
    await ana.client.press('Cancel it');
    await shows(ana.client, 'You cannot undo this');
    await ana.client.submit({ reason: 'The speaker is ill.' });
    await vi.waitFor(async () => {
      await settle();
      expect(card().text).toContain(`Cancelled: ${title}`);
    }, patience);
    expect(card().ts).toBe(ts);
    expect(card().blocks).toContain('"strike":true');
    expect(card().blocks).not.toContain('"type":"actions"');
    for (const { client } of [abe, bea]) await sees(client, 'The speaker is ill.');
    // Whoever was only told of it finds it on the card they have, and is sent nothing.
    const toThoseWithSeats = 'The conversation you signed up for will not take place';
    expect(await said(abe.client)).toContain(toThoseWithSeats);
    expect(await said(ben.client)).not.toContain(toThoseWithSeats);
    await vi.waitFor(async () => {
      await settle();
      expect(abe.client.home()).not.toContain(title);
    }, patience);
  });

  test('where the app is taken out, people are reached by e-mail, and Slack is left alone', async () => {
    const prompt = 'Your prompt for this week';
    await a.uninstall();
    expect(await reachable(a)).toEqual([false, false]);
    expect(await reachable(b)).toEqual([true, true]);
    const before = { calls: a.made().length, ana: emailsTo(ana, prompt).length };
    // Monday is a bank holiday.
    await until('2027-05-04T09:00:00Z');
    expect(a.made()).toHaveLength(before.calls);
    for (const each of [ana, abe]) expect(emailsTo(each, prompt)).toHaveLength(before.ana + 1);
    expect(emailsTo(bea, prompt)).toEqual([]);
    expect(await failed()).toEqual([]);
    expect((await mustFind(base.core, ana.member.id)).status).toBe('active');
  });

  test('where it is put back, they are reached in Slack again', async () => {
    const prompt = 'Your prompt for this week';
    const inSlack = async ({ client }: Leader) =>
      (await client.messages()).filter((text) => text.includes(prompt)).length;
    const before = { slack: await inSlack(ana), email: emailsTo(ana, prompt).length };
    expect(await a.install()).toContain('Colloquy is in your Slack workspace');
    await until('2027-05-10T09:00:00Z');
    expect([await inSlack(ana), emailsTo(ana, prompt).length]).toEqual([before.slack + 1, before.email]);
  });
});
