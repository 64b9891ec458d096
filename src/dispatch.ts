import type { Sender } from './account.ts';
import { dispatchAfterwards } from './afterwards/dispatch.ts';
import { type Asker, isOf } from './asker.ts';
import { dispatchCalendar } from './calendar/dispatch.ts';
import { dispatchConvening } from './convening/dispatch.ts';
import { dispatchConversation } from './conversations/dispatch.ts';
import type { Core } from './core.ts';
import { dispatchDiary } from './diary/dispatch.ts';
import { dispatchDigest } from './digests/dispatch.ts';
import { Refusal } from './errors.ts';
import { home } from './home.ts';
import type { Intent } from './intents.ts';
import { dispatchJoining } from './joining/dispatch.ts';
import { openRequest, sendRequest } from './joining/requests.ts';
import { beginJoining } from './joining/service.ts';
import { dispatchMatching } from './matching/dispatch.ts';
import { connect, openConnect } from './membership/connecting.ts';
import { dispatchMembership } from './membership/dispatch.ts';
import type { Reply } from './messages/reply.ts';
import { dispatchNetwork } from './network/dispatch.ts';
import { askToErase, confirmedErase } from './network/erase-stranger.ts';
import * as say from './network/messages.ts';
import type { Member } from './network/model.ts';
import * as network from './network/service.ts';
import { dispatchProposal } from './proposals/dispatch.ts';
import { dispatchReflection } from './reflections/dispatch.ts';
import { dispatchSeries } from './series/dispatch.ts';

/** Intent → use case. `member` is the authenticated sender, already authorised for this intent. */
export async function dispatch(core: Core, sender: Sender, member: Member | undefined, intent: Intent): Promise<Reply> {
  switch (intent.kind) {
    case 'network.help':
      return { kind: 'message', message: say.help(intent.asked) };
    case 'network.home':
      return { kind: 'page', page: await home(core, member) };
    case 'network.join':
      return await beginJoining(core, sender, member);
    case 'joining.open-request':
      return await openRequest(core, sender, member);
    case 'joining.request':
      return await sendRequest(core, sender, member, intent);
    case 'membership.open-connect':
      return openConnect();
    case 'membership.connect':
      return await connect(core, sender, intent.code);
    case 'network.sign-in':
      await network.requestSignIn(core, intent.email);
      return { kind: 'message', message: say.signInSent() };
    case 'network.erase':
      return { kind: 'message', message: await askToErase(core, sender, member) };
    case 'network.confirm-erase': {
      const message = await confirmedErase(core, sender, member);
      if (message === undefined) throw new Refusal(say.refusals.notJoined);
      return { kind: 'replace', message };
    }
    default:
      // `objection` has let nobody through here whom we do not know.
      if (member === undefined) throw new Refusal(say.refusals.notJoined);
      return await forMember(core, { sender, member }, intent);
  }
}

/** What anybody may ask has been answered already. */
type MemberIntent = Exclude<
  Intent,
  {
    kind:
      | `network.${'help' | 'home' | 'join' | 'sign-in' | 'erase' | 'confirm-erase'}`
      | `joining.${'open-request' | 'request'}`
      | `membership.${'open-connect' | 'connect'}`;
  }
>;

async function forMember(core: Core, asker: Asker, intent: MemberIntent): Promise<Reply> {
  if (isOf('network', intent)) return await dispatchNetwork(core, asker, intent);
  if (isOf('joining', intent)) return await dispatchJoining(core, asker, intent);
  if (isOf('membership', intent)) return await dispatchMembership(core, asker, intent);
  if (isOf('convening', intent)) return await dispatchConvening(core, asker, intent);
  if (isOf('calendar', intent)) return await dispatchCalendar(core, asker, intent);
  if (isOf('reflections', intent)) return await dispatchReflection(core, asker, intent);
  if (isOf('digests', intent)) return await dispatchDigest(core, asker, intent);
  if (isOf('conversations', intent)) return await dispatchConversation(core, asker, intent);
  if (isOf('proposals', intent)) return await dispatchProposal(core, asker, intent);
  if (isOf('series', intent)) return await dispatchSeries(core, asker, intent);
  if (isOf('diary', intent)) return await dispatchDiary(core, asker, intent);
  if (isOf('afterwards', intent)) return await dispatchAfterwards(core, asker, intent);
  return await dispatchMatching(core, asker, intent);
}
