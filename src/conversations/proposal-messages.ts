import type { Form, Option } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import { zoneLabel } from '../network/zones.ts';
import type { Topic } from '../series/model.ts';
import { capacityRange, lengths, minutesRange } from './model.ts';

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
      topic === undefined ? { kind: 'conversations.open-proposal' } : { kind: 'series.host-topic', topic: topic.id },
  };
}
