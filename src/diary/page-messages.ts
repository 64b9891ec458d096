import { type Block, type Button, does, type Message, type Page, paragraph } from '../messages/message.ts';
import type { ComingSlot } from '../series/coming.ts';
import { dayOf } from '../time/days.ts';
import { momentWords, monthWords, whenWords } from '../time/words.ts';
import { titleOf } from './entry-messages.ts';
import { eventCard, sortWords } from './event-messages.ts';
import { feedCard } from './feed-messages.ts';
import { fileButton, toDiary } from './messages.ts';
import type { Planned, ProgrammeEvent } from './model.ts';

/** How many lines stand in one list: Slack takes 3,000 characters in a block. */
const inList = 8;
/** How many cards of each kind a page has: Slack takes 100 blocks in a window. */
const cardsShown = 5;
/** Of meetings with a match; a member has one match at a time, and seldom two. */
const meetingsShown = 2;

/** A time agreed with a match. */
export interface ComingMeeting {
  readonly matchId: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly title: string;
}

/** One thing that is coming. */
export type Coming =
  | { readonly kind: 'conversation'; readonly planned: Planned }
  | { readonly kind: 'event'; readonly event: ProgrammeEvent }
  | { readonly kind: 'meeting'; readonly meeting: ComingMeeting }
  | { readonly kind: 'slot'; readonly slot: ComingSlot };

/** How a member's calendar gets what is coming. */
export interface Ways {
  /** '' for none; `undefined` where it is not to be shown. */
  readonly feedUrl: string | undefined;
  readonly invitations: boolean;
}

export interface Diary {
  /** The soonest first. */
  readonly coming: readonly Coming[];
  /** How many more there are. */
  readonly more: number;
  readonly ways: Ways;
  readonly isConvener: boolean;
  readonly zone: string;
}

export function diaryPage(diary: Diary): Page {
  const { coming, more, ways, isConvener, zone } = diary;
  const none = 'Nothing is coming up at the moment. We tell you when a conversation is announced.';
  const rest =
    more === 0 ? [] : [paragraph(`There are ${more} more after that. Your calendar feed has those of yours.`)];
  const theirs = coming.flatMap((one) =>
    one.kind === 'conversation' && one.planned.place !== 'none' ? [one.planned] : [],
  );
  const events = coming.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
  const meetings = coming.flatMap((one) => (one.kind === 'meeting' ? [one.meeting] : []));
  return {
    heading: 'Diary',
    body: [...(coming.length === 0 ? [paragraph(none)] : months(diary)), ...rest],
    cards: [
      ...meetings.slice(0, meetingsShown).map((meeting) => meetingCard(meeting, zone)),
      ...theirs.slice(0, cardsShown).map((planned) => ownCard(planned, zone)),
      ...events.slice(0, cardsShown).map((event) => eventCard(event, zone, isConvener)),
      joining(),
      feedCard(ways.feedUrl),
      invitationsCard(ways.invitations),
      ...(isConvener ? [adding()] : []),
    ],
  };
}

function months({ coming, zone }: Diary): readonly Block[] {
  const byMonth = Map.groupBy(coming, (one) => dayOf(startOf(one), zone).slice(0, 7));
  return [...byMonth].flatMap(([month, all]) => {
    const lines = all.map((one) => line(one, zone));
    const lists = Array.from({ length: Math.ceil(lines.length / inList) }, (_, index) => ({
      kind: 'list' as const,
      items: lines.slice(index * inList, (index + 1) * inList),
    }));
    return [paragraph(monthWords(month)), ...lists];
  });
}

export function startOf(one: Coming): Date {
  if (one.kind === 'slot') return one.slot.startsAt;
  if (one.kind === 'meeting') return one.meeting.startsAt;
  return one.kind === 'event' ? one.event.startsAt : one.planned.startsAt;
}

function line(one: Coming, zone: string): string {
  if (one.kind === 'slot') {
    const { name, state, topic, startsAt, minutes } = one.slot;
    const still = state === 'open' ? 'its topic is still to be chosen' : `we are looking for a host for “${topic}”`;
    return `${whenWords(startsAt, minutes, zone)}: ${name} (${still})`;
  }
  if (one.kind === 'event') {
    const { title, sort, cohort, startsAt, minutes } = one.event;
    const whom = cohort === '' ? '' : `, for ${cohort}`;
    return `${whenWords(startsAt, minutes, zone)}: ${title} (${sortWords[sort].toLowerCase()}${whom})`;
  }
  if (one.kind === 'meeting') {
    const { title, startsAt, minutes } = one.meeting;
    return `${whenWords(startsAt, minutes, zone)}: ${title}`;
  }
  const { planned } = one;
  return `${whenWords(planned.startsAt, planned.minutes, zone)}: ${titleOf(planned)}${mark(planned)}`;
}

function mark({ place, position }: Planned): string {
  switch (place) {
    case 'host':
      return ' (you are hosting)';
    case 'seated':
      return ' (you have a seat)';
    case 'offered':
      return ' (a seat is kept for you)';
    case 'waiting':
      return ` (you are number ${position} on the waiting list)`;
    case 'none':
      return '';
  }
}

function ownCard(planned: Planned, zone: string): Message {
  const title = titleOf(planned);
  const when = whenWords(planned.startsAt, planned.minutes, zone);
  return {
    summary: `${title}, ${when}${mark(planned)}.`,
    heading: title,
    body: [paragraph(`${when}${mark(planned)}.`)],
    buttons: [does('See it', { kind: 'conversations.view', conversation: planned.id }), fileButton(planned.id)],
  };
}

function meetingCard({ matchId, title, startsAt, minutes }: ComingMeeting, zone: string): Message {
  const when = whenWords(startsAt, minutes, zone);
  return {
    summary: `${title}, ${when}.`,
    heading: title,
    body: [paragraph(`${when}.`)],
    buttons: [does('See your match', { kind: 'matching.current' }), fileButton(matchId)],
  };
}

function joining(): Message {
  const text = 'You can sign up for the conversations that are coming.';
  return {
    summary: text,
    heading: 'Sign up',
    body: [paragraph(text)],
    buttons: [does('See conversations', { kind: 'conversations.list' })],
  };
}

function invitationsCard(isOn: boolean): Message {
  const text = isOn
    ? 'When you get a seat or agree on a time with a match, we email you an invitation. It changes and goes by itself.'
    : 'We do not email you invitations for your calendar. Those you have are still kept right.';
  const button: Button = isOn
    ? does('Stop invitations', { kind: 'diary.invitations', on: 'no' })
    : does('Send me invitations', { kind: 'diary.invitations', on: 'yes' });
  return { summary: text, heading: 'Calendar invitations', body: [paragraph(text)], buttons: [button] };
}

function adding(): Message {
  const text = 'As a convener you can put modules, design days and other events in the diary.';
  return {
    summary: text,
    heading: 'Put an event in the diary',
    body: [paragraph(text)],
    buttons: [does('Add an event', { kind: 'diary.open-event', event: 'new', at: '' })],
  };
}

export function invitationsSet(isOn: boolean): Message {
  const text = isOn
    ? 'We email you an invitation for each seat, for what you host, and for times agreed with a match.'
    : 'We do not email you new invitations. Those in your calendar are still kept right.';
  return {
    summary: text,
    heading: isOn ? 'Invitations are on' : 'Invitations are off',
    body: [paragraph(text)],
    buttons: [toDiary],
  };
}

/** @param url works for ten minutes */
export function filePage(title: string, startsAt: Date, url: string, zone: string): Page {
  const text = `This file puts “${title}”, ${momentWords(startsAt, zone)}, in your calendar.`;
  return {
    heading: 'Add to your calendar',
    body: [paragraph(text), paragraph('A file does not change by itself. Get it again if we tell you that it moved.')],
    cards: [
      {
        summary: text,
        heading: 'The file',
        body: [paragraph('The link works for 10 minutes.')],
        buttons: [{ kind: 'opens', label: 'Download the file', url }],
      },
    ],
  };
}
