import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import type { Member } from '../../src/network/model.ts';
import { addRoom } from '../../src/store/rooms.ts';
import { addChannel } from './channel.ts';
import type { Call } from './connector-chats.ts';
import { openEmailStage } from './email-client.ts';
import { joinByForms } from './join-by-forms.ts';
import { joinOnWeb } from './joining.ts';
import type { MemberClient } from './member-client.ts';
import type { Place } from './private-hunt.ts';
import { openSlackStage } from './slack-client.ts';
import { slackTeam } from './slack-emulator.ts';
import { brokenDown, throttled } from './slack-emulator-faults.ts';
import type { MadeCall } from './slack-emulator-routes.ts';
import { openTeamsStage } from './teams-client.ts';
import { openChannel as openTeamsChannel } from './teams-places.ts';
import { openWebStage } from './web-client.ts';
import type { OverheardAnswer, Witness } from './witness.ts';

/** A platform of which we see everything that it was ever sent. */
export interface Watched {
  readonly outbound: Outbound;
  member(email: string): Promise<MemberClient>;
  join(member: Member, client: MemberClient): Promise<void>;
  /** The platform breaks down, throttles or refuses, where a member's words might be on the way. */
  disturb(): void;
  calm(): void;
  /** From now on conversations are announced where many read, on the platforms that have such a place. */
  openChannel(): Promise<void>;
  /** What it was sent. */
  places(writer: Member): readonly Place[];
  /** The places that a story with a conversation in it must have filled. */
  readonly filled: readonly string[];
  close(): Promise<void>;
}

/** Where its writer reads it, and where alone it may stand. */
export const shownToWriter = 'a form, journal or export shown to its writer';

type Open = (core: Core, log: Log, witness: Witness) => Promise<Watched>;

export const watchedPlatforms: readonly { readonly name: string; readonly open: Open }[] = [
  { name: 'Slack', open: watchSlack },
  { name: 'Teams', open: watchTeams },
  { name: 'the web', open: watchWeb },
  { name: 'e-mail', open: watchEmail },
];

/** For a platform that has no channels. */
const nowhere = { openChannel: () => Promise.resolve(), filled: [] } as const;

const joinByWord = async (_member: Member, client: MemberClient) => await joinByForms(client);

async function watchSlack(core: Core, log: Log, witness: Witness): Promise<Watched> {
  const { emulator, ...stage } = await openSlackStage({ core }, log, witness.before);
  return {
    ...stage,
    join: joinByWord,
    disturb() {
      for (const method of ['views.open', 'views.push', 'views.update']) emulator.fail(method, brokenDown);
      emulator.fail('chat.postMessage', brokenDown);
      emulator.fail('chat.postMessage', throttled(30));
    },
    calm: () => emulator.mend(),
    async openChannel() {
      emulator.addChannel({ id: 'CANNOUNCED', members: [], botIn: true });
      await addChannel(core, slackTeam, 'CANNOUNCED');
    },
    filled: ['what Slack was sent by chat.postMessage', 'what Slack was sent by chat.update'],
    places: ({ email }) => emulator.made().flatMap((call) => placesOf(call, emulator.userWith(email))),
  };
}

/** A window's words are its reader's; what it carries beside them is not. */
function placesOf({ method, args, viewer }: MadeCall, writer: string): readonly Place[] {
  const isWindow = ['views.open', 'views.push', 'views.update'].includes(method) && viewer === writer;
  if (!isWindow) return [{ name: `what Slack was sent by ${method}`, text: JSON.stringify(args) }];
  const { view = '{}', ...beside } = args;
  const { private_metadata, callback_id, external_id, ...shown } = JSON.parse(view);
  return [
    { name: shownToWriter, text: JSON.stringify(shown) },
    { name: 'what a Slack window carries', text: JSON.stringify([private_metadata, callback_id, external_id, beside]) },
  ];
}

async function watchTeams(core: Core, log: Log, witness: Witness): Promise<Watched> {
  const { rig, ...stage } = await openTeamsStage({ core }, witness.before);
  log.debug('Teams keeps a log of its own here');
  return {
    ...stage,
    join: joinByWord,
    disturb() {
      rig.stub.misbehave({ kind: 'answer', status: 500, code: 'InternalServerError' });
      rig.stub.misbehave({ kind: 'answer', status: 429, code: 'Throttled', headers: { 'retry-after': '30' } });
    },
    calm: () => {},
    async openChannel() {
      const { tenantId: space, ...address } = openTeamsChannel(rig);
      const room = address.conversationId;
      const place = { platform: 'teams', space, purpose: 'announcements', room, subject: '', chosenBy: null } as const;
      const createdAt = core.clock.now();
      await core.db
        .transaction()
        .execute((tx) => addRoom(tx, { ...place, address: { ...address, tenantId: space }, createdAt }));
    },
    places: () => [
      ...rig.stub.calls.map((call) => ({ name: nameOfCall(call), text: `${call.path} ${call.body}` })),
      { name: 'the log of Teams', text: rig.logged() },
    ],
    filled: [
      'what Teams was sent',
      'what Teams was sent to change a card',
      'what Teams was sent for a channel',
      'what Teams was sent to change a card for a channel',
    ],
    close: stage.close,
  };
}

/** A card that stands already is changed by PUT; a channel is known by how its id begins. */
function nameOfCall({ method, conversationId }: Call): string {
  const what = method === 'PUT' ? ' to change a card' : '';
  return `what Teams was sent${what}${conversationId.startsWith('19:') ? ' for a channel' : ''}`;
}

async function watchWeb(core: Core, log: Log, witness: Witness): Promise<Watched> {
  const stage = await openWebStage({ core }, log, witness.before);
  return { ...stage, join: joinByWord, disturb: () => {}, calm: () => {}, ...nowhere, places: () => [] };
}

async function watchEmail(core: Core, log: Log, witness: Witness): Promise<Watched> {
  const { smtp, ...stage } = await openEmailStage({ core }, log, witness.before);
  return {
    ...stage,
    join: async (member) => void (await joinOnWeb(core, member)),
    disturb: () => smtp.trouble({ kind: 'answers', at: 'message', code: 451, text: '4.3.0 Not now' }),
    calm: () => smtp.trouble(undefined),
    ...nowhere,
    places: () => smtp.offers().map((text) => ({ name: 'an e-mail', text })),
  };
}

/** What is answered to a request: a form that its writer filled or opened, their journal and export; or anything else. */
export function answerPlaces({ asker, path, headers, body }: OverheardAnswer): readonly Place[] {
  const isTheirs = asker === 'the writer' && theirs.some((mark) => body.includes(mark));
  return [
    {
      name: isTheirs ? shownToWriter : `another answer to ${asker} at ${path.replace(/[\w-]{20,}/g, '…')}`,
      text: body,
    },
    { name: 'the address of an answer', text: decodeURIComponent(path) },
    { name: 'the headers of an answer', text: headers },
  ];
}

/** How a form, a journal and an export are known in an answer: on Slack; in a dialog of Teams, which stays open; on the web. */
const theirs = ['"response_action"', '"task":{"type":"continue"', '<textarea', 'Your journal', 'Everything we hold'];
