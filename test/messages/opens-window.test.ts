import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Intent } from '../../src/intents.ts';
import { opensWindow } from '../../src/messages/opens-window.ts';
import { openTestCore, settleAll } from '../support/core.ts';
import { addActive, ask, recordingOutbound } from '../support/people.ts';

/** The intents that answer anything but a refusal to a host who has been sent a prompt, in an order that keeps them in. */
const asks: readonly Intent[] = [
  { kind: 'network.help', asked: '' },
  { kind: 'network.home' },
  { kind: 'network.join' },
  { kind: 'network.sign-in', email: 'asha@leeds.example' },
  { kind: 'network.profile' },
  { kind: 'network.open-pause' },
  { kind: 'network.pause', weeks: '1' },
  { kind: 'network.resume' },
  { kind: 'reflections.open', prompt: 'latest' },
  { kind: 'reflections.journal' },
  { kind: 'conversations.list' },
  { kind: 'conversations.open-proposal' },
  { kind: 'conversations.sign-up', conversation: randomUUID() },
  { kind: 'conversations.withdraw', conversation: randomUUID() },
  { kind: 'matching.current' },
  { kind: 'network.settings' },
  { kind: 'network.open-preferences' },
  { kind: 'network.preferences', name: '', zone: 'Europe/London', locale: 'en', findable: 'no' },
  { kind: 'network.open-find' },
  { kind: 'network.find', query: 'nobody' },
  { kind: 'network.export' },
  { kind: 'network.confirm-account', request: randomUUID() },
  { kind: 'network.leave' },
  { kind: 'network.confirm-leave' },
  { kind: 'network.erase' },
  { kind: 'network.confirm-erase' },
];

test('what is said to open a window is answered with a form or a page, and nothing else is', async () => {
  const { core, clock, close } = await openTestCore();
  const host = await addActive(core, { permission: 'host' });
  clock.set(new Date('2027-03-08T09:00:00Z'));
  await settleAll(core, new Map([['web', recordingOutbound()]]));
  for (const intent of asks) {
    const reply = await ask(core, host, intent);
    expect(`${intent.kind}: ${reply.kind === 'form' || reply.kind === 'page'}`).toBe(
      `${intent.kind}: ${opensWindow(intent)}`,
    );
  }
  await close();
});
