import type { SendMailOptions } from 'nodemailer/lib/mailer';
import type { Account } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { DiaryEntry } from '../../src/diary/model.ts';
import { methodOf, type Person, writeInvitation } from '../../src/diary/write-calendar.ts';
import type { Member } from '../../src/network/model.ts';
import { readSettings } from '../../src/network/roster.ts';

/**
 * What makes an e-mail an invitation: the entry as one more way of saying the same (RFC 6047, 2.4), which Outlook, Gmail
 * and Apple Mail put into the calendar; and the same as a file, for those that look for one.
 */
export async function calendarPart(
  core: Core,
  entry: DiaryEntry,
  member: Member,
  { user: address }: Account,
  from: Person,
): Promise<Pick<SendMailOptions, 'icalEvent'>> {
  const { name } = await readSettings(core.db);
  const organiser = { name, address: from.address };
  const attendee = { name: member.name, address };
  const content = writeInvitation({ entry, organiser, attendee }, core.clock.now(), core.publicUrl);
  return { icalEvent: { method: methodOf(entry), filename: 'invite.ics', content } };
}
