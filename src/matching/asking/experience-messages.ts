import { type Form, type Option, question, writeValues } from '../../messages/form.ts';
import { type Block, does, type Message, paragraph } from '../../messages/message.ts';

export const problems = {
  some: 'Some answers need changing.',
  experiences: 'Choose from the list.',
} as const;

export function experiencesForm(options: readonly Option[], chosen: readonly string[]): Form {
  return {
    heading: 'What you have been through',
    body: [
      paragraph('Members can ask to meet somebody who has been through something. Say what they can ask you about.'),
      paragraph('We tell this to nobody except a person who asked for it and is matched with you.'),
    ],
    fields: [
      {
        ...question('experiences', 'You have been through', 'Choose as many as you like, or none.'),
        value: writeValues(chosen),
        required: false,
        kind: 'choices',
        options,
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'matching.experiences' },
    openedBy: { kind: 'matching.open-experiences' },
  };
}

/** @param labels of what they chose */
export function savedExperiences(labels: readonly string[]): Message {
  const text =
    labels.length === 0
      ? 'We have saved that nobody is matched with you for what you have been through.'
      : 'We have saved what others can ask you about.';
  const list: readonly Block[] = labels.length === 0 ? [] : [{ kind: 'list', items: labels }];
  return {
    summary: text,
    heading: 'Saved',
    body: [paragraph(text), ...list],
    buttons: [
      does('Change this', { kind: 'matching.open-experiences' }),
      does('Settings', { kind: 'network.settings' }),
    ],
  };
}
