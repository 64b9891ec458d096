import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmail } from '../../../adapters/email/app.ts';
import { timeouts } from '../../../adapters/email/limits.ts';
import { createOutbound } from '../../../adapters/email/outbound.ts';
import type { Outcome, Parcel } from '../../../src/delivery/model.ts';
import { sendingLeaseMs } from '../../../src/delivery/rules.ts';
import { createLog } from '../../../src/log.ts';
import { addMember } from '../../support/core.ts';
import { parcelOf } from '../../support/people.ts';
import type { Step, Trouble } from '../../support/smtp.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  await stage.close();
});

function parcelTo(user: string): Parcel {
  const message = { summary: 'Hello.', heading: 'Hello', body: [], buttons: [] };
  return parcelOf({ deliveryId: randomUUID(), account: { platform: 'email', space: '', user }, address: {}, message });
}

async function outcomeOf(trouble: Trouble): Promise<Outcome> {
  const member = await addMember(stage.core);
  stage.smtp.trouble(trouble);
  return await stage.email.outbound.send(parcelTo(member.email));
}

type Answer = readonly [at: Step, code: number, text: string, kind: Outcome['kind']];

const answers: readonly Answer[] = [
  ['MAIL FROM', 550, '5.7.60 Sender not allowed', 'refused'],
  ['MAIL FROM', 451, 'Try later', 'later'],
  ['RCPT TO', 550, 'No such user', 'gone'],
  ['RCPT TO', 551, 'User not local', 'gone'],
  ['RCPT TO', 553, 'Mailbox name not allowed', 'gone'],
  ['RCPT TO', 554, '5.1.1 No such user', 'gone'],
  ['RCPT TO', 550, '5.7.1 Relaying denied', 'refused'],
  ['RCPT TO', 552, '5.2.2 Mailbox full', 'later'],
  ['RCPT TO', 450, '4.2.0 Greylisted', 'later'],
  ['RCPT TO', 503, 'Out of step', 'later'],
  ['message', 451, '4.3.0 Not now', 'later'],
  ['message', 554, '5.7.1 Looks like spam', 'refused'],
];

test.each(answers)('at %s the answer %i %s means %s', async (at, code, words, kind) => {
  const outcome = await outcomeOf({ kind: 'answers', at, code, text: words });
  expect(outcome).toMatchObject({ kind, reason: expect.stringContaining(String(code)) });
});

test('a line that drops before the e-mail itself was sent means later', async () => {
  expect(await outcomeOf({ kind: 'drops', at: 'MAIL FROM' })).toMatchObject({ kind: 'later', afterMs: 0 });
  expect(await outcomeOf({ kind: 'drops', at: 'RCPT TO' })).toMatchObject({ kind: 'later', afterMs: 0 });
  expect(stage.smtp.offered()).toBe(0);
});

test('a server that hangs up at once is called once: trying again is not the mailer’s to decide', async () => {
  expect(await outcomeOf({ kind: 'drops', at: 'connect' })).toMatchObject({ kind: 'later', afterMs: 0 });
  expect(stage.smtp.connections()).toBe(1);
});

test('a line that drops once the e-mail was sent means unknown', async () => {
  expect(await outcomeOf({ kind: 'drops', at: 'message' })).toMatchObject({ kind: 'unknown' });
  expect(stage.smtp.offered()).toBe(1);
});

test('a mail server that is not there means later', async () => {
  const member = await addMember(stage.core);
  await stage.smtp.close();
  expect(await stage.email.outbound.send(parcelTo(member.email))).toMatchObject({ kind: 'later', afterMs: 0 });
});

test('a server name that nobody knows means later', async () => {
  const member = await addMember(stage.core);
  const options = { smtpUrl: 'smtp://mail.invalid', from: 'bot@network.example' };
  const lost = openEmail(stage.core, options, createLog('silent'));
  expect(await lost.outbound.send(parcelTo(member.email))).toMatchObject({ kind: 'later', afterMs: 0 });
  await lost.close();
});

test.each([
  [535, 'refused'],
  [454, 'later'],
] as const)('a sign-in answered with %i means %s', async (code, kind) => {
  const member = await addMember(stage.core);
  stage.smtp.trouble({ kind: 'answers', at: 'AUTH', code, text: 'No' });
  const smtpUrl = stage.smtp.url.replace('smtp://', 'smtp://bot:secret@');
  const channel = openEmail(stage.core, { smtpUrl, from: 'bot@network.example' }, createLog('silent'));
  expect(await channel.outbound.send(parcelTo(member.email))).toMatchObject({ kind });
  await channel.close();
});

test('an address that is no longer a member’s, or is no address, is gone', async () => {
  expect(await stage.email.outbound.send(parcelTo('nobody@council.example'))).toMatchObject({ kind: 'gone' });
  const { email } = await addMember(stage.core, { email: 'a@council.example, b@council.example' });
  expect(await stage.email.outbound.send(parcelTo(email))).toMatchObject({ kind: 'gone' });
  expect(stage.smtp.offered()).toBe(0);
});

test('neither the reason nor the log names an address', async () => {
  const lines = new PassThrough();
  const options = { smtpUrl: stage.smtp.url, from: 'bot@network.example' };
  const channel = openEmail(stage.core, options, createLog('debug', lines));
  const { email } = await addMember(stage.core);
  stage.smtp.trouble({ kind: 'answers', at: 'RCPT TO', code: 550, text: `5.1.1 <${email}> is unknown` });
  const outcome = await channel.outbound.send(parcelTo(email));
  await channel.close();
  lines.end();
  const log = await text(lines);
  expect(log).toContain('"reply":550');
  expect(log + JSON.stringify(outcome)).not.toContain(email);
});

test('an error that is not the mail server’s is thrown on', async () => {
  const { email } = await addMember(stage.core);
  const mailer = { send: async () => ({ error: new TypeError('x is not a function'), begun: false }) };
  const from = { name: '', address: 'bot@network.example' };
  const outbound = createOutbound(stage.core, mailer, from, createLog('silent'));
  await expect(outbound.send(parcelTo(email))).rejects.toThrow(TypeError);
});

test('an e-mail is given up before its delivery is taken for cut off', () => {
  expect(timeouts.whole).toBeLessThan(sendingLeaseMs);
});
