import { type Block, type Button, type Message, type Page, withoutChats } from '../../src/messages/message.ts';
import { type Html, html, nothing } from './html.ts';
import { words } from './words.ts';

export type Does = Extract<Button, { kind: 'does' }>;
type Opens = Extract<Button, { kind: 'opens' }>;

/** What a browser sends when a button is pressed. */
export interface Press {
  readonly method: 'get' | 'post';
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Where the buttons of a page lead, and which of them can be used there. */
export interface Desk {
  /** The path that takes its form. */
  readonly action: string;
  /** `undefined` for a button that cannot be used there: it is not drawn. */
  readonly pressOf: (button: Does) => Press | undefined;
  /** What every form that is filled there sends besides. */
  readonly along: Readonly<Record<string, string>>;
  /** True inside another site's page: what a link leads to then opens in a window of its own. */
  readonly isInTab: boolean;
}

/** Levels of heading: `h1` for a card that is the page, `h2` for one among others. */
export type Level = 1 | 2 | 3;

/** One card. `delivery` names the message in the member's inbox that it is; '' for none. */
export function renderMessage(message: Message, level: Level, desk: Desk, delivery = ''): Html {
  return html`<article class="message">
${renderHeading(message.heading, level)}
${message.body.map(renderBlock)}
${renderButtons(message, level, desk, delivery)}
</article>`;
}

export function renderPage(page: Page, desk: Desk): Html {
  return html`<div class="page">
${renderHeading(page.heading, 1)}
${page.body.map(renderBlock)}
${page.cards.map((card) => renderMessage(card, 2, desk))}
</div>`;
}

export function renderHeading(text: string, level: Level): Html {
  switch (level) {
    case 1:
      return html`<h1 class="govuk-heading-l">${text}</h1>`;
    case 2:
      return html`<h2 class="govuk-heading-m">${text}</h2>`;
    case 3:
      return html`<h3 class="govuk-heading-s">${text}</h3>`;
  }
}

export function renderBlock(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p class="govuk-body">${block.text}</p>`;
    case 'quote':
      return html`<blockquote class="govuk-inset-text">${block.text}</blockquote>`;
    case 'struck':
      return html`<p class="govuk-body"><s>${block.text}</s></p>`;
    case 'list':
      return html`<ul class="govuk-list govuk-list--bullet">${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'facts':
      return html`<dl class="govuk-summary-list">${block.facts.map(
        (fact) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${fact.label}</dt>
<dd class="govuk-summary-list__value">${fact.value}</dd></div>`,
      )}</dl>`;
  }
}

function renderButtons(message: Message, level: Level, desk: Desk, delivery: string): Html {
  // Where several cards stand on a page, a screen reader's list of buttons says which card each belongs to.
  const about = level === 1 ? '' : message.heading;
  const drawn = withoutChats(message.buttons).flatMap((button) => {
    if (button.kind === 'opens') return [renderLink(button, desk)];
    const press = desk.pressOf(button);
    return press === undefined ? [] : [renderButton(button, about, press, delivery)];
  });
  if (drawn.length === 0) return nothing;
  return html`<div class="govuk-button-group">${drawn}</div>`;
}

const buttonClasses: Readonly<Record<Does['style'], string>> = {
  main: 'govuk-button',
  plain: 'govuk-button govuk-button--secondary',
  warning: 'govuk-button govuk-button--warning',
};

function renderButton(button: Does, about: string, { method, action, fields }: Press, delivery: string): Html {
  const all = delivery === '' || method === 'get' ? fields : { ...fields, delivery };
  const hidden = Object.entries(all).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="${method}" action="${action}">
${hidden}
<button type="submit" class="${buttonClasses[button.style]}" data-module="govuk-button" data-prevent-double-click="true">${button.label}${hiddenWords(about)}</button>
</form>`;
}

function hiddenWords(about: string): Html {
  return about === '' ? nothing : html`<span class="govuk-visually-hidden">: ${about}</span>`;
}

const openable: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:']);

/** Hosts type links: one that would run as a script, say, is shown as text. */
function renderLink(button: Opens, { isInTab }: Desk): Html {
  const safe = URL.canParse(button.url) && openable.has(new URL(button.url).protocol);
  if (!safe) return html`<p class="govuk-body">${button.label}: ${button.url}</p>`;
  const target = isInTab ? html` target="_blank"` : nothing;
  const said = isInTab && !button.url.startsWith('mailto:') ? words.newWindow : '';
  return html`<a class="govuk-button govuk-button--secondary" href="${button.url}" rel="noreferrer"${target}>${button.label}${said}</a>`;
}
