import type { Intent } from './intents.ts';

interface Meaning {
  readonly intent: Intent;
  readonly description: string;
}

/** What a person may type after `/colloquy` on Slack, or to the bot anywhere. The description is shown by `help`. */
const known = {
  help: { intent: { kind: 'network.help', asked: '' }, description: 'what you can do here' },
  join: { intent: { kind: 'network.join' }, description: 'join the network' },
  reflect: { intent: { kind: 'reflections.open', prompt: 'latest' }, description: 'answer this week’s prompt' },
  journal: { intent: { kind: 'reflections.journal' }, description: 'read what you have written' },
  map: { intent: { kind: 'reflections.map' }, description: 'see where you have reflected' },
  search: { intent: { kind: 'reflections.open-search' }, description: 'search in your journal' },
  themes: { intent: { kind: 'joining.open-interests' }, description: 'say what interests you' },
  digest: { intent: { kind: 'digests.latest' }, description: 'read what the network reflected on' },
  conversations: { intent: { kind: 'conversations.list' }, description: 'see what is coming and sign up' },
  diary: { intent: { kind: 'diary.show' }, description: 'see all dates, and put them in your calendar' },
  topics: { intent: { kind: 'series.topics' }, description: 'see what people would like to talk about, and vote' },
  host: {
    intent: { kind: 'proposals.open', topic: '', follows: '', theme: '' },
    description: 'propose a conversation (hosts)',
  },
  drafts: { intent: { kind: 'proposals.mine' }, description: 'go on with what you drafted (hosts)' },
  match: { intent: { kind: 'matching.current' }, description: 'see who you are matched with' },
  profile: { intent: { kind: 'network.profile' }, description: 'see your name, role and council' },
  pause: { intent: { kind: 'network.open-pause' }, description: 'stop messages for a while' },
  resume: { intent: { kind: 'network.resume' }, description: 'start messages again' },
  find: { intent: { kind: 'network.open-find' }, description: 'find other members' },
  settings: { intent: { kind: 'network.settings' }, description: 'change your name, time zone and more' },
  accounts: { intent: { kind: 'membership.accounts' }, description: 'see your accounts and choose where we write' },
  connect: { intent: { kind: 'membership.open-connect' }, description: 'use this account too, with a code' },
  export: { intent: { kind: 'network.export' }, description: 'get everything we hold about you' },
  console: { intent: { kind: 'convening.console' }, description: 'look after the network (conveners)' },
  leave: { intent: { kind: 'network.leave' }, description: 'leave the network' },
  erase: { intent: { kind: 'network.erase' }, description: 'erase everything we hold about you' },
} as const satisfies Readonly<Record<string, Meaning>>;

export type Word = keyof typeof known;

export const words: Readonly<Record<Word, Meaning>> = known;

/** Typed text → intent: one of the words, or “connect” with a code. Anything we do not know gets help that names it. */
export function readWords(text: string): Intent {
  const typed = text.trim().toLowerCase().replace(/^\//, '');
  const code = /^connect\s+(\S.*)$/s.exec(typed)?.[1];
  // What was meant as a code is not repeated to them as a word that we do not know: it may be one.
  if (code !== undefined) return { kind: 'membership.connect', code: code.slice(0, 60) };
  if (typed === '') return { kind: 'network.help', asked: '' };
  const found = Object.entries(words).find(([word]) => word === typed);
  if (found !== undefined) return found[1].intent;
  return { kind: 'network.help', asked: typed.slice(0, 60) };
}
