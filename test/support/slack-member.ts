import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { MemberClient } from './member-client.ts';
import { createSlackChat, type SlackChat } from './slack-chat.ts';
import type { SlackEmulator } from './slack-emulator.ts';
import { createSlackModals, type SlackModals } from './slack-modal.ts';
import { eventRequest, formRequest, interaction, type SlackRequest } from './slack-requests.ts';
import { findButton, readBlocks, type ShownButton, textOf } from './slack-screen.ts';

export interface SlackMember extends MemberClient {
  readonly user: string;
  /** Writes to the bot in its direct messages, where no window can open. The event's id tells a repetition. */
  write(text: string, eventId?: string): Promise<Response>;
}

interface Stage {
  readonly emulator: SlackEmulator;
  /** Sends a request to the adapter, signed. */
  post(request: SlackRequest): Promise<Response>;
}

/** What a person works with. */
interface Desk extends Stage {
  readonly user: string;
  readonly actor: Readonly<Record<string, unknown>>;
  readonly chat: SlackChat;
  readonly modals: SlackModals;
  send(request: SlackRequest): Promise<string>;
}

/** A person at Slack's client: what they type and press becomes the requests Slack sends; what they see, Slack holds. */
export function openSlackMember(stage: Stage, user: string, email: string): SlackMember {
  const { emulator } = stage;
  emulator.addUser({ id: user, email });
  const actor = { user: { id: user, team_id: emulator.team }, team: { id: emulator.team }, api_app_id: 'ACOLLOQUY1' };
  const send = async (request: SlackRequest) => await expectOk(await stage.post(request));
  const chat = createSlackChat(emulator, user);
  const modals = createSlackModals(emulator, actor, send);
  const desk = { ...stage, user, actor, chat, modals, send };
  return {
    user,
    type: async (word) => await type(desk, word),
    press: async (label) => await press(desk, label),
    submit: async (answers) => await modals.submit(answers),
    dialog: async () => modals.text(),
    messages: async () => chat.cards().map(({ text, blocks }) => `${text}\n${textOf(blocks)}`),
    write: async (text, eventId = `Ev${randomUUID()}`) => await write(desk, text, eventId),
  };
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

async function sendPress(
  { actor, send }: Desk,
  { element, block }: ShownButton,
  place: Readonly<Record<string, unknown>>,
  trigger_id: string,
): Promise<void> {
  const action = { type: 'button', block_id: block.block_id, action_id: element.action_id, value: element.value };
  await send(interaction({ type: 'block_actions', ...actor, ...place, trigger_id, actions: [action] }));
}

async function write({ emulator, user, post }: Desk, text: string, eventId: string): Promise<Response> {
  const authorizations = [{ team_id: emulator.team, user_id: emulator.botUser, is_bot: true }];
  const opened = await emulator.call('conversations.open', { users: user });
  const { channel } = z.object({ channel: z.object({ id: z.string() }) }).parse(opened);
  const event = { type: 'message', channel_type: 'im', channel: channel.id, user, text, ts: '1.1' };
  const about = { type: 'event_callback', team_id: emulator.team, event_id: eventId, authorizations };
  return await post(eventRequest({ ...about, event }));
}

async function expectOk(response: Response): Promise<string> {
  if (response.status !== 200)
    throw new Error(`The adapter answered ${response.status}, which Slack shows as a failure`);
  return await response.text();
}
