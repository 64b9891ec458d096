import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbound } from '../../adapters/web/outbound.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Message, Page } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { type FullLife, liveFully, slackUser, wrote } from '../support/full-life.ts';
import { addActive, ask, mustFind, textOf, webSender } from '../support/people.ts';

let stage: TestCore;
let core: Core;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

async function live(): Promise<FullLife> {
  return await liveFully(stage, new Map([['web', openOutbound(core)]]));
}

async function exported(member: Member): Promise<Page> {
  const reply = await ask(core, member, { kind: 'network.export' });
  if (reply.kind !== 'page') throw new Error(`Not a page: ${textOf(reply)}`);
  return reply.page;
}

/** A card's facts, and what its member wrote. */
function contents({ body }: Message): Readonly<Record<string, string>> {
  const facts = body.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  const quotes = body.flatMap((block) => (block.kind === 'quote' ? [['quote', block.text] as const] : []));
  return Object.fromEntries([...facts.map(({ label, value }) => [label, value] as const), ...quotes]);
}

test('it holds everything, in words, with the answers the member wrote', async () => {
  const { member, match, host } = await live();
  const page = await exported(member);
  const cards = new Map(page.cards.map((card) => [card.heading, contents(card)]));
  expect([...cards.keys()]).toEqual([
    'Keep a copy',
    'About you',
    'Your settings',
    'What you agreed to: prompts to reflect on',
    'What you agreed to: matches',
    'Your account: Email',
    'Your account: Slack',
    'Your account: Web page',
    'Your match of midday on 9 March 2027',
    `You host: ${wrote.title}`,
    'You signed up: Winter pressures',
    'What we sent to your calendar',
    `You suggested: ${wrote.topic}`,
    'Messages we sent you: welcome',
    'Messages we sent you: weekly prompt',
    'Messages we sent you: conversation announced',
    'Messages we sent you: second reminder',
    'Messages we sent you: briefing for the host',
    'Messages we sent you: question what to do with few people',
    'Messages we sent you: introduction to your match',
    'Messages we sent you: reminder of your match',
    'Prompt of midday on 17 March 2027',
    'Prompt of midday on 9 March 2027',
  ]);
  expect(cards.get('About you')).toMatchObject({
    Email: member.email,
    Council: 'Vexley Council',
    Standing: 'In the network',
  });
  expect(cards.get('Your settings')).toMatchObject({ Name: 'Quentin Vexley (from the network’s list)' });
  expect(cards.get('Your account: Slack')).toMatchObject({ 'You there': slackUser, 'Workspace or organisation': 'T1' });
  expect(cards.get('Messages we sent you: weekly prompt')).toEqual({
    'How many': '2',
    'Sent at': 'midday on 9 March 2027; midday on 17 March 2027',
  });
  expect(cards.get('Your match of midday on 9 March 2027')).toEqual({
    With: `${match.name}, ${match.role}, ${match.council}`,
  });
  expect(cards.get(`You host: ${wrote.title}`)).toMatchObject({
    About: wrote.about,
    'Starts at': '10am on 18 March 2027',
  });
  expect(cards.get('You signed up: Winter pressures')).toMatchObject({
    Host: `${host.name}, ${host.role}, ${host.council}`,
    'Your place': 'A seat',
  });
  expect(cards.get('Prompt of midday on 9 March 2027')).toMatchObject({ quote: wrote.answer });
  expect(cards.get('Prompt of midday on 17 March 2027')).toMatchObject({ 'You answered at': 'You have not answered' });
});

test('of others it holds what the member was shown, and no more', async () => {
  const { member, match, attendee, waiting, host } = await live();
  const text = JSON.stringify(await exported(member));
  for (const other of [match, attendee, waiting, host]) {
    expect(text).not.toContain(other.email);
    expect(text).not.toContain(other.id);
  }
  expect(text).not.toContain(attendee.name);
  expect(text).not.toContain(waiting.name);
  const others = JSON.stringify([await exported(match), await exported(attendee), await exported(waiting)]);
  expect(others).not.toContain(wrote.answer);
  expect(others).not.toContain(wrote.topic);
  expect(others).not.toContain(slackUser);
  // Someone whose introduction never arrived, and who has left since, stays unknown.
  await ask(core, match, { kind: 'network.confirm-leave' });
  expect(JSON.stringify(await exported(member))).toContain(match.name);
  const told = ['matching.introduction', 'matching.half-way', 'matching.partner-gone'] as const;
  await core.db.deleteFrom('deliveries').where('kind', 'in', told).execute();
  expect(JSON.stringify(await exported(member))).not.toContain(match.name);
});

test('whoever holds a link from an e-mail is told to sign in, and sees nothing', async () => {
  const { member } = await live();
  const holder = { ...webSender(member), account: { platform: 'email', space: '', user: member.email } } as const;
  const reply = await handle(core, holder, { kind: 'network.export' });
  expect(textOf(reply)).toContain('Sign in to see what we hold about you');
  expect(textOf(reply)).not.toContain(wrote.topic);
});

test('those who left, and those who never joined, see it too', async () => {
  const left = await addActive(core);
  await ask(core, left, { kind: 'network.confirm-leave' });
  expect(JSON.stringify(await exported(await mustFind(core, left.id)))).toContain('You have left');
  expect(JSON.stringify(await exported(await addMember(core)))).toContain('Not joined');
});
