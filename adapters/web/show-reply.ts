import { isReadOnly } from '../../src/changes.ts';
import type { Intent } from '../../src/intents.ts';
import type { Form } from '../../src/messages/form.ts';
import { paragraph, withoutChats } from '../../src/messages/message.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { type Html, html, nothing } from './html.ts';
import { type View, view } from './layout.ts';
import { newTicket } from './once.ts';
import { hasPreview } from './preview.ts';
import { type Desk, renderMessage, renderPage } from './render.ts';
import { hasProblems, renderForm } from './render-form.ts';
import { words } from './words.ts';

/** Where a reply is shown: who sees it, what its buttons reach, and the way back. */
export interface Place {
  readonly member: Member | undefined;
  readonly desk: Desk;
  readonly path: string;
  readonly wayBack: Html;
}

export function wayBack(path: string, label: string): Html {
  return html`<p class="govuk-body way-back"><a class="govuk-link" href="${path}">${label}</a></p>`;
}

export const wayHome: Html = wayBack('/', words.backHome);

/** Any reply as a page of its own. */
export function showReply(reply: Reply, place: Place): View {
  const { desk, member, path } = place;
  switch (reply.kind) {
    case 'message':
    case 'replace': {
      const main = html`${renderMessage(reply.message, 1, desk)}${place.wayBack}`;
      return view(reply.message.heading, main, member, { path });
    }
    case 'page': {
      const main = html`${renderPage(reply.page, desk)}${wayBackUnder(place)}`;
      return view(reply.page.heading, main, member, { path });
    }
    case 'form':
      return showForm(reply.form, place);
    case 'invalid': {
      // There is no form to keep open: this answer came from a button.
      const text = reply.problems.map((problem) => problem.text).join(' ');
      return showReply({ kind: 'message', message: refusal(text) }, place);
    }
  }
}

/** Below a page, which may be long and be one of several: the menu leads home from there, and nothing else leads elsewhere. */
function wayBackUnder({ wayBack: back }: Place): Html {
  return back === wayHome ? nothing : back;
}

/**
 * The answer to something that was done, beginning with the sentence that sums it up: a chat shows that sentence as
 * its notification, and a page has nowhere else to say it.
 */
export function withSummary(reply: Reply): Reply {
  if (reply.kind !== 'message' && reply.kind !== 'replace') return reply;
  const { message } = reply;
  const said = message.body.some((block) => block.kind === 'paragraph' && block.text === message.summary);
  return said ? reply : { ...reply, message: { ...message, body: [paragraph(message.summary), ...message.body] } };
}

/**
 * What shows the form of this reply by itself, so that the page with it can be loaded anew, and gone back to, without
 * sending anything again. `undefined` for any other reply, and for a form with what was written in it and mistakes.
 */
export function openerOf(reply: Reply): Intent | undefined {
  if (reply.kind !== 'form' || hasProblems(reply.form) || !isReadOnly(reply.form.openedBy)) return undefined;
  return reply.form.openedBy;
}

function showForm(form: Form, place: Place): View {
  const { desk, member, path } = place;
  const hidden = { ...desk.along, form: JSON.stringify(form.openedBy), ticket: newTicket() };
  const main = html`${renderForm(form, { action: desk.action, hidden })}${waysBack(form, place)}`;
  return view(form.heading, main, member, { path, hasProblems: hasProblems(form), asksMeanwhile: hasPreview(form) });
}

/** Links to what the form names instead of itself, as far as they can be followed there; else the way back of the place. */
function waysBack({ instead = [] }: Form, { desk, wayBack: home }: Place): Html {
  const ways = withoutChats(instead).flatMap((button) => {
    if (button.kind === 'opens') return [wayBack(button.url, button.label)];
    const press = desk.pressOf(button);
    if (press === undefined || press.method === 'post') return [];
    return [wayBack(`${press.action}?${new URLSearchParams(press.fields)}`, button.label)];
  });
  return ways.length === 0 ? home : html`${ways}`;
}
