import { type Button, does, type Message, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { dayWords } from '../../time/words.ts';
import type { OwnRound } from '../asking/round-ahead.ts';
import { lookNowButton, sitOutButton } from '../matches/buttons.ts';
import type { PoolReason } from '../model.ts';
import { whenOf } from '../times/messages.ts';

function nextWords({ round, skips }: OwnRound, zone: string): string {
  const which = round === undefined ? 'the next round' : `the round on ${dayWords(round.at, zone)}`;
  return skips ? `You sit out ${which}.` : `You take part in ${which}.`;
}

function nextButtons({ round, skips }: OwnRound): readonly Button[] {
  return [
    skips
      ? does('Take part after all', { kind: 'membership.take-round' })
      : sitOutButton('Sit out the next round', round?.number),
    does('Pause matches', { kind: 'network.open-pause' }),
  ];
}

const whyWaiting: Readonly<Record<PoolReason, string>> = {
  joined: 'You began to take part, or came back, after the last round.',
  'left-out': 'We did not have a match for you in the last round.',
  'partner-gone': 'Somebody you were matched with cannot meet.',
  rematch: 'You asked us for a match.',
};

/** One who waits to be matched between two rounds. */
export interface Waiting {
  readonly since: Date;
  readonly why: PoolReason;
  readonly next: OwnRound;
}

export function waiting({ since, why, next }: Waiting, zone: string): Message {
  const text = 'We are looking for somebody for you to meet.';
  return {
    summary: text,
    heading: 'We are looking for a match',
    body: [
      paragraph(`${text} ${whyWaiting[why]}`),
      paragraph(
        `You have waited since ${dayWords(since, zone)}. We look for somebody from another council who waits too.`,
      ),
      paragraph(`We introduce you as soon as we find someone who suits. ${nextWords(next, zone)}`),
    ],
    buttons: nextButtons(next),
  };
}

/** To one who asked for no match until the next round: they sat the last one out, or said "not now". */
export function restsNow(next: OwnRound, zone: string): Message {
  return noneNow('You have no match now, because you asked for none until the next round.', next, zone);
}

/** To one who takes part, waits for no match, and has none: the last one is gone, with somebody who was erased. */
export function noMatchNow(next: OwnRound, zone: string): Message {
  return noneNow('You have no match now. You can ask for one.', next, zone);
}

function noneNow(text: string, next: OwnRound, zone: string): Message {
  return {
    summary: text,
    heading: 'No match now',
    body: [paragraph(text), paragraph(nextWords(next, zone))],
    buttons: [lookNowButton, ...nextButtons(next)],
  };
}

/** To one who has met somebody who is in the network no more. */
export function complete(next: OwnRound, zone: string): Message {
  const text = 'You have said that you met, so your match is complete.';
  const body = [paragraph(text), paragraph(nextWords(next, zone))];
  return { summary: text, heading: 'Your match', body, buttons: nextButtons(next) };
}

/** To one who takes part, before the first round. @param often as `rhythmWords` has it */
export function beforeFirst(often: string, next: OwnRound, zone: string): Message {
  const text = 'You do not have a match yet.';
  const body = [paragraph(`${text} We introduce people ${often}. ${nextWords(next, zone)}`)];
  return { summary: text, heading: 'Your match', body, buttons: [] };
}

/** To one who takes no part now. @param why as `whyNot` has it */
export function takesNoPart(why: string): Message {
  return { summary: 'You do not have a match now.', heading: 'Your match', body: [paragraph(why)], buttons: [] };
}

/** A meeting still to come with somebody of an earlier round. */
export interface MeetingAhead {
  readonly matchId: string;
  /** None where they left. */
  readonly others: readonly string[];
  readonly at: Date;
}

export function meetingAhead({ matchId, others, at }: MeetingAhead, zone: string): Message {
  const who = others.length === 0 ? 'somebody you were matched with before' : together(others);
  const text = `You meet ${who} from ${whenOf(at, zone)}.`;
  return {
    summary: text,
    heading: 'Your next meeting',
    body: [paragraph(`${text} You were matched in an earlier round.`)],
    buttons: [
      does('Add to your calendar', { kind: 'diary.file', of: matchId }),
      does('Call it off', { kind: 'matching.not-now', match: matchId }, 'warning'),
    ],
  };
}

/** What is open from earlier rounds, under a card that has buttons of its own: these are on the home. */
export function withEarlierNamed(card: Message, earlier: readonly Message[]): Message {
  if (earlier.length === 0) return card;
  const lines = earlier.map(({ summary }) => paragraph(`From an earlier round: ${summary}`));
  const toHome = does('Open your home page', { kind: 'network.home' });
  return { ...card, body: [...card.body, ...lines], buttons: [...card.buttons, toHome] };
}

/** The same under a card that says that there is no match now: what is open can be answered there. */
export function withEarlier(card: Message, earlier: readonly Message[]): Message {
  const body = earlier.flatMap((one) => [paragraph('From an earlier round:'), ...one.body]);
  return {
    ...card,
    body: [...card.body, ...body],
    buttons: [...earlier.flatMap(({ buttons }) => buttons), ...card.buttons],
  };
}
