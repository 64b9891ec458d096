import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { momentWords } from '../time/words.ts';
import type { Audience, Proposal } from './model.ts';

/** @param cohort the cohort's name; '' where it is gone */
export function audienceWords(audience: Audience, cohort: string): string {
  switch (audience.kind) {
    case 'all':
      return 'Everyone';
    case 'level':
      return levelWords[audience.level];
    case 'cohort':
      return cohort === '' ? 'A cohort that is not there any more' : cohortWords(cohort);
  }
}

const levelWords = { manager: 'Managers', director: 'Directors', 'chief executive': 'Chief executives' } as const;

export function cohortWords(name: string): string {
  return `The cohort ${name}`;
}

/** A host's own draft, and where it stands. */
export interface ShownDraft {
  readonly proposal: Proposal;
  readonly themeName: string;
  /** Whom it is for. */
  readonly audience: string;
  /** How many have said which times would do. */
  readonly answered: number;
  readonly zone: string;
}

/** What a host has under way. */
export function minePage(drafts: readonly ShownDraft[]): Page {
  const text =
    drafts.length === 0
      ? 'You have no drafts. Propose a conversation to begin one.'
      : 'Only you see your drafts, until you ask people when they could come.';
  return {
    heading: 'Your drafts',
    body: [paragraph(text)],
    cards: drafts.length === 0 ? [beginning()] : drafts.map(draftCard),
  };
}

function beginning(): Message {
  const text = 'As a host you can propose a conversation on a theme you care about.';
  return {
    summary: text,
    heading: 'Host a conversation',
    body: [paragraph(text)],
    buttons: [does('Propose a conversation', { kind: 'proposals.open', topic: '', follows: '', theme: '' }, 'main')],
  };
}

function draftCard(shown: ShownDraft): Message {
  const { proposal, themeName, audience } = shown;
  const { title, about, chathamHouse } = proposal;
  const rule = chathamHouse ? [['Rule', 'Chatham House'] as const] : [];
  return {
    summary: `${stateWords(shown)} “${title}”`,
    heading: title,
    body: [
      paragraph(stateWords(shown)),
      ...(proposal.refusal === '' ? [] : [paragraph('Why a convener refused it:'), quoted(proposal.refusal)]),
      paragraph(about),
      facts(['Theme', themeName], ['Who it is for', audience], ...rule),
    ],
    buttons: nextSteps(proposal),
  };
}

function quoted(text: string) {
  return { kind: 'quote', text } as const;
}

function stateWords({ proposal, answered, zone }: ShownDraft): string {
  switch (proposal.state) {
    case 'polling':
      return answered === 1
        ? 'You asked people when they could come. 1 person has answered.'
        : `You asked people when they could come. ${answered} people have answered.`;
    case 'awaiting': {
      const when = proposal.startsAt === null ? '' : ` It is planned for ${momentWords(proposal.startsAt, zone)}.`;
      return `A convener is looking at this.${when}`;
    }
    case 'draft':
    case 'announced':
    case 'dropped':
      return 'This is a draft.';
  }
}

function nextSteps({ id, state }: Proposal): Message['buttons'] {
  const when = { kind: 'proposals.open-when', proposal: id, time: '', at: '', revision: '' } as const;
  const edit = does('Edit the words', { kind: 'proposals.open-words', proposal: id, revision: '' });
  const drop = does('Drop it', { kind: 'proposals.drop', proposal: id }, 'warning');
  const ask = does('Find a time', { kind: 'proposals.open-times', proposal: id, revision: '' });
  switch (state) {
    case 'polling':
      return [does('See who can come', { kind: 'proposals.times', proposal: id }, 'main'), edit, drop];
    case 'awaiting':
      return [does('Change when and where', when), edit, drop];
    case 'draft':
    case 'announced':
    case 'dropped':
      return [does('Say when and where', when, 'main'), ask, edit, drop];
  }
}

/** To a host whose draft is saved. */
export function saved({ id, title }: Pick<Proposal, 'id' | 'title'>): Message {
  const text = `Your draft “${title}” is saved.`;
  return {
    summary: text,
    heading: 'Saved',
    body: [paragraph(text)],
    buttons: [
      does('Say when and where', { kind: 'proposals.open-when', proposal: id, time: '', at: '', revision: '' }, 'main'),
      does('See your drafts', { kind: 'proposals.mine' }),
    ],
  };
}

/** To a host whose conversation a convener looks at first. */
export function sentToConveners({ title }: Pick<Proposal, 'title'>): Message {
  return {
    summary: `A convener will look at “${title}” before we announce it.`,
    heading: 'Sent to the conveners',
    body: [paragraph(`A convener will look at “${title}” before we announce it. We will tell you what they decide.`)],
    buttons: [does('See your drafts', { kind: 'proposals.mine' })],
  };
}

/** @param told how many had answered when they could come, and are told */
export function droppedDraft({ title }: Pick<Proposal, 'title'>, told: number): Message {
  const whom = told === 1 ? 'the 1 person who' : `the ${told} people who`;
  const text = told === 0 ? 'Nobody had to be told.' : `We will tell ${whom} said when they could come.`;
  return {
    summary: `Your draft “${title}” is gone.`,
    heading: 'Dropped',
    body: [paragraph(`Your draft “${title}” is gone. ${text}`)],
    buttons: [does('See your drafts', { kind: 'proposals.mine' })],
  };
}
