import { lengths } from '../conversations/model.ts';
import { cut } from '../messages/cut.ts';
import { type Form, question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import type { Topic } from './model.ts';

/** The card by which a member comes to suggest a topic. */
export function suggesting(): Message {
  const text = 'Is there something you would like to talk about? Suggest it, and a host may take it up.';
  return {
    summary: text,
    heading: 'Suggest a topic',
    body: [paragraph(text)],
    buttons: [does('Suggest a topic', { kind: 'series.open-topic', text: '' })],
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
    completes: { kind: 'series.suggest-topic', theme: '' },
    openedBy: { kind: 'series.open-topic', text: about },
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
    buttons: [does('Host this', { kind: 'series.host-topic', topic: id })],
  };
}
