import { minutesRange } from '../conversations/model.ts';
import { type Field, type Form, question, writeValues } from '../messages/form.ts';
import { type Block, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { zoneLabel } from '../network/zones.ts';
import { momentWords, whenWords } from '../time/words.ts';
import { type Proposal, timesAtMost } from './model.ts';
import type { Counted } from './time-rules.ts';

/**
 * @param asked dates and times on the host's clock that are asked about by now
 * @param revision of the draft, as its host has read it
 */
export function timesForm(
  proposal: Proposal,
  zone: string,
  asked: readonly (readonly [date: string, time: string])[],
  revision: string,
): Form {
  const { id, title, minutes, state } = proposal;
  const again = paragraph('People are asked again, and what they have answered so far is gone.');
  const pairs = Array.from({ length: timesAtMost }, (_, index) => pairFields(index + 1, asked[index] ?? ['', '']));
  return {
    heading: 'Find a time',
    body: [
      paragraph(`“${title}”`),
      paragraph('Give at least two times, and five at most. We ask those it is for when they could come.'),
      paragraph(`All times are on your clock: ${zoneLabel(zone)}.`),
      ...(state === 'polling' ? [again] : []),
    ],
    fields: [
      { ...question('minutes', 'Length in minutes'), value: String(minutes), kind: 'number', ...minutesRange },
      ...pairs.flat(),
    ],
    submitLabel: 'Ask people',
    completes: { kind: 'proposals.ask-times', proposal: id, revision },
    openedBy: { kind: 'proposals.open-times', proposal: id, revision },
  };
}

function pairFields(number: number, [date, time]: readonly [string, string]): readonly Field[] {
  const required = number <= 2;
  return [
    { ...question(`date${number}`, `Date ${number}`), value: date, required, kind: 'date' },
    { ...question(`time${number}`, `Start time ${number}`), value: time, required, kind: 'time' },
  ];
}

/** To the host who asked. @param people how many are asked */
export function timesAsked({ id, title }: Proposal, people: number): Message {
  const whom = people === 1 ? '1 person' : `${people} people`;
  const text = `We are asking ${whom} when they could come to “${title}”.`;
  return {
    summary: text,
    heading: 'Asked',
    body: [paragraph(text), paragraph('Look at the answers when you like, and choose a time.')],
    buttons: [does('See who can come', { kind: 'proposals.times', proposal: id }, 'main')],
  };
}

/** Somebody as a host sees who could come. */
export interface CanCome {
  readonly role: string;
  readonly council: string;
}

export interface Answers {
  /** The best first. */
  readonly times: readonly Counted<CanCome>[];
  /** How many have answered, and how many of them can come at none of the times. */
  readonly answered: number;
  readonly none: number;
  readonly now: Date;
  readonly zone: string;
}

/** To the host, once everybody has answered or has had a day. @param count how many have answered */
export function answersIn({ id, title }: Pick<Proposal, 'id' | 'title'>, count: number): Message {
  const nobody = 'nobody has said yet when they could come';
  const who =
    count === 0 ? nobody : `${count === 1 ? '1 person has' : `${count} people have`} said when they could come`;
  const next =
    count === 0
      ? 'You can choose a time all the same, ask about other times, or wait a little longer.'
      : 'Choose a time, and we announce the conversation. Until then people can still answer.';
  return {
    summary: `“${title}”: ${who}.`,
    heading: `Choose a time: ${title}`,
    body: [paragraph(`When people can come: ${who}.`), paragraph(next)],
    buttons: [does('See who can come', { kind: 'proposals.times', proposal: id }, 'main')],
  };
}

/** For the host alone: who can come when. */
export function timesPage(proposal: Proposal, answers: Answers): Page {
  const { answered, none } = answers;
  const people = answered === 1 ? '1 person has answered.' : `${answered} people have answered.`;
  const cannot = none === 0 ? '' : ` ${none === 1 ? '1 of them' : `${none} of them`} can come at none of these times.`;
  return {
    heading: 'Who can come when',
    body: [paragraph(`“${proposal.title}”`), paragraph(`${people}${cannot} Only you see this.`)],
    cards: [...answers.times.map((time) => timeCard(proposal, time, answers)), others(proposal)],
  };
}

function timeCard({ id, minutes, state }: Proposal, time: Counted<CanCome>, { now, zone }: Answers): Message {
  const when = whenWords(time.startsAt, minutes, zone);
  const count = time.can.length === 1 ? '1 person can come' : `${time.can.length} people can come`;
  const isPast = time.startsAt <= now;
  const who: readonly Block[] =
    time.can.length === 0 ? [] : [{ kind: 'list', items: time.can.map(({ role, council }) => `${role}, ${council}`) }];
  const choose = does(
    'Choose this time',
    { kind: 'proposals.open-when', proposal: id, time: time.id, at: '', revision: '' },
    'main',
  );
  return {
    summary: `${count}: ${when}.`,
    heading: when,
    body: [paragraph(isPast ? `${count}. This time has passed.` : `${count}.`), ...who],
    buttons: isPast || state !== 'polling' ? [] : [choose],
  };
}

function others({ id, title }: Proposal): Message {
  const text = 'You can also ask about other times, or drop it.';
  return {
    summary: `${text} “${title}”`,
    heading: 'None of these?',
    body: [paragraph(text)],
    buttons: [
      does('Ask about other times', { kind: 'proposals.open-times', proposal: id, revision: '' }),
      does('Drop it', { kind: 'proposals.drop', proposal: id }, 'warning'),
      does('See your drafts', { kind: 'proposals.mine' }),
    ],
  };
}

/** What somebody is asked about, for one reader. */
export interface Asked {
  readonly proposal: Proposal;
  readonly themeName: string;
  /** Name, role and council. */
  readonly host: string;
  /** Those still to come, the soonest first. */
  readonly times: readonly { readonly id: string; readonly startsAt: Date }[];
  readonly zone: string;
}

/** Asks somebody which of the times would do. */
export function whichTime(asked: Asked): Message {
  const { proposal, themeName, host, times, zone } = asked;
  const { id, title, about, minutes, chathamHouse } = proposal;
  const rule = chathamHouse ? [['Rule', 'Chatham House'] as const] : [];
  return {
    summary: `When could you come to a conversation on “${title}”?`,
    heading: `When could you come? ${title}`,
    body: [
      paragraph(about),
      facts(['Host', host], ['Theme', themeName], ...rule),
      paragraph('The host asks about these times:'),
      { kind: 'list', items: times.map(({ startsAt }) => whenWords(startsAt, minutes, zone)) },
      paragraph('Only the host sees what you answer. It gives you no seat yet: we tell you when a time is chosen.'),
    ],
    buttons: [does('Say when I can come', { kind: 'proposals.open-answer', proposal: id }, 'main')],
  };
}

/** @param chosen the ids of the times they said would do */
export function answerForm({ proposal, times, zone }: Asked, chosen: readonly string[]): Form {
  const { id, title, minutes } = proposal;
  const options = times.map((time) => ({ value: time.id, label: whenWords(time.startsAt, minutes, zone) }));
  return {
    heading: 'When could you come?',
    body: [paragraph(`“${title}”`), paragraph('You can change your answer until the host has chosen a time.')],
    fields: [
      {
        ...question('times', 'Times that would do', 'Choose none if you can come at none of them.'),
        value: writeValues(chosen),
        required: false,
        kind: 'choices',
        options,
      },
    ],
    submitLabel: 'Send',
    completes: { kind: 'proposals.answer', proposal: id },
    openedBy: { kind: 'proposals.open-answer', proposal: id },
  };
}

/** @param chosen when they can come */
export function answered({ proposal, zone }: Pick<Asked, 'proposal' | 'zone'>, chosen: readonly Date[]): Message {
  const { id, title } = proposal;
  const can: readonly Block[] =
    chosen.length === 0
      ? [paragraph('You said that you can come at none of these times.')]
      : [
          paragraph('You said that you can come at:'),
          { kind: 'list', items: chosen.map((at) => momentWords(at, zone)) },
        ];
  return {
    summary: `Thank you. We tell you when the host of “${title}” has chosen a time.`,
    heading: 'Thank you for your answer',
    body: [...can, paragraph('We tell you when the host has chosen a time.')],
    buttons: [does('Change my answer', { kind: 'proposals.open-answer', proposal: id })],
  };
}

/** To who answered, when it will not take place after all. @param title `undefined` once its host is erased */
export function dropped(title: string | undefined): Message {
  const what = title === undefined ? 'A conversation that you were asked about' : `The conversation “${title}”`;
  const text = `${what} will not take place.`;
  return {
    summary: text,
    heading: title === undefined ? 'Dropped: a conversation' : `Dropped: ${title}`,
    body: [paragraph(`${text} You said when you could come. Those times are yours again.`)],
    buttons: [does('See conversations', { kind: 'conversations.list' })],
  };
}
