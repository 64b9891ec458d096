import type { Response } from 'express';
import { isReadOnly } from '../../src/changes.ts';
import type { Problem } from '../../src/errors.ts';
import type { Intent } from '../../src/intents.ts';
import type { Form } from '../../src/messages/form.ts';
import type { Block, Page } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { type Html, html, markupOf, nothing } from './html.ts';
import { type Desk, renderBlock, renderHeading, renderMessage } from './render.ts';
import { words } from './words.ts';

/*
 * What a form would show if it were sent, beside the form. The script assets/preview.js sends the form as its button
 * would, but for one field more, and puts the answer where this file has made room for it.
 */

/** False where sending the form would change something: nothing is changed while somebody is still answering. */
export function hasPreview(form: Form): boolean {
  return form.preview !== undefined && isReadOnly(form.completes);
}

/**
 * The room for it. A screen reader says what is new in it when it has said all else; on a narrow screen what is `said`
 * stays in sight while the rest comes after the form. Hidden where no script runs.
 */
export function renderPreviewPlace(form: Form): Html {
  const { preview } = form;
  if (preview === undefined || !hasPreview(form)) return nothing;
  return html`<section class="preview" aria-label="${preview.heading}" aria-live="polite" data-preview="${preview.atOnce ? 'at-once' : ''}" hidden>
<div class="preview__said">
<div data-said>${renderHeading(preview.heading, 2)}<p class="govuk-body">${preview.text}</p></div>
<p class="govuk-body" data-state="working" hidden>${words.working}</p>
<p class="govuk-body" data-state="failed" hidden>${words.notWorkedOut(form.submitLabel)}</p>
</div>
<div class="preview__more" data-more></div>
</section>
`;
}

/** @param opener what showed the form: whoever reads this has it before them, so no button leads there */
export function sendPreview(response: Response, reply: Reply, opener: Intent, desk: Desk): void {
  const pressOf: Desk['pressOf'] = (button) => (button.intent.kind === opener.kind ? undefined : desk.pressOf(button));
  response.type('html').send(markupOf(renderPreview(reply, { ...desk, pressOf })));
}

function renderPreview(reply: Reply, desk: Desk): Html {
  switch (reply.kind) {
    case 'page':
      return renderPagePreview(reply.page, desk);
    case 'message':
    case 'replace':
      return parts(renderMessage(reply.message, 2, desk), nothing);
    case 'invalid':
      return renderProblems(reply.problems);
    case 'form':
      return renderProblems(reply.form.fields.map(({ name, problem }) => ({ field: name, text: problem })));
  }
}

function renderPagePreview(page: Page, desk: Desk): Html {
  const isSaid = ({ kind }: Block) => kind === 'paragraph';
  return parts(
    html`${renderHeading(page.heading, 2)}${page.body.filter(isSaid).map(renderBlock)}`,
    html`${page.body.filter((block) => !isSaid(block)).map(renderBlock)}${page.cards.map((card) => renderMessage(card, 3, desk))}`,
  );
}

/** They stand beside their fields when the form is sent. */
function renderProblems(problems: readonly Problem[]): Html {
  const wrong = problems.filter(({ text }) => text !== '');
  return parts(html`${wrong.map(({ text }) => html`<p class="govuk-body">${text}</p>`)}`, nothing);
}

function parts(said: Html, more: Html): Html {
  return html`<div data-said>${said}</div><div data-more>${more}</div>`;
}
