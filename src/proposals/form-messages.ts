import { capacityRange, lengths, minutesRange } from '../conversations/model.ts';
import { withClock } from '../conversations/which-hour-messages.ts';
import { type Field, type Form, type Option, question } from '../messages/form.ts';
import { type Block, paragraph } from '../messages/message.ts';
import { zoneLabel } from '../network/zones.ts';
import { type Doubt, readWhen } from '../time/when.ts';
import type { Proposal } from './model.ts';
import { audienceValue, noLimit, usualPerCouncil } from './rules.ts';

/** What the first form offers to choose from. */
export interface Choices {
  readonly themes: readonly Option[];
  readonly audiences: readonly Option[];
}

/** What a draft begins with; '' for nothing. */
export interface Start {
  /** The suggested topic that it takes up, and the full conversation whose waiting list it is for. */
  readonly topic: string;
  readonly follows: string;
  readonly theme: string;
  readonly title: string;
  readonly about: string;
}

/** The first form: what it is about, and for whom. */
export function draftForm(choices: Choices, start: Start): Form {
  const { topic, follows, theme } = start;
  const second = paragraph('Those who wait for a seat are offered one in this conversation first.');
  return {
    heading: 'Propose a conversation',
    body: [
      paragraph('First say what it is about. Then say when and where, or ask people when they could come.'),
      ...(follows === '' ? [] : [second]),
    ],
    fields: wordFields(choices, { ...start, audience: 'all', chathamHouse: 'no' }),
    submitLabel: 'Save and go on',
    completes: { kind: 'proposals.draft', topic, follows },
    openedBy: topic === '' ? { kind: 'proposals.open', topic, follows, theme } : { kind: 'series.host-topic', topic },
  };
}

/** The same for a draft that is there. @param revision of it, as its host has read it */
export function wordsForm(choices: Choices, proposal: Proposal, revision: string): Form {
  const { id, audience, chathamHouse } = proposal;
  const said = { ...proposal, audience: audienceValue(audience), chathamHouse: chathamHouse ? 'yes' : 'no' };
  return {
    heading: 'Edit your draft',
    body: [],
    fields: wordFields(choices, said),
    submitLabel: 'Save',
    completes: { kind: 'proposals.words', proposal: id, revision },
    openedBy: { kind: 'proposals.open-words', proposal: id, revision },
  };
}

type Said = Omit<Start, 'topic' | 'follows'> & { readonly audience: string; readonly chathamHouse: string };

function wordFields({ themes, audiences }: Choices, said: Said): readonly Field[] {
  const { theme, title, about, audience, chathamHouse } = said;
  const rule = 'People may use what they hear, but never say who said it, or who was there.';
  return [
    { ...question('theme', 'Theme'), value: theme, kind: 'choice', options: themes },
    { ...question('title', 'Title'), value: title, kind: 'line', maxLength: lengths.title },
    { ...question('about', 'What it is about'), value: about, kind: 'text', maxLength: lengths.about },
    { ...question('audience', 'Who it is for'), value: audience, kind: 'choice', options: audiences },
    {
      ...question('chathamHouse', 'Does it run under the Chatham House rule?', rule),
      value: chathamHouse,
      kind: 'choice',
      options: [
        { value: 'no', label: 'No' },
        { value: 'yes', label: 'Yes' },
      ],
    },
  ];
}

/** What is known when the second form opens. */
export interface PlanStart {
  readonly zone: string;
  /** Whether a convener looks at it before it is announced. */
  readonly needsApproval: boolean;
  /** `YYYY-MM-DD` and `HH:mm` on the host's clock; '' for none. */
  readonly date: string;
  readonly time: string;
  /** The time that people were asked about, by its id; '' for none. */
  readonly asked: string;
  /** Of the draft, as its host has read it. */
  readonly revision: string;
}

/** What the second form needs of a draft. */
export type Planned = Pick<Proposal, 'id' | 'title' | 'minutes' | 'capacity' | 'perCouncil' | 'link' | 'place'>;

/** The second form: when and where, and for how many. */
export function planForm(proposal: Planned, start: PlanStart): Form {
  const { id, title } = proposal;
  const { needsApproval, asked, date, time, revision } = start;
  const next = needsApproval
    ? 'A convener reads it before we announce it. We tell you what they decide.'
    : 'We announce it as soon as you send this form.';
  const kept: Block = paragraph('Your draft is saved. You find it with “drafts”, should you want to go on later.');
  return {
    heading: 'When and where',
    body: [paragraph(`“${title}”`), paragraph(next), kept],
    fields: planFields(proposal, start),
    submitLabel: needsApproval ? 'Send to a convener' : 'Announce',
    completes: { kind: 'proposals.announce', proposal: id, revision, clock: '' },
    openedBy: {
      kind: 'proposals.open-when',
      proposal: id,
      time: asked,
      at: date === '' ? '' : `${date} ${time}`,
      revision,
    },
  };
}

function planFields(proposal: Planned, { zone, date, time }: PlanStart): readonly Field[] {
  const { minutes, capacity, perCouncil, link, place } = proposal;
  const when = `On your clock: ${zoneLabel(zone)}.`;
  const atMost = perCouncil === null ? noLimit : String(perCouncil);
  return [
    { ...question('date', 'Date'), value: date, kind: 'date' },
    { ...question('time', 'Start time', when), value: time, kind: 'time' },
    { ...question('minutes', 'Length in minutes'), value: String(minutes), kind: 'number', ...minutesRange },
    { ...question('capacity', 'Seats, not counting you'), value: String(capacity), kind: 'number', ...capacityRange },
    {
      ...question('perCouncil', 'At most from one council', 'So that people hear from other places.'),
      value: atMost,
      kind: 'choice',
      options: [...[1, 2, 3, 4, 5].map(perCouncilOption), { value: noLimit, label: 'No limit' }],
    },
    {
      ...question('link', 'Link to join', 'Only people with a seat see it. Enter a link, a place, or both.'),
      value: link,
      required: false,
      kind: 'line',
      maxLength: lengths.link,
    },
    {
      ...question('place', 'Place', 'Where you meet. Everybody can read it.'),
      value: place,
      required: false,
      kind: 'line',
      maxLength: lengths.place,
    },
  ];
}

function perCouncilOption(most: number): Option {
  const people = most === 1 ? '1 person' : `${most} people`;
  return { value: String(most), label: most === usualPerCouncil ? `${people} (usual)` : people };
}

/**
 * With the question which of two hours is meant, where clocks change that night.
 *
 * @param zone in which date and time are meant
 */
export function askingClock(form: Form, { date, time, zone }: PlanStart): Form {
  const when = readWhen(date, time, '', zone);
  return isDoubt(when) ? withClock(form, when, time, zone) : form;
}

function isDoubt(when: ReturnType<typeof readWhen>): when is Doubt {
  return 'gap' in when || 'twice' in when;
}
