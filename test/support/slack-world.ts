import { createServer } from 'node:http';
import express from 'express';
import { openSlack } from '../../adapters/slack/app.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { createLog, type Log } from '../../src/log.ts';
import { closeNow, listenLocally } from './connector-stub.ts';
import type { TestCore } from './core.ts';
import { openSlackEmulator, type SlackEmulator, slackApp } from './slack-emulator.ts';
import { openSlackFront } from './slack-front.ts';
import { installBy } from './slack-install.ts';
import { openSlackMember, type SlackMember } from './slack-member.ts';
import { post, type SlackRequest } from './slack-requests.ts';

/** One workspace of several, as its people and its administrator see it. */
export interface SlackWorkspace extends SlackEmulator {
  /** Puts a person with this address into the workspace. */
  member(email: string): Promise<SlackMember>;
  /** Its administrator installs our app, by the pages that Slack and we show them. @returns what the last page says */
  install(): Promise<string>;
  /** Its administrator takes the app out: no token works any more, and Slack tells us so. */
  uninstall(): Promise<void>;
  /** Sends the app an event of this workspace, signed, and gives the answer's status. */
  tell(event: Readonly<Record<string, unknown>>, id?: string): Promise<number>;
}

/** Slack with several workspaces, and our app in the ones that installed it. */
export interface SlackWorld {
  readonly outbound: Outbound;
  /** Where the adapter listens, as http://127.0.0.1:port */
  readonly url: string;
  readonly workspaces: readonly SlackWorkspace[];
  close(): Promise<void>;
}

export async function openSlackWorld(
  test: Pick<TestCore, 'core'>,
  { workspaces, log = createLog('silent') }: { readonly workspaces: number; readonly log?: Log },
): Promise<SlackWorld> {
  const emulators: SlackEmulator[] = [];
  // One after the other: each hooks into the emulator while it starts.
  for (let index = 0; index < workspaces; index += 1) emulators.push(await openSlackEmulator(nameOf(index)));
  const front = await openSlackFront(emulators);
  const { clientId, clientSecret, signingSecret } = slackApp;
  const access = { kind: 'oauth', clientId, clientSecret, stateSecret: 'a-state-secret-of-the-tests' } as const;
  const channel = await openSlack(test.core, { signingSecret, apiUrl: front.apiUrl, access, appToken: '' }, log);
  const server = createServer(express().use(channel.router));
  const url = `http://127.0.0.1:${await listenLocally(server)}`;
  return {
    outbound: channel.outbound,
    url,
    workspaces: emulators.map((emulator) => inhabit(test, emulator, url)),
    async close() {
      for (const emulator of emulators) emulator.mend();
      await closeNow(server);
      await channel.close();
      await front.close();
      await Promise.all(emulators.map((emulator) => emulator.close()));
    },
  };
}

/** A, B and so on. */
function nameOf(index: number) {
  const letter = String.fromCharCode(65 + index);
  const four = letter.repeat(4);
  return {
    team: `T${four}0001`,
    name: `Council ${letter}`,
    botUser: `UBOT${four}`,
    botToken: `xoxb-never-given-${letter}`,
  };
}

function inhabit({ core }: Pick<TestCore, 'core'>, emulator: SlackEmulator, url: string): SlackWorkspace {
  const send = async (request: SlackRequest) => await post(url, slackApp.signingSecret, request);
  const tell: SlackWorkspace['tell'] = async (event, id) =>
    (await send(emulator.event(event, id, core.clock.now()))).status;
  let people = 0;
  return {
    ...emulator,
    async member(email) {
      people += 1;
      const user = `U${emulator.team.slice(1, 5)}${String(people).padStart(4, '0')}`;
      return await openSlackMember({ emulator, post: send }, user, email);
    },
    install: async () => await installBy(core, emulator, url),
    async uninstall() {
      emulator.revoke('account_inactive');
      await tell({ type: 'tokens_revoked', tokens: { oauth: [], bot: [emulator.botUser] } });
      await tell({ type: 'app_uninstalled' });
    },
    tell,
  };
}
