import { type Block, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { certificateWords } from './certificate-words.ts';
import { leftOutWords } from './left-out-words.ts';
import type { AnswerCounts, Met } from './met-rules.ts';
import type { LeftOutReason, StoredVerdict } from './model.ts';
import { figureFacts, type QualityFigure } from './quality-words.ts';

/** How many rounds, and lines about one round, a page shows. Slack takes 100 blocks in a window. */
export const roundsShown = 12;
const linesShown = 40;
/** How many of them stand in one list: Slack takes 3,000 characters in a block. */
const inList = 10;

export const refusals = {
  gone: 'That round is not there any more. See the rounds again.',
} as const;

/** How many matches of a round came to what. */
export type MetCounts = Readonly<Record<Met, number>>;

export interface ShownRound {
  readonly id: string;
  readonly number: number;
  /** Such as '3 March 2027'. */
  readonly when: string;
  readonly people: number;
  readonly matches: number;
  readonly met: MetCounts;
  readonly leftOut: number;
}

const toNext = does('See the next round', { kind: 'matching.next' }, 'main');
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

function roundCard({ id, number, when, people, matches, met, leftOut }: ShownRound): Message {
  return {
    summary: `Round ${number} was on ${when}.`,
    heading: `Round ${number}, ${when}`,
    body: [
      facts(
        ['People', String(people)],
        ['Matches', String(matches)],
        ['Met', String(met.met)],
        ['Did not meet', String(met['not-met'])],
        ['Left out', String(leftOut)],
      ),
    ],
    buttons: [does('See who met', { kind: 'matching.round', round: id })],
  };
}

/** One match of a round, as conveners read of it. */
export interface ShownMatch {
  /** Each with their council. */
  readonly people: readonly string[];
  readonly met: Met;
  readonly hasEnded: boolean;
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
  /** `undefined` where too few have answered. */
  readonly answers: AnswerCounts | undefined;
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
      ...states.flatMap(([met, heading]) => stateCard(details.matches, met, heading)),
      ...leftOutCard(details),
      onwards(),
    ],
  };
}

function summary({ round, answers }: ShownDetails): Message {
  const { met } = round;
  const found: Block =
    answers === undefined
      ? paragraph('Too few have answered to say how many found it useful.')
      : paragraph(`${answers.useful} of the ${answers.useful + answers.notUseful} who answered found it useful.`);
  return {
    summary: `In round ${round.number}, ${met.met} of ${round.matches} matches met.`,
    heading: 'What became of it',
    body: [
      facts(
        ['Matches', String(round.matches)],
        ['Met', String(met.met)],
        ['Have a date', String(met.dated)],
        ['Did not meet', String(met['not-met'])],
        ['Nobody has said', String(met.unknown)],
        ['Left out', String(round.leftOut)],
      ),
      found,
    ],
    buttons: [],
  };
}

function proof({ matches, figures }: ShownDetails, verdict: StoredVerdict): Message {
  const text = certificateWords(
    verdict,
    matches.some(({ people }) => people.length > 2),
  );
  return {
    summary: text,
    heading: 'How good it was',
    body: [paragraph(text), ...(figures.length === 0 ? [] : figureFacts(figures, 'the round before'))],
    buttons: [],
  };
}

const states: readonly (readonly [met: Met, heading: string])[] = [
  ['not-met', 'They did not meet'],
  ['unknown', 'Nobody has said'],
  ['dated', 'They have a date'],
  ['met', 'They met'],
];

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function stateCard(all: readonly ShownMatch[], met: Met, heading: string): readonly Message[] {
  const own = all.filter((match) => match.met === met);
  if (own.length === 0) return [];
  const text = own.length === 1 ? 'This is 1 match.' : `These are ${own.length} matches.`;
  const lines = own.map(({ people, hasEnded, origin }) => {
    const notes = [
      ...(origin === 'pool' ? ['matched between rounds'] : []),
      ...(origin === 'fixed' ? ['fixed by a convener'] : []),
      ...(hasEnded ? ['ended'] : []),
    ];
    return `${names.format(people)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
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
