import type { SendMailOptions } from 'nodemailer/lib/mailer';
import { z } from 'zod';
import type { Core } from '../../src/core.ts';
import { asLetter, type Letter, type Outbound, type Outcome, type Parcel } from '../../src/delivery/model.ts';
import type { DiaryEntry } from '../../src/diary/model.ts';
import type { Log } from '../../src/log.ts';
import { findMemberByAccount } from '../../src/network/roster.ts';
import { judge, readFailure } from './errors.ts';
import { linkButtons, linkFooter, type Recipient, whenLinksEnd } from './inbound.ts';
import { calendarPart } from './invite.ts';
import { render } from './render.ts';

/** Whom our e-mails are from. */
export interface Sender {
  /** '' for none. */
  readonly name: string;
  readonly address: string;
}

/** The line to the mail server. */
export interface Mailer {
  /** @returns the error that stopped it and whether any of the e-mail had gone by then; `undefined` when it was taken */
  send(mail: SendMailOptions): Promise<Stopped | undefined>;
}

interface Stopped {
  readonly error: unknown;
  readonly begun: boolean;
}

/** Sends each parcel as one e-mail to one address. */
export function createOutbound(core: Core, mailer: Mailer, from: Sender, log: Log): Outbound {
  return {
    platform: 'email',
    pace: { inFlight: 8, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 },
    async send(parcel) {
      const { letter, entry } = readParcel(parcel);
      if (letter === undefined) return { kind: 'refused', reason: 'E-mail: only messages to one person' };
      const member = await findMemberByAccount(core.db, letter.account);
      if (member === undefined) return { kind: 'gone', reason: 'the address belongs to no member any more' };
      if (!z.email().safeParse(letter.account.user).success) {
        return { kind: 'gone', reason: 'the address is not one that email can be sent to' };
      }
      const messageId = nameMessage(letter.deliveryId, from);
      const linksEnd = await whenLinksEnd(core, member);
      const mail = write(core, letter, { deliveryId: letter.deliveryId, member, linksEnd }, from);
      const calendar = entry === undefined ? {} : await calendarPart(core, entry, member, letter.account, from);
      const stopped = await mailer.send({ ...mail, ...calendar });
      if (stopped === undefined) return { kind: 'sent', receipt: { messageId } };
      return explain(stopped, letter.deliveryId, log);
    },
    /** SMTP has no way to ask what became of an e-mail. */
    findTrace: async () => ({ kind: 'unknown' }),
  };
}

interface Post {
  readonly letter: Letter | undefined;
  /** For the reader's calendar, where it holds one. */
  readonly entry: DiaryEntry | undefined;
}

function readParcel(parcel: Parcel): Post {
  const { act } = parcel;
  if (act.kind !== 'invite') return { letter: asLetter(parcel), entry: undefined };
  const { message, entry } = act;
  return { letter: asLetter({ ...parcel, act: { kind: 'post', message } }), entry };
}

function explain({ error, begun }: Stopped, deliveryId: string, log: Log): Outcome {
  const failure = readFailure(error, begun);
  if (failure === undefined) throw error;
  log.warn({ deliveryId, ...failure }, 'The mail server did not take an email');
  return judge(failure);
}

/** The same each time a delivery is tried, so that a mail program can tell a second copy. */
function nameMessage(deliveryId: string, from: Sender): string {
  return `<${deliveryId}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`;
}

/** The whole e-mail: one recipient, in the envelope as in the header, so nobody sees another's address. */
export function write(core: Core, letter: Letter, recipient: Recipient, from: Sender): SendMailOptions {
  const footer = linkFooter(core, recipient);
  const address = letter.account.user;
  return {
    ...render(letter.message, linkButtons(core, recipient, letter.message.buttons), footer),
    from: { ...from },
    to: { name: '', address },
    envelope: { from: from.address, to: [address] },
    messageId: nameMessage(letter.deliveryId, from),
    date: core.clock.now(),
    xMailer: false,
    // So that no out-of-office notice comes back.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    ...(footer.leaveUrl === '' ? {} : { list: { unsubscribe: footer.leaveUrl } }),
  };
}
