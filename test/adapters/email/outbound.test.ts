import { afterEach, beforeEach, expect, test } from 'vitest';
import { reconcile } from '../../../src/delivery/reconcile.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import { sendingLeaseMs } from '../../../src/delivery/rules.ts';
import { settleAll } from '../../support/core.ts';
import { ask, recordingOutbound } from '../../support/people.ts';
import type { ReceivedEmail } from '../../support/smtp.ts';
import { monday, openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  await stage.close();
});

function prompts(): readonly ReceivedEmail[] {
  return stage.smtp.emails().filter(({ headers }) => headers.get('subject')?.[0] === 'Your prompt for this week');
}

async function promptDelivery() {
  const query = stage.core.db.selectFrom('deliveries').selectAll().where('kind', '=', 'reflections.prompt');
  return await query.executeTakeFirstOrThrow();
}

async function wording(): Promise<string> {
  const row = await stage.core.db.selectFrom('prompts').select('wording').executeTakeFirstOrThrow();
  return row.wording;
}

async function toMonday(): Promise<void> {
  stage.clock.set(monday);
  await stage.settle();
}

test('a weekly prompt arrives from us, at one address, in words and in HTML', async () => {
  const member = await stage.joined();
  await toMonday();
  const [prompt] = prompts();
  expect(prompt?.envelope).toEqual({ from: 'bot@network.example', to: [member.email] });
  expect(prompt?.headers.get('from')).toEqual(['Colloquy <bot@network.example>']);
  expect(prompt?.headers.get('to')).toEqual([member.email]);
  expect(prompt?.text).toContain(`> ${await wording()}`);
  expect(prompt?.html).toContain('<html lang="en-GB">');
  expect(prompt?.html).toMatch(/<a href="http:\/\/localhost:3000\/act\/[\w-]+"[^>]*>Write your answer<\/a>/);
  expect(prompt?.html).not.toContain('<img');
});

test('an e-mail asks other machines not to answer it, and names no software', async () => {
  await stage.joined();
  const headers = stage.smtp.emails()[0]?.headers;
  expect(headers?.get('auto-submitted')).toEqual(['auto-generated']);
  expect(headers?.get('x-auto-response-suppress')).toEqual(['All']);
  expect(headers?.has('x-mailer')).toBe(false);
});

test('a prompt is sent once however often its delivery is run', async () => {
  await stage.joined();
  stage.clock.set(monday);
  await Promise.all([stage.settle(), stage.settle()]);
  await stage.settle();
  expect(prompts()).toHaveLength(1);
});

test('an e-mail is named by its delivery, so that a second copy can be told', async () => {
  await stage.joined();
  await toMonday();
  const delivery = await promptDelivery();
  const messageId = `<${delivery.id}@network.example>`;
  expect(prompts()[0]?.headers.get('message-id')).toEqual([messageId]);
  expect(delivery).toMatchObject({ status: 'sent', receipt: { messageId } });
});

test('no e-mail holds what a member wrote', async () => {
  const member = await stage.joined();
  await toMonday();
  const { subject } = await promptDelivery();
  await ask(stage.core, member, { kind: 'reflections.answer', prompt: subject, text: 'nobody’s business', action: '' });
  stage.clock.set(new Date('2027-03-15T09:00:00Z'));
  await stage.settle();
  expect(prompts()).toHaveLength(2);
  for (const { text, html } of stage.smtp.emails()) expect(text + html).not.toContain('nobody’s business');
});

test('an address that is gone is given up for the next channel', async () => {
  await stage.joined();
  stage.smtp.trouble({ kind: 'answers', at: 'RCPT TO', code: 550, text: '5.1.1 No such user' });
  const web = recordingOutbound('web');
  const both: Outbounds = new Map([...stage.outbounds, ['web', web]]);
  stage.clock.set(monday);
  await settleAll(stage.core, both);
  const { id, status } = await promptDelivery();
  expect(status).toBe('sent');
  expect(web.letters.map(({ deliveryId }) => deliveryId)).toEqual([id]);
});

test('with no other channel an address that is gone leaves a delivery that the operator can see', async () => {
  await stage.joined();
  stage.smtp.trouble({ kind: 'answers', at: 'RCPT TO', code: 550, text: '5.1.1 No such user' });
  await toMonday();
  expect(await promptDelivery()).toMatchObject({ status: 'failed', reason: 'no channel reaches this member' });
});

test('a mail server that says "not now" is asked again a minute later', async () => {
  await stage.joined();
  stage.smtp.trouble({ kind: 'answers', at: 'RCPT TO', code: 451, text: '4.7.1 Greylisted' });
  await toMonday();
  expect(await promptDelivery()).toMatchObject({ status: 'pending', not_before: new Date('2027-03-08T09:01:00Z') });
  stage.smtp.trouble(undefined);
  stage.clock.set(new Date('2027-03-08T09:01:00Z'));
  await stage.settle();
  expect(prompts()).toHaveLength(1);
});

test('an e-mail whose line broke after it was sent is not sent again, and the operator is told', async () => {
  await stage.joined();
  const before = stage.smtp.offered();
  stage.smtp.trouble({ kind: 'drops', at: 'message' });
  await toMonday();
  expect((await promptDelivery()).status).toBe('sending');
  stage.smtp.trouble(undefined);
  stage.clock.set(new Date(monday.getTime() + sendingLeaseMs + 1));
  expect(await reconcile(stage.core, stage.outbounds)).toBe(1);
  await stage.settle();
  const { status, reason } = await promptDelivery();
  expect({ status, offered: stage.smtp.offered() - before }).toEqual({ status: 'failed', offered: 1 });
  expect(reason).toContain('cannot say whether it arrived');
});
