import type { Intent } from './intents.ts';

/** What each intent changes, as a heading; '' where it only shows something. A new intent does not compile until it stands here. */
const changes: Readonly<Record<Intent['kind'], string>> = {
  'network.help': '',
  'network.home': '',
  'network.join': 'Join the network',
  'network.sign-in': 'Ask for a sign-in link',
  'network.profile': '',
  'network.open-pause': '',
  'network.pause': 'Pause messages',
  'network.resume': 'Start messages again',
  'network.leave': '',
  'network.confirm-leave': 'Leave the network',
  'reflections.open': '',
  'reflections.answer': 'Save your reflection',
  'reflections.journal': '',
  'conversations.list': '',
  'conversations.open-proposal': '',
  'conversations.propose': 'Announce a conversation',
  'conversations.sign-up': 'Sign up for a conversation',
  'conversations.withdraw': 'Give up your place in a conversation',
  'matching.current': '',
};

/** For a channel that asks before it acts, as a link in an e-mail must; '' for an intent that only shows something. */
export function changeWords(intent: Intent): string {
  return changes[intent.kind];
}

/** True when asking changes nothing: a link may ask it, and a mail scanner may follow that link. */
export function isReadOnly(intent: Intent): boolean {
  return changes[intent.kind] === '';
}
