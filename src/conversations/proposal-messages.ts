import { cut } from '../messages/cut.ts';
import type { Form, Option } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import { zoneLabel } from '../network/zones.ts';
import { capacityRange, lengths, minutesRange, type Topic } from './model.ts';

/** The card by which a host comes to propose. */
export function hosting(): Message {
  const text = 'As a host you can propose a conversation on a theme you care about.';
  return {
    summary: text,
    heading: 'Host a conversation',
    body: [paragraph(text)],
    buttons: [does('Propose a conversation', { kind: 'conversations.open-proposal' })],
  };
}

/** @param topic what it takes up, to start from; `undefined` for an idea of the host's own */
export function proposalForm(themes: readonly Option[], zone: string, topic: Topic | undefined): Form {
  const when = `On your clock: ${zoneLabel(zone)}.`;
  return {
    heading: 'Propose a conversation',
    body: [paragraph('We announce it as soon as you send this form.')],
    fields: [
      { ...question('theme', 'Theme'), kind: 'choice', options: themes },
      { ...question('title', 'Title'), value: topic?.title ?? '', kind: 'line', maxLength: lengths.title },
      { ...question('about', 'What it is about'), value: topic?.about ?? '', kind: 'text', maxLength: lengths.about },
      { ...question('date', 'Date'), kind: 'date' },
      { ...question('time', 'Start time', when), kind: 'time' },
      { ...question('minutes', 'Length in minutes'), value: '60', kind: 'number', ...minutesRange },
      { ...question('capacity', 'Seats, not counting you'), value: '8', kind: 'number', ...capacityRange },
      { ...question('link', 'Link to join', 'Only people with a seat see it.'), kind: 'line', maxLength: lengths.link },
    ],
    submitLabel: 'Announce',
    completes: { kind: 'conversations.propose', topic: topic?.id ?? '' },
    openedBy:
      topic === undefined
        ? { kind: 'conversations.open-proposal' }
        : { kind: 'conversations.host-topic', topic: topic.id },
  };
}

/** The card by which a member comes to suggest a topic. */
export function suggesting(): Message {
  const text = 'Is there something you would like to talk about? Suggest it, and a host may take it up.';
  return {
    summary: text,
    heading: 'Suggest a topic',
    body: [paragraph(text)],
    buttons: [does('Suggest a topic', { kind: 'conversations.open-topic', text: '' })],
  };
}

/** @param text what to start from, such as a chat message; '' for nothing */
export function topicForm(text: string): Form {
  const about = cut(text.trim(), lengths.about);
  const [title = ''] = about.split('\n');
  return {
    heading: 'Suggest a topic',
    body: [paragraph('Hosts see the topic. They do not see who suggested it.')],
    fields: [
      {
        ...question('title', 'Title'),
        value: cut(title.trim(), lengths.title),
        kind: 'line',
        maxLength: lengths.title,
      },
      { ...question('about', 'What it is about'), value: about, kind: 'text', maxLength: lengths.about },
    ],
    submitLabel: 'Suggest',
    completes: { kind: 'conversations.suggest-topic' },
    openedBy: { kind: 'conversations.open-topic', text: about },
  };
}

export function suggested(title: string): Message {
  return {
    summary: `Thank you for suggesting “${title}”.`,
    heading: 'Thank you for your suggestion',
    body: [paragraph('Hosts can see it now, without your name. If one takes it up, we announce the conversation.')],
    buttons: [does('See conversations', { kind: 'conversations.list' })],
  };
}

/** To hosts: a topic that nobody has taken up, without who suggested it. */
export function topicCard({ id, title, about }: Topic): Message {
  return {
    summary: `A topic people suggested: “${title}”.`,
    heading: `Suggested topic: ${title}`,
    body: [paragraph(about)],
    buttons: [does('Host this', { kind: 'conversations.host-topic', topic: id })],
  };
}
