import type { ShownImport } from '../../src/convening/roster/by-convener.ts';
import type { Section } from '../../src/convening/roster/report.ts';
import { rosterWords as words } from './console-words.ts';
import { type Html, html, nothing } from './html.ts';
import { renderErrorSummary } from './render-form.ts';
import { wayBack } from './show-reply.ts';

export const wayToConsole: Html = wayBack('/console', words.back);

/** @param problem what was wrong with the file; '' when nothing was */
export function renderUpload(problem: string): Html {
  const id = 'answer-roster';
  const group = problem === '' ? '' : ' govuk-form-group--error';
  const error = problem === '' ? nothing : html`<p class="govuk-error-message" id="${id}-error">${problem}</p>`;
  const described = problem === '' ? `${id}-hint` : `${id}-hint ${id}-error`;
  return html`<div class="form">${renderErrorSummary([{ name: 'roster', problem }])}
<h1 class="govuk-heading-l">${words.heading}</h1>
<p class="govuk-body">${words.lead}</p>
<form method="post" action="/console/roster" enctype="multipart/form-data" novalidate>
<div class="govuk-form-group${group}">
<label class="govuk-label" for="${id}">${words.file}</label>
<div class="govuk-hint" id="${id}-hint">${words.columns}</div>
${error}
<input class="govuk-file-upload" id="${id}" name="roster" type="file" accept=".csv,text/csv" aria-describedby="${described}">
</div>
<div class="govuk-form-group"><div class="govuk-checkboxes" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" id="answer-include-erased" name="include-erased" type="checkbox" value="yes">
<label class="govuk-label govuk-checkboxes__label" for="answer-include-erased">${words.includeErased}</label>
</div></div></div>
<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">${words.look}</button>
</form>
</div>${wayToConsole}`;
}

/** What a file would change, or did; with the button that carries it out where there is something to do. */
export function renderImport(heading: string, lead: string, shown: ShownImport): Html {
  return html`<h1 class="govuk-heading-l">${heading}</h1>
<p class="govuk-body">${lead}</p>
${shown.sealed === '' ? nothing : renderConfirm(shown.sealed)}
${shown.sections.map(renderSection)}
<p class="govuk-body"><a class="govuk-link" href="/console/roster">${words.other}</a></p>${wayToConsole}`;
}

/** Where each thing stands that a sealed file comes back in: too long for an ordinary form. */
function renderConfirm(sealed: string): Html {
  return html`<form method="post" action="/console/roster/import" enctype="multipart/form-data">
<input type="hidden" name="sealed" value="${sealed}">
<p class="govuk-body">${words.nobodyWritten} ${words.badLeftOut}</p>
<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">${words.confirm}</button>
</form>`;
}

function renderSection({ heading, lead, columns, rows }: Section): Html {
  const head = columns.map((column) => html`<th scope="col" class="govuk-table__header">${column}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell) => html`<td class="govuk-table__cell">${cell}</td>`);
    return html`<tr class="govuk-table__row">${cells}</tr>`;
  });
  const more = lead === '' ? nothing : html`<p class="govuk-body">${lead}</p>`;
  return html`<h2 class="govuk-heading-m">${heading}</h2>${more}
<table class="govuk-table"><caption class="govuk-visually-hidden">${heading}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${head}</tr></thead>
<tbody class="govuk-table__body">${body}</tbody></table>`;
}
