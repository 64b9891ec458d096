import { type Field, type Form, readValues } from '../../src/messages/form.ts';
import { dateParts, splitDate } from './date-parts.ts';
import { type Html, html, nothing } from './html.ts';
import { mostRadios } from './limits.ts';
import { renderPreviewPlace } from './preview.ts';
import { renderBlock, renderHeading } from './render.ts';
import { words } from './words.ts';

/** Where a form is sent, and what goes with its answers. */
export interface Destination {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

/** Answers travel under names of their own, apart from what we send along. */
export const answerPrefix = 'answer.';

export function answerName(field: Pick<Field, 'name'>): string {
  return `${answerPrefix}${field.name}`;
}

export function hasProblems(form: Form): boolean {
  return form.fields.some((field) => field.problem !== '');
}

/** A form as GOV.UK lays one out: what is wrong first, then the questions, each with its own problem. */
export function renderForm(form: Form, destination: Destination): Html {
  const hidden = Object.entries(destination.hidden);
  return html`<div class="form">
${renderErrorSummary(form.fields)}
${renderHeading(form.heading, 1)}
${form.body.map(renderBlock)}
<div class="form__asks"><form method="post" action="${destination.action}" novalidate>
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${form.fields.map(renderField)}
<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">${form.submitLabel}</button>
</form>
${renderPreviewPlace(form)}</div>
</div>`;
}

type Wrong = Pick<Field, 'name' | 'problem'>;

export function renderErrorSummary(fields: readonly Wrong[]): Html {
  const wrong = fields.filter((field) => field.problem !== '');
  if (wrong.length === 0) return nothing;
  const items = wrong.map((field) => html`<li><a href="#${idOf(field)}">${field.problem}</a></li>`);
  return html`<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
<h2 class="govuk-error-summary__title">${words.problem}</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${items}</ul></div>
</div></div>`;
}

/** The first thing in the field that can be typed into or chosen: where its line in the error summary leads. */
function idOf(field: Pick<Field, 'name'>): string {
  return `answer-${field.name}`;
}

function renderField(field: Field): Html {
  switch (field.kind) {
    case 'line':
    case 'room':
      return renderGroup(field, renderInput(field, 'text', html` spellcheck="true"`));
    case 'number':
      return renderGroup(
        field,
        renderInput(field, 'text', html` inputmode="numeric" spellcheck="false"`, 'govuk-input--width-4'),
      );
    case 'date':
      return renderDate(field);
    case 'time':
      return renderGroup(field, renderInput(field, 'time', nothing, 'govuk-input--width-5'));
    case 'text':
      return renderTextArea(field);
    case 'choice':
      return field.options.length > mostRadios ? renderGroup(field, renderSelect(field)) : renderRadios(field);
    case 'scale':
      return renderGroup(field, renderScale(field));
    case 'choices':
      return renderCheckboxes(field);
  }
}

type Of<Kind extends Field['kind']> = Extract<Field, { kind: Kind }>;

function renderGroup(field: Field, control: Html): Html {
  return html`<div class="${groupClass(field)}">
<label class="govuk-label govuk-label--s" for="${idOf(field)}">${labelOf(field)}</label>
${renderHint(field)}${renderProblem(field)}${control}
</div>`;
}

function groupClass(field: Field): string {
  return field.problem === '' ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error';
}

function labelOf(field: Field): string {
  return field.required ? field.label : field.label + words.optional;
}

function renderHint(field: Field): Html {
  return field.hint === '' ? nothing : html`<div id="${idOf(field)}-hint" class="govuk-hint">${field.hint}</div>`;
}

export function renderProblem(field: Wrong): Html {
  if (field.problem === '') return nothing;
  const lead = html`<span class="govuk-visually-hidden">${words.errorPrefix}</span>`;
  return html`<p id="${idOf(field)}-problem" class="govuk-error-message">${lead}${field.problem}</p>`;
}

/** The attribute that ties a control to its hint, its problem and whatever else explains it. */
function describedBy(field: Field, ...others: readonly string[]): Html {
  const hint = field.hint === '' ? [] : [`${idOf(field)}-hint`];
  const problem = field.problem === '' ? [] : [`${idOf(field)}-problem`];
  const ids = [...hint, ...problem, ...others];
  return ids.length === 0 ? nothing : html` aria-describedby="${ids.join(' ')}"`;
}

function renderInput(field: Field, type: string, attributes: Html, width = ''): Html {
  const wrong = field.problem === '' ? '' : ' govuk-input--error';
  return html`<input class="govuk-input ${width}${wrong}" id="${idOf(field)}" name="${answerName(field)}" type="${type}" value="${field.value}" autocomplete="off"${attributes}${describedBy(field)}>`;
}

function renderTextArea(field: Of<'text'>): Html {
  const wrong = field.problem === '' ? '' : ' govuk-textarea--error';
  const info = `${idOf(field)}-info`;
  // A browser drops the first line break inside a textarea: this one is there to be dropped.
  return html`<div class="${groupClass(field)} govuk-character-count" data-module="govuk-character-count" data-maxlength="${field.maxLength}" data-threshold="75">
<label class="govuk-label govuk-label--s" for="${idOf(field)}">${labelOf(field)}</label>
${renderHint(field)}${renderProblem(field)}<textarea class="govuk-textarea govuk-js-character-count${wrong}" id="${idOf(field)}" name="${answerName(field)}" rows="8" autocomplete="off" spellcheck="true"${describedBy(field, info)}>
${field.value}</textarea>
<div id="${info}" class="govuk-hint govuk-character-count__message">${words.upTo(field.maxLength)}</div>
</div>`;
}

function renderSelect(field: Of<'choice'>): Html {
  const wrong = field.problem === '' ? '' : ' govuk-select--error';
  const none = html`<option value="">${words.chooseOne}</option>`;
  const options = field.options.map(({ value, label }) => {
    const chosen = value === field.value ? html` selected` : nothing;
    return html`<option value="${value}"${chosen}>${label}</option>`;
  });
  return html`<select class="govuk-select${wrong}" id="${idOf(field)}" name="${answerName(field)}"${describedBy(field)}>${none}${options}</select>`;
}

/**
 * What is chosen stands above it where scripts run, for the eye: a screen reader hears it from the slider. What stands at
 * its ends is there in any case.
 */
function renderScale(field: Of<'scale'>): Html {
  const [first, last] = [field.options[0], field.options.at(-1)];
  const id = idOf(field);
  const steps = field.options.map(({ value, label }) => html`<option value="${value}" label="${label}"></option>`);
  return html`<div class="scale"><output class="scale__chosen" for="${id}" aria-live="off" hidden></output>
<input class="scale__input" id="${id}" name="${answerName(field)}" type="range" min="${first?.value ?? ''}" max="${last?.value ?? ''}" step="1" value="${field.value}" list="${id}-steps" autocomplete="off"${describedBy(field)}>
<datalist id="${id}-steps">${steps}</datalist>
<div class="scale__ends" aria-hidden="true"><span>${first?.label ?? ''}</span><span>${last?.label ?? ''}</span></div></div>`;
}

function renderRadios(field: Of<'choice'>): Html {
  const radios = field.options.map(({ value, label }, index) => {
    const id = index === 0 ? idOf(field) : `${idOf(field)}-${index + 1}`;
    const chosen = value === field.value ? html` checked` : nothing;
    return html`<div class="govuk-radios__item">
<input class="govuk-radios__input" id="${id}" name="${answerName(field)}" type="radio" value="${value}"${chosen}>
<label class="govuk-label govuk-radios__label" for="${id}">${label}</label>
</div>`;
  });
  return renderFieldset(field, html`<div class="govuk-radios">${radios}</div>`);
}

function renderCheckboxes(field: Of<'choices'>): Html {
  const ticked = readValues(field.value);
  const boxes = field.options.map(({ value, label }, index) => {
    const id = index === 0 ? idOf(field) : `${idOf(field)}-${index + 1}`;
    const chosen = ticked.includes(value) ? html` checked` : nothing;
    return html`<div class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" id="${id}" name="${answerName(field)}" type="checkbox" value="${value}"${chosen}>
<label class="govuk-label govuk-checkboxes__label" for="${id}">${label}</label>
</div>`;
  });
  return renderFieldset(field, html`<div class="govuk-checkboxes" data-module="govuk-checkboxes">${boxes}</div>`);
}

/** Three boxes, as GOV.UK asks for dates: a browser's own date box shows the month first to some people. */
function renderDate(field: Of<'date'>): Html {
  const typed = splitDate(field.value);
  const wrong = field.problem === '' ? '' : ' govuk-input--error';
  const boxes = dateParts.map((part, index) => {
    const id = index === 0 ? idOf(field) : `${idOf(field)}-${part}`;
    const width = part === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2';
    return html`<div class="govuk-date-input__item"><div class="govuk-form-group">
<label class="govuk-label govuk-date-input__label" for="${id}">${words.dateParts[part]}</label>
<input class="govuk-input govuk-date-input__input ${width}${wrong}" id="${id}" name="${answerName(field)}.${part}" type="text" inputmode="numeric" value="${typed[part]}" autocomplete="off">
</div></div>`;
  });
  return renderFieldset(field, html`<div class="govuk-date-input">${boxes}</div>`);
}

/** Several controls that answer one question. */
function renderFieldset(field: Field, controls: Html): Html {
  return html`<div class="${groupClass(field)}"><fieldset class="govuk-fieldset" role="group"${describedBy(field)}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${labelOf(field)}</legend>
${renderHint(field)}${renderProblem(field)}${controls}
</fieldset></div>`;
}
