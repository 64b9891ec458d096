import { z } from 'zod';
import type { Outcome } from '../../src/delivery/model.ts';
import { waits } from './limits.ts';

/** What nodemailer hangs on an error. `command` is the SMTP command that was answered, 'API' or 'CONN' when none was. */
const SmtpError = z.object({
  code: z.string(),
  responseCode: z.number().catch(0),
  response: z.string().catch(''),
  command: z.string().catch(''),
});

/** An e-mail that the mail server did not take, as far as we know. It holds no words of the server: they name addresses. */
export interface Failure {
  readonly code: string;
  /** The SMTP reply code; 0 when there was no reply. */
  readonly reply: number;
  /** The enhanced status code of the reply (RFC 3463), such as '5.1.1'; '' when there was none. */
  readonly status: string;
  readonly command: string;
  /** True once a byte of the e-mail itself was on its way: without a clear answer after that, it may have been taken. */
  readonly begun: boolean;
}

/** `undefined` for an error that is not about sending: a bug, to be thrown on. */
export function readFailure(error: unknown, begun: boolean): Failure | undefined {
  const parsed = SmtpError.safeParse(error);
  if (!parsed.success) return undefined;
  const { code, responseCode, response, command } = parsed.data;
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? '';
  return { code, reply: responseCode, status, command, begun };
}

interface Row {
  readonly when: (failure: Failure) => boolean;
  readonly outcome: Outcome;
}

const signIn = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ECONFIG']);
const unknownUser = new Set([550, 551, 553]);

/** From a failure to what it means; the first row that fits counts. Codes are those of RFC 5321 and RFC 3463. */
const table: readonly Row[] = [
  {
    when: ({ reply }) => reply >= 400 && reply < 500,
    outcome: { kind: 'later', afterMs: waits.notNow, reason: 'the mail server said: not now' },
  },
  {
    when: ({ code }) => signIn.has(code),
    outcome: { kind: 'refused', reason: 'the mail server did not accept our sign-in: check SMTP_URL' },
  },
  {
    // The session was out of step, and says nothing about the e-mail.
    when: ({ reply }) => reply === 503,
    outcome: { kind: 'later', afterMs: 0, reason: 'the mail server lost the thread' },
  },
  {
    when: ({ command, reply, status }) => command === 'RCPT TO' && (status === '5.2.2' || reply === 552),
    outcome: { kind: 'later', afterMs: waits.full, reason: 'the mailbox is full' },
  },
  {
    // A policy against us, not against the person: were it "gone", one bad day would cut everyone off.
    when: ({ command, status }) => command === 'RCPT TO' && status.startsWith('5.7.'),
    outcome: { kind: 'refused', reason: 'the mail server may not send to this address for us: check its relay rules' },
  },
  {
    when: ({ command, reply, status }) =>
      command === 'RCPT TO' && (unknownUser.has(reply) || status.startsWith('5.1.')),
    outcome: { kind: 'gone', reason: 'the mail server does not know this address' },
  },
  {
    when: ({ command, reply }) => command === 'MAIL FROM' && reply >= 500,
    outcome: { kind: 'refused', reason: 'the mail server did not accept our sender address: check MAIL_FROM' },
  },
  {
    when: ({ reply }) => reply >= 500,
    outcome: { kind: 'refused', reason: 'the mail server refused the email' },
  },
  {
    // Refused on our own side, before anything was said: too large for what the server announced, say.
    when: ({ code }) => code === 'EENVELOPE' || code === 'EMESSAGE',
    outcome: { kind: 'refused', reason: 'the email does not fit what the mail server takes' },
  },
  {
    when: ({ begun }) => begun,
    outcome: { kind: 'unknown', reason: 'the line to the mail server broke before it said whether it took the email' },
  },
];

const unreached: Outcome = { kind: 'later', afterMs: 0, reason: 'the mail server could not be reached' };

export function judge(failure: Failure): Outcome {
  const outcome = table.find((row) => row.when(failure))?.outcome ?? unreached;
  const codes = [failure.reply === 0 ? failure.code : failure.reply, failure.status].filter((code) => code !== '');
  return outcome.kind === 'sent' ? outcome : { ...outcome, reason: `${outcome.reason} (${codes.join(' ')})` };
}
