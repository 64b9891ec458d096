import { lengths } from '../conversations/model.ts';
import { cut } from '../messages/cut.ts';
import { type Form, type Option, question } from '../messages/form.ts';
import { type Block, type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { telling } from '../messages/telling.ts';
import { dayWords } from '../time/words.ts';
import type { OpenTopic, Topic } from './model.ts';

export const problems = {
  theme: 'Choose a theme from the list.',
} as const;

export const refusals = {
  gone: telling('That topic is no longer there. Type “topics” to see the others.', 'topics'),
  own: 'You suggested this topic, so it has your vote already.',
  notYours: 'Only whoever suggested a topic can take it back.',
  hosted: 'A host has taken up your topic already, so you cannot take it back any more.',
  asking: telling('We are looking for a host for that topic already. Type “topics” to see the others.', 'topics'),
} as const;

/** What a form answers with for no theme. */
export const noTheme = 'none';

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

/**
 * @param text what to start from, such as a chat message; '' for nothing
 * @param themes those of the frameworks
 */
export function topicForm(text: string, themes: readonly Option[]): Form {
  const about = cut(text.trim(), lengths.about);
  const [title = ''] = about.split('\n');
  const options = [{ value: noTheme, label: 'No theme' }, ...themes];
  return {
    heading: 'Suggest a topic',
    body: [paragraph('Everybody sees the topic and can vote for it. They do not see who suggested it.')],
    fields: [
      {
        ...question('title', 'Title'),
        value: cut(title.trim(), lengths.title),
        kind: 'line',
        maxLength: lengths.title,
      },
      { ...question('about', 'What it is about'), value: about, kind: 'text', maxLength: lengths.about },
      { ...question('theme', 'Theme', 'You can leave this to the host.'), value: noTheme, kind: 'choice', options },
    ],
    submitLabel: 'Suggest',
    completes: { kind: 'series.suggest-topic' },
    openedBy: { kind: 'series.open-topic', text: about },
  };
}

export function suggested(title: string): Message {
  return {
    summary: `Thank you for suggesting “${title}”.`,
    heading: 'Thank you for your suggestion',
    body: [
      paragraph('Others can vote for it now, without your name. It has your vote. We tell you if it gets a host.'),
    ],
    buttons: [does('See topics', { kind: 'series.topics' })],
  };
}

/** To hosts, on the list of conversations: a topic that nobody has taken up, without who suggested it. */
export function topicCard({ id, title, about, votes }: OpenTopic): Message {
  return {
    summary: `A topic people suggested: “${title}”.`,
    heading: `Suggested topic: ${title}`,
    body: [paragraph(about), facts(['Votes', String(votes)])],
    buttons: [does('Host this', { kind: 'series.host-topic', topic: id })],
  };
}

/** A topic as one member stands to it. */
export interface ShownTopic extends OpenTopic {
  /** In words; '' where it has none. */
  readonly themeName: string;
  readonly isOwn: boolean;
  readonly hasVoted: boolean;
  readonly isWornOff: boolean;
  /** The date for which it was chosen; `undefined` for none. */
  readonly chosenFor: ChosenFor | undefined;
  readonly mayHost: boolean;
  /** Of the reader. */
  readonly zone: string;
}

export interface ChosenFor {
  readonly slot: string;
  readonly startsAt: Date;
  /** False while a host is looked for. */
  readonly hasHost: boolean;
}

export function votingCard(topic: ShownTopic): Message {
  const { title, about, themeName, votes } = topic;
  const theme = themeName === '' ? [] : [['Theme', themeName] as const];
  return {
    summary: `A topic: “${title}”, with ${votesWords(votes)}.`,
    heading: title,
    body: [paragraph(about), facts(...theme, ['Votes', String(votes)]), ...standing(topic)],
    buttons: [...voting(topic), ...hosting(topic), ...own(topic)],
  };
}

function votesWords(votes: number): string {
  return votes === 1 ? '1 vote' : `${votes} votes`;
}

function standing({ isOwn, hasVoted, isWornOff, chosenFor, zone }: ShownTopic): readonly Block[] {
  const yours = isOwn ? ['You suggested this, and it has your vote.'] : hasVoted ? ['You voted for this.'] : [];
  const wornOff = isWornOff
    ? ['Nobody has voted for it in 12 weeks, so others no longer see it. You can put it up again.']
    : [];
  return [...yours, ...wornOff, ...chosen(chosenFor, zone)].map(paragraph);
}

function chosen(chosenFor: ChosenFor | undefined, zone: string): readonly string[] {
  if (chosenFor === undefined) return [];
  const day = dayWords(chosenFor.startsAt, zone);
  if (chosenFor.hasHost) return [`It has a host for ${day}. We announce it soon.`];
  return [`It has been chosen for ${day}. We are looking for a host.`];
}

function voting({ id, isOwn, hasVoted, isWornOff, chosenFor }: ShownTopic): readonly Button[] {
  const vote = { kind: 'series.vote', topic: id } as const;
  if (isOwn) return isWornOff ? [does('Put it up again', vote, 'main')] : [];
  if (hasVoted) return [does('Take back your vote', { kind: 'series.unvote', topic: id })];
  return chosenFor === undefined ? [does('Vote', vote, 'main')] : [];
}

function hosting({ id, mayHost, isWornOff, chosenFor }: ShownTopic): readonly Button[] {
  if (!mayHost || isWornOff || chosenFor?.hasHost === true) return [];
  if (chosenFor !== undefined) return [does('I will host it', { kind: 'series.open-yes', slot: chosenFor.slot })];
  return [does('Host this', { kind: 'series.host-topic', topic: id })];
}

function own({ id, isOwn, chosenFor }: ShownTopic): readonly Button[] {
  const mayWithdraw = isOwn && chosenFor?.hasHost !== true;
  return mayWithdraw ? [does('Withdraw it', { kind: 'series.withdraw-topic', topic: id }, 'warning')] : [];
}

/** @param left how many there are beside those shown */
export function topicsPage(topics: readonly ShownTopic[], left: number): Page {
  const text =
    topics.length === 0
      ? 'Nobody has suggested a topic yet.'
      : 'Vote for what you would like to talk about. Nobody sees who suggested a topic, or who voted.';
  const more =
    left === 0 ? [] : [paragraph(`We show those with the most votes, and the newest. There are ${left} more.`)];
  return { heading: 'Topics', body: [paragraph(text), ...more], cards: [...topics.map(votingCard), suggesting()] };
}

export function withdrawn(title: string): Message {
  return {
    summary: `You have taken back the topic “${title}”.`,
    heading: 'Topic taken back',
    body: [paragraph('The topic and its votes are gone.')],
    buttons: [does('See topics', { kind: 'series.topics' })],
  };
}

/** To whoever suggested it or voted for it, in the same words. */
export function topicHosted({ title }: Pick<Topic, 'title'>, conversationId: string, when: string): Message {
  return {
    summary: `A topic you wanted has a host: “${title}”, ${when}.`,
    heading: 'A topic you wanted has a host',
    body: [
      paragraph(`“${title}” takes place ${when}.`),
      paragraph('A seat is not kept for you. Sign up if you want to come.'),
    ],
    buttons: [does('Sign up', { kind: 'conversations.sign-up', conversation: conversationId }, 'main')],
  };
}
