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
  'joining.open-about': shows,
  'joining.about': saves('Tell us about your work'),
  'joining.open-interests': shows,
  'joining.interests': saves('Say what interests you'),
  'joining.open-hours': shows,
  'joining.hours': saves('Say when you work'),
  'joining.open-agreements': shows,
  'joining.agreements': saves('Say what you agree to'),
  'joining.open-request': shows,
  'joining.request': saves('Ask to join the network'),
  'joining.requests': shows,
  'joining.open-approval': shows,
  'joining.approve': saves('Let somebody join'),
  'joining.open-refusal': shows,
  'joining.refuse': saves('Refuse a request to join'),
  'joining.who-is-who': shows,
  'membership.skip-round': saves('Sit out the next round'),
  'membership.take-round': saves('Take part in the next round'),
  'membership.avoiding': shows,
  'membership.open-avoid': shows,
  'membership.avoid': saves('Never match me with somebody'),
  'membership.stop-avoiding': saves('Take somebody off your list'),
  'membership.accounts': shows,
  'membership.prefer': saves('Choose where we write to you'),
  'membership.show-code': saves('Make a code that connects another account'),
  'membership.open-connect': shows,
  'membership.connect': saves('Connect this account'),
  'membership.disconnect': saves('Disconnect an account'),
  'convening.console': shows,
  'convening.councils': shows,
  'convening.open-find-council': shows,
  'convening.find-council': shows,
  'convening.open-council': shows,
  'convening.council': saves('Save a council'),
  'convening.open-relation': shows,
  'convening.relation': saves('Relate two councils'),
  'convening.end-relation': saves('End a relation of two councils'),
  'convening.cohorts': shows,
  'convening.open-cohort': shows,
  'convening.cohort': saves('Save a cohort'),
  'convening.graduate': saves('Mark a cohort as graduated'),
  'convening.learning-sets': shows,
  'convening.open-divide': shows,
  'convening.divide': saves('Divide a cohort into learning sets'),
  'convening.audit': shows,
  'convening.roster': shows,
  'convening.must-agree': saves('Choose whether councils must agree'),
  'convening.open-find-member': shows,
  'convening.find-member': shows,
  'convening.open-role': shows,
  'convening.role': saves('Change what somebody may do'),
  'calendar.open-rhythm': shows,
  'calendar.rhythm': saves('Set when prompts and rounds come'),
  'calendar.breaks': shows,
  'calendar.open-break': shows,
  'calendar.break': makes('Set a break'),
  'calendar.end-break': saves('Take a break out of the calendar'),
  'calendar.cohort-prompts': shows,
  'calendar.open-cohort-prompt': shows,
  'calendar.cohort-prompt': saves('Set a prompt between two modules'),
  'calendar.drop-cohort-prompt': saves('Take back a prompt between two modules'),
  'digests.latest': shows,
  'digests.month': shows,
  'digests.theme': shows,
  'reflections.swap': saves('Swap your prompt for another'),
  'reflections.later': saves('Send your prompt again later'),
  'reflections.skip': saves('Skip this week’s prompt'),
  'reflections.why': shows,
  'reflections.open-rhythm': shows,
  'reflections.rhythm': saves('Choose how often prompts come'),
  'reflections.open-follow-up': shows,
  'reflections.follow-up': saves('Say how your action went'),
  'reflections.delete': shows,
  'reflections.confirm-delete': saves('Delete what you wrote'),
  'reflections.open-share': shows,
  'reflections.share': saves('Choose who can read your reflection'),
  'reflections.shared': shows,
  'reflections.shared-from': shows,
  'reflections.journal-by': shows,
  'reflections.journal-part': shows,
  'reflections.map': shows,
  'reflections.open-document': shows,
  'reflections.document': shows,
  'reflections.open-search': shows,
  'reflections.search': shows,
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
