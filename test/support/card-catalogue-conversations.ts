import * as cancelling from '../../src/conversations/cancel-messages.ts';
import * as conversations from '../../src/conversations/messages.ts';
import type { Conversation, Standing } from '../../src/conversations/model.ts';
import * as notices from '../../src/conversations/notice-messages.ts';
import * as offers from '../../src/conversations/offer-messages.ts';
import { type Chapter, forms, messages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

export function viewOf(contents: Contents, standing: Standing = { kind: 'none' }, seated = 3): conversations.View {
  return {
    conversation: conversationOf(contents),
    themeName: contents.theme,
    attendance: { seated, offered: 0, waiting: seated < 8 ? 0 : 2 },
    zone: 'Europe/London',
    standing,
    audienceName: '',
    councilHas: 0,
    isForThem: true,
    mayCancel: standing.kind === 'host',
  };
}

function conversationOf({ name, role, council, title, about }: Contents): Conversation {
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
  };
}

/** As its host, who is erased, leaves it: without their words. */
function withoutHost(view: conversations.View): conversations.View {
  return { ...view, conversation: { ...view.conversation, host: undefined, title: '', about: '' } };
}

const coming: Chapter = {
  parts: ['details', 'plan', 'timesOf', 'nameOf', 'signUpButton', 'buttons'],
  examples: (contents) => {
    const open = viewOf(contents);
    const seated = viewOf(contents, { kind: 'seated' });
    const waiting = viewOf(contents, { kind: 'waiting', position: 2 }, 8);
    const host = viewOf(contents, { kind: 'host' });
    const abroad = { ...open, zone: 'America/New_York' };
    return {
      card: messages(
        ...[open, seated, waiting, host, viewOf(contents, undefined, 8), abroad].map(conversations.card),
        ...onTerms(contents).map(conversations.card),
      ),
      proposed: messages(conversations.proposed(host)),
    };
  },
};

/** For some people only, and not for all of one council, in a room, under the rule. */
function onTerms(contents: Contents): readonly conversations.View[] {
  const open = viewOf(contents);
  const terms = { perCouncil: 2, chathamHouse: true, link: '', place: contents.wording } as const;
  const some = { ...open, conversation: { ...open.conversation, ...terms }, audienceName: 'Chief executives' };
  const waiting = { kind: 'waiting', position: 1 } as const;
  const offered = { kind: 'offered', until: new Date('2027-03-12T16:00:00Z') } as const;
  return [
    some,
    { ...some, isForThem: false },
    { ...some, councilHas: 2 },
    { ...some, councilHas: 1, standing: waiting },
    { ...some, standing: offered },
  ];
}

const ofSeats: Chapter = {
  parts: ['notForYou'],
  examples: (contents) => {
    const open = viewOf(contents);
    const [, , , waiting = open, offered = open] = onTerms(contents);
    const until = new Date('2027-03-12T16:00:00Z');
    return {
      seatFreed: messages(offers.seatFreed(viewOf(contents, { kind: 'seated' }))),
      seatOffered: messages(offers.seatOffered(offered, until)),
      secondOffered: messages(offers.secondOffered(offered, until)),
      offerEnded: messages(offers.offerEnded(open, false), offers.offerEnded(viewOf(contents, undefined, 8), true)),
      offerOver: messages(offers.offerOver(open), offers.offerOver(waiting)),
      letGo: messages(offers.letGo(open)),
      withdrawn: messages(offers.withdrawn(open)),
    };
  },
};

const calledOff: Chapter = {
  parts: ['why'],
  examples: (contents) => {
    const view = viewOf(contents, { kind: 'seated' });
    const withReason = { ...view, conversation: { ...view.conversation, cancelReason: contents.reason } };
    return {
      cancelForm: forms(cancelling.cancelForm(view), cancelling.cancelForm({ ...view, ...nobody })),
      calledOff: messages(cancelling.calledOff(view, 3), cancelling.calledOff(view, 0)),
      cancelled: messages(
        cancelling.cancelled(withReason),
        cancelling.cancelled({ ...withReason, standing: { kind: 'waiting', position: 1 } }),
        cancelling.cancelled({ ...view, standing: { kind: 'host' } }),
        cancelling.cancelled(withoutHost(view)),
      ),
    };
  },
};

const nobody = { attendance: { seated: 0, offered: 0, waiting: 0 } } as const;

const inChannels: Chapter = {
  parts: [],
  examples: (contents) => {
    const view = viewOf(contents);
    const withReason = { ...view, conversation: { ...view.conversation, cancelReason: contents.reason } };
    return {
      notice: messages(notices.notice(view), notices.notice(viewOf(contents, undefined, 8))),
      cancelledNotice: messages(notices.cancelledNotice(withReason), notices.cancelledNotice(view)),
      pastNotice: messages(notices.pastNotice(view, false, ''), notices.pastNotice(view, true, contents.answer)),
    };
  },
};

export const conversationChapters: Readonly<Record<string, Chapter>> = {
  'conversations/messages.ts': coming,
  'conversations/cancel-messages.ts': calledOff,
  'conversations/offer-messages.ts': ofSeats,
  'conversations/notice-messages.ts': inChannels,
};
