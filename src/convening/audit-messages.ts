import { does, type Message, type Page, paragraph } from '../messages/message.ts';
import type { AuditAction } from './model.ts';

/** How many acts a page shows. */
export const actsShown = 50;
/** How many of them stand in one list: Slack takes 3,000 characters in a block. */
const inList = 10;

/** One act as it is told: names are looked up when it is shown, and are not part of the record. */
export interface ToldAct {
  readonly when: string;
  /** 'The operator', or a name. */
  readonly who: string;
  readonly action: AuditAction;
  /** The name of what it was done to; '' for the network. */
  readonly subject: string;
  /** The name of the other council, of a relation. */
  readonly other: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** @param older the entry before which there are more; '' when there are none */
export function record(acts: readonly ToldAct[], older: string): Page {
  const lines = acts.map(line);
  const lists = Array.from({ length: Math.ceil(lines.length / inList) }, (_, index) => ({
    kind: 'list' as const,
    items: lines.slice(index * inList, (index + 1) * inList),
  }));
  const text = lines.length === 0 ? 'Nothing has been written down yet.' : 'The newest come first.';
  return { heading: 'What was done', body: [paragraph(text), ...lists], cards: [onwards(older)] };
}

function onwards(older: string): Message {
  const text = older === '' ? 'That is all there is.' : 'There is more, from before.';
  return {
    summary: text,
    heading: older === '' ? 'The end of the record' : 'Older',
    body: [paragraph(text)],
    buttons: [
      ...(older === '' ? [] : [does('See older', { kind: 'convening.audit', before: older })]),
      does('Back to the conveners’ page', { kind: 'convening.console' }),
    ],
  };
}

function line(act: ToldAct): string {
  return `${act.when}: ${act.who} ${did[act.action](act)}.`;
}

/** What each act is in words, after the name of whoever did it. */
const did: Readonly<Record<AuditAction, (act: ToldAct) => string>> = {
  'roster.imported': ({ detail }) =>
    `imported a roster (${detail['added'] ?? '0'} added, ${detail['changed'] ?? '0'} changed)`,
  'council.added': ({ subject }) => `added ${subject}`,
  'council.changed': ({ subject, detail }) => `changed ${subject} (${detail['fields'] ?? ''})`,
  'council.consent': ({ subject, detail }) => `noted the consent of ${subject} as ${detail['to'] ?? ''}`,
  'councils.must-agree': ({ detail }) =>
    detail['must'] === 'yes' ? 'chose that councils must agree' : 'chose that councils need not agree',
  'relation.made': ({ subject, other, detail }) =>
    `related ${subject} and ${other} (${detail['relation'] ?? ''}, ${detail['rule'] ?? ''})`,
  'relation.ended': ({ subject, other }) => `ended the relation of ${subject} and ${other}`,
  'cohort.made': ({ subject }) => `added the cohort ${subject}`,
  'cohort.changed': ({ subject, detail }) => `changed the cohort ${subject} (${detail['fields'] ?? ''})`,
  'cohort.graduated': ({ subject }) => `marked ${subject} as graduated`,
  'sets.divided': ({ subject, detail }) => `divided ${subject} into ${detail['sets'] ?? ''} learning sets`,
  'joining.approved': ({ subject }) => `let ${subject} join`,
  'joining.refused': () => 'refused a request to join',
  'member.council': () => 'said which council they work for',
  'member.address-asked': ({ subject }) => `gave ${subject} a new email address, which they are asked to confirm`,
  'member.address': ({ subject }) => `changed the email address of ${subject}`,
  'member.cohort': ({ subject, other, detail }) =>
    detail['other'] === '' ? `took ${subject} out of a cohort` : `put ${subject} into the cohort ${other}`,
  'member.permission': ({ subject, detail }) =>
    `made ${subject} a ${detail['to'] ?? ''}, who was a ${detail['from'] ?? ''}`,
  'member.exported': ({ subject }) => `exported what we hold about ${subject}`,
  'member.erased': () => 'erased somebody who asked for it',
  'rhythm.changed': () => 'changed when prompts and rounds come',
  'break.made': () => 'set a break',
  'break.ended': () => 'took a break away',
  'cohort-prompt.set': () => 'set a prompt for a cohort',
  'cohort-prompt.dropped': () => 'took a prompt of a cohort away',
  'conversations.set': () => 'changed how conversations run',
  'conversation.changed': () => 'changed a conversation that somebody else hosts',
  'conversation.cancelled': () => 'cancelled a conversation that somebody else hosts',
  'series.set': () => 'set a series of conversations',
  'series.ended': () => 'ended a series of conversations',
  'event.made': ({ detail }) => `put “${detail['title'] ?? ''}” in the diary`,
  'event.changed': ({ detail }) => `changed “${detail['title'] ?? ''}” in the diary`,
  'event.cancelled': ({ detail }) => `cancelled “${detail['title'] ?? ''}” in the diary`,
  'round.rules': ({ detail }) => `changed how rounds of matches are made (${detail['fields'] ?? ''})`,
  'round.weights': ({ detail }) => `changed how much each thing counts in a match (${detail['fields'] ?? ''})`,
  'round.fixed': ({ detail }) =>
    `said that ${detail['people'] ?? 'some'} people ${detail['how'] === 'apart' ? 'are kept apart' : 'meet'} in the next round`,
  'round.freed': () => 'let people be matched freely again in the next round',
  'round.published': ({ detail }) => `published a round of matches (${detail['groups'] ?? ''} matches)`,
  'conversation.approved': () => 'approved a conversation',
  'conversation.refused': () => 'refused a conversation',
  'announcements.chosen': () => 'chose a channel for announcements',
  'announcements.stopped': () => 'stopped announcements in a channel',
  'tenant.enrolled': () => 'let a tenant of Microsoft Teams use the network',
  'tenant.withdrawn': () => 'stopped serving a tenant of Microsoft Teams',
};
