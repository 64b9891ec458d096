import { afterEach, beforeEach, expect, test } from 'vitest';
import { themeOptions } from '../../../src/conversations/themes.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import type { Member } from '../../../src/network/model.ts';
import { requestSignIn } from '../../../src/network/service.ts';
import { propose } from '../../support/conversations.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { type EmailStage, openEmailStage } from '../../support/email-client.ts';
import { agreeing, joinOnWeb } from '../../support/joining.ts';
import type { MemberClient } from '../../support/member-client.ts';
import { addActive } from '../../support/people.ts';
import { monday } from './stage.ts';

/*
 * Somebody whose council lets nothing but e-mail through, from the first link to the last.
 */

let bench: TestCore;
let stage: EmailStage;
let outbounds: Outbounds;
let member: Member;
let client: MemberClient;

beforeEach(async () => {
  bench = await openTestCore();
  stage = await openEmailStage(bench);
  outbounds = new Map([['email', stage.outbound]]);
  member = await addMember(bench.core);
  client = await stage.member(member.email);
});

afterEach(async () => {
  await stage.close();
  await bench.close();
});

const settle = () => settleAll(bench.core, outbounds);

async function newest(): Promise<string> {
  return (await client.messages()).at(-1) ?? '';
}

async function join(): Promise<void> {
  await joinOnWeb(bench.core, member);
  await settle();
}

async function announce(title: string): Promise<void> {
  const host = await addActive(bench.core, { permission: 'host' });
  const theme = themeOptions(bench.core.frameworks)[0]?.value ?? '';
  const when = { date: '2027-03-20', time: '10:00', minutes: '60', capacity: '8' };
  const what = { theme, title, about: 'What it takes.', link: 'https://meet.example/x' };
  await propose(bench.core, host, { ...what, ...when });
  await settle();
}

test('they sign in by a link, and join', async () => {
  await requestSignIn(bench.core, member.email);
  await settle();
  await client.press('Sign in');
  await client.press('Join the network');
  for (const answers of [{}, {}, {}, agreeing]) await client.submit(answers);
  await settle();
  expect(await newest()).toContain('Welcome to the network');
});

test('they answer their prompt, and only the page shows what they wrote', async () => {
  await join();
  bench.clock.set(monday);
  await settle();
  await client.press('Write your answer');
  expect(await client.dialog()).toContain('Only you can read this.');
  await client.submit({ text: 'nobody’s business' });
  expect(await newest()).toContain('We have saved your reflection.');
  expect((await client.messages()).join()).not.toContain('nobody’s business');
});

test('a form that lacks an answer stays open', async () => {
  await join();
  bench.clock.set(monday);
  await settle();
  await client.press('Write your answer');
  await client.submit({ text: '' });
  expect(await client.dialog()).toContain('Write something before you save it.');
});

test('they sign up for a conversation', async () => {
  await join();
  await announce('Budgets');
  await client.press('Sign up');
  expect(await newest()).toContain('You have a seat.');
});

test('they pause by the link under any e-mail', async () => {
  await join();
  await client.press('Pause messages');
  expect(await client.dialog()).toContain('When do you want us to start again?');
  await client.submit({ until: '2027-03-16' });
  expect(await newest()).toContain(
    'We have paused prompts to reflect on, matches and news of conversations until Tuesday 16 March.',
  );
});

test('they leave by the link under any e-mail, once they have confirmed it', async () => {
  await join();
  await client.press('Leave the network');
  expect(await newest()).toContain('Do you want to leave the network?');
  await client.press('Leave the network');
  expect(await newest()).toContain('You have left the network.');
});

test('what came last is pressed first', async () => {
  await join();
  await announce('First');
  await announce('Second');
  await client.press('Sign up');
  expect(await newest()).toContain('Second');
});

test('e-mail takes no words', async () => {
  await expect(client.type('help')).rejects.toThrow('E-mail takes no words');
});
