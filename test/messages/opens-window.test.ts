import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Intent } from '../../src/intents.ts';
import { opensWindow } from '../../src/messages/opens-window.ts';
import { openTestCore, settleAll } from '../support/core.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, recordingOutbound } from '../support/people.ts';

/** The intents that answer anything but a refusal to a convener who has been sent a prompt, in an order that keeps them in. */
const asks: readonly Intent[] = [
  { kind: 'network.help', asked: '' },
  { kind: 'network.home' },
  { kind: 'network.sign-in', email: 'asha@leeds.example' },
  { kind: 'network.profile' },
  { kind: 'network.open-pause' },
  pauseUntil('2027-03-09'),
  { kind: 'network.resume' },
  { kind: 'reflections.open', prompt: 'latest' },
  { kind: 'reflections.journal' },
  { kind: 'conversations.list' },
  { kind: 'proposals.open', topic: '', follows: '', theme: '' },
  { kind: 'conversations.sign-up', conversation: randomUUID() },
  { kind: 'conversations.withdraw', conversation: randomUUID() },
  { kind: 'matching.current' },
  { kind: 'matching.earlier', match: randomUUID() },
  { kind: 'network.settings' },
  { kind: 'network.open-preferences' },
  { kind: 'network.preferences', name: '', zone: 'Europe/London', locale: 'en' },
  { kind: 'network.open-find' },
  { kind: 'network.find', query: 'nobody' },
  { kind: 'network.export' },
  { kind: 'network.confirm-account', request: randomUUID() },
  { kind: 'joining.open-about' },
  { kind: 'joining.open-interests' },
  { kind: 'joining.open-hours' },
  { kind: 'joining.open-agreements' },
  { kind: 'joining.agreements', prompts: 'yes', matching: 'yes', findable: 'no' },
  { kind: 'joining.requests' },
  { kind: 'joining.who-is-who' },
  { kind: 'membership.skip-round' },
  { kind: 'membership.take-round' },
  { kind: 'membership.avoiding' },
  { kind: 'membership.open-avoid' },
  { kind: 'membership.accounts' },
  { kind: 'membership.show-code' },
  { kind: 'membership.open-connect' },
  { kind: 'membership.connect', code: 'ABCD-EFGH' },
  { kind: 'convening.console' },
  { kind: 'convening.councils' },
  { kind: 'convening.open-find-council' },
  { kind: 'convening.find-council', query: 'leeds' },
  { kind: 'convening.cohorts' },
  { kind: 'convening.open-cohort', cohort: 'new' },
  { kind: 'convening.roster' },
  { kind: 'convening.open-find-member' },
  { kind: 'convening.find-member', query: 'asha' },
  { kind: 'calendar.open-rhythm' },
  { kind: 'calendar.breaks' },
  { kind: 'calendar.open-break' },
  { kind: 'calendar.cohort-prompts' },
  { kind: 'calendar.open-cohort-prompt' },
  { kind: 'reflections.open-rhythm' },
  { kind: 'reflections.rhythm', rhythm: 'fortnightly' },
  { kind: 'reflections.journal-by', by: 'theme' },
  { kind: 'reflections.map' },
  { kind: 'reflections.open-search' },
  { kind: 'reflections.search', query: 'nothing' },
  { kind: 'reflections.shared' },
  { kind: 'reflections.open-document' },
  { kind: 'reflections.skip', prompt: randomUUID() },
  { kind: 'digests.latest' },
  { kind: 'network.leave' },
  { kind: 'network.confirm-leave' },
  { kind: 'network.join' },
  { kind: 'network.erase' },
  { kind: 'network.confirm-erase' },
];

test('what is said to open a window is answered with a form or a page, and nothing else is', async () => {
  const { core, clock, close } = await openTestCore();
  const convener = await addActive(core, { permission: 'convener' });
  clock.set(new Date('2027-03-08T09:00:00Z'));
  await settleAll(core, new Map([['web', recordingOutbound()]]));
  for (const intent of asks) {
    const reply = await ask(core, convener, intent);
    expect(`${intent.kind}: ${reply.kind === 'form' || reply.kind === 'page'}`).toBe(
      `${intent.kind}: ${opensWindow(intent)}`,
    );
  }
  await close();
});
