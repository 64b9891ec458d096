import { type Button, does, type Message, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { dayWords } from '../../time/words.ts';
import type { Told } from '../following-up/messages.ts';
import { lookNowButton, rematchButton, seeMatchButton } from '../matches/buttons.ts';
import type { PoolReason } from '../model.ts';
import { type ChangeAsked, changeButtons, changeWords } from '../times/card-messages.ts';
import { inCalendar, whenOf } from '../times/messages.ts';

/*
 * What somebody reads of how they stand now. How they stand to the next round is said below it, by next-messages.ts.
 */

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
}

export function waiting({ since, why }: Waiting, zone: string): Message {
  const text = 'We are looking for somebody for you to meet.';
  return {
    summary: text,
    heading: 'We are looking for a match',
    body: [
      paragraph(`${text} ${whyWaiting[why]}`),
      paragraph(
        `You have waited since ${dayWords(since, zone)}. We look for somebody from another council who waits too.`,
      ),
      paragraph('We introduce you as soon as we find someone who suits.'),
    ],
    buttons: [],
  };
}

/** To one who asked for no match until the next round: they sat the last one out, or said "not now". */
export function restsNow(): Message {
  return noneNow('You have no match now, because you asked for none until the next round.');
}

/** To one who takes part, waits for no match, and has none: the last one is gone, with somebody who was erased. */
export function noMatchNow(): Message {
  return noneNow('You have no match now. You can ask for one.');
}

function noneNow(text: string): Message {
  return { summary: text, heading: 'No match now', body: [paragraph(text)], buttons: [lookNowButton] };
}

/** To one whose match has ended, and for whom we do not look until they say so. */
export function endedNow({ matchId, others }: Pick<Told, 'matchId' | 'others'>): Message {
  const which = others.length === 0 ? 'Your match' : `Your match with ${together(others)}`;
  const text = `${which} has ended. You can ask for another match now.`;
  const buttons = [rematchButton('Match me again', matchId)];
  return { summary: text, heading: 'Your match has ended', body: [paragraph(text)], buttons };
}

/** To one who has met somebody who is in the network no more. */
export function complete(): Message {
  const text = 'You have said that you met, so your match is complete.';
  return { summary: text, heading: 'Your match', body: [paragraph(text)], buttons: [] };
}

/** To one who takes part, before the first round. @param often as `rhythmWords` has it */
export function beforeFirst(often: string): Message {
  const text = 'You do not have a match yet.';
  const body = [paragraph(`${text} We introduce people ${often}.`)];
  return { summary: text, heading: 'Your match', body, buttons: [] };
}

/** A meeting still to come with somebody of an earlier round. */
export interface MeetingAhead {
  readonly matchId: string;
  /** None where they left. */
  readonly others: readonly string[];
  readonly at: Date;
  /** Another time that they are asked about in its place. */
  readonly change: ChangeAsked | undefined;
}

export function meetingAhead({ matchId, others, at, change }: MeetingAhead, zone: string): Message {
  const who = others.length === 0 ? 'somebody you were matched with before' : together(others);
  const text = `You meet ${who} from ${whenOf(at, zone)}.`;
  return {
    summary: text,
    heading: 'Your next meeting',
    body: [
      paragraph(`${text} You were matched in an earlier round.`),
      ...(change === undefined ? [] : [paragraph(changeWords(change, zone))]),
    ],
    buttons: [
      // Whoever was matched since is not asked for more times.
      ...(change === undefined ? [] : changeButtons(matchId, change)),
      inCalendar(matchId),
      does('Call it off', { kind: 'matching.not-now', match: matchId }, 'warning'),
    ],
  };
}

/** One thing that is open from an earlier round. */
export interface OpenEarlier {
  readonly matchId: string;
  /** What it is, and what can be said of it. */
  readonly card: Message;
  /** What a button that shows that card says. */
  readonly label: string;
}

/** @param kind whether they are asked if they met, or how it was, or are to meet */
export function earlierLabel(others: readonly string[], kind: 'question' | 'met' | 'meeting'): string {
  const who = others.length === 1 ? together(others) : undefined;
  if (kind === 'meeting') return who === undefined ? 'See your next meeting' : `See your meeting with ${who}`;
  if (kind === 'met') return who === undefined ? 'Say how it was' : `Say how it was with ${who}`;
  return who === undefined ? 'Say whether you met' : `Say whether you met ${who}`;
}

/** Under a card that has buttons of its own: each of these has a card of its own, which they lead to. */
export function withEarlierNamed(card: Message, earlier: readonly OpenEarlier[]): Message {
  const lines = earlier.map((one) => paragraph(`From an earlier round: ${one.card.summary}`));
  const ways = earlier.map(({ matchId, label }) => does(label, { kind: 'matching.earlier', match: matchId }));
  return { ...card, body: [...card.body, ...lines], buttons: [...card.buttons, ...ways] };
}

/** The same under a card that says that there is no match now: what is open can be answered there. */
export function withEarlier(card: Message, earlier: readonly OpenEarlier[]): Message {
  const body = earlier.flatMap((one) => [paragraph('From an earlier round:'), ...one.card.body]);
  const buttons = earlier.flatMap((one) => one.card.buttons);
  const own = buttons.some(isMain) ? card.buttons.map(asPlain) : card.buttons;
  return { ...card, body: [...card.body, ...body], buttons: [...buttons, ...own] };
}

function isMain(button: Button): boolean {
  return button.kind === 'does' && button.style === 'main';
}

/** One thing at a time is what we hope for. */
function asPlain(button: Button): Button {
  return button.kind === 'does' && button.style === 'main' ? { ...button, style: 'plain' } : button;
}

/** That card by itself. */
export function earlierByItself(card: Message): Message {
  return { ...card, buttons: [...card.buttons, seeMatchButton] };
}
