import { type Form, question } from '../messages/form.ts';
import { type Block, type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { JournalFiles } from './journal-file-messages.ts';
import type { JournalOrder, JournalPart } from './journal-shelf.ts';
import type { NamedPrompt } from './model.ts';
import { type Audience, quotes, readersOf } from './sharing-messages.ts';

/** The longest search, in characters. */
const queryLength = 100;

export const problems = {
  query: 'Write at least one word to look for.',
} as const;

/** What a member wrote about one prompt. All of it is private text: for a page, never for a message. */
export interface JournalEntry {
  readonly sent: NamedPrompt;
  /** Such as '1 March 2027'. */
  readonly when: string;
  readonly answer: string;
  /** '' for none, as is `followUp`. */
  readonly action: string;
  readonly followUp: string;
  /** When they are asked how it went; '' where they are not. */
  readonly askedOn: string;
  readonly audience: Audience;
}

/** A prompt that nothing was written about. */
export interface OpenPrompt {
  readonly sent: NamedPrompt;
  readonly when: string;
}

/** What a member took away from a conversation. Private text as well. */
export interface JournalTakeaway {
  readonly conversation: string;
  readonly title: string;
  /** The day of the conversation. */
  readonly when: string;
  readonly text: string;
  readonly shared: boolean;
}

/** One page of a journal. */
export interface JournalPage {
  readonly by: JournalOrder;
  /** The key of the part that this page is of; '' for the whole journal. */
  readonly part: string;
  readonly entries: readonly JournalEntry[];
  /** Where the parts stand, on the first page of a journal that has more. */
  readonly parts: readonly JournalPart[];
  /** Where the files are, for a while; on the first page. */
  readonly files: JournalFiles | undefined;
  /** How long what was written is kept, in days. */
  readonly keptDays: number;
  /** The number of the entry that the next page begins with; `undefined` on the last page. */
  readonly next: number | undefined;
  /** On the last page. */
  readonly open: readonly OpenPrompt[];
  /** The newest of them, on the last page. */
  readonly takeaways: readonly JournalTakeaway[];
}

export function journalPage(page: JournalPage): Page {
  const { by, part, entries, parts, files, keptDays, next, open, takeaways } = page;
  const none = 'You have not written anything yet. Type “reflect” to answer your latest prompt.';
  const whole = 'Only you can read this page. Each entry says whether somebody else can read your answer.';
  return {
    heading: 'Your journal',
    body: [paragraph(entries.length === 0 ? none : whole)],
    cards: [
      ...(files === undefined ? [] : [ways(by)]),
      ...(parts.length === 0 ? [] : [index(by, parts)]),
      ...entries.map(entryCard),
      ...(next === undefined ? [] : [older(by, part, next)]),
      ...(takeaways.length === 0 ? [] : [tookAway(takeaways)]),
      ...(open.length === 0 ? [] : [notAnswered(open)]),
      ...(files === undefined ? [] : [copies(files, keptDays)]),
    ],
  };
}

const orders = { week: 'By week', theme: 'By theme', stage: 'By stage' } as const;

function ways(by: JournalOrder): Message {
  const others = (['week', 'theme', 'stage'] as const).filter((order) => order !== by);
  const now = { week: 'the newest first', theme: 'by theme', stage: 'by stage' }[by];
  const summary = `You see your journal ${now}.`;
  return {
    summary,
    heading: 'Ways to read it',
    body: [paragraph(summary)],
    buttons: [
      ...others.map((order) => does(orders[order], { kind: 'reflections.journal-by', by: order })),
      does('Your map', { kind: 'reflections.map' }),
      does('Search', { kind: 'reflections.open-search' }),
      does('What others have shared', { kind: 'reflections.shared' }),
    ],
  };
}

function index(by: JournalOrder, parts: readonly JournalPart[]): Message {
  const summary = by === 'stage' ? 'Go to one stage.' : 'Go to one theme.';
  return {
    summary,
    heading: by === 'stage' ? 'Stages' : 'Themes',
    body: [paragraph(summary)],
    buttons: parts.map(({ key, name, count }) =>
      does(`${name} (${count})`, { kind: 'reflections.journal-part', by, part: key, from: 0 }),
    ),
  };
}

function entryCard({ sent, when, answer, action, followUp, askedOn, audience }: JournalEntry): Message {
  const tried: readonly Block[] = action === '' ? [] : [paragraph('What you wanted to try'), ...quotes(action)];
  const went: readonly Block[] = followUp === '' ? [] : [paragraph('How it went'), ...quotes(followUp)];
  const ask = askedOn === '' ? [] : [paragraph(`We will ask you how it went on ${askedOn}.`)];
  return {
    summary: `What you wrote on ${when} about ${sent.topic}.`,
    heading: `${sent.topic}, ${when}`,
    body: [
      paragraph(sent.wording),
      ...quotes(answer),
      ...tried,
      ...went,
      ...ask,
      facts(['Who can read your answer', readersOf(audience)]),
    ],
    buttons: [
      does('Change your answer', { kind: 'reflections.open', prompt: sent.id }),
      ...followUpButton(sent, action, followUp),
      does(audience.kind === 'nobody' ? 'Share' : 'Change who can read it', {
        kind: 'reflections.open-share',
        prompt: sent.id,
      }),
      does('Delete', { kind: 'reflections.delete', prompt: sent.id }, 'warning'),
    ],
  };
}

function followUpButton(sent: NamedPrompt, action: string, followUp: string): readonly Button[] {
  if (action === '') return [];
  const label = followUp === '' ? 'Say how it went' : 'Change how it went';
  return [does(label, { kind: 'reflections.open-follow-up', prompt: sent.id })];
}

function older(by: JournalOrder, part: string, from: number): Message {
  const summary = 'There is more in your journal.';
  return {
    summary,
    heading: 'There is more',
    body: [paragraph(summary)],
    buttons: [
      does(by === 'week' ? 'Show older ones' : 'Show more', { kind: 'reflections.journal-part', by, part, from }),
    ],
  };
}

function tookAway(takeaways: readonly JournalTakeaway[]): Message {
  const readers = 'The host and those who were there can read it, without your name.';
  return {
    summary: 'What you took away from conversations.',
    heading: 'What you took away from conversations',
    body: takeaways.flatMap(({ title, when, text, shared }): readonly Block[] => [
      paragraph(`${title}, ${when}${shared ? `. ${readers}` : ''}`),
      { kind: 'quote', text },
    ]),
    buttons: takeaways.map(({ conversation, when }) =>
      does(`Change the one of ${when}`, { kind: 'afterwards.open-takeaway', conversation }),
    ),
  };
}

function notAnswered(open: readonly OpenPrompt[]): Message {
  const summary = 'You can answer these at any time, or leave them.';
  return {
    summary,
    heading: 'Prompts you have not answered',
    body: [paragraph(summary), { kind: 'list', items: open.map(({ sent, when }) => `${when}: ${sent.wording}`) }],
    buttons: open.map(({ sent, when }) =>
      does(`Answer the one of ${when}`, { kind: 'reflections.open', prompt: sent.id }),
    ),
  };
}

function copies({ markdown, document }: JournalFiles, keptDays: number): Message {
  const summary = 'You can keep your journal as a file. The links work for 10 minutes, for anyone who has them.';
  return {
    summary,
    heading: 'Keep a copy',
    body: [
      paragraph(`We keep what you write for ${periodWords(keptDays)}, and then delete it. A copy is yours to keep.`),
      paragraph(summary),
      paragraph('The document is laid out so that you can use it in an appraisal.'),
    ],
    buttons: [
      { kind: 'opens', label: 'Download as a document', url: document },
      { kind: 'opens', label: 'Download as Markdown', url: markdown },
      does('Choose what goes into the document', { kind: 'reflections.open-document' }),
    ],
  };
}

/** @example periodWords(730) // '2 years' */
function periodWords(days: number): string {
  if (days % 365 !== 0) return `${days} days`;
  return days === 365 ? '1 year' : `${days / 365} years`;
}

export function searchForm(): Form {
  return {
    heading: 'Search your journal',
    body: [
      paragraph('We look in your answers, your actions, how they went, and the prompts. Each word must be there.'),
    ],
    fields: [{ ...question('query', 'Words to look for'), kind: 'line', maxLength: queryLength }],
    submitLabel: 'Search',
    completes: { kind: 'reflections.search' },
    openedBy: { kind: 'reflections.open-search' },
  };
}

/** @param total how many there are; `entries` are the newest of them */
export function foundPage(entries: readonly JournalEntry[], total: number): Page {
  const again = does('Search again', { kind: 'reflections.open-search' });
  const whole = does('Read your whole journal', { kind: 'reflections.journal' });
  const few = total === 1 ? 'We found one entry.' : `We found ${total} entries, the newest first.`;
  const many = `We found ${total} entries. These are the newest ${entries.length}. Search with another word as well to see fewer.`;
  const none = 'We found nothing with all of those words. Try fewer words, or a part of one.';
  const told = total === 0 ? none : total > entries.length ? many : few;
  const next = 'You can search again, or read all that you wrote.';
  return {
    heading: 'What we found in your journal',
    body: [paragraph(told)],
    cards: [
      ...entries.map(entryCard),
      { summary: next, heading: 'What next?', body: [paragraph(next)], buttons: [again, whole] },
    ],
  };
}
