import { type Block, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { dayWords, momentWords } from '../time/words.ts';
import type { Member, Pause, Programme } from './model.ts';
import { programmeNames } from './settings-words.ts';

/** When a member next hears from us; `undefined` where nothing is planned. What is paused is not sent. */
export interface Ahead {
  readonly prompt: Date | undefined;
  readonly round: Date | undefined;
  /** Whether that has passed: the round waits for a convener, or comes any moment. */
  readonly isRoundDue: boolean;
  /** Those that hold now. */
  readonly pauses: readonly Pause[];
  /** Whether they sit out the next round. */
  readonly skipsRound: boolean;
}

function aheadWords({ prompt, round, isRoundDue, pauses, skipsRound }: Ahead, zone: string): readonly Block[] {
  const paused = new Map(pauses.map(({ programme, until }) => [programme, `Paused until ${dayWords(until, zone)}`]));
  const line = (label: string, programme: Programme, next: string | undefined) => {
    const until = paused.get(programme);
    if (until !== undefined) return [[programmeNames[programme], until] as const];
    return next === undefined ? [] : [[label, next] as const];
  };
  const day = round === undefined ? undefined : dayWords(round, zone);
  const match = isRoundDue && day !== undefined ? `Soon. It was due on ${day}` : day;
  const lines = [
    ...line('Next prompt', 'prompts', prompt === undefined ? undefined : momentWords(prompt, zone)),
    ...line('Next match', 'matching', skipsRound && day !== undefined ? `Not on ${day}: you sit it out` : match),
    ...line('', 'conversations', undefined),
  ];
  return lines.length === 0 ? [] : [facts(...lines)];
}

/** What a member finds when they open the network: their cards, and the way to everything else. */
export function memberHome(member: Member, ahead: Ahead, cards: readonly Message[]): Page {
  return {
    heading: `Hello, ${member.name}`,
    body: [paragraph(`${member.role}, ${member.council}`), ...aheadWords(ahead, member.zone)],
    cards: [...cards, more(member)],
  };
}

function more({ permission }: Member): Message {
  const console = permission === 'convener' ? [does('Convene', { kind: 'convening.console' })] : [];
  return {
    summary: 'Your journal, the digest, all conversations, your profile, your settings and help.',
    heading: 'More',
    body: [],
    buttons: [
      does('Journal', { kind: 'reflections.journal' }),
      does('Digest', { kind: 'digests.latest' }),
      does('Conversations', { kind: 'conversations.list' }),
      does('Profile', { kind: 'network.profile' }),
      does('Settings', { kind: 'network.settings' }),
      ...console,
      does('Help', { kind: 'network.help', asked: '' }),
    ],
  };
}
