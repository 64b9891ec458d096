import * as events from '../../src/diary/event-messages.ts';
import * as feed from '../../src/diary/feed-messages.ts';
import * as diary from '../../src/diary/messages.ts';
import type { Planned, ProgrammeEvent } from '../../src/diary/model.ts';
import * as shown from '../../src/diary/page-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import { readWhen } from '../../src/time/when.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const id = '0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e';
const cohortId = '0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c';
const now = new Date('2027-03-02T12:00:00Z');
const zone = 'Europe/London';

function plannedOf({ title, about, theme, name, role, council }: Contents): Planned {
  return {
    id,
    title,
    themeName: theme,
    about,
    host: `${name}, ${role}, ${council}`,
    startsAt: new Date('2027-03-16T10:00:00Z'),
    minutes: 60,
    zone,
    location: '',
    cancelledAt: null,
    changedAt: now,
    sequence: 1,
    place: 'seated',
    position: 0,
  };
}

function eventOf({ title, about, cohort }: Contents): ProgrammeEvent {
  return {
    id,
    sort: 'module',
    title,
    about,
    place: about,
    link: 'https://teach.example/room',
    startsAt: new Date('2027-04-06T08:30:00Z'),
    minutes: 300,
    zone,
    cohortId,
    cohort,
    sequence: 0,
    changedAt: now,
    cancelledAt: null,
  };
}

const invitations: Chapter = {
  parts: ['fileButton'],
  examples: (contents: Contents) => {
    const planned = plannedOf(contents);
    const inPlace = { ...planned, location: contents.about };
    const erased = { ...planned, title: '', about: '', host: '' };
    return {
      invitation: messages(
        diary.invitation(planned, zone, false),
        diary.invitation({ ...inPlace, place: 'host' }, 'America/New_York', true),
        diary.invitation(inPlace, zone, true),
      ),
      calledOff: messages(
        diary.calledOff({ ...planned, place: 'none' }, zone, false),
        diary.calledOff({ ...planned, place: 'none' }, zone, true),
        diary.calledOff({ ...erased, cancelledAt: now }, zone, false),
      ),
    };
  },
};

const page: Chapter = {
  parts: ['startOf'],
  examples: (contents: Contents) => {
    const planned = plannedOf(contents);
    const places = ['seated', 'host', 'offered', 'waiting', 'none'] as const;
    const conversations = places.map((place, index) => {
      return { kind: 'conversation', planned: { ...planned, place, position: index } } as const;
    });
    const event = { kind: 'event', event: eventOf(contents) } as const;
    const date = { id, name: contents.topic, startsAt: planned.startsAt, minutes: 60, zone };
    const open = { kind: 'slot', slot: { ...date, state: 'open', topic: '' } } as const;
    const asking = { kind: 'slot', slot: { ...date, state: 'asking', topic: contents.title } } as const;
    const url = `http://localhost:3000/calendar/${'A'.repeat(64)}.ics`;
    const met = { matchId: id, startsAt: planned.startsAt, minutes: 30, title: contents.name };
    const meeting = { kind: 'meeting', meeting: met } as const;
    const full = { coming: [...conversations, meeting, event, open, asking], more: 0, isConvener: false, zone };
    const much = Array.from({ length: 8 }, () => full.coming)
      .flat()
      .slice(0, 40);
    return {
      diaryPage: pages(
        shown.diaryPage({ ...full, coming: [], ways: { feedUrl: '', invitations: true } }),
        shown.diaryPage({ ...full, ways: { feedUrl: undefined, invitations: false } }),
        shown.diaryPage({
          ...full,
          coming: much,
          more: 12,
          isConvener: true,
          ways: { feedUrl: url, invitations: true },
        }),
      ),
      invitationsSet: messages(shown.invitationsSet(true), shown.invitationsSet(false)),
      filePage: pages(shown.filePage(contents.title, planned.startsAt, url, zone)),
    };
  },
};

const feeds: Chapter = {
  parts: [],
  examples: () => {
    const url = `http://localhost:3000/calendar/${'A'.repeat(64)}.ics`;
    return {
      feedCard: messages(feed.feedCard(undefined), feed.feedCard(''), feed.feedCard(url)),
      feedPage: pages(feed.feedPage(url)),
      feedStopped: messages(feed.feedStopped()),
    };
  },
};

const programme: Chapter = {
  parts: [],
  examples: (contents: Contents) => {
    const event = eventOf(contents);
    const { sort, title, about, place, link } = event;
    const start = { sort, title, about, place, link, date: '2027-04-06', time: '09:30', zone, minutes: '300' };
    const cohorts = [
      { value: 'all', label: 'Everybody' },
      { value: cohortId, label: contents.cohort },
    ];
    const form = events.eventForm('new', { ...start, title: '', cohort: 'all', doubt: undefined }, cohorts);
    const night = { ...start, date: '2027-10-31', time: '01:30', cohort: cohortId };
    const when = readWhen(night.date, night.time, '', zone);
    const doubt = 'twice' in when ? when : undefined;
    const problems = Object.entries(events.eventProblems).map(([field, text]) => ({ field, text }));
    return {
      eventForm: forms(form, events.eventForm(id, { ...night, doubt }, cohorts), redraw(form, {}, problems)),
      eventCard: messages(
        events.eventCard(event, zone, true),
        events.eventCard({ ...event, about: '', place: '', link: '', cohort: '' }, zone, false),
      ),
      eventSaved: messages(events.eventSaved(event, zone)),
      eventCancelled: messages(events.eventCancelled(contents.title)),
    };
  },
};

const inCalendars: Chapter = {
  parts: ['titleOf', 'entryTitle', 'conversationWords', 'eventWords'],
  examples: () => ({}),
};

export const diaryChapters: Readonly<Record<string, Chapter>> = {
  'diary/messages.ts': invitations,
  'diary/page-messages.ts': page,
  'diary/feed-messages.ts': feeds,
  'diary/event-messages.ts': programme,
  'diary/entry-messages.ts': inCalendars,
};
