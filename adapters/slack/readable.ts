import { unescapeText } from './text.ts';
import { words } from './words.ts';

/**
 * A message as a person reads it: `<…>` holds mentions, channels, dates and links, with their words behind a `|` where
 * Slack gives any. https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 *
 * @example readable('Ask <@U1> in <#C1|housing>: <https://a.example|the plan> &amp; more')
 *   // 'Ask @someone in #housing: the plan (https://a.example) & more'
 */
export function readable(text: string): string {
  const shown = text.replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_, sign: string, what: string, label = '') =>
    inWords(sign, what, label),
  );
  return unescapeText(shown).trim();
}

function inWords(sign: string, what: string, label: string): string {
  switch (sign) {
    case '@':
      return label === '' ? words.someone : `@${label}`;
    case '#':
      return label === '' ? words.someChannel : `#${label}`;
    case '!':
      // <!here>, <!date^…|Tuesday>, <!subteam^…|@directors>
      return label === '' ? `@${what.replace(/\^.*$/s, '')}` : label;
    default: {
      const address = what.replace(/^(mailto|tel):/, '');
      return label === '' || label === address ? address : `${label} (${address})`;
    }
  }
}
