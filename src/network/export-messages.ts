import { actionWords } from '../convening/action-words.ts';
import { type Block, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { Choice } from './choices.ts';
import type { Everything, HeldAccount } from './everything.ts';
import * as talks from './export-conversations.ts';
import { at, type Entry, entry, platformWords, type Section, type When, whenIn } from './export-entry.ts';
import * as matching from './export-matches.ts';
import { readableFile } from './export-readable.ts';
import * as kinds from './export-sections.ts';
import { languageLabel } from './languages.ts';
import { messageKinds } from './message-kinds.ts';
import { begin, promptRhythmWords } from './rhythm-words.ts';
import { findableWords, sourceWords } from './settings-messages.ts';
import { zoneLabel } from './zones.ts';

const heading = 'Everything we hold about you';

/** Where the same can be had as files, for a while. */
export interface FileLinks {
  readonly readable: string;
  readonly json: string;
}

export function everythingPage(held: Everything, links: FileLinks): Page {
  const text = 'Each file holds all of this. The links work for 10 minutes, for anyone who has them.';
  const download: Message = {
    summary: text,
    heading: 'Keep a copy',
    body: [paragraph(text)],
    buttons: [
      { kind: 'opens', label: 'Download to read', url: links.readable },
      { kind: 'opens', label: 'Download as data', url: links.json },
    ],
  };
  return {
    heading,
    body: [paragraph('Only you can see this page. Where there is no card for something, we hold nothing of it.')],
    cards: [download, ...sectionsOf(held).flatMap(({ entries }) => entries.map(card))],
  };
}

function card({ heading, pairs, written }: Entry): Message {
  const quotes = written.flatMap(([label, text]): readonly Block[] => [paragraph(label), { kind: 'quote', text }]);
  const known: readonly Block[] = pairs.length === 0 ? [] : [facts(...pairs)];
  return { summary: `${heading}.`, heading, body: [...known, ...quotes], buttons: [] };
}

/** The same for a file of data: the keys are words, the values texts, in the order of the page. */
export function everythingFile(held: Everything, now: Date): Readonly<Record<string, unknown>> {
  const written = whenIn(held.member.zone)(now);
  const sections = sectionsOf(held).map(({ heading, entries }) => [heading, entries.map(fileEntry)] as const);
  return { [heading]: { 'Written at': written, ...Object.fromEntries(sections) } };
}

function fileEntry({ heading, pairs, written }: Entry): Readonly<Record<string, string>> {
  return { What: heading, ...Object.fromEntries(pairs), ...Object.fromEntries(written) };
}

/** The same as a page that a browser opens by itself. */
export function everythingReadable(held: Everything, now: Date): string {
  const { zone } = held.member;
  const intro = `Written at ${whenIn(zone)(now)}. Times are on the clock of ${zoneLabel(zone)}. Where there is nothing about something, we hold nothing of it.`;
  return readableFile(heading, intro, sectionsOf(held));
}

/** In the order of a page. What there is most of comes last: a window may not have room for all. */
function sectionsOf(held: Everything): readonly Section[] {
  const when = whenIn(held.member.zone);
  return [
    { heading: 'You', entries: [aboutYou(held, when), settings(held, when)] },
    { heading: 'What you agreed to', entries: kinds.agreements(held, when) },
    { heading: 'How you asked to join', entries: kinds.joining(held, when) },
    {
      heading: 'Your accounts',
      entries: [...held.accounts.map((account) => accountEntry(account, when)), ...otherWaysIn(held, when)],
    },
    { heading: 'Who looks out for whom', entries: kinds.lookingOut(held, when) },
    { heading: 'Your matches', entries: [...matching.matches(held, when), ...matching.asked(held, when)] },
    { heading: 'Whom you never want to be matched with', entries: kinds.avoided(held, when) },
    { heading: 'Conversations you propose', entries: talks.proposals(held, when) },
    {
      heading: 'Conversations you host',
      entries: [...held.hosted.map((one) => talks.hosted(one, when)), ...talks.handOvers(held, when)],
    },
    { heading: 'Conversations you signed up for', entries: held.seats.map((one) => talks.seat(one, when)) },
    { heading: 'What we sent to your calendar', entries: talks.diaryPosts(held, when) },
    { heading: 'What you took away from conversations', entries: talks.takeaways(held, when) },
    { heading: 'Topics you suggested', entries: talks.topics(held, when) },
    { heading: 'What you were asked to host', entries: talks.hostAsks(held, when) },
    { heading: 'What conveners and operators did', entries: acts(held, when) },
    { heading: 'Messages we sent you', entries: messagesSent(held, when) },
    { heading: 'Your prompts and answers', entries: kinds.prompts(held, when) },
  ];
}

function aboutYou(
  { member, listedAt, joinedAt, leftAt, ownWay, newlyAppointed, newlySince }: Everything,
  when: When,
): Entry {
  const standing = { invited: 'Not joined', active: 'In the network', left: 'You have left', guest: 'Guest' };
  return entry('About you', [
    ['Email', member.email],
    ['Role', member.role],
    ['New in this role', newlyAppointed ? 'Yes' : 'No'],
    ...(newlySince === null ? [] : [['You said that you were new in a role', when(newlySince)] as const]),
    ['Level', member.level],
    ['Council', member.council],
    ['Nation', member.nation],
    ['Cohort', member.cohort],
    ['Learning set', ownWay.learningSet],
    ['You may act as', member.permission],
    ['Standing', standing[member.status]],
    ['The list of your programme named you at', when(listedAt)],
    ['Joined at', at(joinedAt, when)],
    ['Left at', member.status === 'left' ? at(leftAt, when) : ''],
  ]);
}

function settings({ member, choices, rooms, ownWay, interests, diary }: Everything, when: When): Entry {
  const said = (words: string, { source }: Choice) => `${words} (${sourceWords[source]})`;
  return entry('Your settings', [
    ['Name', said(choices.name.value, choices.name)],
    ['Time zone', said(zoneLabel(choices.zone.value), choices.zone)],
    ['Language', said(languageLabel(choices.locale.value), choices.locale)],
    ['You work from', ownWay.worksFrom],
    ['You work until', ownWay.worksUntil],
    ['Themes you care about', interests.join('; ')],
    ['Other members can find you', findableWords(member.findable)],
    ['How often prompts come', begin(promptRhythmWords(member.promptRhythm))],
    ['Where you would rather be written to', ownWay.preferred === null ? '' : platformWords[ownWay.preferred]],
    ['Prompts paused until', at(member.promptsPausedUntil, when)],
    ['Matches paused until', at(member.matchingPausedUntil, when)],
    ['Conversations paused until', at(member.conversationsPausedUntil, when)],
    ['You sit out the next round', ownWay.skipsRound ? 'Yes' : ''],
    ['You asked for no match in round', ownWay.restsInRound === null ? '' : String(ownWay.restsInRound)],
    ['Your seats come as calendar invitations', diary.invitations ? 'Yes' : 'No'],
    ['You have a calendar feed', diary.hasFeed ? 'Yes' : ''],
    ['You chose a channel for announcements at', rooms.map(({ createdAt }) => when(createdAt)).join('; ')],
  ]);
}

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

function otherWaysIn({ sessions, accountRequests, linkCodes }: Everything, when: When): readonly Entry[] {
  const signedIn = sessions.map(when).join('; ');
  const asking = accountRequests.map(({ platform, requestedAt }) => `${platformWords[platform]}: ${when(requestedAt)}`);
  const codes = linkCodes.map(({ expiresAt, usedAt }) =>
    usedAt === null ? `Works until ${when(expiresAt)}` : `Used at ${when(usedAt)}`,
  );
  return [
    entry('Browsers you are signed in on', [['Signed in until', signedIn]]),
    entry('Accounts that ask to be yours', [['Asked at', asking.join('; ')]]),
    entry('Codes to connect an account', [['Each code', codes.join('; ')]]),
  ].filter(({ pairs }) => pairs.length > 0);
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

function acts({ audit }: Everything, when: When): readonly Entry[] {
  const listed = (role: Everything['audit'][number]['role']) =>
    audit.flatMap((act) => (act.role === role ? [`${actionWords(act.action)}: ${when(act.at)}`] : [])).join('; ');
  return [
    entry('What you did for the network', [['What and when', listed('did')]]),
    entry('What was done about you', [['What and when', listed('was done to them')]]),
  ].filter(({ pairs }) => pairs.length > 0);
}
