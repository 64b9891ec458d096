import type { Intent } from './intents.ts';

/** What asking does: a heading, '' where it only shows something; and whether asking twice makes two. */
interface Change {
  readonly words: string;
  readonly isNew: boolean;
}

const shows: Change = { words: '', isNew: false };

/** Puts one state in another's place: asked twice, the last one holds. */
function saves(words: string): Change {
  return { words, isNew: false };
}

/** Makes something of its own each time. */
function makes(words: string): Change {
  return { words, isNew: true };
}

/** What each intent does. A new intent does not compile until it stands here. */
const changes: Readonly<Record<Intent['kind'], Change>> = {
  'network.help': shows,
  'network.home': shows,
  'network.join': saves('Join the network'),
  'network.sign-in': saves('Ask for a sign-in link'),
  'network.profile': shows,
  'network.open-pause': shows,
  'network.pause': saves('Pause messages'),
  'network.resume': saves('Start messages again'),
  'network.leave': shows,
  'network.confirm-leave': saves('Leave the network'),
  'network.settings': shows,
  'network.open-preferences': shows,
  'network.preferences': saves('Save your settings'),
  'network.open-find': shows,
  'network.find': shows,
  'network.export': shows,
  'network.erase': shows,
  'network.confirm-erase': saves('Erase everything we hold about you'),
  'network.confirm-account': saves('Connect another account'),
  'network.open-announcements': shows,
  'network.choose-announcements': saves('Announce conversations in a channel'),
  'network.stop-announcements': saves('Stop announcing conversations in a channel'),
  'reflections.open': shows,
  'reflections.answer': saves('Save your reflection'),
  'reflections.journal': shows,
  'conversations.list': shows,
  'conversations.open-proposal': shows,
  'conversations.propose': makes('Announce a conversation'),
  'conversations.sign-up': saves('Sign up for a conversation'),
  'conversations.withdraw': saves('Give up your place in a conversation'),
  'conversations.open-cancel': shows,
  'conversations.cancel': saves('Cancel a conversation'),
  'conversations.open-topic': shows,
  'conversations.suggest-topic': makes('Suggest a topic for a conversation'),
  'conversations.host-topic': shows,
  'matching.current': shows,
};

/** True when asking twice makes two: a form sent again with other words must not be asked again. */
export function makesNew(intent: Intent): boolean {
  return changes[intent.kind].isNew;
}

/** For a channel that asks before it acts, as a link in an e-mail must; '' for an intent that only shows something. */
export function changeWords(intent: Intent): string {
  return changes[intent.kind].words;
}

/** True when asking changes nothing: a link may ask it, and a mail scanner may follow that link. */
export function isReadOnly(intent: Intent): boolean {
  return changes[intent.kind].words === '';
}
