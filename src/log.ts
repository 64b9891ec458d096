import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * One JSON line an event, to standard output. Call sites log ids and counts; should a whole request or error slip in,
 * the parts that can hold words or secrets are left out.
 *
 * @param level a pino level, or 'silent'
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    redact: {
      paths: ['body', '*.body', 'headers', '*.headers', 'config', '*.config', '*.text', '*.answer'],
      remove: true,
    },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** An error's kind, message and stack; never the request or response that platform SDKs hang on their errors. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  return { type: error.name, message: error.message, stack: error.stack };
}
