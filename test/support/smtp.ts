import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { type ParsedEmail, parseEmail } from './mime.ts';

/** An e-mail that the server took. */
export interface ReceivedEmail extends ParsedEmail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}

/** The point of a session at which a server may misbehave. */
export type Step = 'connect' | 'AUTH' | 'MAIL FROM' | 'RCPT TO' | 'message';

export type Trouble =
  /** Answers with an error of that reply code. */
  | { readonly kind: 'answers'; readonly at: Step; readonly code: number; readonly text: string }
  /** Drops the line instead of answering. */
  | { readonly kind: 'drops'; readonly at: Step }
  /** Takes the e-mail, and drops the line instead of saying so. */
  | { readonly kind: 'cuts'; readonly at: 'message' }
  /** Says nothing until it behaves again. */
  | { readonly kind: 'holds'; readonly at: Step };

/** A real mail server on this machine that keeps what it is sent. */
export interface TestSmtp {
  readonly url: string;
  emails(): readonly ReceivedEmail[];
  /** From now on misbehaves so; `undefined` to behave again. */
  trouble(trouble: Trouble | undefined): void;
  /** How often a whole message arrived, taken or not. */
  offered(): number;
  /** Each of those messages, as it came over the wire. */
  offers(): readonly string[];
  /** How often a client connected. */
  connections(): number;
  close(): Promise<void>;
}

export async function startSmtp(): Promise<TestSmtp> {
  const received: ReceivedEmail[] = [];
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let current: Trouble | undefined;
  const offers: string[] = [];
  let connections = 0;

  function answer(at: Step, done: (error?: Error) => void): void {
    if (current?.at !== at) done();
    else if (current.kind === 'answers') done(Object.assign(new Error(current.text), { responseCode: current.code }));
    else if (current.kind === 'holds') held.push(done);
    else for (const socket of sockets) socket.destroy();
  }

  const options: SMTPServerOptions = {
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (_session, done) => answer('connect', done),
    onAuth: (auth, _session, done) => answer('AUTH', (error) => done(error ?? null, { user: auth.username })),
    onMailFrom: (_address, _session, done) => answer('MAIL FROM', done),
    onRcptTo: (_address, _session, done) => answer('RCPT TO', done),
    onData: (stream, session, done) => {
      void text(stream).then((raw) => {
        offers.push(raw);
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const email = { ...parseEmail(raw), envelope: { from, to: rcptTo.map(({ address }) => address) } };
        if (current?.kind === 'cuts') received.push(email);
        answer('message', (error) => {
          if (error === undefined) received.push(email);
          done(error);
        });
      });
    },
  };
  const server = new SMTPServer(options);
  // A client or this server's own trouble breaks lines off; that is no fault of the test.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    url: `smtp://127.0.0.1:${await listen(server)}`,
    emails: () => received,
    trouble: (trouble) => {
      current = trouble;
      for (const done of held.splice(0)) done();
    },
    offered: () => offers.length,
    offers: () => offers,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function listen(server: SMTPServer): Promise<number> {
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port');
  return address.port;
}
