import { type Form, type Option, question } from '../messages/form.ts';
import { type Button, does, facts, type Message, paragraph } from '../messages/message.ts';
import { telling } from '../messages/telling.ts';
import { momentWords, whenWords } from '../time/words.ts';
import type { Series, Topic } from './model.ts';

export const refusals = {
  gone: telling(
    'That conversation is no longer planned. Type “topics” to see what people want to talk about.',
    'topics',
  ),
  hasHost: 'Thank you. This conversation has a host already, so there is nothing you need to do.',
  notChosen: telling(
    'No topic has been chosen for that date yet. Type “topics” to see what people want to talk about.',
    'topics',
  ),
  started: telling('That date has passed. Type “topics” to see what people want to talk about.', 'topics'),
  takenUp: telling('That topic has been taken up for another date. Type “topics” to see the others.', 'topics'),
  notAsked: 'You were not asked to host this conversation, so there is nothing you need to do.',
  yours: 'You said that you host this conversation. Cancel it, or hand it over to another host.',
} as const;

/** A slot with the topic that was chosen for it. */
export interface ShownSlot {
  readonly id: string;
  readonly series: Pick<Series, 'name' | 'minutes' | 'capacity'>;
  readonly topic: Topic;
  /** In words; '' where the topic has none. */
  readonly themeName: string;
  readonly startsAt: Date;
  /** Of the reader. */
  readonly zone: string;
}

function details({ series, themeName, startsAt, zone }: ShownSlot) {
  const theme = themeName === '' ? [] : [['Theme', themeName] as const];
  return facts(['When', whenWords(startsAt, series.minutes, zone)], ['Series', series.name], ...theme, [
    'Seats',
    String(series.capacity),
  ]);
}

function yes({ id, topic, themeName }: ShownSlot, label: string): Button {
  const intent =
    themeName === ''
      ? ({ kind: 'series.open-yes', slot: id } as const)
      : ({ kind: 'series.say-yes', slot: id, theme: topic.theme } as const);
  return does(label, intent, 'main');
}

/** To the host whose turn it is. */
export function askHost(shown: ShownSlot, until: Date): Message {
  const { id, topic, startsAt, series, zone } = shown;
  return {
    summary: `People would like to talk about “${topic.title}”. Could you host it, ${whenWords(startsAt, series.minutes, zone)}?`,
    heading: `Could you host this? ${topic.title}`,
    body: [
      paragraph(topic.about),
      details(shown),
      paragraph(`Answer by ${momentWords(until, zone)}. After that we ask somebody else.`),
      paragraph('If you say yes, we announce it at this time. You can change it afterwards.'),
    ],
    buttons: [yes(shown, 'Yes, I will host'), does('I cannot this time', { kind: 'series.say-no', slot: id })],
  };
}

/** For a topic without a theme: a conversation has one. */
export function yesForm(shown: ShownSlot, themes: readonly Option[]): Form {
  const field = {
    ...question('theme', 'Theme', 'Choose the one that is nearest.'),
    kind: 'choice',
    options: themes,
  } as const;
  return {
    heading: 'Host this conversation',
    body: [paragraph(`“${shown.topic.title}”`), paragraph(shown.topic.about), details(shown)],
    fields: [shown.themeName === '' ? field : { ...field, value: shown.topic.theme }],
    submitLabel: 'Yes, I will host',
    completes: { kind: 'series.say-yes', slot: shown.id },
    openedBy: { kind: 'series.open-yes', slot: shown.id },
  };
}

/** @param conversation `undefined` while conveners look at it */
export function youHost(shown: ShownSlot, conversation: string | undefined): Message {
  const when = whenWords(shown.startsAt, shown.series.minutes, shown.zone);
  const text =
    conversation === undefined
      ? 'Thank you. A convener looks at it before we announce it. We will tell you.'
      : 'Thank you. We are announcing it now. You can change it, or see who is coming.';
  return {
    summary: `You are hosting “${shown.topic.title}”, ${when}.`,
    heading: `You are hosting: ${shown.topic.title}`,
    body: [details(shown), paragraph(text)],
    buttons:
      conversation === undefined
        ? [does('See your drafts', { kind: 'proposals.mine' })]
        : [
            does('Change it', { kind: 'conversations.open-edit', conversation, revision: '', asked: '' }),
            does('See who is coming', { kind: 'conversations.who-is-coming', conversation }),
          ],
  };
}

export function saidNo(): Message {
  return {
    summary: 'Thank you for telling us. We will ask somebody else.',
    heading: 'Thank you for telling us',
    body: [paragraph('We will ask somebody else. We may ask you again for another date.')],
    buttons: [],
  };
}

/** To conveners: nobody could host what people wanted. */
export function noHost(shown: ShownSlot): Message {
  const when = whenWords(shown.startsAt, shown.series.minutes, shown.zone);
  return {
    summary: `We found no host for “${shown.topic.title}”, ${when}.`,
    heading: 'A conversation without a host',
    body: [
      paragraph(
        'We asked the hosts who were free, and ran out of hosts or of time. The topic is open for votes again.',
      ),
      details(shown),
      paragraph('You can host it yourself. Otherwise there is no conversation on this date.'),
    ],
    buttons: [yes(shown, 'I will host it'), does('See topics', { kind: 'series.topics' })],
  };
}

/** To conveners: there was nothing to look for a host for. */
export function noTopic(series: Pick<Series, 'name' | 'minutes'>, startsAt: Date, zone: string): Message {
  const when = whenWords(startsAt, series.minutes, zone);
  return {
    summary: `Nobody has suggested a topic for “${series.name}”, ${when}.`,
    heading: 'A conversation without a topic',
    body: [paragraph(`“${series.name}” has no topic for ${when}, so there is no conversation on this date.`)],
    buttons: [does('See topics', { kind: 'series.topics' })],
  };
}
