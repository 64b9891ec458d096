import type { Sender } from './account.ts';
import * as conversation from './conversations/service.ts';
import type { Core } from './core.ts';
import { Refusal } from './errors.ts';
import { home } from './home.ts';
import type { Intent } from './intents.ts';
import * as match from './matching/service.ts';
import type { Reply } from './messages/reply.ts';
import * as say from './network/messages.ts';
import type { Member } from './network/model.ts';
import * as network from './network/service.ts';
import * as reflection from './reflections/service.ts';

/** Intent → use case. `member` is the authenticated sender, already authorised for this intent. */
export async function dispatch(core: Core, sender: Sender, member: Member | undefined, intent: Intent): Promise<Reply> {
  switch (intent.kind) {
    case 'network.help':
      return { kind: 'message', message: say.help(intent.asked) };
    case 'network.home':
      return { kind: 'page', page: await home(core, member) };
    case 'network.join': {
      const outcome = await network.join(core, sender, member);
      return { kind: 'replace', message: outcome === 'joined' ? say.joined() : say.alreadyJoined() };
    }
    case 'network.sign-in':
      await network.requestSignIn(core, intent.email);
      return { kind: 'message', message: say.signInSent() };
    case 'network.profile':
    case 'network.open-pause':
    case 'network.pause':
    case 'network.resume':
    case 'network.leave':
    case 'network.confirm-leave':
    case 'reflections.open':
    case 'reflections.answer':
    case 'reflections.journal':
    case 'conversations.list':
    case 'conversations.open-proposal':
    case 'conversations.propose':
    case 'conversations.sign-up':
    case 'conversations.withdraw':
    case 'matching.current':
      // `objection` has let nobody through here without a membership.
      if (member === undefined) throw new Refusal(say.refusals.notJoined);
      return await forMember(core, member, intent, readsPrivately(sender));
  }
}

type MemberIntent = Exclude<Intent, { kind: 'network.help' | 'network.home' | 'network.join' | 'network.sign-in' }>;

/** A link in an e-mail shows who it was sent to, not who holds it: mail is forwarded, scanned and read by assistants. */
function readsPrivately(sender: Sender): boolean {
  return sender.account.platform !== 'email';
}

/** @param mayRead whether what this member wrote in private may be shown to whoever is asking */
async function forMember(core: Core, member: Member, intent: MemberIntent, mayRead: boolean): Promise<Reply> {
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
    case 'reflections.open':
      return await reflection.openPrompt(core, member, intent.prompt, mayRead);
    case 'reflections.answer':
      return await reflection.answer(core, member, intent);
    case 'reflections.journal':
      return await reflection.journal(core, member, mayRead);
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
    case 'matching.current':
      return await match.showCurrent(core, member);
  }
}
