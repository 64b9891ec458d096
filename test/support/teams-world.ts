import { z } from 'zod';
import type { SetClock } from '../../src/time/clock.ts';
import type { MemberClient } from './member-client.ts';
import {
  type ActivityJson,
  activityOf,
  addToRoster,
  channelId,
  createTeamsPerson,
  executed,
  inChannel,
  installed,
  mentioned,
  type TeamsPerson,
  threadId,
} from './teams-activity.ts';
import { openTeamsMember } from './teams-member.ts';
import { network, type Owner } from './teams-places.ts';
import type { TeamsRig } from './teams-rig.ts';
import { actionsOf, textOf } from './teams-screen.ts';
import { council, otherTenant } from './teams-tenants.ts';

/** A person at the Teams client of their own council, and what they can do there beside talking to us. */
export interface TeamsWorldMember extends MemberClient {
  readonly person: TeamsPerson;
  /** Puts our app into their private chat: Teams tells us so twice, by two kinds of activity. */
  install(): Promise<void>;
  uninstall(): Promise<void>;
  /** Names us in the channel. */
  mention(text: string): Promise<void>;
  /** Presses the newest button with this label in the channel. @returns the note that they alone see */
  pressInChannel(label: string): Promise<string>;
  /** The card in their chat that has this heading, as it stands now: how often, what it says, and where it leads. */
  cards(heading: string): readonly ShownCard[];
}

/** A card as its readers see it. */
export interface ShownCard {
  readonly messageId: string;
  /** How it is announced before it is opened. */
  readonly summary: string;
  readonly text: string;
  readonly buttons: readonly string[];
  /** Where its buttons lead that open something. */
  readonly links: readonly string[];
}

/** One council's tenant. */
export interface TeamsCouncil extends Owner {
  member(email: string): TeamsWorldMember;
}

/** Teams with the tenants of three councils. The first has a team with a channel. */
export interface TeamsWorld {
  /** Served by the network's own registration. */
  readonly first: TeamsCouncil;
  /** Served by a registration of its own, once it is enrolled. */
  readonly second: TeamsCouncil;
  /** Nobody enrolled it; its administrator has our app all the same. */
  readonly stranger: TeamsCouncil;
  /** The cards in the channel that have this heading. */
  channelCards(heading: string): readonly ShownCard[];
}

export function openTeamsWorld(rig: TeamsRig, clock: SetClock): TeamsWorld {
  rig.stub.addBot(channelId, network.appId);
  rig.stub.addBot(threadId, network.appId);
  const open = (owner: Owner): TeamsCouncil => {
    const addressed = addressedTo(rig, clock, owner);
    return { ...owner, member: (email) => openMember(addressed, owner, email) };
  };
  return {
    first: open(network),
    second: open({ tenantId: council.tenantId, appId: council.appId }),
    stranger: open({ ...network, tenantId: otherTenant }),
    channelCards: (heading) => cardsIn(rig, channelId, heading),
  };
}

const Body = z.looseObject({});

/** The same rig for the app of one council: what it is sent names that app, and is signed for it. */
function addressedTo(rig: TeamsRig, clock: SetClock, { appId }: Owner): TeamsRig {
  const recipient = { id: `28:${appId}`, name: 'Colloquy' };
  return {
    ...rig,
    async post(body) {
      const authorization = rig.token({ ...rig.claims(), aud: appId });
      const timestamp = clock.now().toISOString();
      return await rig.post({ ...Body.parse(body), recipient, timestamp }, { authorization });
    },
  };
}

function openMember(rig: TeamsRig, { tenantId, appId }: Owner, email: string): TeamsWorldMember {
  const person = createTeamsPerson(email, tenantId);
  rig.stub.addBot(person.conversationId, appId);
  addToRoster(rig.stub, person);
  const tell = async (parts: ActivityJson): Promise<string> => {
    const { status, body } = await rig.post(activityOf(person, rig.stub.serviceUrl, parts));
    if (status !== 200) throw new Error(`The bot answered ${status}`);
    return body;
  };
  return {
    ...openTeamsMember(rig, person),
    person,
    async install() {
      const bot = { id: `28:${appId}`, name: 'Colloquy' };
      await tell({ type: 'conversationUpdate', membersAdded: [bot, { id: person.userId }] });
      await tell(installed());
    },
    async uninstall() {
      await tell({ type: 'installationUpdate', action: 'remove' });
    },
    async mention(text) {
      await tell(inChannel(person, mentioned(text)));
    },
    async pressInChannel(label) {
      const { data, messageId, thread } = findInChannel(rig, label);
      return noteIn(await tell(inChannel(person, executed(data, messageId), thread)));
    },
    cards: (heading) => cardsIn(rig, person.conversationId, heading),
  };
}

/** Newest first: in the channel itself, and in the thread where people speak. */
function findInChannel({ stub }: TeamsRig, label: string) {
  const all = [channelId, threadId].flatMap((place) => stub.messages(place).map((message) => ({ ...message, place })));
  for (const { id: messageId, activity, place } of all.toSorted((a, b) => b.order - a.order)) {
    const action = activity.attachments
      .flatMap(({ content }) => actionsOf(content))
      .find(({ title, type }) => title === label && type === 'Action.Execute');
    const thread = place === channelId ? `${channelId};messageid=${messageId}` : place;
    if (action !== undefined) return { data: action.data, messageId, thread };
  }
  throw new Error(`There is no button “${label}” in the channel`);
}

/** A card in answer would be seen by whoever pressed, in the place of the one that is for everybody. */
const Note = z.object({
  statusCode: z.literal(200),
  type: z.literal('application/vnd.microsoft.activity.message'),
  value: z.string(),
});

function noteIn(body: string): string {
  return Note.parse(JSON.parse(body)).value;
}

function cardsIn({ stub }: TeamsRig, conversationId: string, heading: string): readonly ShownCard[] {
  return stub.messages(conversationId).flatMap(({ id, activity }) =>
    activity.attachments
      .map(({ content }) => {
        const actions = actionsOf(content);
        return {
          messageId: id,
          summary: activity.summary,
          text: textOf(content),
          buttons: actions.map(({ title }) => title),
          links: actions.flatMap(({ url }) => (typeof url === 'string' ? [url] : [])),
        };
      })
      .filter(({ text }) => text.split('\n')[0] === heading),
  );
}
