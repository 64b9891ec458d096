import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { erase } from '../../src/network/erase.ts';
import type { Member } from '../../src/network/model.ts';
import { leave } from '../../src/network/service.ts';
import { withdrawShared } from '../../src/reflections/unsharing.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';
import { introduce, write } from '../support/reflections.ts';
import { openSharing, type SharingStage, text } from './sharing-stage.ts';

let stage: SharingStage;
let core: Core;
let writer: Member;
let match: Member;
let colleague: Member;
let stranger: Member;

beforeEach(async () => {
  stage = await openSharing();
  ({ core, writer, match, colleague, stranger } = stage);
});
afterEach(() => stage.close());

/** Whose page of what others shared has the text. */
async function readers(words = text): Promise<readonly string[]> {
  const found = [];
  for (const { id, name } of [writer, match, colleague, stranger]) {
    const page = textOf(await ask(core, await mustFind(core, id), { kind: 'reflections.shared' }));
    if (page.includes(words)) found.push(name);
  }
  return found;
}

test.each([
  ['nobody', []],
  ['match', ['Gareth Llewellyn']],
  ['cohort', ['Priya Nair']],
  // Without a name it stands in digests alone: a page that changed at once would tell whose it is.
  ['network', []],
])('shared with “%s” it is read by those, by its writer’s name, and not by others', async (audience, names) => {
  const prompt = await write(core, writer, { text, action: 'The action' });
  await stage.share(prompt, audience);
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
    await stage.share(prompt, audience);
    expect(await readers()).toEqual(names);
  }
});

test('others read the answer as it is now, and nothing once it is deleted', async () => {
  const prompt = await write(core, writer, { text });
  await stage.share(prompt, 'match');
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
    await stage.share(prompt, shown);
    expect(await readers()).toEqual(['Gareth Llewellyn']);
    const again = await ask(core, writer, { kind: 'reflections.open-share', prompt });
    expect(again.kind === 'form' && again.form.fields[0]?.value).toBe(shown);
    expect(textOf(again)).toContain('My match, with my name: Jo Bloggs');
  });

  test('takes no match of others and no cohort that is not theirs', async () => {
    const prompt = await write(core, writer, { text });
    const theirs = await introduce(core, stranger, colleague);
    const wrong = [`match:${theirs}`, `match:${stranger.cohortId}`, `cohort:${stranger.cohortId}`];
    for (const audience of wrong) expect((await stage.share(prompt, audience)).kind).toBe('invalid');
    expect(await readers()).toEqual([]);
  });
});

describe('who can read it follows who is there', () => {
  test('a reader who changes cohort cannot, a newcomer to it can; a writer who changes cohort shared with the old one', async () => {
    const prompt = await write(core, writer, { text });
    await stage.share(prompt, 'cohort');
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
    await stage.share(prompt, 'match');
    await core.db.deleteFrom('matches').execute();
    expect(await readers()).toEqual([]);
    const journal = textOf(await ask(core, writer, { kind: 'reflections.journal' }));
    expect(journal).toContain('Only you: your match has left the network');
  });

  test('it is taken back, as if they had done so, when the match is erased; what others read stays shared', async () => {
    const [first, second] = [
      await write(core, writer, { text }),
      await write(core, writer, { text, week: '2026-01-05' }),
    ];
    await stage.share(first, 'match');
    await stage.share(second, 'cohort');
    await erase(core, match);
    const rows = core.db.selectFrom('reflections').select(['prompt_id', 'shared_with', 'shared_match_id', 'shared_at']);
    expect(await rows.where('prompt_id', '=', first).executeTakeFirst()).toEqual({
      prompt_id: first,
      shared_with: 'nobody',
      shared_match_id: null,
      shared_at: null,
    });
    expect((await rows.where('prompt_id', '=', second).executeTakeFirst())?.shared_with).toBe('cohort');
  });

  test('a reader who left cannot; a writer who paused is still read, and one who left is not', async () => {
    const prompt = await write(core, writer, { text });
    await stage.share(prompt, 'match');
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
    await stage.share(prompt, 'network');
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
    await stage.share(prompt, 'network');
    await publishWith(prompt);
    await stage.share(prompt, 'network');
    expect(await core.db.selectFrom('digest_reflections').selectAll().execute()).toHaveLength(1);
    await stage.share(prompt, audience);
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
