import * as lists from '../../src/conversations/list-messages.ts';
import type { Shown } from '../../src/conversations/messages.ts';
import type { Conversation, Standing } from '../../src/conversations/model.ts';
import * as views from '../../src/conversations/view-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import * as erasing from '../../src/network/guest-messages.ts';
import * as guests from '../../src/proposals/guest-messages.ts';
import { guestLengths } from '../../src/proposals/guest-rules.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

export function conversationOf(
  { name, role, council, title, about }: Contents,
  other: Partial<Conversation> = {},
): Conversation {
  return {
    id: '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f',
    host: { id: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b', name, role, council },
    theme: 'chief-executives/finance',
    title,
    about,
    startsAt: new Date('2027-03-16T10:00:00Z'),
    zone: 'Europe/London',
    minutes: 60,
    capacity: 8,
    cancelledAt: null,
    cancelReason: '',
    link: 'https://meet.example/room?pwd=a_b_c',
    place: '',
    perCouncil: null,
    audience: { kind: 'all' },
    chathamHouse: false,
    revision: 1,
    sequence: 0,
    ...other,
  };
}

function shownOf(contents: Contents, other: Partial<Conversation> = {}): Shown {
  return {
    conversation: conversationOf(contents, other),
    themeName: contents.theme,
    attendance: { seated: 3, offered: 0, waiting: 0 },
    audienceName: '',
    zone: 'Europe/London',
  };
}

function detailedOf(contents: Contents, standing: Standing, other: Partial<Conversation> = {}): views.Detailed {
  const isHost = standing.kind === 'host';
  const stands = { standing, councilHas: 0, isForThem: true, mayCancel: false, mayManage: isHost, mayHandOver: true };
  const afterwards = isHost ? 'wrap up' : standing.kind === 'seated' ? 'take away' : 'nothing';
  return { ...shownOf(contents, other), ...stands, stage: 'to come', afterwards };
}

const listing: Chapter = {
  parts: [],
  examples: (contents) => {
    const open = detailedOf(contents, { kind: 'none' });
    const waiting = detailedOf(contents, { kind: 'waiting', position: 2 });
    const host = { ...detailedOf(contents, { kind: 'host' }), mayCancel: true };
    return {
      list: pages(
        lists.list([], [lists.aroundList({ mayHost: false, count: 0 })]),
        lists.list([open, waiting, host], [lists.aroundList({ mayHost: true, count: 2 })]),
      ),
      aroundList: messages(lists.aroundList({ mayHost: true, count: 1 })),
    };
  },
};

const viewing: Chapter = {
  parts: [],
  examples: (contents) => {
    const open = { ...detailedOf(contents, { kind: 'none' }), audienceName: 'Directors' };
    const until = new Date('2027-03-04T09:00:00Z');
    const offered = detailedOf(contents, { kind: 'offered', until }, { chathamHouse: true, perCouncil: 2 });
    const host = detailedOf(contents, { kind: 'host' }, { link: '', place: contents.why.slice(0, 200) });
    const seated = detailedOf(contents, { kind: 'seated' });
    const convener = { ...open, mayManage: true };
    const cancelled = detailedOf(contents, { kind: 'seated' }, { cancelReason: contents.reason });
    const gone = detailedOf(contents, { kind: 'seated' }, { host: undefined, title: '', about: '' });
    return {
      conversationPage: pages(
        ...[open, offered, host, seated, convener].map(views.conversationPage),
        views.conversationPage({ ...seated, stage: 'under way' }),
        views.conversationPage({ ...seated, stage: 'over' }),
        views.conversationPage({ ...host, stage: 'over' }),
        views.conversationPage({ ...cancelled, stage: 'cancelled' }),
        views.conversationPage({ ...gone, stage: 'over' }),
      ),
    };
  },
};

const guest: Chapter = {
  parts: ['withHostLinks', 'withZone'],
  examples: (contents) => {
    const shown = shownOf(contents);
    const form = guests.guestForm(shown, guestLengths);
    const answers = {
      name: contents.name,
      email: 'not one',
      role: '',
      organisation: contents.council,
      zone: 'Europe/London',
    };
    const mistakes = [
      { field: 'email', text: guests.guestProblems.notFree },
      { field: 'role', text: guests.guestProblems.role },
    ];
    const inPlace = shownOf(contents, { link: '', place: contents.why.slice(0, 200), chathamHouse: true });
    const contact = { name: contents.name, email: 'host+network@leeds.example' };
    return {
      guestForm: forms(form, redraw(form, answers, mistakes)),
      guestHosts: messages(guests.guestHosts(shown, contents.name)),
      guestWelcome: messages(guests.guestWelcome(shown, contact), guests.guestWelcome(inPlace, undefined)),
    };
  },
};

const erased: Chapter = {
  parts: [],
  examples: ({ name, role, council }) => ({
    confirmEraseGuest: messages(erasing.confirmEraseGuest({ name, role, council, email: 'guest@university.example' })),
  }),
};

export const guestChapters: Readonly<Record<string, Chapter>> = {
  'conversations/list-messages.ts': listing,
  'conversations/view-messages.ts': viewing,
  'proposals/guest-messages.ts': guest,
  'network/guest-messages.ts': erased,
};
