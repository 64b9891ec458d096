import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Form } from '../../../src/messages/form.ts';
import { question } from '../../../src/messages/form.ts';
import { type Message, paragraph } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import { addMember } from '../../support/core.ts';
import { playScript } from '../../support/scripted-replies.ts';
import { openSlackMember, type SlackMember } from '../../support/slack-member.ts';
import { post, type SlackRequest } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

vi.mock(import('../../../src/handle.ts'), async (original) => {
  const { scripted } = await import('../../support/scripted-replies.ts');
  const { handle, ...others } = await original();
  return { ...others, handle: scripted(handle) };
});

/*
 * What comes of a form after Slack has been answered without it. The core's answers are played, and held up.
 */

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterEach(() => playScript(undefined));

afterAll(async () => {
  await scene.close();
});

function form(heading: string, kind: 'joining.open-about' | 'joining.open-hours'): Form {
  const fields = [
    { ...question('interests', 'Your interests'), kind: 'line', maxLength: 90, required: false },
  ] as const;
  return {
    heading,
    body: [],
    fields,
    submitLabel: 'Next',
    completes: { kind: 'joining.interests' },
    openedBy: { kind },
  };
}

const first: Reply = { kind: 'form', form: form('The first', 'joining.open-about') };
const second: Reply = { kind: 'form', form: form('The second', 'joining.open-hours') };
const done: Message = { summary: 'All is kept.', heading: 'Kept', body: [paragraph('All is kept.')], buttons: [] };

/** Plays a core that gives the answer to this text only when it is released. */
function holdUp(slow: string, reply: Reply): { readonly asked: string[]; release(): void } {
  const asked: string[] = [];
  const gate = Promise.withResolvers<void>();
  playScript(async (intent) => {
    if (intent.kind === 'network.join') return first;
    if (intent.kind === 'joining.open-hours') return second;
    if (intent.kind !== 'joining.interests') return undefined;
    asked.push(intent.interests);
    if (intent.interests !== slow) return { kind: 'message', message: done };
    await gate.promise;
    return reply;
  });
  return { asked, release: gate.resolve };
}

let people = 0;

/** Somebody whose form was answered without what comes of it. */
async function sentSlowly(): Promise<SlackMember> {
  const email = `${randomUUID()}@council.example`;
  await addMember(scene.core, { email });
  people += 1;
  const { emulator, url } = scene;
  // Answers are not waited for longer than Slack does.
  const send = (request: SlackRequest) => post(url, emulator.options.signingSecret, request);
  const client = openSlackMember({ emulator, post: send }, `USLOW${people}`, email);
  await client.type('join');
  await expect.poll(() => client.dialog()).toContain('The first');
  await client.submit({ interests: 'slow' });
  expect(await client.dialog()).toContain('This is taking longer than usual');
  expect(await client.dialog()).toContain('The first');
  return client;
}

async function close(client: SlackMember): Promise<void> {
  for (const view of scene.emulator.modalsOf(client.user)) scene.emulator.closeModal(view);
}

/** Resolves when all that anybody asked is done. */
async function idle(): Promise<void> {
  await (await scene.invited()).client.openHome();
}

const chat = async (client: SlackMember) => (await client.messages()).join('\n');

test('the window shows the next form as soon as there is one, and it can be sent', async () => {
  const core = holdUp('slow', second);
  const client = await sentSlowly();
  core.release();
  await expect.poll(() => client.dialog()).toContain('The second');
  await client.submit({ interests: 'quick' });
  expect(await client.dialog()).toContain('All is kept.');
  expect(core.asked).toEqual(['slow', 'quick']);
});

test('whoever closed the window is told in the chat: a form by a button to it, a message as it is', async () => {
  const core = holdUp('slow', second);
  const client = await sentSlowly();
  await close(client);
  core.release();
  await expect.poll(() => chat(client)).toContain('The second. Select Open to see it');
  await client.press('Open');
  await expect.poll(() => client.dialog()).toContain('The second');
  const again = holdUp('slow', { kind: 'message', message: done });
  const other = await sentSlowly();
  await close(other);
  again.release();
  await expect.poll(() => chat(other)).toContain('All is kept.');
});

test('a page, which may be private, is not spoken of in the chat; nor is it lost where the window is open', async () => {
  const page: Reply = { kind: 'page', page: { heading: 'For you alone', body: [paragraph('A secret')], cards: [] } };
  const core = holdUp('slow', page);
  const client = await sentSlowly();
  const other = await sentSlowly();
  await close(client);
  core.release();
  await expect.poll(() => other.dialog()).toContain('A secret');
  await idle();
  expect(await chat(client)).toBe('');
});

test('a window that shows something newer by then is left as it is', async () => {
  const core = holdUp('slow', second);
  const client = await sentSlowly();
  await client.submit({ interests: 'quick' });
  expect(await client.dialog()).toContain('All is kept.');
  core.release();
  await idle();
  expect(await client.dialog()).toContain('All is kept.');
  expect(await chat(client)).toBe('');
});
