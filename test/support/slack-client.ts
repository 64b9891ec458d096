import { createServer } from 'node:http';
import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { openSlack } from '../../adapters/slack/app.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { TestCore } from './core.ts';
import { openSlackEmulator, type SlackEmulator } from './slack-emulator.ts';
import { openSlackMember, type SlackMember } from './slack-member.ts';
import { post, type SlackRequest } from './slack-requests.ts';
import { nobodyListens } from './witness.ts';

/** A workspace with our adapter behind it, and any number of people in it. */
export interface SlackStage {
  readonly outbound: Outbound;
  readonly emulator: SlackEmulator;
  /** Where the adapter listens, as http://127.0.0.1:port */
  readonly url: string;
  /** Puts a person with this address into the workspace. */
  member(email: string): Promise<SlackMember>;
  /** Sends a request to the adapter, signed; resolves when it was answered, and all that it began is done. */
  post(request: SlackRequest): Promise<Response>;
  close(): Promise<void>;
}

export async function openSlackStage(
  testCore: Pick<TestCore, 'core'>,
  log: Log = createLog('silent'),
  before: RequestHandler = nobodyListens,
): Promise<SlackStage> {
  const emulator = await openSlackEmulator();
  const { signingSecret, apiUrl, botToken } = emulator.options;
  const config = { signingSecret, apiUrl, access: { kind: 'token', botToken }, appToken: '' } as const;
  const channel = await openSlack(testCore.core, config, log);
  const server = createServer(express().use(before).use(channel.router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const url = `http://127.0.0.1:${port}`;
  const stage = {
    outbound: channel.outbound,
    emulator,
    url,
    async post(request: SlackRequest) {
      const response = await post(url, emulator.options.signingSecret, request);
      await channel.idle();
      return response;
    },
  };
  let people = 0;
  return {
    ...stage,
    async member(email) {
      people += 1;
      return await openSlackMember(stage, `UMEMBER${String(people).padStart(3, '0')}`, email);
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await channel.close();
      await emulator.close();
    },
  };
}
