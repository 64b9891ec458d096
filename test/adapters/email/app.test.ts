import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmail } from '../../../adapters/email/app.ts';
import { Permanent } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { addMember } from '../../support/core.ts';
import { parcelOf } from '../../support/people.ts';
import { openStage, type Stage } from './stage.ts';

const log = createLog('silent');
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  await stage.close();
});

test.each(['', 'Colloquy', 'a@n.example, b@n.example', 'bot@'])('MAIL_FROM %j is refused with the remedy', (from) => {
  const open = () => openEmail(stage.core, { smtpUrl: stage.smtp.url, from }, log);
  expect(open).toThrow(Permanent);
  expect(open).toThrow('MAIL_FROM must be one email address');
});

test.each(['', 'mail.example:587', 'https://mail.example', 'smtp://'])(
  'SMTP_URL %j is refused with the remedy',
  (smtpUrl) => {
    const open = () => openEmail(stage.core, { smtpUrl, from: 'bot@n.example' }, log);
    expect(open).toThrow(Permanent);
    expect(open).toThrow('SMTP_URL must look like');
  },
);

test('closing waits for e-mails that are on their way', async () => {
  const member = await addMember(stage.core);
  const channel = openEmail(stage.core, { smtpUrl: stage.smtp.url, from: 'bot@n.example' }, log);
  const account = { platform: 'email', space: '', user: member.email } as const;
  const message = { summary: 'Hello.', heading: 'Hello', body: [], buttons: [] };
  stage.smtp.trouble({ kind: 'holds', at: 'message' });
  const sending = channel.outbound.send(parcelOf({ deliveryId: 'd1', account, address: {}, message }));
  await expect.poll(() => stage.smtp.offered()).toBe(1);
  let closed = false;
  const closing = channel.close().then(() => {
    closed = true;
  });
  await setImmediate();
  expect(closed).toBe(false);
  stage.smtp.trouble(undefined);
  await closing;
  expect(await sending).toMatchObject({ kind: 'sent' });
});
