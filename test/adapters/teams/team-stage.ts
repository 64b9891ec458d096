import { expect } from 'vitest';
import type { Call } from '../../support/connector-chats.ts';
import {
  type ActivityJson,
  addToRoster,
  channelId,
  createTeamsPerson,
  executed,
  inChannel,
  submitted,
  type TeamsPerson,
} from '../../support/teams-activity.ts';
import type { Received } from '../../support/teams-rig.ts';
import { textOf } from '../../support/teams-screen.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

/** A team whose channel is read by a convener, a member, and a stranger who never joined. */
export interface TeamStage extends Stage {
  readonly convener: Joined;
  readonly member: Joined;
  readonly stranger: TeamsPerson;
  /** Sends what this person did in the channel. */
  inChannel(person: TeamsPerson, parts: ActivityJson): Promise<Received>;
  /** Action.Execute in the channel. */
  press(person: TeamsPerson, intent: unknown): Promise<Received>;
  /** The same by a client that knows Action.Submit alone. */
  submit(person: TeamsPerson, intent: unknown): Promise<Received>;
  /** Every call by which something was ever written where many read: in the channel and in the threads of it. */
  written(): readonly Call[];
  /** The cards in a person's private chat, as they read them. */
  saidTo(person: Pick<TeamsPerson, 'conversationId'>): readonly string[];
  accounts(): Promise<readonly TeamsAccount[]>;
}

interface TeamsAccount {
  readonly user: string;
  readonly address: unknown;
  readonly reachable: boolean;
}

export async function openTeamStage(): Promise<TeamStage> {
  const stage = await openStage();
  const { stub } = stage.rig;
  const convener = await stage.join({ name: 'Cato Vane', permission: 'convener', council: 'City of York Council' });
  const member = await stage.join({ name: 'Mira Oduya' });
  const stranger = createTeamsPerson('stranger@else.example');
  addToRoster(stub, stranger);
  const speak = (person: TeamsPerson, parts: ActivityJson) => stage.post(person, inChannel(person, parts));
  return {
    ...stage,
    convener,
    member,
    stranger,
    inChannel: speak,
    press: (person, intent) => speak(person, executed({ intent }, 'm1')),
    submit: (person, intent) => speak(person, submitted({ intent }, 'm1')),
    written: () =>
      stub.calls.filter(({ conversationId, method }) => conversationId.startsWith(channelId) && method !== 'GET'),
    saidTo: ({ conversationId }) =>
      stub
        .messages(conversationId)
        .map(({ activity }) => activity.attachments.map(({ content }) => textOf(content)).join('\n')),
    accounts: () =>
      stage.core.db
        .selectFrom('accounts')
        .select(['platform_user as user', 'address', 'reachable'])
        .where('platform', '=', 'teams')
        .orderBy('platform_user')
        .execute(),
  };
}

/** The note that Action.Execute is answered with, which the presser alone sees; no card, and no dialog. */
export function noteOf({ status, body }: Received): string {
  const { value, ...rest } = JSON.parse(body);
  expect({ status, ...rest }).toEqual({
    status: 200,
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
  });
  return value;
}

/** The last word of a dialog. */
export function lastWordOf({ body }: Received): string {
  const { task } = JSON.parse(body);
  expect(task.type).toBe('message');
  return task.value;
}
