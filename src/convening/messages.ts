import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';

export const refusals = {
  noCouncil: 'That council is not in the network any more. Find it by its name.',
  noMember: 'That person is not on the roster any more. Find them by their name.',
  noCohort: 'That cohort is not there any more. See the cohorts again.',
  nobodyInCohort: 'Nobody is in this cohort yet. Name it in the roster and import that first.',
  dividedOtherwise:
    'Who is in this cohort has changed since you looked. Nothing was changed. Propose learning sets again.',
} as const;

/** What the conveners' page counts. */
export interface Counts {
  /** Open requests to join. */
  readonly requests: number;
  readonly joined: number;
  readonly invited: number;
  readonly left: number;
  readonly councils: number;
  readonly agreed: number;
  readonly withdrawn: number;
  readonly cohorts: number;
  readonly graduated: number;
  readonly mustAgree: boolean;
  /** Of conversations; those that have not ended. */
  readonly series: number;
  /** Conversations that wait for approval. */
  readonly proposals: number;
}

export function console(counts: Counts): Page {
  return {
    heading: 'Conveners’ page',
    body: [paragraph('What you do here for the network is written down, with your name and the time.')],
    cards: [
      requests(counts),
      roster(counts),
      people(),
      councils(counts),
      cohorts(counts),
      calendar(),
      rounds(),
      conversations(counts),
      series(counts),
      record(),
    ],
  };
}

function requests({ requests: count }: Counts): Message {
  const waiting = count === 1 ? '1 person asks to join.' : `${count} people ask to join.`;
  const text = count === 0 ? 'Nobody is waiting to be let in.' : waiting;
  const isWaited = count > 0;
  return {
    summary: text,
    heading: 'Requests to join',
    body: [paragraph(text)],
    buttons: [does('See requests', { kind: 'joining.requests' }, isWaited ? 'main' : 'plain')],
  };
}

function roster(counts: Counts): Message {
  return {
    summary: 'The roster says who may join.',
    heading: 'Roster',
    body: [
      facts(['Joined', String(counts.joined)], ['Invited', String(counts.invited)], ['Left', String(counts.left)]),
    ],
    buttons: [does('Roster', { kind: 'convening.roster' })],
  };
}

function people(): Message {
  const text = 'Find somebody, and make them a host or a convener.';
  return {
    summary: text,
    heading: 'People',
    body: [paragraph(text)],
    buttons: [does('Find somebody', { kind: 'convening.open-find-member' })],
  };
}

function councils({ councils: all, agreed, withdrawn, mustAgree }: Counts): Message {
  const text = mustAgree
    ? 'People take part only when their council has agreed to the network.'
    : 'People take part unless their council has withdrawn from the network.';
  return {
    summary: text,
    heading: 'Councils',
    body: [
      facts(['Councils', String(all)], ['Agreed', String(agreed)], ['Withdrawn', String(withdrawn)]),
      paragraph(text),
    ],
    buttons: [
      does('Councils', { kind: 'convening.councils' }),
      does('Find a council', { kind: 'convening.open-find-council' }),
      mustAgree
        ? does('Councils need not agree', { kind: 'convening.must-agree', must: 'no' })
        : does('Councils must agree', { kind: 'convening.must-agree', must: 'yes' }, 'warning'),
    ],
  };
}

function cohorts({ cohorts: all, graduated }: Counts): Message {
  return {
    summary: 'Cohorts and their learning sets.',
    heading: 'Cohorts and learning sets',
    body: [facts(['Cohorts', String(all)], ['Of these, graduated', String(graduated)])],
    buttons: [does('Cohorts', { kind: 'convening.cohorts' })],
  };
}

function calendar(): Message {
  const text = 'Say when prompts and rounds come, and when they do not.';
  return {
    summary: text,
    heading: 'Calendar',
    body: [paragraph(text)],
    buttons: [
      does('Weekday and hour', { kind: 'calendar.open-rhythm' }),
      does('Breaks', { kind: 'calendar.breaks' }),
      does('Prompts between modules', { kind: 'calendar.cohort-prompts' }),
    ],
  };
}

function rounds(): Message {
  const text = 'See the next round before it is sent, and who met in earlier ones.';
  return {
    summary: text,
    heading: 'Matches',
    body: [paragraph(text)],
    buttons: [
      does('Next round', { kind: 'matching.next' }),
      does('Earlier rounds', { kind: 'matching.rounds' }),
      does('What counts in a match', { kind: 'matching.open-weights', tried: '' }),
      does('How rounds are made', { kind: 'matching.open-rules' }),
    ],
  };
}

function conversations({ proposals: count }: Counts): Message {
  const waiting = count === 1 ? '1 conversation waits for approval.' : `${count} conversations wait for approval.`;
  const text = count === 0 ? 'No conversation waits for approval.' : waiting;
  return {
    summary: text,
    heading: 'Conversations',
    body: [paragraph(text)],
    buttons: [
      ...(count === 0 ? [] : [does('See what waits', { kind: 'proposals.waiting' }, 'main')]),
      does('How conversations run', { kind: 'conversations.open-settings' }),
    ],
  };
}

function series({ series: count }: Counts): Message {
  const none = 'No series is set. In a series, people choose the topic and we find a host.';
  const text =
    count === 0
      ? none
      : `${count === 1 ? 'One series of conversations comes' : `${count} series of conversations come`} round.`;
  return {
    summary: text,
    heading: 'Series of conversations',
    body: [paragraph(text)],
    buttons: [does('Series', { kind: 'series.all' }), does('Topics', { kind: 'series.topics' })],
  };
}

function record(): Message {
  const text = 'See what conveners and the operator did, and when.';
  return {
    summary: text,
    heading: 'Record',
    body: [paragraph(text)],
    buttons: [does('See the record', { kind: 'convening.audit', before: '' })],
  };
}

/** @param url of the page that takes a file; chats take none */
export function rosterPage({ joined, invited, left }: Counts, url: string): Page {
  const text = 'Import a file on the web. You see what it would change before anything does.';
  return {
    heading: 'Roster',
    body: [
      paragraph('The roster says who may join. An import adds people and brings them up to date. It removes nobody.'),
      facts(['Joined', String(joined)], ['Invited', String(invited)], ['Left', String(left)]),
    ],
    cards: [
      {
        summary: text,
        heading: 'Import a roster',
        body: [paragraph(text)],
        buttons: [
          { kind: 'opens', label: 'Import a roster', url },
          does('Back to the conveners’ page', { kind: 'convening.console' }),
        ],
      },
    ],
  };
}

export function mustAgree(must: boolean): Message {
  const text = must
    ? 'From now on people take part only when their council has agreed to the network.'
    : 'From now on people take part unless their council has withdrawn from the network.';
  return {
    summary: text,
    heading: 'Saved',
    body: [paragraph(text)],
    buttons: [does('Back to the conveners’ page', { kind: 'convening.console' })],
  };
}

/** To a member whose council takes no part, on their home and among their settings. */
export function councilOutside(council: string, hasWithdrawn: boolean): Message {
  const why = hasWithdrawn
    ? `${council} has withdrawn from the network.`
    : `${council} has not agreed to the network yet.`;
  return {
    summary: `${why} We send you nothing new for now.`,
    heading: 'Your council takes no part for now',
    body: [
      paragraph(`${why} So for now we send you no prompts and no invitations, and introduce you to nobody.`),
      paragraph('You are still a member. What you wrote is still yours. Ask your convener if this is wrong.'),
    ],
    buttons: [does('See my journal', { kind: 'reflections.journal' })],
  };
}
