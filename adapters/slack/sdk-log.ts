import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../src/log.ts';

/**
 * What Slack's receiver says about requests it refuses, in our log. Only its own sentences: its other arguments, and
 * all it says at lower levels, can hold whole requests.
 */
export function receiverLog(log: Log): Logger {
  const sentence = (parts: readonly unknown[]) =>
    parts
      .filter((part) => typeof part === 'string')
      .map(withoutQuote)
      .join(' ');
  return {
    ...silentLog(),
    warn: (...parts: readonly unknown[]) => log.warn(`Slack: ${sentence(parts)}`),
    error: (...parts: readonly unknown[]) => log.error(`Slack: ${sentence(parts)}`),
  };
}

/** What the parser says of a body that it cannot read quotes the body. */
function withoutQuote(text: string): string {
  return text.replace(/ \(error: .*$/s, '');
}

/** For the Web API client and the app: they quote requests and answers, and what goes wrong they throw as well. */
export function silentLog(): Logger {
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    getLevel: () => LogLevel.ERROR,
    setName: nothing,
  };
}
