import type { Intent } from '../intents.ts';

/** Which intents answer with a form or a page. A new intent does not compile until it stands here. */
const windows: Readonly<Record<Intent['kind'], boolean>> = {
  'network.help': false,
  'network.home': true,
  'network.join': false,
  'network.sign-in': false,
  'network.profile': false,
  'network.open-pause': true,
  'network.pause': false,
  'network.resume': false,
  'network.leave': false,
  'network.confirm-leave': false,
  'network.settings': true,
  'network.open-preferences': true,
  'network.preferences': false,
  'network.open-find': true,
  'network.find': true,
  'network.export': true,
  'network.erase': false,
  'network.confirm-erase': false,
  'network.confirm-account': false,
  'network.open-announcements': true,
  'network.choose-announcements': false,
  'network.stop-announcements': false,
  'reflections.open': true,
  'reflections.answer': false,
  'reflections.journal': true,
  'conversations.list': true,
  'conversations.open-proposal': true,
  'conversations.propose': false,
  'conversations.sign-up': false,
  'conversations.withdraw': false,
  'conversations.open-cancel': true,
  'conversations.cancel': false,
  'conversations.open-topic': true,
  'conversations.suggest-topic': false,
  'conversations.host-topic': true,
  'matching.current': false,
};

/** For a platform whose buttons must say beforehand that they open a window of their own, as dialogs in Teams do. */
export function opensWindow(intent: Intent): boolean {
  return windows[intent.kind];
}
