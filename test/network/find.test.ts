import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { recordAgreements } from '../../src/joining/consents.ts';
import type { Page } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { activeMembers } from '../../src/network/roster.ts';
import { giveAccount } from '../support/chats.ts';
import { addMember, type NewMember, openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let asker: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asker = await addActive(core, { name: 'Asker Asking', council: 'Powys County Council' });
});
afterEach(() => stage.close());

interface Known extends NewMember {
  readonly role?: string;
  readonly findable?: boolean;
}

/** A member who has joined and can be found, unless said. */
async function addKnown({ role, findable = true, ...given }: Known): Promise<Member> {
  const member = await addMember(core, { status: 'active', ...given });
  if (role !== undefined) await core.db.updateTable('members').set({ role }).where('id', '=', member.id).execute();
  await say(member, findable);
  return member;
}

/** Whether they agree to be found. */
async function say({ id }: Member, findable: boolean): Promise<void> {
  await core.db.transaction().execute((tx) => recordAgreements(tx, id, { findable }, core.clock.now()));
}

async function search(query: string): Promise<Page> {
  const reply = await ask(core, asker, { kind: 'network.find', query });
  if (reply.kind !== 'page') throw new Error(`Not a page: ${textOf(reply)}`);
  return reply.page;
}

async function names(query: string): Promise<readonly string[]> {
  const page = await search(query);
  return page.heading === 'We found nobody' ? [] : page.cards.map((card) => card.heading);
}

test('every word must describe the person, somewhere, whatever its case and accents', async () => {
  await addKnown({ name: 'Siân O’Neill', council: 'Cyngor Gwynedd', role: 'Director of Place', cohort: 'Spring 2026' });
  await addKnown({ name: 'Zoë Łukasik', council: 'Leeds City Council', role: 'Head of Housing', level: 'manager' });
  expect(await names('sian')).toEqual(['Siân O’Neill']);
  expect(await names("O'NEILL gwynedd")).toEqual(['Siân O’Neill']);
  expect(await names('zoé leeds')).toEqual(['Zoë Łukasik']);
  expect(await names('  PLACE \t spring ')).toEqual(['Siân O’Neill']);
  expect(await names('manager')).toEqual(['Zoë Łukasik']);
  expect(await names('c')).toEqual(['Siân O’Neill', 'Zoë Łukasik']);
  expect(await names('sian leeds')).toEqual([]);
  // A word does not reach from one answer into the next.
  expect(await names('łukasikhead')).toEqual([]);
});

test('a card shows what its member agreed to show, and the way to write to them', async () => {
  await addKnown({ name: 'Bo Reed', email: 'bo@york.example', council: 'City of York Council', role: 'Director' });
  const { cards } = await search('reed');
  expect(cards).toEqual([
    {
      summary: 'Bo Reed is Director at City of York Council.',
      heading: 'Bo Reed',
      body: [
        {
          kind: 'facts',
          facts: [
            { label: 'Role', value: 'Director' },
            { label: 'Council', value: 'City of York Council' },
            { label: 'Cohort', value: 'Programme 2026' },
          ],
        },
      ],
      buttons: [{ kind: 'opens', label: 'Email Bo Reed', url: 'mailto:bo@york.example' }],
    },
  ]);
});

test('people are found by the name they chose, and shown by it', async () => {
  const member = await addKnown({ name: 'Elizabeth Stone' });
  await core.db.updateTable('members').set({ chosen_name: 'Beth Stone' }).where('id', '=', member.id).execute();
  expect(await names('beth')).toEqual(['Beth Stone']);
  expect(await names('elizabeth')).toEqual([]);
});

test('twenty are shown at most, by name, and the page says that there are more', async () => {
  const many = Array.from({ length: 21 }, (_, index) => `Person ${String.fromCharCode(85 - index)}`);
  for (const name of many) await addKnown({ name });
  expect(await names('person')).toEqual(many.toSorted().slice(0, 20));
  expect(textOf({ kind: 'page', page: await search('person') })).toContain('These are the first 20');
  const hidden = (await activeMembers(core.db)).find(({ name }) => name === 'Person A');
  if (hidden !== undefined) await say(hidden, false);
  expect(await names('person')).toHaveLength(20);
  expect(textOf({ kind: 'page', page: await search('person') })).not.toContain('These are the first');
});

test.each(['', '  \n ', '\u0301', '´'])('“%s” asks for nothing, and is told so beside the question', async (query) => {
  await addKnown({});
  const reply = await ask(core, asker, { kind: 'network.find', query });
  expect(reply).toEqual({
    kind: 'invalid',
    problems: [{ field: 'query', text: expect.stringContaining('Enter part') }],
  });
});

test.each(['%', '_', '\\', 'A%n', '.*'])('“%s” is looked for as it stands', async (query) => {
  await addKnown({ name: 'Ann' });
  expect(await names(query)).toEqual([]);
  await addKnown({ name: `Half ${query} half` });
  expect(await names(query)).toEqual([`Half ${query} half`]);
});

test('nobody found leads to the choice of being found', async () => {
  const page = await search('nobody');
  expect(page.heading).toBe('We found nobody');
  expect(page.cards[0]?.buttons[0]).toMatchObject({ label: 'Choose', intent: { kind: 'joining.open-agreements' } });
});

test('whoever did not agree to be found, left, or never joined leaves no trace, whatever is asked', async () => {
  const shown = ['Asha Rahman', 'Bo Hidden', 'Cy Leaver'];
  for (const name of shown) await addKnown({ name, email: `${name.replace(' ', '.').toLowerCase()}@seen.example` });
  const queries = fc.sample(
    fc.oneof(
      fc.constantFrom(
        'hidden',
        'leaver',
        'invited',
        'asker',
        'secret',
        'council',
        'a',
        '@',
        'unseen.example',
        'director',
      ),
      fc.string({ minLength: 1, maxLength: 3 }),
    ),
    60,
  );
  const answers = async () =>
    await Promise.all(queries.map((query) => ask(core, asker, { kind: 'network.find', query })));
  const before = await answers();
  const unseen = { email: 'hidden@unseen.example', council: 'Secret Council' };
  await addKnown({ ...unseen, name: 'Asha Hidden', findable: false });
  await addKnown({ ...unseen, name: 'Asha Leaver', email: 'leaver@unseen.example', status: 'left' });
  await addKnown({ ...unseen, name: 'Asha Invited', email: 'invited@unseen.example', status: 'invited' });
  await say(asker, true);
  expect(await answers()).toEqual(before);
});

test('only members find anybody', async () => {
  await addKnown({ name: 'Bo Reed' });
  const left = await addKnown({ name: 'Cy Leaver', status: 'left' });
  expect(textOf(await ask(core, left, { kind: 'network.find', query: 'bo' }))).toContain('You have not joined');
});

test('a chat on Teams is offered with those whom we reach there now', async () => {
  const there = await addKnown({ name: 'Tam There', email: 'tam@york.example' });
  const gone = await addKnown({ name: 'Gwen Gone' });
  await giveAccount(core, there, 'teams');
  await giveAccount(core, gone, 'teams');
  await giveAccount(core, await addKnown({ name: 'Sal Slack' }), 'slack');
  await core.db.updateTable('accounts').set({ reachable: false }).where('member_id', '=', gone.id).execute();
  const { cards } = await search('director');
  const chats = cards.flatMap(({ buttons }) => buttons.filter(({ kind }) => kind === 'chats'));
  expect(cards).toHaveLength(3);
  expect(chats).toEqual([
    { kind: 'chats', label: 'Chat with Tam There', platform: 'teams', email: 'tam@york.example' },
  ]);
});
