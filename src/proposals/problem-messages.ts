import { refusals as ofConversationRefusals, problems as ofConversations } from '../conversations/messages.ts';
import { lengths } from '../conversations/model.ts';
import { telling } from '../messages/telling.ts';

export const problems = {
  ...ofConversations,
  audience: 'Choose who it is for from the list.',
  askedAlready: 'You have asked people when they could come, so you cannot change who it is for.',
  chathamHouse: 'Choose yes or no.',
  perCouncil: 'Choose how many people of one council may have a seat.',
  nowhere: 'Enter a link to join, a place, or both.',
  place: `Enter a place of up to ${lengths.place} characters.`,
  reason: `Give a reason of up to ${lengths.reason} characters. The host reads it.`,
  fewTimes: 'Enter at least two times.',
  sameTime: 'You have entered this time already.',
  gapTime: 'Clocks go forward that night and skip this time. Choose another time.',
  twiceTime: 'Clocks go back that night, so this time comes twice. Choose another time.',
  chosenTimes: 'Choose from the list, or choose none.',
} as const;

export const refusals = {
  invalid: 'Some answers need changing.',
  notFound: telling('We could not find that draft. Type “drafts” to see yours.', 'drafts'),
  changed: 'This draft was changed after you opened it. Nothing was saved. Open it again to see the change.',
  waiting: 'A convener is looking at this conversation.',
  mayNotHost: 'Only hosts can announce a conversation. Ask a convener to make you a host.',
  timeGone: 'That time is not among those you asked about any more.',
  pollOver: telling(
    'The host has chosen a time, or dropped the conversation. Type “conversations” to see what is coming.',
    'conversations',
  ),
  notForYou: telling(
    'This conversation is for other people. Type “conversations” to see what is coming.',
    'conversations',
  ),
  ownPoll: 'You asked about these times, so you can come to all of them.',
  decided: 'Somebody has decided about this conversation already, or its host has taken it back.',
  hostGone: 'Its host cannot host conversations any more, so it cannot be announced.',
  fewWaiting: 'Nobody is waiting for that conversation any more, so it needs no second one.',
  topicGone: ofConversationRefusals.topicGone,
} as const;
