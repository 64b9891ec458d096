import { z } from 'zod';
import type { Core } from '../../src/core.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { momentWords } from '../../src/time/words.ts';
import { type Html, html, nothing } from './html.ts';
import { inboxLength } from './limits.ts';
import { type Desk, renderMessage } from './render.ts';
import { inbox as say } from './words.ts';

/** The messages that a member was sent here, the newest first, folded so that each is one line. */
export async function renderInbox(core: Core, member: Member, desk: Desk): Promise<Html> {
  const rows = await core.db
    .selectFrom('web_inbox')
    .select(['delivery_id as delivery', 'message', 'sent_at as sentAt'])
    .where('member_id', '=', member.id)
    .orderBy('sent_at', 'desc')
    .orderBy('delivery_id')
    .limit(inboxLength)
    .execute();
  const items = rows.map(({ delivery, message, sentAt }) => {
    const when = momentWords(sentAt, member.zone);
    return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${message.summary}</span> <span class="inbox__when">${when}</span></summary>
<div class="govuk-details__text">${renderMessage(message, 3, desk, delivery)}</div></details>`;
  });
  if (items.length === 0 && member.status !== 'active') return nothing;
  const content = items.length === 0 ? html`<p class="govuk-body">${say.empty}</p>` : items;
  return html`<section class="inbox" aria-labelledby="inbox"><h2 class="govuk-heading-m" id="inbox">${say.heading}</h2>${content}</section>`;
}

/** The card in the inbox whose button was pressed becomes the answer to it, as it does in a chat. */
export async function replaceInInbox(core: Core, member: Member, delivery: string, message: Message): Promise<void> {
  if (!z.uuid().safeParse(delivery).success) return;
  await core.db
    .updateTable('web_inbox')
    .set({ message: JSON.stringify(message) })
    .where('delivery_id', '=', delivery)
    .where('member_id', '=', member.id)
    .execute();
}

export async function countInbox(core: Core, member: Member, since: Date): Promise<number> {
  const { count } = await core.db
    .selectFrom('web_inbox')
    .select((row) => row.fn.countAll().as('count'))
    .where('member_id', '=', member.id)
    .where('sent_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}
