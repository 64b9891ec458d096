import type { AuditAction } from './model.ts';

/** What each act is called in a member's export, without saying to whom: others may be part of it. */
const words: Readonly<Record<AuditAction, string>> = {
  'roster.imported': 'A roster was imported',
  'council.added': 'A council was added',
  'council.changed': 'A council was changed',
  'council.consent': 'The consent of a council was noted',
  'councils.must-agree': 'It was chosen whether councils must agree',
  'relation.made': 'Two councils were related',
  'relation.ended': 'A relation of two councils was ended',
  'cohort.made': 'A cohort was made',
  'cohort.changed': 'A cohort was changed',
  'cohort.graduated': 'A cohort graduated',
  'sets.divided': 'A cohort was divided into learning sets',
  'joining.approved': 'A request to join was approved',
  'joining.refused': 'A request to join was refused',
  'member.council': 'A member was put into a council',
  'member.address-asked': 'A member was asked to confirm a new email address',
  'member.address': 'The email address of a member was changed',
  'member.cohort': 'A member was put into a cohort, or taken out of one',
  'member.permission': 'What a member may do was changed',
  'member.exported': 'What we hold about a member was exported',
  'member.erased': 'A member was erased',
  'rhythm.changed': 'The days of prompts and rounds were changed',
  'break.made': 'A break was made',
  'break.ended': 'A break was ended',
  'cohort-prompt.set': 'A question was set for a cohort',
  'cohort-prompt.dropped': 'A question for a cohort was dropped',
  'conversations.set': 'How conversations run was changed',
  'conversation.changed': 'A conversation that somebody else hosts was changed',
  'conversation.cancelled': 'A conversation that somebody else hosts was cancelled',
  'series.set': 'A series of conversations was set',
  'series.ended': 'A series of conversations was ended',
  'event.made': 'An event was put in the diary',
  'event.changed': 'An event in the diary was changed',
  'event.cancelled': 'An event in the diary was cancelled',
  'round.rules': 'How rounds of matches are made was changed',
  'round.weights': 'How much each thing counts in a match was changed',
  'round.fixed': 'It was said who meets, or does not meet, in the next round',
  'round.freed': 'Who meets in the next round was left open again',
  'round.published': 'A round of matches was published',
  'conversation.approved': 'A conversation was approved',
  'conversation.refused': 'A conversation was refused',
  'announcements.chosen': 'A channel for announcements was chosen',
  'announcements.stopped': 'Announcements in a channel were stopped',
  'tenant.enrolled': 'An organisation was enrolled',
  'tenant.withdrawn': 'An organisation was withdrawn',
};

/** What an older version wrote down and this one does not know is told as it stands. */
export function actionWords(action: string): string {
  return new Map<string, string>(Object.entries(words)).get(action) ?? action;
}
