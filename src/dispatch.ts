import type { Sender } from './account.ts';
import * as cancelling from './conversations/cancelling.ts';
import * as conversation from './conversations/service.ts';
import * as topic from './conversations/topics.ts';
import type { Core } from './core.ts';
import { Refusal } from './errors.ts';
import { home } from './home.ts';
import type { Intent } from './intents.ts';
import * as match from './matching/service.ts';
import type { Message } from './messages/message.ts';
import type { Reply } from './messages/reply.ts';
import { asked } from './network/account-request-messages.ts';
import { confirmAccount } from './network/account-requests.ts';
import * as announcements from './network/announcements.ts';
import { erase } from './network/erase.ts';
import { confirmErase, erased, erasedStranger } from './network/erase-messages.ts';
import { eraseStranger } from './network/erase-stranger.ts';
import { showEverything } from './network/export.ts';
import { find } from './network/find.ts';
import { findForm } from './network/find-messages.ts';
import * as say from './network/messages.ts';
import type { Member } from './network/model.ts';
import * as preferences from './network/preferences.ts';
import * as network from './network/service.ts';
import * as reflection from './reflections/service.ts';

/** Who asks, as the platform authenticated them, and the member they are. */
interface Asker {
  readonly sender: Sender;
  readonly member: Member;
}

type IntentOf<Capability extends string> = Extract<Intent, { kind: `${Capability}.${string}` }>;

/** Intent → use case. `member` is the authenticated sender, already authorised for this intent. */
export async function dispatch(core: Core, sender: Sender, member: Member | undefined, intent: Intent): Promise<Reply> {
  switch (intent.kind) {
    case 'network.help':
      return { kind: 'message', message: say.help(intent.asked) };
    case 'network.home':
      return { kind: 'page', page: await home(core, member) };
    case 'network.join': {
      const outcome = await network.join(core, sender, member);
      return { kind: 'replace', message: joinAnswers[outcome]() };
    }
    case 'network.sign-in':
      await network.requestSignIn(core, intent.email);
      return { kind: 'message', message: say.signInSent() };
    case 'network.erase':
      if (member !== undefined) return { kind: 'message', message: confirmErase() };
      // There is nothing of their own to lose: they are not asked twice.
      return { kind: 'message', message: erasedStranger(await eraseStranger(core, sender.account)) };
    default:
      // `objection` has let nobody through here whom we do not know.
      if (member === undefined) throw new Refusal(say.refusals.notJoined);
      return await forMember(core, { sender, member }, intent);
  }
}

const joinAnswers: Readonly<Record<network.JoinOutcome, () => Message>> = {
  joined: say.joined,
  already: say.alreadyJoined,
  asked,
};

type MemberIntent = Exclude<
  Intent,
  { kind: 'network.help' | 'network.home' | 'network.join' | 'network.sign-in' | 'network.erase' }
>;

/** A link in an e-mail shows who it was sent to, not who holds it: mail is forwarded, scanned and read by assistants. */
function readsPrivately(sender: Sender): boolean {
  return sender.account.platform !== 'email';
}

async function forMember(core: Core, asker: Asker, intent: MemberIntent): Promise<Reply> {
  if (isOf('network', intent)) return await ofNetwork(core, asker, intent);
  if (isOf('reflections', intent)) return await ofReflections(core, asker, intent);
  if (isOf('conversations', intent)) return await ofConversations(core, asker, intent);
  return await match.showCurrent(core, asker.member);
}

function isOf<Capability extends string>(
  capability: Capability,
  intent: MemberIntent,
): intent is Extract<MemberIntent, { kind: `${Capability}.${string}` }> {
  return intent.kind.startsWith(`${capability}.`);
}

type NetworkIntent = Extract<MemberIntent, { kind: `network.${string}` }>;

async function ofNetwork(core: Core, { sender, member }: Asker, intent: NetworkIntent): Promise<Reply> {
  switch (intent.kind) {
    case 'network.profile':
      return { kind: 'message', message: say.profile(member) };
    case 'network.open-pause':
      return { kind: 'form', form: say.pauseForm() };
    case 'network.pause':
      return { kind: 'message', message: say.paused(await network.pause(core, member, intent.weeks), member.zone) };
    case 'network.resume':
      await network.resume(core, member);
      return { kind: 'replace', message: say.resumed() };
    case 'network.leave':
      return { kind: 'message', message: say.confirmLeave() };
    case 'network.confirm-leave':
      await network.leave(core, member);
      return { kind: 'replace', message: say.left() };
    case 'network.settings':
      return await preferences.showSettings(core, member, sender);
    case 'network.open-preferences':
      return await preferences.openPreferences(core, member);
    case 'network.preferences':
      return await preferences.savePreferences(core, member, intent);
    case 'network.open-find':
      return { kind: 'form', form: findForm() };
    case 'network.find':
      return await find(core, member, intent.query);
    case 'network.export':
      return await showEverything(core, member, readsPrivately(sender));
    case 'network.confirm-erase':
      await erase(core, member);
      return { kind: 'replace', message: erased() };
    case 'network.confirm-account':
      return { kind: 'replace', message: await confirmAccount(core, member, intent.request) };
    case 'network.open-announcements':
      return await announcements.openAnnouncements(core, sender);
    case 'network.choose-announcements':
      return await announcements.chooseAnnouncements(core, member, sender, intent.room);
    case 'network.stop-announcements':
      return await announcements.stopAnnouncements(core, sender);
  }
}

async function ofReflections(core: Core, { sender, member }: Asker, intent: IntentOf<'reflections'>): Promise<Reply> {
  switch (intent.kind) {
    case 'reflections.open':
      return await reflection.openPrompt(core, member, intent.prompt, readsPrivately(sender));
    case 'reflections.answer':
      return await reflection.answer(core, member, intent);
    case 'reflections.journal':
      return await reflection.journal(core, member, readsPrivately(sender));
  }
}

async function ofConversations(core: Core, { member }: Asker, intent: IntentOf<'conversations'>): Promise<Reply> {
  switch (intent.kind) {
    case 'conversations.list':
      return await conversation.list(core, member);
    case 'conversations.open-proposal':
      return conversation.openProposal(core, member);
    case 'conversations.propose':
      return await conversation.propose(core, member, intent);
    case 'conversations.sign-up':
      return await conversation.signUp(core, member, intent.conversation);
    case 'conversations.withdraw':
      return await conversation.withdraw(core, member, intent.conversation);
    case 'conversations.open-cancel':
      return await cancelling.openCancel(core, member, intent.conversation);
    case 'conversations.cancel':
      return await cancelling.cancel(core, member, intent.conversation, intent.reason);
    case 'conversations.open-topic':
      return topic.openTopic(intent.text);
    case 'conversations.suggest-topic':
      return await topic.suggestTopic(core, member, intent);
    case 'conversations.host-topic':
      return await topic.hostTopic(core, member, intent.topic);
  }
}
