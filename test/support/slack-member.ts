import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { MemberClient } from './member-client.ts';
import { createSlackChat, type SlackChat } from './slack-chat.ts';
import { type SlackEmulator, slackApp } from './slack-emulator.ts';
import { createSlackModals, type SlackModals } from './slack-modal.ts';
import { formRequest, interaction, type SlackRequest } from './slack-requests.ts';
import { findButton, readBlocks, type ShownButton, textOf } from './slack-screen.ts';

export interface SlackMember extends MemberClient {
  readonly user: string;
  /** Writes to the bot in its direct messages, where no window can open. The event's id tells a repetition. */
  write(text: string, eventId?: string): Promise<Response>;
  /** Opens our app's Home. */
  openHome(): Promise<void>;
  /** What the Home says; '' before it was first drawn. */
  home(): string;
  /** Presses the button with this label on the Home. */
  pressHome(label: string): Promise<void>;
  /** Presses the newest button with this label in a channel or a group. */
  pressIn(channel: string, label: string): Promise<void>;
  /** Chooses something of ours from Slack's menus; `text` is the message it is chosen on. */
  shortcut(callback: string, text?: string): Promise<void>;
}

interface Stage {
  readonly emulator: SlackEmulator;
  /** Sends a request to the adapter, signed. */
  post(request: SlackRequest): Promise<Response>;
}

/** Who it is, as Slack writes it in everything it sends. */
interface Actor {
  readonly user: { readonly id: string; readonly team_id: string };
  readonly team: { readonly id: string };
  readonly api_app_id: string;
}

/** What a person works with. */
interface Desk extends Stage {
  readonly user: string;
  readonly actor: Actor;
  readonly chat: SlackChat;
  readonly modals: SlackModals;
  send(request: SlackRequest): Promise<string>;
}

/** A person at Slack's client: what they type and press becomes the requests Slack sends; what they see, Slack holds. */
export function openSlackMember(stage: Stage, user: string, email: string): SlackMember {
  const { emulator } = stage;
  emulator.addUser({ id: user, email });
  const actor = { user: { id: user, team_id: emulator.team }, team: { id: emulator.team }, api_app_id: slackApp.id };
  const send = async (request: SlackRequest) => await expectOk(await stage.post(request));
  const chat = createSlackChat(emulator, user);
  const modals = createSlackModals(emulator, actor, send);
  const desk = { ...stage, user, actor, chat, modals, send };
  return {
    user,
    type: async (word) => await type(desk, word),
    press: async (label) => await press(desk, label),
    submit: async (answers) => await modals.submit(answers),
    submitTwice: async (answers) => await modals.submit(answers, 2),
    dialog: async () => modals.text(),
    messages: async () =>
      [...chat.cards(), ...inGroups(emulator, user)].map((card) => `${card.text}\n${textOf(card.blocks)}`),
    write: async (text, eventId = `Ev${randomUUID()}`) => await write(desk, text, eventId),
    openHome: async () => await openHome(desk),
    home: () => textOf(readBlocks(emulator.homeOf(user)?.blocks ?? [])),
    pressHome: async (label) => await pressHome(desk, label),
    pressIn: async (channel, label) => await pressIn(desk, channel, label),
    shortcut: async (callback, text) => await shortcut(desk, callback, text),
  };
}

/** What stands in the groups that this person is in. */
function inGroups(emulator: SlackEmulator, user: string) {
  const groups = emulator.groups().filter(({ members }) => members.includes(user));
  const messages = groups.flatMap(({ id }) => emulator.messagesIn(id));
  return messages.map(({ text, blocks }) => ({ text, blocks: readBlocks(blocks) }));
}

async function type({ emulator, user, chat, modals, send }: Desk, word: string): Promise<void> {
  modals.closeAll();
  const about = { command: '/colloquy', text: word, team_id: emulator.team, user_id: user, channel_id: 'CANY' };
  const response_url = emulator.responseUrl((answer) => chat.receive(answer, ''));
  const trigger_id = await emulator.trigger(user);
  const answer = await send(formRequest({ ...about, response_url, trigger_id }));
  if (answer !== '') chat.receive(JSON.parse(answer), '');
}

/** Looks in the top window first; whoever presses something in the chat has closed it. */
async function press(desk: Desk, label: string): Promise<void> {
  const { emulator, user, chat, modals } = desk;
  const view = modals.top();
  const inModal = view === undefined ? undefined : findButton(readBlocks(view.blocks), label);
  if (view !== undefined && inModal !== undefined) {
    const place = { container: { type: 'view', view_id: view.view_id }, view: modals.payload(view) };
    return await sendPress(desk, inModal, place, await emulator.trigger(user, view));
  }
  for (const card of chat.cards().toReversed()) {
    const button = findButton(card.blocks, label);
    if (button === undefined) continue;
    modals.closeAll();
    const response_url = emulator.responseUrl((answer) => chat.receive(answer, card.ephemeral));
    return await sendPress(desk, button, { container: card.container, response_url }, await emulator.trigger(user));
  }
  throw new Error(`${user} sees no button “${label}”`);
}

async function pressIn(desk: Desk, channel: string, label: string): Promise<void> {
  const { emulator, user, chat, modals } = desk;
  for (const { ts, blocks } of emulator.messagesIn(channel).toReversed()) {
    const button = findButton(readBlocks(blocks), label);
    if (button === undefined) continue;
    modals.closeAll();
    const container = { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false };
    const response_url = emulator.responseUrl((answer) => chat.receive(answer, ''));
    return await sendPress(desk, button, { container, response_url }, await emulator.trigger(user));
  }
  throw new Error(`There is no button “${label}” in ${channel}`);
}

async function pressHome(desk: Desk, label: string): Promise<void> {
  const { emulator, user, modals } = desk;
  const view = emulator.homeOf(user);
  const button = findButton(readBlocks(view?.blocks ?? []), label);
  if (view === undefined || button === undefined) throw new Error(`${user} sees no button “${label}” on the Home`);
  modals.closeAll();
  const place = { container: { type: 'view', view_id: view.view_id }, view: modals.payload(view) };
  // Slack gives a press on the Home a trigger that opens a window, and does not stack one on it.
  await sendPress(desk, button, place, await emulator.trigger(user));
}

async function openHome(desk: Desk): Promise<void> {
  const { emulator, user, post } = desk;
  const event = { type: 'app_home_opened', user, channel: await directMessage(desk), tab: 'home', event_ts: '1.1' };
  await expectOk(await post(emulator.event(event)));
}

async function shortcut(desk: Desk, callback_id: string, text?: string): Promise<void> {
  const { emulator, user, actor, chat, modals, send } = desk;
  modals.closeAll();
  const trigger_id = await emulator.trigger(user);
  if (text === undefined) {
    await send(interaction({ type: 'shortcut', ...actor, callback_id, trigger_id, action_ts: nextActionTs() }));
    return;
  }
  const message = { type: 'message', user, ts: '1.1', text };
  const response_url = emulator.responseUrl((answer) => chat.receive(answer, ''));
  const place = { channel: { id: 'CANY', name: 'any' }, message, message_ts: '1.1', response_url };
  const about = { type: 'message_action', ...actor, ...place, callback_id, trigger_id, action_ts: nextActionTs() };
  await send(interaction(about));
}

let presses = 0;

/** A moment long after the one before: two presses are two, however fast a test is. */
function nextActionTs(): string {
  presses += 1;
  return `${Math.floor(Date.UTC(2027, 0, 1) / 1000) + presses * 10}.000100`;
}

async function sendPress(
  { actor, send }: Desk,
  { element, block }: ShownButton,
  place: Readonly<Record<string, unknown>>,
  trigger_id: string,
): Promise<void> {
  const { action_id, value } = element;
  const action = { type: 'button', block_id: block.block_id, action_id, value, action_ts: nextActionTs() };
  await send(interaction({ type: 'block_actions', ...actor, ...place, trigger_id, actions: [action] }));
}

async function write(desk: Desk, text: string, eventId: string): Promise<Response> {
  const { emulator, user, post } = desk;
  const event = { type: 'message', channel_type: 'im', channel: await directMessage(desk), user, text, ts: '1.1' };
  return await post(emulator.event(event, eventId));
}

async function directMessage({ emulator, user }: Desk): Promise<string> {
  const opened = await emulator.call('conversations.open', { users: user });
  return z.object({ channel: z.object({ id: z.string() }) }).parse(opened).channel.id;
}

async function expectOk(response: Response): Promise<string> {
  if (response.status !== 200)
    throw new Error(`The adapter answered ${response.status}, which Slack shows as a failure`);
  return await response.text();
}
