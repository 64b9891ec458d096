import type { Member } from '../../src/network/model.ts';
import { momentWords } from '../../src/time/words.ts';
import { type Html, html, nothing } from './html.ts';
import type { Web } from './options.ts';
import { demo as say } from './words.ts';

/** The zone of a demonstration's clock when nobody is chosen: that of the network it shows. */
export const demoZone = 'Europe/London';

/** Says on every page that nothing here is real, and what the time is; lets the visitor move it on. */
export function demoBanner({ demo }: Web, member: Member | undefined): Html {
  if (demo === undefined) return nothing;
  const time = momentWords(demo.now(), member?.zone ?? demoZone);
  const who =
    member === undefined
      ? nothing
      : html`<p class="govuk-body">${say.viewer(member.name)} <a class="govuk-link" href="/demo">${say.change}</a></p>`;
  return html`<aside class="demonstration" aria-label="${say.label}"><div class="govuk-width-container">
<div><p class="govuk-body"><strong>${say.notice}</strong> ${say.now(time)}</p>${who}</div>
<div class="demonstration__moves">${moveButton('1', say.day)}${moveButton('7', say.week)}</div>
</div></aside>`;
}

function moveButton(days: string, label: string): Html {
  return html`<form method="post" action="/demo/advance"><input type="hidden" name="days" value="${days}">
<button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button" data-prevent-double-click="true">${label}</button></form>`;
}
