import { redraw } from '../../src/messages/form.ts';
import * as asking from '../../src/series/asking-messages.ts';
import * as topics from '../../src/series/messages.ts';
import type { Series } from '../../src/series/model.ts';
import * as series from '../../src/series/series-messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const id = '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a';
const conversation = '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f';
const startsAt = new Date('2027-03-30T11:30:00Z');

function themesOf({ theme }: Contents) {
  return [
    { value: 'chief-executives/finance', label: theme },
    { value: 'chief-executives/core-role', label: 'The core chief executive role' },
  ];
}

const ofTopics: Chapter = {
  parts: [],
  examples: (contents) => {
    const { title, about } = contents;
    const topic = { id, title, about, theme: '', votes: 7 };
    const plain = { ...topic, themeName: contents.theme, isOwn: false, hasVoted: false, isWornOff: false };
    const open: topics.ShownTopic = { ...plain, chosenFor: undefined, mayHost: false, zone: 'Europe/London' };
    const asked = { slot: conversation, startsAt, hasHost: false };
    const all: readonly topics.ShownTopic[] = [
      { ...open, mayHost: true },
      { ...open, themeName: '', votes: 1, isOwn: true },
      { ...open, isOwn: true, isWornOff: true },
      { ...open, hasVoted: true },
      { ...open, chosenFor: asked, mayHost: true },
      { ...open, isOwn: true, chosenFor: { ...asked, hasHost: true } },
    ];
    return {
      suggesting: messages(topics.suggesting()),
      topicForm: forms(topics.topicForm('', themesOf(contents)), topics.topicForm(about, themesOf(contents))),
      suggested: messages(topics.suggested(title)),
      topicCard: messages(topics.topicCard(topic)),
      votingCard: messages(...all.map(topics.votingCard)),
      topicsPage: pages(topics.topicsPage([], 0), topics.topicsPage(all, 12)),
      withdrawn: messages(topics.withdrawn(title)),
      topicHosted: messages(topics.topicHosted({ title }, conversation, '12:30pm to 1:30pm on Tuesday 30 March')),
    };
  },
};

const ofAsking: Chapter = {
  parts: [],
  examples: (contents) => {
    const { title, about, theme } = contents;
    const shown: asking.ShownSlot = {
      id: conversation,
      series: { name: contents.topic, minutes: 60, capacity: 8 },
      topic: { id, title, about, theme: 'chief-executives/finance' },
      themeName: theme,
      startsAt,
      zone: 'Europe/London',
    };
    const unthemed = { ...shown, themeName: '' };
    const until = new Date('2027-03-11T10:00:00Z');
    return {
      askHost: messages(asking.askHost(shown, until), asking.askHost(unthemed, until)),
      yesForm: forms(asking.yesForm(shown, themesOf(contents)), asking.yesForm(unthemed, themesOf(contents))),
      youHost: messages(asking.youHost(shown, conversation), asking.youHost(unthemed, undefined)),
      saidNo: messages(asking.saidNo()),
      noHost: messages(asking.noHost(shown), asking.noHost(unthemed)),
      noTopic: messages(asking.noTopic(shown.series, startsAt, 'Europe/London')),
    };
  },
};

const ofSeries: Chapter = {
  parts: [],
  examples: ({ topic, title }) => {
    const one: Series = {
      id,
      name: topic,
      weekday: 2,
      at: '12:30',
      zone: 'Europe/London',
      everyWeeks: 2,
      firstDay: '2027-03-30',
      minutes: 60,
      capacity: 8,
      perCouncil: 2,
      link: 'https://meet.example/room?pwd=a_b_c',
      place: '',
    };
    const weekly = { ...one, everyWeeks: 1, perCouncil: null };
    const planned = { day: '2027-05-31', startsAt, off: 'bank holiday' } as const;
    const slot = { kind: 'slot', startsAt, state: 'open', topic: '' } as const;
    const dates: readonly series.ShownDate[] = [
      { ...slot, state: 'hosted', topic: title },
      { ...slot, state: 'asking', topic: title },
      { ...slot, state: 'empty', topic: title },
      { ...slot, state: 'empty' },
      slot,
      { kind: 'off', planned, why: 'bank holiday' },
      { kind: 'off', planned, why: 'break' },
    ];
    const form = series.seriesForm(undefined, 'Europe/London', '2027-03-02');
    const mistakes = [
      { field: 'at', text: series.problems.at },
      { field: 'link', text: series.problems.where },
    ];
    return {
      seriesPage: pages(
        series.seriesPage([]),
        series.seriesPage([
          { series: one, dates },
          { series: weekly, dates: [] },
        ]),
      ),
      seriesForm: forms(
        form,
        redraw(form, { name: topic, at: '22:00' }, mistakes),
        series.seriesForm(one, 'Europe/London', '2027-03-02'),
      ),
      seriesSet: messages(series.seriesSet({ series: one, dates })),
      seriesEnded: messages(series.seriesEnded(topic)),
    };
  },
};

export const seriesChapters: Readonly<Record<string, Chapter>> = {
  'series/messages.ts': ofTopics,
  'series/asking-messages.ts': ofAsking,
  'series/series-messages.ts': ofSeries,
};
