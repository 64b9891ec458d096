import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import { addDays } from 'date-fns/addDays';
import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openSlack, type SlackChannel } from '../../../adapters/slack/app.ts';
import { openSocket, type Socket } from '../../../adapters/slack/socket.ts';
import { createLog, type Log } from '../../../src/log.ts';
import { findMember } from '../../../src/network/roster.ts';
import { closeNow, listenLocally } from '../../support/connector-stub.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { joinByForms } from '../../support/join-by-forms.ts';
import { patience } from '../../support/patience.ts';
import { openSlackEmulator, type SlackEmulator } from '../../support/slack-emulator.ts';
import { openSlackMember, type SlackMember } from '../../support/slack-member.ts';
import { post, type SlackRequest } from '../../support/slack-requests.ts';
import { openSlackSocket, type SlackSocket } from '../../support/slack-socket.ts';

let logged = '';
const log: Log = createLog(
  'debug',
  new Writable({
    write(line, _encoding, done) {
      logged += String(line);
      done();
    },
  }),
);

describe('down the line', () => {
  let stage: TestCore;
  let emulator: SlackEmulator;
  let slack: SlackSocket;
  let channel: SlackChannel;
  let client: SlackMember;
  let memberId: string;
  /** Which repetition the next request is. */
  let retry = 0;

  beforeAll(async () => {
    stage = await openTestCore();
    emulator = await openSlackEmulator();
    slack = await openSlackSocket(emulator.base);
    const access = { kind: 'token', botToken: emulator.options.botToken } as const;
    const config = { signingSecret: '', apiUrl: slack.apiUrl, access, appToken: 'xapp-1' };
    channel = await openSlack(stage.core, config, log);
    // Opening calls nobody.
    expect(slack.asked).toEqual([]);
    await channel.start();
    memberId = (await addMember(stage.core, { email: 'asha@leeds.example' })).id;
    const post = async (request: SlackRequest) => {
      const response = await slack.post(request, retry);
      await channel.idle();
      return response;
    };
    client = openSlackMember({ emulator, post }, 'UASHA', 'asha@leeds.example');
  });
  afterAll(async () => {
    await channel.close();
    expect(slack.open()).toBe(0);
    await slack.close();
    await emulator.close();
    await stage.close();
  });
  const status = async () => (await findMember(stage.core.db, memberId))?.status;
  const lastMessage = async () => (await client.messages()).at(-1);

  test('a command is taken', async () => {
    await joinByForms(client);
    expect(await client.dialog()).toContain('You have joined');
    expect(await status()).toBe('active');
    expect(slack.asked).toEqual(['xapp-1']);
  });

  test('a button opens its window, and a form with a mistake comes back with it', async () => {
    stage.clock.set(addDays(stage.clock.now(), 7));
    await settleAll(stage.core, new Map([['slack', channel.outbound]]));
    await client.press('Write your answer');
    await client.submit({ text: '   ' });
    expect(await client.dialog()).toContain('Write something before you save it.');
    await client.submit({ text: 'A thought.' });
    expect(await client.dialog()).toContain('We have saved your reflection');
  });

  test('a message that failed is not acknowledged, and is answered once however often it comes again', async () => {
    const answers = () => emulator.messagesTo(client.user).length;
    const before = answers();
    emulator.fail('chat.postMessage', { kind: 'answer', status: 503, headers: {}, body: '' });
    const acknowledged = vi.fn();
    void client.write('help', 'Ev-socket').then(acknowledged);
    await vi.waitFor(() => expect(logged).toContain('A Slack event failed'), patience);
    expect(acknowledged).not.toHaveBeenCalled();
    expect(answers()).toBe(before);
    retry = 1;
    expect((await client.write('help', 'Ev-socket')).status).toBe(200);
    retry = 2;
    expect((await client.write('help', 'Ev-socket')).status).toBe(200);
    retry = 0;
    expect(answers()).toBe(before + 1);
  });

  test('Slack asks for a new line, and has it', async () => {
    const before = slack.greeted();
    slack.recycle();
    await vi.waitFor(() => expect([slack.greeted(), slack.open()]).toEqual([before + 1, 1]), patience);
    await client.type('help');
    expect(await lastMessage()).toContain('Here is what you can do.');
  });

  test('nothing is taken over HTTP, signed with nothing or otherwise', async () => {
    const server = createServer(express().use(channel.router));
    const url = `http://127.0.0.1:${await listenLocally(server)}`;
    const request = { type: 'application/json', body: '{"type":"url_verification","challenge":"x"}' } as const;
    expect((await post(url, '', request)).status).toBe(404);
    await closeNow(server);
  });
});

describe('the line', () => {
  let slack: SlackSocket;
  let socket: Socket;
  const waits = { first: 10, longest: 40, steady: 60_000, greeting: 300 };
  const told = () => logged.split('\n').filter((line) => line.includes('not connected'));

  beforeEach(async () => {
    logged = '';
    slack = await openSlackSocket();
    socket = openSocket('xapp-1', slack.apiUrl, log, waits);
  });
  afterEach(async () => {
    await socket.close();
    await slack.close();
  });

  test('that cannot be opened is tried again until it can, and told of once', async () => {
    const refusals = [
      { status: 200, body: '{"ok":false,"error":"invalid_auth"}' },
      { status: 500, body: 'a page of some proxy' },
      { status: 200, body: '{"ok":true}' },
      { status: 200, body: '{"ok":true,"url":"ws://127.0.0.1:1/"}' },
      'mute',
    ] as const;
    slack.refuse(...refusals);
    await socket.start();
    await vi.waitFor(() => expect(slack.greeted()).toBe(1), patience);
    await vi.waitFor(() => expect(logged).toContain('Slack: connected'), patience);
    expect(slack.asked).toHaveLength(refusals.length + 1);
    expect(told()).toHaveLength(1);
    expect(logged).toContain('invalid_auth');
    for (const secret of ['xapp-1', 'a page of some proxy']) expect(logged).not.toContain(secret);
  });

  test('that breaks is opened again, and not hammered', async () => {
    await socket.start();
    for (const lines of [1, 2, 3]) {
      await vi.waitFor(() => expect([slack.greeted(), slack.open()]).toEqual([lines, 1]), patience);
      slack.drop();
    }
    await vi.waitFor(() => expect(slack.greeted()).toBe(4), patience);
    expect(slack.asked).toHaveLength(4);
  });

  test('that held well is opened again at once when Slack asks for it', async () => {
    const steady = openSocket('xapp-1', slack.apiUrl, log, { ...waits, first: 60_000, longest: 60_000, steady: 0 });
    await steady.start();
    slack.recycle();
    await vi.waitFor(() => expect([slack.greeted(), slack.open()]).toEqual([2, 1]), patience);
    await steady.close();
  });

  test('is ended by us, and stays so', async () => {
    await socket.start();
    await vi.waitFor(() => expect(slack.open()).toBe(1), patience);
    await socket.close();
    await vi.waitFor(() => expect(slack.open()).toBe(0), patience);
    expect(slack.asked).toHaveLength(1);
  });

  test('is given up when asked, while Slack is out of reach', async () => {
    await slack.close();
    const patient = openSocket('xapp-1', slack.apiUrl, log, { ...waits, first: 60_000, longest: 60_000 });
    await patient.start();
    await patient.close();
    expect(told()).toHaveLength(1);
    slack = await openSlackSocket();
  });
});
