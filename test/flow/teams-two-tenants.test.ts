import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { enrolTenant } from '../../adapters/teams/commands.ts';
import { words } from '../../adapters/teams/words.ts';
import { type Jobs, startJobs } from '../../jobs/run.ts';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, type NewMember } from '../support/core.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { advance, type JobsStage, settled, stores } from '../support/jobs.ts';
import { endJoining } from '../support/joining.ts';
import { agreeToBeFound, mustFind } from '../support/people.ts';
import { createCanary, databasePlaces, hunt } from '../support/private-hunt.ts';
import { channelId } from '../support/teams-activity.ts';
import { openDesk, setTeamsUp } from '../support/teams-desk.ts';
import { openTeamsRig, type TeamsRig } from '../support/teams-rig.ts';
import { council } from '../support/teams-tenants.ts';
import { openTeamsWorld, type TeamsWorld, type TeamsWorldMember } from '../support/teams-world.ts';

interface Leader {
  readonly member: Member;
  readonly client: TeamsWorldMember;
}

const title = 'Making room for others';
const secret = createCanary();
const prompt = 'Your prompt for this week';

/** One network in two councils' tenants, from the first installation to the day one of its members is erased. */
describe('two tenants', () => {
  let stage: JobsStage;
  let rig: TeamsRig;
  let email: EmailStage;
  let jobs: Jobs;
  let world: TeamsWorld;
  let ana: Leader;
  let abe: Leader;
  let al: Leader;
  let bea: Leader;
  let ben: Leader;
  let zoe: TeamsWorldMember;
  const everyone = () => [ana, abe, al, bea, ben];

  beforeAll(async () => {
    const [first] = stores;
    if (first === undefined) throw new Error('There is nowhere to keep jobs');
    stage = await first.open();
    rig = await openTeamsRig(stage.core);
    email = await openEmailStage(stage);
    world = openTeamsWorld(rig, stage.clock);
    setTeamsUp();
    await prepareAgenda(stage.core);
    const { carrier, connection: database, log, core } = stage;
    const outbounds = new Map([rig.channel.outbound, email.outbound].map((outbound) => [outbound.platform, outbound]));
    jobs = await startJobs(core, outbounds, { carrier, database, sweepEveryMs: 3_600_000, concurrency: 10 }, log);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await jobs.close();
    await rig.close();
    await email.close();
    await stage.close();
  });

  async function onRoster(client: TeamsWorldMember, given: NewMember): Promise<Leader> {
    return { member: await addMember(stage.core, { ...given, email: client.person.email }), client };
  }

  /** Time goes on in steps, until all that may be sent now is sent. */
  async function settle(): Promise<void> {
    for (let step = 0; step < 6; step += 1) {
      await settled(jobs);
      advance(stage, 20_000);
    }
  }

  async function until(moment: string): Promise<void> {
    stage.clock.set(new Date(moment));
    await settle();
  }

  const said = async ({ client }: Leader) => (await client.messages()).join('\n');
  const counts = async (leader: Leader, text: string) =>
    (await leader.client.messages()).filter((message) => message.includes(text)).length;
  const emailsTo = ({ member }: Leader, text: string) =>
    email.smtp.emails().filter((sent) => sent.envelope.to.includes(member.email) && sent.text.includes(text));
  const callsTo = ({ client }: Leader) => rig.stub.callsTo(client.person.conversationId).length;

  /** The first card of the conversation that this person was sent, as it stands now. */
  function announced({ client }: Leader) {
    const [card] = client.cards(title);
    if (card === undefined) throw new Error('Nobody told them of the conversation');
    return card;
  }

  function inChannel() {
    const [card, ...more] = world.channelCards(title);
    if (card === undefined || more.length > 0) throw new Error('There is not one card in the channel');
    return card;
  }

  const failed = async () =>
    await stage.core.db
      .selectFrom('deliveries')
      .select(['kind', 'reason'])
      .where('status', 'in', ['failed', 'sending'])
      .execute();

  test('the operator enrols the second, and each person who puts the app in place is greeted once', async () => {
    const desk = openDesk(stage.core, council.password);
    const { tenantId, appId, homeTenantId } = council;
    await enrolTenant(desk, { tenantId, name: 'Hull', appId, homeTenantId, networkApp: false });
    // A server that runs knows it within seconds.
    advance(stage, 5_000);
    const { first, second, stranger } = world;
    ana = await onRoster(first.member('ana@leeds.example'), { name: 'Ana Host', council: 'Leeds', permission: 'host' });
    const convener = { name: 'Abe Convener', council: 'Leeds', permission: 'convener' } as const;
    abe = await onRoster(first.member('abe@leeds.example'), convener);
    al = await onRoster(first.member('al@leeds.example'), { name: 'Al Member', council: 'Leeds' });
    bea = await onRoster(second.member('bea@hull.example'), { name: 'Beatrix Bloom', council: 'Hull' });
    ben = await onRoster(second.member('ben@hull.example'), { name: 'Ben Member', council: 'Hull' });
    zoe = stranger.member('zoe@elsewhere.example');
    for (const { client } of everyone()) await client.install();
    await ana.client.install();
    await settle();
    for (const { client } of everyone()) expect(await client.messages()).toEqual([expect.stringContaining('Hello')]);
  });

  test('a tenant that nobody enrolled is turned away politely, and leaves nothing behind', async () => {
    await zoe.install();
    await zoe.type('join');
    await settle();
    expect(await zoe.messages()).toEqual([words.otherOrganisation, words.otherOrganisation]);
    const places = await databasePlaces(stage.connection);
    const { person } = zoe;
    for (const trace of [person.tenantId, person.objectId, person.email]) expect(hunt(places, trace)).toEqual([]);
  });

  test('they join where they are, and are welcomed once', async () => {
    for (const { client, member } of everyone()) {
      await client.press('Join the network');
      await endJoining(stage.core, member.id);
    }
    await bea.client.type('join');
    await settle();
    for (const leader of everyone()) {
      expect((await mustFind(stage.core, leader.member.id)).status).toBe('active');
      expect(await counts(leader, 'Welcome to the network')).toBe(1);
    }
  });

  test('a convener has conversations announced in a channel', async () => {
    await abe.client.mention('help');
    expect(await al.client.pressInChannel(words.announceHere)).toContain('Only conveners');
    expect(await abe.client.pressInChannel(words.announceHere)).toBe('We will announce conversations in that channel.');
    await settle();
    expect(rig.stub.messages(channelId).map(({ activity }) => activity.summary)).toEqual([
      'Conversations of this network will be announced here.',
    ]);
  });

  test('a host proposes one, mends a mistake, and it is announced in the channel and to everyone', async () => {
    await ana.client.type('host');
    await ana.client.press('Open');
    expect(await ana.client.dialog()).toContain('Propose a conversation');
    await ana.client.submit({
      theme: 'collective-leadership/space-for-others',
      title,
      about: 'Who could do this if you did not?',
      audience: 'all',
      chathamHouse: 'no',
    });
    expect(await ana.client.dialog()).toContain('When and where');
    const answers = {
      time: '10:00',
      minutes: '60',
      capacity: '3',
      perCouncil: 'none',
      link: 'https://meet.example/room',
    };
    await ana.client.submit({ ...answers, date: '2027-02-16' });
    expect(await ana.client.dialog()).toContain('Choose a date and time in the future.');
    // What was right still stands in the form.
    await ana.client.submit({ date: '2027-06-16' });
    expect(await ana.client.dialog()).toBe('');
    await settle();
    expect(inChannel()).toMatchObject({ text: expect.stringContaining('3 of 3 left'), buttons: ['Sign up'] });
    for (const leader of [abe, al, bea, ben]) expect(announced(leader).text).toContain('3 of 3 left');
    expect(await conversations()).toBe(1);
    expect(JSON.stringify(rig.stub.calls)).not.toContain('meet.example');
  });

  async function conversations(): Promise<number> {
    return (await stage.core.db.selectFrom('conversations').select('id').execute()).length;
  }

  /** On the card in the channel, and on those that members were sent. */
  function seatsShown(): readonly string[] {
    const all = [inChannel(), ...[abe, al, bea, ben].map(announced)];
    return [...new Set(all.map(({ text }) => /^Seats: (.*)$/m.exec(text)?.[1] ?? text))];
  }

  test('people sign up from the channel and from their chats: the answer is theirs alone, the seats are everyone’s', async () => {
    const { messageId } = inChannel();
    expect(await abe.client.pressInChannel('Sign up')).toContain('You have a seat');
    expect(await zoe.pressInChannel('Sign up')).toBe(words.otherOrganisation);
    await settle();
    expect(seatsShown()).toEqual(['2 of 3 left']);
    for (const { client } of [bea, ben]) await client.press('Sign up');
    await settle();
    expect(seatsShown()).toEqual(['Full']);
    expect(inChannel()).toMatchObject({ messageId, buttons: ['Join the waiting list'] });
    await al.client.press('Join the waiting list');
    await settle();
    expect(seatsShown()).toEqual(['Full, with 1 waiting']);
    expect(announced(al)).toMatchObject({
      text: expect.stringContaining('You are number 1 on the waiting list'),
      buttons: ['Leave the waiting list'],
    });
    for (const leader of [abe, bea, ben]) {
      expect(announced(leader)).toMatchObject({
        text: expect.stringContaining('You have a seat.'),
        buttons: expect.arrayContaining(['Give up my seat']),
      });
    }
    expect(inChannel().text).not.toContain('You ');
    expect(world.channelCards(title)).toHaveLength(1);
  });

  test('who gives up a seat makes room for the next', async () => {
    await ben.client.press('Give up my seat');
    await settle();
    expect(await counts(al, `Do you want this seat? ${title}`)).toBe(1);
    expect(seatsShown()).toEqual(['Full']);
    expect(announced(al)).toMatchObject({ buttons: ['Take the seat', 'Let it go'] });
    await al.client.press('Take the seat');
    await settle();
    expect(seatsShown()).toEqual(['Full']);
    expect(announced(al)).toMatchObject({ buttons: ['Add to your calendar', 'Give up my seat'] });
    expect(announced(ben)).toMatchObject({ buttons: ['Join the waiting list'] });
  });

  test('once it is cancelled, it is struck through wherever it stands, and everyone with a seat is told why', async () => {
    const { messageId } = inChannel();
    await ana.client.type('conversations');
    await ana.client.press('Open');
    expect(await ana.client.dialog()).toContain(title);
    await ana.client.press('Cancel it');
    expect(await ana.client.dialog()).toContain('You cannot undo this');
    await ana.client.submit({ reason: 'The speaker is ill.' });
    await settle();
    const gone = `Cancelled: ${title}`;
    expect(world.channelCards(title)).toEqual([]);
    expect(world.channelCards(gone)).toMatchObject([{ messageId, buttons: [] }]);
    for (const { client } of [abe, al, bea, ben]) {
      expect(client.cards(gone)[0]).toMatchObject({
        buttons: [],
        text: expect.stringContaining('The speaker is ill.'),
      });
    }
    for (const leader of [abe, al, bea]) expect(await said(leader)).toContain('The conversation you signed up for');
    expect(await said(ben)).not.toContain('The conversation you signed up for');
    expect(JSON.stringify(rig.stub.messages(channelId))).toContain('"strikethrough":true');
  });

  test('a reflection is written in a dialog and read in the journal, and never stands in a chat', async () => {
    await until('2027-03-08T09:00:00Z');
    for (const leader of everyone()) expect(await counts(leader, prompt)).toBe(1);
    await bea.client.press('Write your answer');
    expect(await bea.client.dialog()).toContain('Only you can read this');
    await bea.client.submit({ text: `${secret} is how tired the top team is.` });
    await bea.client.type('journal');
    await bea.client.press('Open');
    expect(await bea.client.dialog()).toContain(secret);
    await settle();
    expect(await whereSecretStands()).toEqual([]);
  });

  /** In anything that Teams was sent, that was logged, or that is kept unsealed. */
  async function whereSecretStands(): Promise<readonly string[]> {
    const calls = rig.stub.calls.map(({ path, body }) => ({ name: 'what Teams was sent', text: `${path} ${body}` }));
    const logs = [rig.logged(), stage.lines.join('')].map((text) => ({ name: 'the log', text }));
    return hunt([...calls, ...logs, ...(await databasePlaces(stage.connection))], secret);
  }

  test('peers of the two councils are introduced one by one, each with a button that opens a chat', async () => {
    await until('2027-03-09T12:00:00Z');
    const [leeds, hull] = [
      [ana, abe, al],
      [bea, ben],
    ];
    const met: string[] = [];
    for (const one of hull) {
      for (const other of leeds) {
        const [mine] = one.client.cards(`Meet ${other.member.name}`);
        const [theirs] = other.client.cards(`Meet ${one.member.name}`);
        expect([mine, theirs].filter((card) => card === undefined)).not.toHaveLength(1);
        if (mine === undefined || theirs === undefined) continue;
        met.push(one.member.name, other.member.name);
        const chatWith = ({ member }: Leader) =>
          `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(member.email)}`;
        expect(mine).toMatchObject({ text: expect.stringContaining(other.member.email), links: [chatWith(other)] });
        expect(theirs).toMatchObject({ text: expect.stringContaining(one.member.email), links: [chatWith(one)] });
      }
    }
    // Of three and two, one is left out.
    expect(new Set(met).size).toBe(4);
    expect(met).toHaveLength(4);
  });

  test('whoever takes the app out is reached by e-mail, and by Teams again once it is back, without a greeting', async () => {
    await ben.client.uninstall();
    const before = { calls: callsTo(ben), bea: await counts(bea, prompt) };
    await until('2027-03-15T09:00:00Z');
    expect(callsTo(ben)).toBe(before.calls);
    expect(emailsTo(ben, prompt)).toHaveLength(1);
    expect(await counts(bea, prompt)).toBe(before.bea + 1);
    expect((await mustFind(stage.core, ben.member.id)).status).toBe('active');
    await ben.client.install();
    await until('2027-03-22T09:00:00Z');
    expect(await counts(ben, prompt)).toBe(2);
    // The one of the first time, which stays where it was.
    expect(await counts(ben, 'Hello')).toBe(1);
    expect(emailsTo(ben, prompt)).toHaveLength(1);
  });

  test('a member finds another, changes their settings, and sees all we hold', async () => {
    await agreeToBeFound(stage.core, ana.member.id);
    await bea.client.type('find');
    await bea.client.press('Open');
    await bea.client.submit({ query: 'host leeds' });
    expect(await bea.client.dialog()).toContain('Ana Host');
    await bea.client.type('settings');
    await bea.client.press('Open');
    await bea.client.press('Change');
    await bea.client.submit({ name: 'Trixie Bloom', zone: 'Europe/Paris' });
    expect((await mustFind(stage.core, bea.member.id)).zone).toBe('Europe/Paris');
    await bea.client.type('export');
    await bea.client.press('Open');
    const all = await bea.client.dialog();
    for (const held of ['Trixie Bloom', 'Paris time', title]) expect(all).toContain(held);
  });

  test('and is erased: nothing of them is left, and they are left alone', async () => {
    const { client, member } = bea;
    await client.type('erase');
    await client.press('Erase everything');
    expect((await client.messages()).at(-1)).toContain('We have erased everything we held about you.');
    const calls = callsTo(bea);
    await settle();
    const { objectId, userId, conversationId } = client.person;
    const traces = [member.id, member.email, 'Beatrix', 'Trixie', secret, objectId, userId, conversationId];
    const places = await databasePlaces(stage.connection);
    for (const trace of traces) expect(hunt(places, trace), trace).toEqual([]);
    expect(hunt(places, ben.member.id)).not.toEqual([]);
    // The day after Easter Monday, when no prompt goes out.
    await until('2027-03-30T09:00:00Z');
    expect(callsTo(bea)).toBe(calls);
    expect(emailsTo(bea, prompt)).toEqual([]);
    expect(await counts(ben, prompt)).toBe(3);
  });

  test('each was spoken to by the app of their own council alone, and nothing is left undone', async () => {
    const owners = new Map(
      everyone().map(({ client: { person } }) => [
        person.conversationId,
        person.tenantId === council.tenantId ? world.second : world.first,
      ]),
    );
    for (const call of rig.stub.calls) {
      if (call.conversationId === zoe.person.conversationId || call.conversationId.startsWith(channelId)) continue;
      const owner = owners.get(call.conversationId);
      expect(call.appId).toBe(owner?.appId);
      expect(['', owner?.tenantId]).toContain(call.tenantId);
    }
    for (const leader of everyone()) expect(callsTo(leader)).toBeGreaterThan(5);
    for (const call of rig.stub.calls.filter(({ conversationId }) => conversationId.startsWith(channelId))) {
      expect([call.appId, world.first.tenantId]).toEqual([world.first.appId, call.tenantId || world.first.tenantId]);
    }
    expect(await zoe.messages()).toEqual([words.otherOrganisation, words.otherOrganisation]);
    expect(await failed()).toEqual([]);
    expect(await whereSecretStands()).toEqual([]);
  });
});
