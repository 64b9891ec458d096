import { type Form, question } from '../messages/form.ts';
import { type Block, does, type Message, paragraph } from '../messages/message.ts';
import { telling } from '../messages/telling.ts';
import { answerLength } from './intents.ts';
import type { NamedPrompt } from './model.ts';

export const problems = {
  empty: 'Write how it went before you save it. You can leave and come back later.',
  writtenElsewhere:
    'You have changed this somewhere else since you opened it here. Select “Save” again to put these words in its place.',
  tooLong: `What you write must be ${answerLength.toLocaleString('en-GB')} characters or fewer.`,
} as const;

export const refusals = {
  noAction: telling(
    'There is no action to write about any more. Type “journal” to see what you have written.',
    'journal',
  ),
} as const;

/** Asks how an action went, without its words: this stands in a chat. @param isLate it was put off, by a pause */
export function howDidItGo(sent: NamedPrompt, isLate: boolean): Message {
  const since = isLate ? 'Some weeks ago' : 'Four weeks ago';
  const summary = `${since} you wrote down something to try. How did it go?`;
  return {
    summary,
    heading: 'How did it go?',
    body: [
      paragraph(summary),
      paragraph('A few words are enough, and “I have not tried it” is a fair answer. Only you can read it.'),
    ],
    buttons: [
      does('Say how it went', { kind: 'reflections.open-follow-up', prompt: sent.id }, 'main'),
      does('Read your journal', { kind: 'reflections.journal' }),
    ],
  };
}

/** What the form opens with; '' where it may not be shown, or is not there. */
export interface Tried {
  readonly action: string;
  readonly followUp: string;
  /** When that was written, '' for never; left out where it is not shown. */
  readonly written?: string;
}

/** @param isHidden true when an action is there that may not be shown to whoever is asking */
export function followUpForm(sent: NamedPrompt, { action, followUp, ...shown }: Tried, isHidden: boolean): Form {
  const said: readonly Block[] = isHidden
    ? [paragraph('You wrote down something to try. Sign in to see it.')]
    : [paragraph('You wrote down something to try:'), { kind: 'quote', text: action }];
  const hint = isHidden
    ? 'If you have written this before, what you save here replaces it.'
    : 'Only you can read this.';
  return {
    heading: 'How did it go?',
    body: [paragraph(sent.topic), ...said],
    fields: [{ ...question('text', 'How did it go?', hint), kind: 'text', value: followUp, maxLength: answerLength }],
    submitLabel: 'Save',
    completes: { kind: 'reflections.follow-up', prompt: sent.id, ...shown },
    openedBy: { kind: 'reflections.open-follow-up', prompt: sent.id, ...shown },
  };
}

/** Says that it is kept, and nothing of what it says. */
export function followedUp(sent: NamedPrompt): Message {
  const summary = 'We have saved how it went. Only you can read it.';
  return {
    summary,
    heading: 'Saved',
    body: [paragraph(summary), paragraph(sent.topic)],
    buttons: [
      does('Read your journal', { kind: 'reflections.journal' }),
      does('Change what you wrote', { kind: 'reflections.open-follow-up', prompt: sent.id }),
    ],
  };
}
