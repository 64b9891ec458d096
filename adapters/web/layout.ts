import type { Request, Response } from 'express';
import type { Member } from '../../src/network/model.ts';
import { isInTab } from './cookies.ts';
import { demoBanner } from './demo-banner.ts';
import { type Html, html, markupOf, nothing } from './html.ts';
import type { Web } from './options.ts';
import { convenersMenu, menu, words } from './words.ts';

/** One page, ready to be framed. */
export interface View {
  /** What the tab says; the product's name is added. */
  readonly title: string;
  readonly main: Html;
  /** True when the person has something to correct: a screen reader hears it first, in the title. */
  readonly hasProblems: boolean;
  readonly status: number;
  /** True for a page whose script asks us for more while it is read: no other page may. */
  readonly asksMeanwhile: boolean;
  /** Who is signed in; `undefined` for nobody. */
  readonly member: Member | undefined;
  /** The path of the page in the menu; '' for none. */
  readonly path: string;
}

/** A page that went well, for somebody; say what differs. */
export function view(title: string, main: Html, member: Member | undefined, other: Partial<View> = {}): View {
  return { title, main, member, hasProblems: false, status: 200, asksMeanwhile: false, path: '', ...other };
}

export function sendView(web: Web, response: Response, shown: View): void {
  if (shown.asksMeanwhile) letAsk(response);
  response
    .status(shown.status)
    .type('html')
    .send(renderDocument(web, shown, surroundings(web, response.req)));
}

/** Adds to the policy of every page that this one may ask us, and nobody else, for more. */
function letAsk(response: Response): void {
  const policy = 'Content-Security-Policy';
  response.set(policy, `${response.get(policy) ?? "default-src 'none'"};connect-src 'self'`);
}

/** Where the page stands: by itself, or inside another site's, which shows no page of ours that it was not let. */
interface Surroundings {
  readonly home: string;
  /** Of a link that leads out of what stands around it. */
  readonly target: Html;
}

function surroundings(web: Web, request: Request): Surroundings {
  if (isTabPath(request.path)) return { home: '/tab', target: newWindow };
  return { home: '/', target: isInTab(web, request) ? newWindow : nothing };
}

const newWindow = html` target="_blank" rel="noreferrer"`;

/** The pages that sign people in to the tab: shown in its frame before there is any sign that we are in it. */
export function isTabPath(path: string): boolean {
  return path === '/tab' || path.startsWith('/tab/');
}

function renderDocument(web: Web, shown: View, { home, target }: Surroundings): string {
  const title = `${shown.hasProblems ? words.errorPrefix : ''}${shown.title} – ${words.product}`;
  return markupOf(html`<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/colloquy.css">
<script type="module" src="/assets/start.js"></script>
</head>
<body class="govuk-template__body">
<a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">${words.skip}</a>
<header class="masthead"><div class="govuk-width-container"><a class="masthead__name" href="${home}">${words.product}</a>
${shown.member === undefined ? nothing : signOutForm()}</div></header>
${demoBanner(web, shown.member)}
${renderMenu(shown)}
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main">
${shown.main}
</main>
</div>
${renderFooter(shown.member)}
${renderAbout(target)}
</body>
</html>
`);
}

function signOutForm(): Html {
  return html`<form method="post" action="/sign-out"><button type="submit" class="masthead__button">${words.signOut}</button></form>`;
}

/** Only people who joined can use what it leads to. */
function renderMenu({ member, path }: View): Html {
  if (member?.status !== 'active') return nothing;
  const entries = member.permission === 'convener' ? [...menu, convenersMenu] : menu;
  const items = entries.map(([label, href]) => {
    const current = path === href;
    const active = current ? ' govuk-service-navigation__item--active' : '';
    const aria = current ? html` aria-current="page"` : nothing;
    const text = current ? html`<strong class="govuk-service-navigation__active-fallback">${label}</strong>` : label;
    return html`<li class="govuk-service-navigation__item${active}"><a class="govuk-service-navigation__link" href="${href}"${aria}>${text}</a></li>`;
  });
  return html`<div class="govuk-service-navigation" data-module="govuk-service-navigation"><div class="govuk-width-container">
<div class="govuk-service-navigation__container"><nav aria-label="${words.menu}" class="govuk-service-navigation__wrapper">
<button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" aria-controls="navigation" hidden aria-hidden="true">${words.menu}</button>
<ul class="govuk-service-navigation__list" id="navigation">${items}</ul>
</nav></div></div></div>`;
}

/** Our messages say "Type help": here is where, in the same place on every page. */
function renderFooter(member: Member | undefined): Html {
  if (member === undefined) return nothing;
  return html`<footer class="words"><div class="govuk-width-container">
<form method="get" action="/words">
<label class="govuk-label" for="word">${words.typeWord}</label>
<input class="govuk-input govuk-input--width-10" id="word" name="word" type="text" autocomplete="off" autocapitalize="none" spellcheck="false">
<button type="submit" class="govuk-button govuk-button--secondary">${words.go}</button>
</form>
</div></footer>`;
}

/** What anybody may ask of us before they sign in. */
function renderAbout(target: Html): Html {
  return html`<nav class="about" aria-label="${words.about}"><div class="govuk-width-container">
<a class="govuk-link" href="/privacy"${target}>${words.privacy}</a>
<a class="govuk-link" href="/terms"${target}>${words.terms}</a>
</div></nav>`;
}
