import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { Permanent } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { connections, timeouts } from './limits.ts';
import { createOutbound, type Mailer, type Sender } from './outbound.ts';

export interface EmailOptions {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly smtpUrl: string;
  /** An address, or a name and an address: `Colloquy <colloquy@network.example>`. */
  readonly from: string;
}

export interface EmailChannel {
  readonly outbound: Outbound;
  /** Waits for e-mails that are on their way. */
  close(): Promise<void>;
}

/** @throws Permanent when an option cannot be used */
export function openEmail(core: Core, options: EmailOptions, log: Log): EmailChannel {
  const mailer = openMailer(options.smtpUrl);
  const outbound = createOutbound(core, mailer, readSender(options.from), log);
  return { outbound, close: mailer.close };
}

function readSender(from: string): Sender {
  const [sender, ...others] = addressparser(from, { flatten: true });
  if (sender === undefined || others.length > 0 || !/^[^\s@]+@[^\s@]+$/.test(sender.address)) {
    throw new Permanent('MAIL_FROM must be one email address, such as Colloquy <colloquy@network.example>.');
  }
  return { name: sender.name, address: sender.address };
}

function openMailer(smtpUrl: string): Mailer & Pick<EmailChannel, 'close'> {
  const transport = createTransport(readServer(smtpUrl));
  const bodies = new Map<string, Readable>();
  transport.use('stream', (mail, done) => {
    mail.message.processFunc((body) => {
      bodies.set(mail.message.messageId(), body);
      return body;
    });
    done();
  });
  const underWay = new Set<Promise<unknown>>();
  return {
    async send(mail) {
      const sending = transport.sendMail({ ...mail, signal: AbortSignal.timeout(timeouts.whole) });
      underWay.add(sending);
      const id = String(mail.messageId);
      try {
        await sending;
        return undefined;
      } catch (error) {
        return { error, begun: bodies.get(id)?.readableDidRead === true };
      } finally {
        underWay.delete(sending);
        bodies.delete(id);
      }
    },
    async close() {
      await Promise.allSettled(underWay);
      transport.close();
    },
  };
}

function readServer(smtpUrl: string) {
  const url = URL.parse(smtpUrl);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new Permanent('SMTP_URL must look like smtp://user:password@mail.example:587 or smtps://mail.example.');
  }
  return {
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    // Only deliver() decides what is tried again: it knows what was promised.
    maxRequeues: 0,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.silence,
    // A password goes over a plain line to no other machine than our own.
    requireTLS: url.protocol === 'smtp:' && url.password !== '' && !loopback.has(url.hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
