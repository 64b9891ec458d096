import * as cancelling from '../../src/conversations/cancel-messages.ts';
import * as conversations from '../../src/conversations/messages.ts';
import type { Conversation, Standing } from '../../src/conversations/model.ts';
import * as notices from '../../src/conversations/notice-messages.ts';
import * as proposals from '../../src/conversations/proposal-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import * as topics from '../../src/series/messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

function viewOf(contents: Contents, standing: Standing = { kind: 'none' }, seated = 3): conversations.View {
  return {
    conversation: conversationOf(contents),
    themeName: contents.theme,
    attendance: { seated, offered: 0, waiting: seated < 8 ? 0 : 2 },
    zone: 'Europe/London',
    standing,
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
  parts: ['details', 'plan', 'timesOf', 'nameOf', 'signUpButton'],
  examples: (contents) => {
    const open = viewOf(contents);
    const seated = viewOf(contents, { kind: 'seated' });
    const waiting = viewOf(contents, { kind: 'waiting', position: 2 }, 8);
    const host = viewOf(contents, { kind: 'host' });
    const abroad = { ...open, zone: 'America/New_York' };
    const people = [`${contents.role}, ${contents.council}`, contents.role];
    return {
      card: messages(...[open, seated, waiting, host, viewOf(contents, undefined, 8), abroad].map(conversations.card)),
      list: pages(
        conversations.list([], []),
        conversations.list([open, seated, waiting], [topics.suggesting(), proposals.hosting()]),
      ),
      proposed: messages(conversations.proposed(host)),
      withdrawn: messages(conversations.withdrawn(open)),
      seatFreed: messages(conversations.seatFreed(seated)),
      reminder: messages(conversations.reminder(seated), conversations.reminder(host)),
      hostBriefing: messages(
        conversations.hostBriefing(host, people, [contents.wording, contents.why]),
        conversations.hostBriefing(host, [], []),
      ),
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
      pastNotice: messages(notices.pastNotice(view, false), notices.pastNotice(view, true)),
    };
  },
};

const proposing: Chapter = {
  parts: [],
  examples: ({ title, about, theme }) => {
    const topic = { id: '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a', title, about, theme: '' };
    const themes = [
      { value: 'chief-executives/finance', label: theme },
      { value: 'chief-executives/core-role', label: 'The core chief executive role' },
    ];
    const form = proposals.proposalForm(themes, 'Europe/London', undefined);
    const answers = { title, about, date: '2026-03-01', time: '10:00', minutes: '45', capacity: '2', link: 'meet' };
    const mistakes = [
      { field: 'theme', text: conversations.problems.theme },
      { field: 'date', text: conversations.problems.past },
      { field: 'capacity', text: conversations.problems.capacity },
    ];
    return {
      hosting: messages(proposals.hosting()),
      proposalForm: forms(
        form,
        redraw(form, answers, mistakes),
        proposals.proposalForm(themes, 'Europe/London', topic),
      ),
      suggesting: messages(topics.suggesting()),
      topicForm: forms(topics.topicForm(''), topics.topicForm(about)),
      suggested: messages(topics.suggested(title)),
      topicCard: messages(topics.topicCard(topic)),
    };
  },
};

export const conversationChapters: Readonly<Record<string, Chapter>> = {
  'conversations/messages.ts': coming,
  'conversations/cancel-messages.ts': calledOff,
  'conversations/notice-messages.ts': inChannels,
  'conversations/proposal-messages.ts': proposing,
};
