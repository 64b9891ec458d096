import type { MemberStatus, Permission } from '../../src/network/model.ts';
import type { Database } from '../../src/store/database.ts';
import { type Html, html, nothing } from './html.ts';
import { demo as say } from './words.ts';

/** Somebody who can be chosen. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly council: string;
  readonly permission: Permission;
  readonly status: MemberStatus;
  readonly messages: number;
}

/** Everyone of whom the list says what is searched for, by council and name. */
export async function listPeople(db: Database, search: string): Promise<readonly Person[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('councils', 'councils.id', 'members.council_id')
    .leftJoin('web_inbox', 'web_inbox.member_id', 'members.id')
    .select([
      'members.id',
      'members.name',
      'members.role',
      'members.permission',
      'members.status',
      'councils.name as council',
    ])
    .select((row) => row.fn.count('web_inbox.delivery_id').as('messages'))
    // Guests do not sign in.
    .where('members.status', '!=', 'guest')
    .groupBy(['members.id', 'councils.name'])
    .orderBy('councils.name')
    .orderBy('members.name')
    .execute();
  const wanted = search.trim().toLowerCase();
  const people = rows.map((row) => ({ ...row, messages: Number(row.messages) }));
  return people.filter((person) => saidOf(person).toLowerCase().includes(wanted));
}

/** All that the list says of somebody, so that a search finds whatever can be read there. */
function saidOf({ name, role, council, permission }: Person): string {
  return [name, role, council, permission === 'member' ? '' : permission].join('\n');
}

export function renderPicker(people: readonly Person[], search: string): Html {
  const councils = Map.groupBy(people, (person) => person.council);
  const groups = [...councils].map(
    ([council, members]) =>
      html`<h2 class="govuk-heading-m">${council}</h2><ul class="people">${members.map(renderPerson)}</ul>`,
  );
  return html`<h1 class="govuk-heading-l">${say.heading}</h1><p class="govuk-body">${say.intro}</p>
<form method="get" action="/demo" role="search" class="search">
<label class="govuk-label" for="search">${say.search}</label>
<input class="govuk-input govuk-input--width-20" id="search" name="search" type="search" value="${search}" autocomplete="off" spellcheck="false">
<button type="submit" class="govuk-button govuk-button--secondary">${say.find}</button></form>
${groups.length === 0 ? html`<p class="govuk-body">${say.none}</p>` : groups}`;
}

function renderPerson(person: Person): Html {
  return html`<li class="people__person">
<form method="post" action="/demo/be"><input type="hidden" name="member" value="${person.id}">
<button type="submit" class="people__be">${say.be(person.name)}</button></form>
<div>${person.role} ${renderTags(person)} <span class="people__messages">${say.messages(person.messages)}</span></div></li>`;
}

function renderTags({ permission, status }: Person): Html {
  const host = permission === 'host' ? html`<strong class="govuk-tag govuk-tag--green">${say.host}</strong>` : nothing;
  const convener =
    permission === 'convener' ? html`<strong class="govuk-tag govuk-tag--purple">${say.convener}</strong>` : nothing;
  const away =
    status === 'active' ? nothing : html`<strong class="govuk-tag govuk-tag--grey">${say.notJoined}</strong>`;
  return html`${host} ${convener} ${away}`;
}
