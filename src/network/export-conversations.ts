import type { HeldSeat, Hosted } from '../conversations/held.ts';
import type { HeldProposal } from '../proposals/held.ts';
import type { Everything } from './everything.ts';
import { at, type Entry, entry, type When } from './export-entry.ts';

/*
 * What an export says of the conversations that a member proposed, hosted, signed up for and came to.
 */

type About = Pick<Hosted, 'perCouncil' | 'level' | 'cohort' | 'chathamHouse' | 'place' | 'link'>;

function plan({ perCouncil, level, cohort, chathamHouse, place, link }: About): readonly (readonly [string, string])[] {
  return [
    ['For', cohort ?? level ?? 'Everybody'],
    ['At most from one council', perCouncil === null ? '' : String(perCouncil)],
    ['Chatham House rule', chathamHouse ? 'Yes' : 'No'],
    ['Link', link],
    ['Place', place],
  ];
}

export function proposals({ proposals, timeAnswers }: Everything, when: When): readonly Entry[] {
  const answers = timeAnswers.map(({ title, answeredAt, times }) =>
    entry(`You said when you could come: ${title}`, [
      ['Answered at', when(answeredAt)],
      ['You could come at', times.length === 0 ? 'None of the times' : times.map(when).join('; ')],
    ]),
  );
  return [...proposals.map((one) => proposal(one, when)), ...answers];
}

function proposal(held: HeldProposal, when: When): Entry {
  const states = {
    draft: 'Not announced',
    polling: 'People are asked when they could come',
    awaiting: 'A convener looks at it',
    announced: 'Announced',
    dropped: 'Thrown away',
  } as const;
  return entry(`You proposed: ${held.title}`, [
    ['About', held.about],
    ['Theme', held.theme],
    ['Where it stands', states[held.state]],
    ['Starts at', at(held.startsAt, when)],
    ['Times you ask about', held.times.map(when).join('; ')],
    ['Minutes', String(held.minutes)],
    ['Seats', String(held.capacity)],
    ...plan(held),
    ['Why it was refused', held.refusal],
    ['Written at', when(held.createdAt)],
    ['Changed at', when(held.changedAt)],
  ]);
}

export function hosted(conversation: Hosted, when: When): Entry {
  const { title, about, theme, startsAt, minutes, capacity, createdAt, cancelledAt, cancelReason } = conversation;
  return entry(`You host: ${title}`, [
    ['About', about],
    ['Theme', theme],
    ['Starts at', when(startsAt)],
    ['Minutes', String(minutes)],
    ['Seats', String(capacity)],
    ...plan(conversation),
    ['Proposed at', when(createdAt)],
    ['Cancelled at', at(cancelledAt, when)],
    ['Why it was cancelled', cancelReason],
    ['Your summary', conversation.summary],
  ]);
}

export function handOvers({ handOvers, madeOver }: Everything, when: When): readonly Entry[] {
  const headings = {
    asked: 'You are asked to take over',
    asks: 'You asked another host to take over',
    hosts: 'Another host is asked to take over',
  } as const;
  const asks = handOvers.map(({ title, role, who, askedAt }) =>
    entry(`${headings[role]}: ${title}`, [
      [{ asked: 'Who asked', asks: 'Whom you asked', hosts: 'Who is asked' }[role], who],
      ['Asked at', when(askedAt)],
    ]),
  );
  const guests = madeOver.filter((title) => title !== '');
  return guests.length === 0
    ? asks
    : [...asks, entry('What a guest hosts for you', [['Conversations', guests.join('; ')]])];
}

export function seat(held: HeldSeat, when: When): Entry {
  const { title, theme, host, startsAt, state, signedUpAt, offeredUntil, came, cancelledAt } = held;
  const places = { seated: 'A seat', offered: 'A seat is kept for you', waiting: 'On the waiting list' } as const;
  return entry(`You signed up: ${title === '' ? theme : title}`, [
    ['Theme', theme],
    ['Host', host ?? 'A member who has left'],
    ['Starts at', when(startsAt)],
    ['Your place', places[state]],
    ['Kept for you until', at(offeredUntil, when)],
    ['Signed up at', when(signedUpAt)],
    ['The host said that you came', came === null ? '' : came ? 'Yes' : 'No'],
    ['Cancelled at', at(cancelledAt, when)],
  ]);
}

export function diaryPosts({ diaryPosts }: Everything, when: When): readonly Entry[] {
  return diaryPosts.map(({ title, startsAt, posted, stands }) =>
    entry('What we sent to your calendar', [
      ['Conversation', title],
      ['Starts at', when(startsAt)],
      ['How many times', String(posted)],
      ['It stands there', stands ? 'Yes' : 'No'],
    ]),
  );
}

export function takeaways({ takeaways, takeawayCount }: Everything, when: When): readonly Entry[] {
  if (takeaways.length === 0 && takeawayCount > 0) {
    const many = `${takeawayCount}, which only their writer can open`;
    return [entry('What you took away from conversations', [['How many', many]])];
  }
  return takeaways.map(({ title, startsAt, text, shared, writtenAt }) =>
    entry(
      `What you took away: ${title}`,
      [
        ['The conversation was at', when(startsAt)],
        ['Written at', when(writtenAt)],
        ['Shared with', shared ? 'The host and those who were there, without your name' : ''],
      ],
      [['What you wrote', text]],
    ),
  );
}

export function topics({ topics, votes }: Everything, when: When): readonly Entry[] {
  const suggested = topics.map(({ title, about, theme, suggestedAt }) =>
    entry(`You suggested: ${title}`, [
      ['About', about],
      ['Theme', theme],
      ['Suggested at', when(suggestedAt)],
    ]),
  );
  const wanted = votes.map(({ title, votedAt }) => entry(`You voted for: ${title}`, [['Voted at', when(votedAt)]]));
  return [...suggested, ...wanted];
}

export function hostAsks({ hostAsks }: Everything, when: When): readonly Entry[] {
  const answers = { yes: 'Yes', no: 'No', none: 'The time for it passed' } as const;
  return hostAsks.map(({ series, startsAt, askedAt, answer }) =>
    entry(`You were asked to host: ${series}`, [
      ['For', when(startsAt)],
      ['Asked at', when(askedAt)],
      ['Your answer', answer === null ? 'None so far' : answers[answer]],
    ]),
  );
}
