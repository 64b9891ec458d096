import { type Html, html, nothing } from './html.ts';
import type { Sent } from './inbound.ts';
import { answerPrefix } from './render-form.ts';
import { lost } from './words.ts';

/** What the person wrote, given back to them where we could not use it, so that nobody has to write it again. */
export function renderKeptAnswers(sent: Sent): Html {
  const written = [...sent].filter(([name, value]) => name.startsWith(answerPrefix) && value.trim() !== '');
  if (written.length === 0) return nothing;
  const boxes = written.map(
    ([, value], index) => html`<label class="govuk-visually-hidden" for="kept-${index}">${lost.keepHeading}</label>
<textarea class="govuk-textarea" id="kept-${index}" rows="6" readonly>
${value}</textarea>`,
  );
  return html`<h2 class="govuk-heading-m">${lost.keepHeading}</h2><p class="govuk-body">${lost.keep}</p>${boxes}`;
}
