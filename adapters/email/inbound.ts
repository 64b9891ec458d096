import { addDays } from 'date-fns/addDays';
import type { Core } from '../../src/core.ts';
import { type Button, type ButtonStyle, withoutChats } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { hostingEnds } from '../../src/proposals/links-end.ts';
import { writeLink } from '../../src/store/links.ts';
import { dateWords } from '../../src/time/words.ts';
import { linkDays } from './limits.ts';
import { footer } from './words.ts';

/** A button as an e-mail can show it. */
export interface LinkedButton {
  readonly label: string;
  readonly style: ButtonStyle;
  readonly url: string;
}

/** What stands under an e-mail: why it came, and the ways to stop it. */
export interface Footer {
  readonly lines: readonly string[];
  readonly links: readonly LinkedButton[];
  /** For the `List-Unsubscribe` header; '' when there is nothing to leave. */
  readonly leaveUrl: string;
}

/** One e-mail's delivery and the person it goes to: what its links speak for. */
export interface Recipient {
  readonly deliveryId: string;
  readonly member: Member;
  readonly linksEnd: Date;
}

/** What a link does, and the words on it. */
type Doing = Pick<Extract<Button, { kind: 'does' }>, 'intent' | 'label'>;

/** Until when the links of an e-mail that is sent now work. Guests have nothing else: theirs last while they host. */
export async function whenLinksEnd({ db, clock }: Core, { id, status }: Member): Promise<Date> {
  const usual = addDays(clock.now(), linkDays);
  const hosting = status === 'guest' ? await hostingEnds(db, id) : undefined;
  return hosting === undefined || hosting < usual ? usual : hosting;
}

/**
 * The way in from an e-mail: a signed link instead of a button. The web channel opens it, at `/act/<token>`. Fetching
 * it (as mail scanners do) shows a page and changes nothing; sending that page's form does what the button says.
 *
 * @param part tells the links of one e-mail apart
 */
function actLink(core: Core, recipient: Recipient, part: string, { intent, label }: Doing): string {
  const { deliveryId, member, linksEnd } = recipient;
  const link = { id: `${deliveryId}.${part}`, memberId: member.id, intent, label, expires: linksEnd.getTime() };
  const token = writeLink(core.cipher, link);
  return `${core.publicUrl}/act/${token}`;
}

export function linkButtons(core: Core, recipient: Recipient, buttons: readonly Button[]): readonly LinkedButton[] {
  return withoutChats(buttons).map((button, index) => {
    if (button.kind === 'opens') return { label: button.label, style: 'plain', url: button.url };
    const url = actLink(core, recipient, String(index), button);
    return { label: button.label, style: button.style, url };
  });
}

export function linkFooter(core: Core, recipient: Recipient): Footer {
  const { status } = recipient.member;
  if (status === 'guest') return guestFooter(core, recipient);
  if (status !== 'active') return { lines: [footer.stranger, footer.links], links: [], leaveUrl: '' };
  const pauseUrl = actLink(core, recipient, 'pause', { intent: { kind: 'network.open-pause' }, label: footer.pause });
  const leaveUrl = actLink(core, recipient, 'leave', { intent: { kind: 'network.leave' }, label: footer.leave });
  const links = [
    { label: footer.pause, style: 'plain', url: pauseUrl },
    { label: footer.leave, style: 'plain', url: leaveUrl },
  ] as const;
  return { lines: [footer.member, footer.links], links, leaveUrl };
}

/** Guests have nothing to pause and nothing to leave: they can have all of it erased. */
function guestFooter(core: Core, recipient: Recipient): Footer {
  const { member, linksEnd } = recipient;
  const url = actLink(core, recipient, 'erase', { intent: { kind: 'network.erase' }, label: footer.erase });
  const links = [{ label: footer.erase, style: 'plain', url }] as const;
  return { lines: [footer.guest, footer.guestLinks(dateWords(linksEnd, member.zone))], links, leaveUrl: url };
}
