import type { Intent } from './intents.ts';

/** What a person may type after `/colloquy` on Slack, or to the bot anywhere. The description is shown by `help`. */
export const words: Readonly<Record<string, { readonly intent: Intent; readonly description: string }>> = {
  help: { intent: { kind: 'network.help', asked: '' }, description: 'what you can do here' },
  join: { intent: { kind: 'network.join' }, description: 'join the network' },
  reflect: { intent: { kind: 'reflections.open', prompt: 'latest' }, description: 'answer this week’s prompt' },
  journal: { intent: { kind: 'reflections.journal' }, description: 'read what you have written' },
  conversations: { intent: { kind: 'conversations.list' }, description: 'see what is coming and sign up' },
  host: { intent: { kind: 'conversations.open-proposal' }, description: 'propose a conversation (hosts)' },
  match: { intent: { kind: 'matching.current' }, description: 'see who you are matched with' },
  profile: { intent: { kind: 'network.profile' }, description: 'see what we hold about you' },
  pause: { intent: { kind: 'network.open-pause' }, description: 'stop messages for a while' },
  resume: { intent: { kind: 'network.resume' }, description: 'start messages again' },
  find: { intent: { kind: 'network.open-find' }, description: 'find other members' },
  settings: { intent: { kind: 'network.settings' }, description: 'change your name, time zone and more' },
  export: { intent: { kind: 'network.export' }, description: 'get everything we hold about you' },
  leave: { intent: { kind: 'network.leave' }, description: 'leave the network' },
  erase: { intent: { kind: 'network.erase' }, description: 'erase everything we hold about you' },
};

/** Typed text → intent. Anything we do not know gets help that names it. */
export function readWords(text: string): Intent {
  const typed = text.trim().toLowerCase().replace(/^\//, '');
  if (typed === '') return { kind: 'network.help', asked: '' };
  if (Object.hasOwn(words, typed)) {
    const word = words[typed];
    if (word !== undefined) return word.intent;
  }
  return { kind: 'network.help', asked: typed.slice(0, 60) };
}
