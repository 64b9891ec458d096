import { randomUUID } from 'node:crypto';
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { vi } from 'vitest';
import type { Core } from '../../src/core.ts';
import { does } from '../../src/messages/message.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { joinByForms } from '../support/join-by-forms.ts';
import { joinOnWeb } from '../support/joining.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { parcelOf } from '../support/people.ts';
import { openSlackStage, type SlackStage } from '../support/slack-client.ts';
import { throttled } from '../support/slack-emulator-faults.ts';
import { readBlocks, textOf } from '../support/slack-screen.ts';
import { openTeamsStage, type TeamsStage } from '../support/teams-client.ts';
import { openChannel } from '../support/teams-places.ts';
import { textOf as textOfCard } from '../support/teams-screen.ts';
import { openWebStage, type WebStage } from '../support/web-client.ts';
import { contract } from './contract.ts';
import type { Asked, Person } from './contract-platform.ts';

async function typeJoin(_stage: unknown, _core: Core, { client }: Person): Promise<void> {
  await joinByForms(client);
}

async function typeHost({ client }: Person): Promise<void> {
  await client.type('host');
}

vi.mock(import('../../src/handle.ts'), async (original) => {
  const { scripted } = await import('../support/scripted-replies.ts');
  const { handle, ...others } = await original();
  return { ...others, handle: scripted(handle) };
});

async function typeWord(_stage: unknown, client: MemberClient, { word }: Asked): Promise<void> {
  await client.type(word);
}

contract<SlackStage>({
  name: 'Slack',
  open: ({ core }) => openSlackStage({ core }),
  join: typeJoin,
  openProposal: typeHost,
  ask: typeWord,
  strangers: { ask: true },
  async find({ emulator }, { channel = '', ts }) {
    const found = emulator.messagesIn(channel).find((message) => message.ts === ts);
    return found === undefined ? undefined : `${found.text}\n${textOf(readBlocks(found.blocks))}`;
  },
  throttle: {
    begin: ({ emulator }) => emulator.fail('chat.postMessage', throttled(37), Number.POSITIVE_INFINITY),
    end: ({ emulator }) => emulator.mend(),
    outcome: 'throttled',
    afterMs: 37_000,
  },
  lose: {
    begin: ({ emulator }, { member }) => emulator.removeUser(emulator.userWith(member.email)),
    end: () => {},
  },
  cut: {
    after: {
      begin: ({ emulator }) => emulator.fail('chat.postMessage', { kind: 'break' }),
      end: ({ emulator }) => emulator.mend(),
      status: 'sent',
      copies: 1,
    },
    before: {
      begin: ({ emulator }) => emulator.fail('chat.postMessage', { kind: 'lost' }),
      end: ({ emulator }) => emulator.mend(),
      status: 'sent',
      copies: 1,
    },
  },
  killed: { status: 'sent', copies: 1 },
  rooms: {
    open({ emulator }) {
      emulator.addChannel({ id: 'CLEADERS01', members: [], botIn: true });
      return { space: emulator.team, room: 'CLEADERS01', address: {} };
    },
  },
  groups: {
    open: ({ emulator }, people) => {
      return { space: emulator.team, users: people.map(({ member }) => emulator.userWith(member.email)) };
    },
  },
  homes: { kept: true },
});

contract<TeamsStage>({
  name: 'Teams',
  open: openTeamsStage,
  join: typeJoin,
  async openProposal({ client }) {
    await client.type('host');
    // Typed words can open no window in Teams.
    await vi.waitFor(() => client.press('Open'), patience);
  },
  async ask(_stage, client, { word }) {
    await client.type(word);
    await vi.waitFor(() => client.press('Open'), patience);
  },
  strangers: { ask: true },
  async find({ rig }, { conversationId = '', activityId }) {
    const found = rig.stub.messages(conversationId).find(({ id }) => id === activityId);
    return found?.activity.attachments.map(({ content }) => textOfCard(content)).join('\n');
  },
  throttle: {
    begin({ rig }) {
      rig.stub.misbehave({ kind: 'answer', status: 429, code: 'Throttled', headers: { 'retry-after': '90' } });
    },
    end: () => {},
    outcome: 'throttled',
    afterMs: 90_000,
  },
  lose: {
    begin: ({ rig }) => rig.stub.misbehave({ kind: 'answer', status: 403, code: 'ConversationBlockedByUser' }),
    end: () => {},
  },
  cut: {
    after: {
      begin: ({ rig }) => rig.stub.misbehave({ kind: 'cut', taken: true }),
      end: () => {},
      status: 'failed',
      copies: 1,
    },
    before: {
      begin: ({ rig }) => rig.stub.misbehave({ kind: 'cut', taken: false }),
      end: () => {},
      status: 'failed',
      copies: 0,
    },
  },
  killed: { status: 'failed', copies: 1 },
  rooms: {
    open({ rig }) {
      const address = openChannel(rig);
      return { space: address.tenantId, room: address.conversationId, address };
    },
  },
  groups: { cannot: 'a bot can make no group there' },
  homes: { cannot: 'the home is the web page, in a tab' },
});

contract<EmailStage>({
  name: 'e-mail',
  open: openEmailStage,
  // There are no words to type: people join on the web page.
  join: async (_stage, core, { member }) => void (await joinOnWeb(core, member)),
  async openProposal({ client }) {
    await client.press('See conversations');
    await client.press('Propose a conversation');
  },
  async ask({ outbound }, client, { word, intent, email }) {
    const buttons = [does(`Go to ${word}`, intent)];
    const message = { summary: 'Go on.', heading: 'Go on', body: [], buttons };
    const account = { platform: 'email', space: '', user: email } as const;
    await outbound.send(parcelOf({ deliveryId: randomUUID(), account, address: {}, message }));
    await client.press(`Go to ${word}`);
  },
  strangers: { cannot: 'nobody writes to us there' },
  find: async ({ smtp }, { messageId = '' }) =>
    smtp.emails().find(({ headers }) => headers.get('message-id')?.[0] === messageId)?.text,
  throttle: {
    begin: ({ smtp }) => smtp.trouble({ kind: 'answers', at: 'RCPT TO', code: 451, text: '4.7.1 Greylisted' }),
    end: ({ smtp }) => smtp.trouble(undefined),
    // It does not say for how long, nor whom else it means.
    outcome: 'later',
    afterMs: 60_000,
  },
  lose: {
    begin: ({ smtp }) => smtp.trouble({ kind: 'answers', at: 'RCPT TO', code: 550, text: '5.1.1 No such user' }),
    end: ({ smtp }) => smtp.trouble(undefined),
  },
  cut: {
    after: {
      begin: ({ smtp }) => smtp.trouble({ kind: 'cuts', at: 'message' }),
      end: ({ smtp }) => smtp.trouble(undefined),
      status: 'failed',
      copies: 1,
    },
    before: {
      begin: ({ smtp }) => smtp.trouble({ kind: 'drops', at: 'message' }),
      end: ({ smtp }) => smtp.trouble(undefined),
      status: 'failed',
      copies: 0,
    },
  },
  killed: { status: 'failed', copies: 1 },
  rooms: { cannot: 'what was sent cannot be changed or taken back' },
  groups: { cannot: 'each person is written to alone' },
  homes: { cannot: 'there is no page' },
});

interface BreakableWeb extends WebStage {
  readonly core: Core;
  /** At which moment of the next insertion into the inbox the line to the database breaks; '' for none. */
  breaks(moment: 'before' | 'after' | ''): void;
}

contract<BreakableWeb>({
  name: 'the web',
  async open({ core }) {
    const line = breakable();
    const stage = await openWebStage({ core: { ...core, db: core.db.withPlugin(line.plugin) } });
    return { ...stage, core, breaks: line.breaks };
  },
  join: typeJoin,
  openProposal: typeHost,
  ask: typeWord,
  strangers: { cannot: 'people sign in by an address that is on the roster' },
  async find({ core }, { inbox = '' }) {
    const row = core.db.selectFrom('web_inbox').select('message').where('delivery_id', '=', inbox);
    const found = await row.executeTakeFirst();
    return found === undefined ? undefined : JSON.stringify(found.message);
  },
  throttle: { cannot: 'it is our own database, which asks nobody to wait' },
  lose: { cannot: 'the page is ours, and stays for as long as somebody is a member' },
  cut: {
    after: { begin: (stage) => stage.breaks('after'), end: (stage) => stage.breaks(''), status: 'sent', copies: 1 },
    before: { begin: (stage) => stage.breaks('before'), end: (stage) => stage.breaks(''), status: 'sent', copies: 1 },
  },
  killed: { status: 'sent', copies: 1 },
  rooms: { cannot: 'a page is read by one person' },
  groups: { cannot: 'a page is read by one person' },
  homes: { cannot: 'the page is the home, and drawn when it is looked at' },
});

function breakable(): { readonly plugin: KyselyPlugin; breaks(moment: 'before' | 'after' | ''): void } {
  let breaks: 'before' | 'after' | '' = '';
  const cut = new WeakSet<object>();
  const isInbox = (node: RootOperationNode) =>
    node.kind === 'InsertQueryNode' && node.into?.table.identifier.name === 'web_inbox';
  const broken = () => new Error('Connection terminated unexpectedly');
  return {
    breaks: (moment) => {
      breaks = moment;
    },
    plugin: {
      transformQuery({ node, queryId }) {
        if (isInbox(node) && breaks === 'before') throw broken();
        if (isInbox(node) && breaks === 'after') cut.add(queryId);
        return node;
      },
      async transformResult({ result, queryId }) {
        if (cut.has(queryId)) throw broken();
        return result;
      },
    },
  };
}
