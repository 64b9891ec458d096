import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { leave } from '../../src/network/service.ts';
import { withdrawShared } from '../../src/reflections/sharing.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import {
  addActive,
  ask,
  mustFind,
  type RecordingOutbound,
  recordingOutbound,
  saidTo,
  textOf,
} from '../support/people.ts';
import { introduce, write } from '../support/reflections.ts';

let stage: TestCore;
let core: Core;
let web: RecordingOutbound;
let writer: Member;
let match: Member;
let colleague: Member;
let stranger: Member;
const text = 'I doubt the merger';

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  web = recordingOutbound();
  writer = await addActive(core, { name: 'Asha Rahman', cohort: 'Autumn 2026' });
  match = await addActive(core, { name: 'Gareth Llewellyn', council: 'York', cohort: 'Spring 2026' });
  colleague = await addActive(core, { name: 'Priya Nair', council: 'Hull', cohort: 'Autumn 2026' });
  stranger = await addActive(core, {
    name: 'Jo Bloggs',
    council: 'Bath',
    cohort: 'Spring 2026',
    permission: 'convener',
  });
  await introduce(core, writer, match);
});
afterEach(() => stage.close());

async function sharePrompt(prompt: string, audience: string) {
  return await ask(core, writer, { kind: 'reflections.share', prompt, with: audience });
}

/** Whose page of what others shared has the text. */
async function readers(words = text): Promise<readonly string[]> {
  const found = [];
  for (const { id, name } of [writer, match, colleague, stranger]) {
    const page = textOf(await ask(core, await mustFind(core, id), { kind: 'reflections.shared' }));
    if (page.includes(words)) found.push(name);
  }
  return found;
}

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', web]]));
}

const told = (member: Member) => saidTo(web, member).filter((summary) => summary.includes('shared a reflection'));

test.each([
  ['nobody', []],
  ['match', ['Gareth Llewellyn']],
  ['cohort', ['Priya Nair']],
  // Without a name it stands in digests alone: a page that changed at once would tell whose it is.
  ['network', []],
])('shared with “%s” it is read by those, by its writer’s name, and not by others', async (audience, names) => {
  const prompt = await write(core, writer, { text, action: 'The action' });
  await sharePrompt(prompt, audience);
  expect(await readers()).toEqual(names);
  for (const member of [match, colleague]) {
    const page = textOf(await ask(core, member, { kind: 'reflections.shared' }));
    expect(page).not.toContain('The action');
    if (page.includes(text)) expect(page).toContain('Asha Rahman');
  }
});

test('it can be taken back and shared with others at any time: who is not chosen cannot read it from then on', async () => {
  const prompt = await write(core, writer, { text });
  for (const [audience, names] of [
    ['match', ['Gareth Llewellyn']],
    ['cohort', ['Priya Nair']],
    ['match', ['Gareth Llewellyn']],
    ['nobody', []],
  ] as const) {
    await sharePrompt(prompt, audience);
    expect(await readers()).toEqual(names);
  }
});

test('others read the answer as it is now, and nothing once it is deleted', async () => {
  const prompt = await write(core, writer, { text });
  await sharePrompt(prompt, 'match');
  await ask(core, writer, { kind: 'reflections.answer', prompt, text: 'Better put', action: '' });
  expect(await readers('Better put')).toEqual(['Gareth Llewellyn']);
  expect(await readers()).toEqual([]);
  await ask(core, writer, { kind: 'reflections.confirm-delete', prompt });
  expect(await readers('Better put')).toEqual([]);
});

describe('the form', () => {
  test('shows what would be read and by whom, and offers the match and the cohort by name', async () => {
    const prompt = await write(core, writer, { text, action: 'The action' });
    const reply = await ask(core, writer, { kind: 'reflections.open-share', prompt });
    if (reply.kind !== 'form') throw new Error('There is no form');
    const [field] = reply.form.fields;
    expect(field?.kind === 'choice' && field.options.map(({ label }) => label)).toEqual([
      'Only me',
      'My match, with my name: Gareth Llewellyn',
      'My cohort, with my name: Autumn 2026',
      'The network, without my name',
    ]);
    expect(field?.value).toBe('nobody');
    expect(textOf(reply)).toContain(text);
    expect(textOf(reply)).not.toContain('The action');
    expect(textOf(reply)).toContain('your words may show who you are');
    expect(textOf(reply)).toContain('next monthly digest if enough people shared');
  });

  test('offers no match and no cohort to somebody who has none, and a cohort’s own prompt to nobody beyond it', async () => {
    const alone = await addActive(core, { cohort: '', council: 'Derby' });
    const prompt = await write(core, alone, { text, framework: 'between-modules' });
    const reply = await ask(core, alone, { kind: 'reflections.open-share', prompt });
    const field = reply.kind === 'form' ? reply.form.fields[0] : undefined;
    expect(field?.kind === 'choice' && field.options.map(({ value }) => value)).toEqual(['nobody']);
    for (const audience of ['match', 'cohort', 'network', 'everybody', '']) {
      const refused = await ask(core, alone, { kind: 'reflections.share', prompt, with: audience });
      expect(refused.kind).toBe('invalid');
    }
  });

  test('names its match: with a new one since, it is shared with the one that was shown', async () => {
    const prompt = await write(core, writer, { text });
    const reply = await ask(core, writer, { kind: 'reflections.open-share', prompt });
    const field = reply.kind === 'form' ? reply.form.fields[0] : undefined;
    const shown = field?.kind === 'choice' ? (field.options[1]?.value ?? '') : '';
    await introduce(core, writer, stranger);
    await sharePrompt(prompt, shown);
    expect(await readers()).toEqual(['Gareth Llewellyn']);
    const again = await ask(core, writer, { kind: 'reflections.open-share', prompt });
    expect(again.kind === 'form' && again.form.fields[0]?.value).toBe(shown);
    expect(textOf(again)).toContain('My match, with my name: Jo Bloggs');
  });

  test('takes no match of others and no cohort that is not theirs', async () => {
    const prompt = await write(core, writer, { text });
    const theirs = await introduce(core, stranger, colleague);
    const wrong = [`match:${theirs}`, `match:${stranger.cohortId}`, `cohort:${stranger.cohortId}`];
    for (const audience of wrong) expect((await sharePrompt(prompt, audience)).kind).toBe('invalid');
    expect(await readers()).toEqual([]);
  });
});

describe('who can read it follows who is there', () => {
  test('a reader who changes cohort cannot, a newcomer to it can; a writer who changes cohort shared with the old one', async () => {
    const prompt = await write(core, writer, { text });
    await sharePrompt(prompt, 'cohort');
    const move = async ({ id }: Member, cohortId: string | null) =>
      await core.db.updateTable('members').set({ cohort_id: cohortId }).where('id', '=', id).execute();
    await move(colleague, stranger.cohortId);
    await move(match, writer.cohortId);
    expect(await readers()).toEqual(['Gareth Llewellyn']);
    await move(writer, stranger.cohortId);
    expect(await readers()).toEqual(['Gareth Llewellyn']);
    await move(match, null);
    expect(await readers()).toEqual([]);
  });

  test('nobody can when the match is gone, and the journal says so', async () => {
    const prompt = await write(core, writer, { text });
    await sharePrompt(prompt, 'match');
    await core.db.deleteFrom('matches').execute();
    expect(await readers()).toEqual([]);
    const journal = textOf(await ask(core, writer, { kind: 'reflections.journal' }));
    expect(journal).toContain('Only you: your match has left the network');
  });

  test('a reader who left cannot; a writer who paused is still read, and one who left is not', async () => {
    const prompt = await write(core, writer, { text });
    await sharePrompt(prompt, 'match');
    const until = new Date('2027-05-01T09:00Z');
    await core.db.updateTable('members').set({ prompts_paused_until: until }).where('id', '=', writer.id).execute();
    expect(await readers()).toEqual(['Gareth Llewellyn']);
    await leave(core, writer);
    expect(await readers()).toEqual([]);
    // Nor does it come back when they do.
    await core.db.updateTable('members').set({ status: 'active' }).where('id', '=', writer.id).execute();
    expect(await readers()).toEqual([]);
  });

  test('all that a member shared is taken back when they leave, out of digests as well', async () => {
    const prompt = await write(core, writer, { text });
    await sharePrompt(prompt, 'network');
    await publishWith(prompt);
    await core.db.transaction().execute(async (tx) => await withdrawShared(tx, writer.id));
    expect(await core.db.selectFrom('digest_reflections').selectAll().execute()).toEqual([]);
    const row = core.db.selectFrom('reflections').select(['shared_with', 'shared_at']);
    expect(await row.executeTakeFirstOrThrow()).toEqual({ shared_with: 'nobody', shared_at: null });
  });
});

test.each(['nobody', 'match', 'cohort'])(
  'shared with “%s” instead of the network, it is gone from digests',
  async (audience) => {
    const prompt = await write(core, writer, { text });
    await sharePrompt(prompt, 'network');
    await publishWith(prompt);
    await sharePrompt(prompt, 'network');
    expect(await core.db.selectFrom('digest_reflections').selectAll().execute()).toHaveLength(1);
    await sharePrompt(prompt, audience);
    expect(await core.db.selectFrom('digest_reflections').selectAll().execute()).toEqual([]);
  },
);

async function publishWith(prompt: string): Promise<void> {
  const theme = { month: '2027-02', framework: 'chief-executives', theme: 'good-governance' };
  await core.db.insertInto('digests').values({ month: '2027-02', published_at: core.clock.now() }).execute();
  await core.db
    .insertInto('digest_themes')
    .values({ ...theme, people: 5, councils: 3 })
    .execute();
  await core.db
    .insertInto('digest_reflections')
    .values({ ...theme, prompt_id: prompt })
    .execute();
}

describe('the match', () => {
  test('is told once, without the text: not again after an edit or when it is shared once more', async () => {
    const prompt = await write(core, writer, { text });
    await sharePrompt(prompt, 'match');
    await settle();
    expect(told(match)).toEqual(['Asha Rahman shared a reflection with you.']);
    await ask(core, writer, { kind: 'reflections.answer', prompt, text: 'Better put', action: '' });
    for (const audience of ['match', 'nobody', 'match']) {
      stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
      await sharePrompt(prompt, audience);
    }
    await settle();
    expect(told(match)).toHaveLength(1);
    expect([writer, colleague, stranger].flatMap(told)).toEqual([]);
    expect(JSON.stringify(web.parcels)).not.toContain('merger');
  });

  test('is not told of what was taken back before, and is told when it is shared again after that', async () => {
    const prompt = await write(core, writer, { text });
    await sharePrompt(prompt, 'match');
    await sharePrompt(prompt, 'nobody');
    await settle();
    expect(told(match)).toEqual([]);
    stage.clock.set(new Date('2027-03-03T12:00Z'));
    await sharePrompt(prompt, 'match');
    await settle();
    expect(told(match)).toHaveLength(1);
  });

  test('is told by no message about the cohort or the network', async () => {
    const prompt = await write(core, writer, { text });
    for (const audience of ['cohort', 'network']) await sharePrompt(prompt, audience);
    await settle();
    expect([match, colleague, stranger].flatMap(told)).toEqual([]);
  });
});

test('the page holds as many as a window has room for, all of them over its pages, and no order of time within a month', async () => {
  const prompts = [];
  for (let minute = 0; minute < 20; minute += 1) {
    stage.clock.set(new Date(Date.parse('2027-03-10T12:00Z') + minute * 60_000));
    const week = `2026-01-${String(minute + 1).padStart(2, '0')}`;
    prompts.push(await write(core, writer, { text: `Text ${minute}.`, week }));
    await sharePrompt(prompts.at(-1) ?? '', 'cohort');
  }
  const shown: string[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const reply = await ask(core, colleague, { kind: 'reflections.shared-from', from });
    if (reply.kind !== 'page') throw new Error('There is no page');
    shown.push(...[...textOf(reply).matchAll(/Text \d+\./g)].map(([found]) => found));
    expect(textOf(reply)).not.toMatch(/10 March|12:0|12pm/);
    const buttons = reply.page.cards.flatMap((card) => card.buttons);
    const next = buttons.flatMap((button) =>
      button.kind === 'does' && button.intent.kind === 'reflections.shared-from' ? [button.intent.from] : [],
    );
    from = next[0];
  }
  expect(shown.toSorted()).toEqual(prompts.map((_, index) => `Text ${index}.`).toSorted());
  expect(shown).not.toEqual(prompts.map((_, index) => `Text ${index}.`));
  expect(shown).not.toEqual(prompts.map((_, index) => `Text ${index}.`).toReversed());
});
