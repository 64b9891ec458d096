import { type Block, does, facts, type Message, type Page, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { certificateWords } from '../figures/certificate-words.ts';
import { leftOutWords } from '../figures/left-out-words.ts';
import { figureFacts, type QualityFigure } from '../figures/quality-words.ts';
import type { Came, Usefulness } from '../matches/met-rules.ts';
import type { LeftOutReason, StoredVerdict } from '../model.ts';

/** How many rounds, and lines about one round, a page shows. Slack takes 100 blocks in a window. */
export const roundsShown = 12;
const linesShown = 40;
/** How many of them stand in one list: Slack takes 3,000 characters in a block. */
const inList = 10;

export const refusals = {
  gone: 'That round is not there any more. See the rounds again.',
} as const;

/** How many matches of a round came to what. */
export type CameCounts = Readonly<Record<Came, number>>;

export interface ShownRound {
  readonly id: string;
  readonly number: number;
  /** Such as '3 March 2027'. */
  readonly when: string;
  /** How many took part, those who were left out among them. */
  readonly people: number;
  readonly matches: number;
  /** How many of them were made after it, for people who waited. */
  readonly later: number;
  readonly came: CameCounts;
  readonly leftOut: number;
}

const toNext = does('See the next round', { kind: 'matching.next' }, 'main');

/** What became of its matches: together they are all of them. What is rare stands there only where there is some of it. */
function cameFacts({ matches, later, came }: ShownRound): readonly (readonly [label: string, value: string])[] {
  const ifAny = (label: string, count: number) => (count === 0 ? [] : [[label, String(count)] as const]);
  return [
    ['Matches', later === 0 ? String(matches) : `${matches - later} in the round, ${later} later`],
    ['Met', String(came.met)],
    ...ifAny('They say different things', came.differ),
    ['Have a date', String(came.dated)],
    ...ifAny('Time has passed, nobody has said', came.passed),
    ['Did not meet', String(came['not-met'])],
    ['Ended before they met', String(came.ended)],
    ['Nobody has said', String(came.unknown)],
  ];
}

const console = does('Back to the conveners’ page', { kind: 'convening.console' });

/** @param more whether there are older ones */
export function roundsPage(shown: readonly ShownRound[], more: boolean): Page {
  const none = 'There has been no round yet.';
  const text = shown.length === 0 ? none : `The newest come first.${more ? ' Older ones are not shown.' : ''}`;
  return {
    heading: 'Rounds of matches',
    body: [paragraph(text)],
    cards: [ahead(), ...shown.map(roundCard)],
  };
}

function ahead(): Message {
  const text = 'See the next round before it is sent, and change it.';
  return {
    summary: text,
    heading: 'The next round',
    body: [paragraph(text)],
    buttons: [toNext, does('How rounds are made', { kind: 'matching.open-rules' }), console],
  };
}

function roundCard(round: ShownRound): Message {
  const { id, number, when, people, leftOut } = round;
  return {
    summary: `Round ${number} was on ${when}.`,
    heading: `Round ${number}, ${when}`,
    body: [facts(['People who took part', String(people)], ...cameFacts(round), ['Left out', String(leftOut)])],
    buttons: [does('See who met', { kind: 'matching.round', round: id })],
  };
}

/** One match of a round, as conveners read of it. */
export interface ShownMatch {
  /** Each with their council, and whether they left those who still meet. */
  readonly people: readonly string[];
  readonly came: Came;
  readonly origin: 'round' | 'pool' | 'fixed';
}

/** One round, with what became of it. */
export interface ShownDetails {
  readonly round: ShownRound;
  /** The convener who published it; '' where it published itself. */
  readonly publishedBy: string;
  /** `undefined` for rounds of before there were proofs. */
  readonly verdict: StoredVerdict | undefined;
  readonly figures: readonly QualityFigure[];
  readonly matches: readonly ShownMatch[];
  readonly leftOut: readonly { readonly name: string; readonly council: string; readonly reason: LeftOutReason }[];
  /** `asking` while it is the newest round; `undefined` where too few have answered. */
  readonly useful: Usefulness | 'asking' | undefined;
}

export function roundPage(details: ShownDetails): Page {
  const { round, publishedBy } = details;
  const by = publishedBy === '' ? 'It published itself.' : `${publishedBy} published it.`;
  return {
    heading: `Round ${round.number}`,
    body: [paragraph(`This round was on ${round.when}. ${by}`)],
    cards: [
      summary(details),
      ...(details.verdict === undefined ? [] : [proof(details, details.verdict)]),
      ...states.flatMap(([came, heading]) => stateCard(details.matches, came, heading)),
      ...leftOutCard(details),
      onwards(),
    ],
  };
}

const tooFew = 'Too few have answered to say how many found it useful.';

const usefulWords: Readonly<Record<Usefulness | 'asking', string>> = {
  asking: 'After the next round we say here whether most people found it useful.',
  most: 'Most of those who answered found it useful.',
  'about-half': 'About half of those who answered found it useful.',
  few: 'Few of those who answered found it useful.',
};

function summary({ round, useful }: ShownDetails): Message {
  return {
    summary: `In round ${round.number}, ${round.came.met} of ${round.matches} matches met.`,
    heading: 'What became of it',
    body: [
      facts(...cameFacts(round), ['Left out', String(round.leftOut)]),
      paragraph(useful === undefined ? tooFew : usefulWords[useful]),
    ],
    buttons: [],
  };
}

function proof({ matches, figures, leftOut }: ShownDetails, verdict: StoredVerdict): Message {
  const hasGroups = matches.some(({ people }) => people.length > 2);
  const text = certificateWords(verdict, { hasGroups, leavesOut: leftOut.length > 0 });
  return {
    summary: text,
    heading: 'How good it was',
    body: [paragraph(text), ...(figures.length === 0 ? [] : figureFacts(figures, 'the round before', hasGroups))],
    buttons: [],
  };
}

const states: readonly (readonly [came: Came, heading: string])[] = [
  ['differ', 'They say different things'],
  ['not-met', 'They did not meet'],
  ['ended', 'Ended before they met'],
  ['passed', 'Their time has passed; nobody has said'],
  ['unknown', 'Nobody has said'],
  ['dated', 'They have a date'],
  ['met', 'They met'],
];

function stateCard(all: readonly ShownMatch[], came: Came, heading: string): readonly Message[] {
  const own = all.filter((match) => match.came === came);
  if (own.length === 0) return [];
  const text = own.length === 1 ? 'This is 1 match.' : `These are ${own.length} matches.`;
  const lines = own.map(({ people, origin }) => {
    const notes = [
      ...(origin === 'pool' ? ['matched between rounds'] : []),
      ...(origin === 'fixed' ? ['fixed by a convener'] : []),
    ];
    return `${together(people)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  });
  return [{ summary: `${heading}: ${own.length}.`, heading, body: [paragraph(text), ...lists(lines)], buttons: [] }];
}

function leftOutCard({ leftOut }: ShownDetails): readonly Message[] {
  if (leftOut.length === 0) return [];
  const text = leftOut.length === 1 ? 'This round left out 1 person.' : `This round left out ${leftOut.length} people.`;
  const lines = leftOut.map(({ name, council, reason }) => `${name}, ${council}: ${leftOutWords[reason]}`);
  return [{ summary: text, heading: 'Left out', body: [paragraph(text), ...lists(lines)], buttons: [] }];
}

function lists(lines: readonly string[]): readonly Block[] {
  const shown = lines.slice(0, linesShown);
  const parts = Array.from({ length: Math.ceil(shown.length / inList) }, (_, index) => ({
    kind: 'list' as const,
    items: shown.slice(index * inList, (index + 1) * inList),
  }));
  return lines.length > shown.length
    ? [...parts, paragraph(`${lines.length - shown.length} more are not shown.`)]
    : parts;
}

function onwards(): Message {
  const text = 'See the rounds before and after.';
  return {
    summary: text,
    heading: 'Other rounds',
    body: [paragraph(text)],
    buttons: [does('See all rounds', { kind: 'matching.rounds' }), toNext],
  };
}
