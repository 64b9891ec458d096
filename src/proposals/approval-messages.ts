import { lengths } from '../conversations/model.ts';
import { type Form, question } from '../messages/form.ts';
import { type Block, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { whenWords } from '../time/words.ts';
import type { Proposal } from './model.ts';

/** A conversation that waits for a convener, as one sees it. */
export interface ShownProposal {
  readonly proposal: Proposal;
  readonly startsAt: Date;
  readonly themeName: string;
  /** Whom it is for. */
  readonly audience: string;
  /** Name, role and council. */
  readonly host: string;
  readonly zone: string;
}

export function waitingPage(waiting: readonly ShownProposal[]): Page {
  const text = 'We announce a conversation once a convener lets it through. What you decide is written down.';
  return {
    heading: 'Conversations to approve',
    body: [paragraph(waiting.length === 0 ? 'No conversation is waiting for you.' : text)],
    cards: waiting.length === 0 ? [nothing()] : waiting.map(proposalCard),
  };
}

function nothing(): Message {
  const text = 'Go back to what conveners do.';
  return {
    summary: text,
    heading: 'Conveners’ page',
    body: [paragraph(text)],
    buttons: [does('Conveners’ page', { kind: 'convening.console' })],
  };
}

/** To a convener: one conversation, and what to do about it. */
export function proposalCard(shown: ShownProposal): Message {
  const { proposal, host } = shown;
  const { id, title, about, revision } = proposal;
  return {
    summary: `${host} would like to host “${title}”.`,
    heading: title,
    body: [paragraph(about), plan(shown)],
    buttons: [
      does('Announce it', { kind: 'proposals.approve', proposal: id, revision: String(revision) }, 'main'),
      does('Refuse it', { kind: 'proposals.open-refusal', proposal: id, revision: String(revision) }, 'warning'),
    ],
  };
}

function plan({ proposal, startsAt, themeName, audience, host, zone }: ShownProposal): Block {
  const { minutes, capacity, perCouncil, place, chathamHouse } = proposal;
  return facts(
    ['Host', host],
    ['When', whenWords(startsAt, minutes, zone)],
    ['Theme', themeName],
    ['Who it is for', audience],
    ['Seats', String(capacity)],
    ['At most from one council', perCouncil === null ? 'No limit' : String(perCouncil)],
    ['Where', place === '' ? 'Online' : place],
    ['Chatham House rule', chathamHouse ? 'Yes' : 'No'],
  );
}

/** To each convener, once: one waits for their word. */
export function wanted(shown: ShownProposal): Message {
  const card = proposalCard(shown);
  return { ...card, summary: `A conversation waits for your approval: “${shown.proposal.title}”.` };
}

/** @param revision the one that the convener has read */
export function refusalForm({ id, title }: Proposal, revision: string): Form {
  const hint = 'The host reads it, and can change the draft and send it again.';
  return {
    heading: 'Refuse a conversation',
    body: [paragraph(`“${title}”`)],
    fields: [{ ...question('reason', 'Reason', hint), kind: 'text', maxLength: lengths.reason }],
    submitLabel: 'Refuse it',
    completes: { kind: 'proposals.refuse', proposal: id, revision },
    openedBy: { kind: 'proposals.open-refusal', proposal: id, revision },
  };
}

/** To the convener who let it through. */
export function approvedNow({ title }: Proposal): Message {
  return decided(`We are announcing “${title}”, and telling its host.`, 'Approved');
}

export function refusedNow({ title }: Proposal): Message {
  return decided(`We are telling the host of “${title}” why.`, 'Refused');
}

/** To a convener who would let through what should have begun by now. */
export function tooLate({ title }: Proposal): Message {
  return decided(
    `The time of “${title}” has passed, so we cannot announce it. We are asking its host for another.`,
    'Too late',
  );
}

function decided(text: string, heading: string): Message {
  return {
    summary: text,
    heading,
    body: [paragraph(text)],
    buttons: [does('See what else waits', { kind: 'proposals.waiting' })],
  };
}

/** To its host. @param card of the conversation, as they see it */
export function approved(card: Message, title: string): Message {
  return {
    ...card,
    summary: `A convener has approved “${title}”, and we are announcing it.`,
    heading: `Approved: ${title}`,
  };
}

/** To its host: with the reason; or that nobody decided before its time. */
export function refused({ id, title, refusal }: Proposal): Message {
  const why: readonly Block[] =
    refusal === ''
      ? [paragraph('Its time passed before a convener could approve it. Choose another time, and send it again.')]
      : [
          paragraph('A convener has not let this through. This is why:'),
          { kind: 'quote', text: refusal },
          paragraph('It is a draft again. You can change it and send it again.'),
        ];
  return {
    summary: `“${title}” was not announced.`,
    heading: `Not announced: ${title}`,
    body: why,
    buttons: [
      does('Say when and where', { kind: 'proposals.open-when', proposal: id, time: '', at: '', revision: '' }, 'main'),
      does('Edit the words', { kind: 'proposals.open-words', proposal: id, revision: '' }),
      does('See your drafts', { kind: 'proposals.mine' }),
    ],
  };
}
