import { type Form, question } from '../messages/form.ts';
import { does, type Page, paragraph } from '../messages/message.ts';
import type { JournalPart } from './journal-shelf.ts';

/** Stands for all of them in a form, where an empty choice would be none. */
export const allThemes = 'all';

export const problems = {
  day: 'Write a date, such as 3 March 2027.',
  order: 'The last day must not be before the first.',
  nothing: 'There is no entry in that time and theme. Change the dates, or select all themes.',
} as const;

/** What stands in the files beside what the member wrote. */
export const fileWords = {
  title: 'Reflection journal',
  map: 'Where I reflected',
  counts: 'How many prompts I answered in each theme and stage.',
  theme: 'Theme',
  answered: 'Answered',
  prompt: 'Question',
  answer: 'What I wrote',
  action: 'What I wanted to try',
  followUp: 'How it went',
  takeaways: 'What I took away from conversations',
} as const;

/** Where the files are, for a while. */
export interface JournalFiles {
  readonly markdown: string;
  readonly document: string;
}

/** @param themes those that something was written about */
export function documentForm(themes: readonly JournalPart[]): Form {
  const day = { kind: 'date', required: false } as const;
  const all = { value: allThemes, label: 'All themes' };
  return {
    heading: 'Choose what goes into the document',
    body: [
      paragraph(
        'The document holds your answers, your actions and how they went. Leave out what others should not read.',
      ),
    ],
    fields: [
      { ...question('from', 'From', 'Leave this empty to begin with your first answer.'), ...day },
      { ...question('until', 'Until', 'Leave this empty to end with your latest answer.'), ...day },
      {
        ...question('theme', 'Theme'),
        kind: 'choice',
        value: allThemes,
        options: [all, ...themes.map(({ key, name, count }) => ({ value: key, label: `${name} (${count})` }))],
      },
    ],
    submitLabel: 'Make the document',
    completes: { kind: 'reflections.document' },
    openedBy: { kind: 'reflections.open-document' },
  };
}

/** Says where the files are that hold what was chosen. */
export function documentPage(count: number, { markdown, document }: JournalFiles): Page {
  const summary = `Your document holds ${count === 1 ? 'one entry' : `${count} entries`}.`;
  const links = 'The links work for 10 minutes, for anyone who has them.';
  return {
    heading: 'Your document',
    body: [],
    cards: [
      {
        summary,
        heading: 'It is ready',
        body: [paragraph(summary), paragraph(links)],
        buttons: [
          { kind: 'opens', label: 'Download as a document', url: document },
          { kind: 'opens', label: 'Download as Markdown', url: markdown },
          does('Choose again', { kind: 'reflections.open-document' }),
        ],
      },
    ],
  };
}
