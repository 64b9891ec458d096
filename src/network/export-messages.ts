import type { HeldSeat, Hosted } from '../conversations/held.ts';
import { type Block, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { Asked } from '../reflections/service.ts';
import { datedWords } from '../time/words.ts';
import type { Choice } from './choices.ts';
import type { Everything, HeldAccount } from './everything.ts';
import { languageLabel } from './languages.ts';
import { messageKinds } from './message-kinds.ts';
import { findableWords, sourceWords } from './settings-messages.ts';
import { zoneLabel } from './zones.ts';

type Pair = readonly [label: string, value: string];

/** One thing we hold, in words: how a page shows it, and how a file names it. */
interface Entry {
  readonly heading: string;
  readonly pairs: readonly Pair[];
  /** What the member wrote: private text. '' for none. */
  readonly written: string;
}

interface Section {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

const heading = 'Everything we hold about you';
const writtenLabel = 'What you wrote';

/** @param fileUrl where the same can be had as a file, for a while */
export function everythingPage(held: Everything, fileUrl: string): Page {
  const text = 'The file holds all of this. The link works for 10 minutes, for anyone who has it.';
  const download: Message = {
    summary: text,
    heading: 'Keep a copy',
    body: [paragraph(text)],
    buttons: [{ kind: 'opens', label: 'Download as a file', url: fileUrl }],
  };
  return {
    heading,
    body: [paragraph('Only you can see this page. Where there is no card for something, we hold nothing of it.')],
    cards: [download, ...sectionsOf(held).flatMap(({ entries }) => entries.map(card))],
  };
}

function card({ heading, pairs, written }: Entry): Message {
  const quote: readonly Block[] = written === '' ? [] : [paragraph(writtenLabel), { kind: 'quote', text: written }];
  return { summary: `${heading}.`, heading, body: [facts(...pairs), ...quote], buttons: [] };
}

/** The same for a file: the keys are words, the values texts, in the order of the page. */
export function everythingFile(held: Everything, now: Date): Readonly<Record<string, unknown>> {
  const written = datedWords(now, held.member.zone);
  const sections = sectionsOf(held).map(({ heading, entries }) => [heading, entries.map(fileEntry)] as const);
  return { [heading]: { 'Written at': written, ...Object.fromEntries(sections) } };
}

function fileEntry({ heading, pairs, written }: Entry): Readonly<Record<string, string>> {
  const text = written === '' ? {} : { [writtenLabel]: written };
  return { What: heading, ...Object.fromEntries(pairs), ...text };
}

function sectionsOf(held: Everything): readonly Section[] {
  const { zone } = held.member;
  const when = (moment: Date) => datedWords(moment, zone);
  return [
    { heading: 'You', entries: [aboutYou(held, when), settings(held, when)] },
    {
      heading: 'Your accounts',
      entries: [...held.accounts.map((account) => accountEntry(account, when)), ...browsers(held, when)],
    },
    { heading: 'Messages we sent you', entries: messagesSent(held, when) },
    { heading: 'Your matches', entries: matches(held, when) },
    { heading: 'Conversations you host', entries: held.hosted.map((conversation) => hosted(conversation, when)) },
    { heading: 'Conversations you signed up for', entries: held.seats.map((seat) => seatEntry(seat, when)) },
    { heading: 'Topics you suggested', entries: topics(held, when) },
    // Last, because there are most of them, and a window may not have room for all.
    {
      heading: 'Your prompts and answers',
      entries: held.prompts.toReversed().map((asked) => promptEntry(asked, when)),
    },
  ];
}

type When = (moment: Date) => string;

function entry(heading: string, pairs: readonly Pair[], written = ''): Entry {
  // A fact without a value says nothing; adapters may refuse it.
  return { heading, pairs: pairs.filter(([, value]) => value !== ''), written };
}

function aboutYou({ member, joinedAt }: Everything, when: When): Entry {
  const standing = { invited: 'Not joined', active: 'In the network', left: 'You have left' };
  return entry('About you', [
    ['Email', member.email],
    ['Role', member.role],
    ['Level', member.level],
    ['Council', member.council],
    ['Cohort', member.cohort],
    ['You may act as', member.permission],
    ['Standing', standing[member.status]],
    ['Joined at', joinedAt === null ? '' : when(joinedAt)],
  ]);
}

function settings({ member, choices, rooms }: Everything, when: When): Entry {
  const said = (words: string, { source }: Choice) => `${words} (${sourceWords[source]})`;
  return entry('Your settings', [
    ['Name', said(choices.name.value, choices.name)],
    ['Time zone', said(zoneLabel(choices.zone.value), choices.zone)],
    ['Language', said(languageLabel(choices.locale.value), choices.locale)],
    ['Other members can find you', findableWords(member.findable)],
    ['Messages paused until', member.pausedUntil === null ? '' : when(member.pausedUntil)],
    ['You chose a channel for announcements at', rooms.map(({ createdAt }) => when(createdAt)).join('; ')],
  ]);
}

const platformWords = { slack: 'Slack', teams: 'Microsoft Teams', web: 'Web page', email: 'Email' } as const;

function accountEntry({ platform, space, user, address, reachable, seenAt }: HeldAccount, when: When): Entry {
  const addresses = Object.entries(address).map(([name, value]) => `${name}: ${value}`);
  return entry(`Your account: ${platformWords[platform]}`, [
    ['Workspace or organisation', space],
    ['You there', user],
    ['Where we write to', addresses.join('; ')],
    ['We can reach you there', reachable ? 'Yes' : 'No'],
    ['Last used at', when(seenAt)],
  ]);
}

function browsers({ sessions }: Everything, when: When): readonly Entry[] {
  if (sessions.length === 0) return [];
  return [entry('Browsers you are signed in on', [['Signed in until', sessions.map(when).join('; ')]])];
}

function messagesSent({ messages }: Everything, when: When): readonly Entry[] {
  return Object.entries(messageKinds).flatMap(([kind, words]) => {
    const sent = messages.filter((message) => message.kind === kind);
    if (sent.length === 0) return [];
    const times = sent.map(({ sentAt }) => when(sentAt)).join('; ');
    return [
      entry(`Messages we sent you: ${words.toLowerCase()}`, [
        ['How many', String(sent.length)],
        ['Sent at', times],
      ]),
    ];
  });
}

function matches({ matches, leftOut }: Everything, when: When): readonly Entry[] {
  const met = matches.map(({ at, people }) =>
    entry(`Your match of ${when(at)}`, [['With', people.length === 0 ? 'Someone who has left' : people.join('; ')]]),
  );
  const none = leftOut.length === 0 ? [] : [entry('Rounds without a match', [['At', leftOut.map(when).join('; ')]])];
  return [...met, ...none];
}

function hosted(conversation: Hosted, when: When): Entry {
  const { title, about, theme, startsAt, minutes, capacity, link, createdAt, cancelledAt, cancelReason } = conversation;
  return entry(`You host: ${title}`, [
    ['About', about],
    ['Theme', theme],
    ['Starts at', when(startsAt)],
    ['Minutes', String(minutes)],
    ['Seats', String(capacity)],
    ['Link', link],
    ['Proposed at', when(createdAt)],
    ['Cancelled at', cancelledAt === null ? '' : when(cancelledAt)],
    ['Why it was cancelled', cancelReason],
  ]);
}

function seatEntry({ title, theme, host, startsAt, state, signedUpAt, cancelledAt }: HeldSeat, when: When): Entry {
  return entry(`You signed up: ${title === '' ? theme : title}`, [
    ['Theme', theme],
    ['Host', host ?? 'A member who has left'],
    ['Starts at', when(startsAt)],
    ['Your place', state === 'seated' ? 'A seat' : 'On the waiting list'],
    ['Signed up at', when(signedUpAt)],
    ['Cancelled at', cancelledAt === null ? '' : when(cancelledAt)],
  ]);
}

function topics({ topics }: Everything, when: When): readonly Entry[] {
  return topics.map(({ title, about, suggestedAt }) =>
    entry(`You suggested: ${title}`, [
      ['About', about],
      ['Suggested at', when(suggestedAt)],
    ]),
  );
}

function promptEntry({ sent, sentAt, answer, writtenAt }: Asked, when: When): Entry {
  return entry(
    `Prompt of ${when(sentAt)}`,
    [
      ['Theme', sent.topic],
      ['Question', sent.wording],
      ['Why we asked it', sent.why],
      ['You answered at', writtenAt === null ? 'You have not answered' : when(writtenAt)],
    ],
    answer,
  );
}
