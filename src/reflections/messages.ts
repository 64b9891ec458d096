import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Block, does, type Message, type Page, paragraph } from '../messages/message.ts';
import { answerLength } from './intents.ts';
import type { SentPrompt } from './model.ts';

export const problems = {
  empty: 'Write something before you save it. You can leave and come back later.',
  tooLong: `Your answer must be ${answerLength.toLocaleString('en-GB')} characters or fewer.`,
} as const;

export const refusals = {
  noPrompt: 'You do not have a prompt yet. We send one each Monday at 9am where you are.',
  signInToRead: 'Sign in to read your journal. A link in an email can be opened by anyone who has it.',
  notYours: 'We could not find that prompt. Type “reflect” to see your latest one.',
} as const;

/** A prompt with its theme and stage as a reader knows them, such as 'Good governance: gaining experience'. */
export interface NamedPrompt extends SentPrompt {
  readonly topic: string;
}

export function prompt(sent: NamedPrompt, answered: boolean): Message {
  const intent = { kind: 'reflections.open', prompt: sent.id } as const;
  return {
    summary: `Your reflection prompt for this week: ${sent.wording}`,
    heading: 'Your prompt for this week',
    body: [{ kind: 'quote', text: sent.wording }, paragraph(sent.topic), paragraph(sent.why), paragraph(privacy)],
    buttons: [does(answered ? 'Change your answer' : 'Write your answer', intent, 'main')],
  };
}

const privacy = 'Ten minutes is enough. Only you can read what you write.';

/** @param replaces true when an answer is there that is not shown: saving replaces it */
export function answerForm(sent: NamedPrompt, written: string, replaces: boolean): Form {
  const hint = replaces ? 'You have written an answer already. If you save here, this one replaces it.' : '';
  return {
    heading: 'Your reflection',
    body: [
      paragraph(sent.topic),
      paragraph(
        'Only you can read this. Do not record official decisions here, or name people who could be harmed by it.',
      ),
    ],
    fields: [{ ...question('text', sent.wording, hint), kind: 'text', value: written, maxLength: answerLength }],
    submitLabel: 'Save',
    completes: { kind: 'reflections.answer', prompt: sent.id },
    openedBy: { kind: 'reflections.open', prompt: sent.id },
  };
}

/** Says that the answer is kept, and never what it says: this may stand in a chat. */
export function saved(sent: NamedPrompt): Message {
  return {
    summary: 'We have saved your reflection. Only you can read it.',
    heading: 'Saved',
    body: [paragraph('We have saved your reflection. Only you can read it.'), paragraph(sent.topic)],
    buttons: [
      does('Read your journal', { kind: 'reflections.journal' }),
      does('Change your answer', { kind: 'reflections.open', prompt: sent.id }),
    ],
  };
}

export interface JournalEntry {
  readonly sent: NamedPrompt;
  readonly when: string;
  /** Private text: for a page, never for a message. */
  readonly answer: string;
}

export function journal(entries: readonly JournalEntry[]): Page {
  const none = 'You have not written anything yet. Type “reflect” to answer your latest prompt.';
  return {
    heading: 'Your journal',
    body: [paragraph(entries.length === 0 ? none : 'Only you can read this.')],
    cards: entries.map(({ sent, when, answer }) => ({
      summary: `What you wrote on ${when} about ${sent.topic}.`,
      heading: `${sent.topic}, ${when}`,
      body: [paragraph(sent.wording), ...paragraphs(answer)],
      buttons: [does('Change your answer', { kind: 'reflections.open', prompt: sent.id })],
    })),
  };
}

function paragraphs(text: string): readonly Block[] {
  const parts = text.split(/\n{2,}/).filter((part) => part.trim() !== '');
  return parts.map((part): Block => ({ kind: 'quote', text: part.trim() }));
}
