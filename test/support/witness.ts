import type { RequestHandler } from 'express';

/** Someone who hears all that the adapters answer over HTTP, and who asked. */
export interface Witness {
  /** Stands before a channel's routes. */
  readonly before: RequestHandler;
  /** Every answer so far. */
  readonly answers: readonly OverheardAnswer[];
  /** Who asks from now on; requests carry nothing that tells it in the same way everywhere. */
  hears(asker: string): void;
}

export interface OverheardAnswer {
  readonly asker: string;
  /** With the query: words must not stand there. */
  readonly path: string;
  readonly headers: string;
  readonly body: string;
}

export function createWitness(): Witness {
  const answers: OverheardAnswer[] = [];
  let asker = 'nobody';
  const before: RequestHandler = (request, response, next) => {
    const chunks: Buffer[] = [];
    const asking = asker;
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const write = response.write.bind(response);
    const end = response.end.bind(response);
    Object.assign(response, {
      write: (chunk: unknown, ...rest: never[]) => {
        keep(chunk);
        return write(chunk, ...rest);
      },
      end: (chunk: unknown, ...rest: never[]) => {
        keep(chunk);
        return end(chunk, ...rest);
      },
    });
    response.on('finish', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const headers = JSON.stringify(response.getHeaders());
      answers.push({ asker: asking, path: request.originalUrl, headers, body });
    });
    next();
  };
  return {
    before,
    answers,
    hears(who) {
      asker = who;
    },
  };
}

/** For those who need none. */
export const nobodyListens: RequestHandler = (_request, _response, next) => next();
