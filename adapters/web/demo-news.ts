import type { Request } from 'express';
import { z } from 'zod';
import type { Member } from '../../src/network/model.ts';
import { momentWords } from '../../src/time/words.ts';
import { demoZone } from './demo-banner.ts';
import { type Html, html, nothing } from './html.ts';
import { countInbox } from './inbox.ts';
import type { Web } from './options.ts';
import { demo as say } from './words.ts';

/** When the clock was before it was moved, in milliseconds since 1970, as the address of the next page says it. */
const Since = z.coerce.number().int().min(0).max(8.64e15);

/** After the clock was moved: what time it is now, and what came of it. Nothing at any other time. */
export async function renderDemoNews({ core, demo }: Web, request: Request, member: Member | undefined): Promise<Html> {
  const since = Since.safeParse(request.query['since']);
  if (demo === undefined || request.query['since'] === undefined || !since.success) return nothing;
  const from = new Date(since.data);
  const { count } = await core.db
    .selectFrom('deliveries')
    .select((row) => row.fn.countAll().as('count'))
    .where('status', '=', 'sent')
    .where('settled_at', '>', from)
    .executeTakeFirstOrThrow();
  const time = say.moved(momentWords(demo.now(), member?.zone ?? demoZone));
  const mine = member === undefined ? '' : say.news(await countInbox(core, member, from));
  return html`<div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="moved" data-module="govuk-notification-banner">
<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="moved">${say.success}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${time}</p>
<p class="govuk-body">${say.sent(Number(count))} ${mine}</p></div></div>`;
}
