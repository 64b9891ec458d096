import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf, webSender } from '../support/people.ts';
import { introduce, sendPrompt, write } from '../support/reflections.ts';

let stage: TestCore;
let core: Core;
let member: Member;
const text = 'I doubt the merger';
const action = 'Ask Jo about the merger';
const how = 'Jo agreed about the merger';

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core, { name: 'Asha Rahman' });
});
afterEach(() => stage.close());

const row = async () => await core.db.selectFrom('reflections').selectAll().executeTakeFirst();
const holder = () => ({ ...webSender(member), account: { platform: 'email', space: '', user: member.email } }) as const;

test('an action is kept sealed beside the answer, each opens in its own place only, and the reply has no word of either', async () => {
  const prompt = await sendPrompt(core, member);
  const reply = await ask(core, member, { kind: 'reflections.answer', prompt, text, action });
  expect(textOf(reply)).not.toMatch(/merger/);
  expect(textOf(reply)).toContain('We will ask you how your action went on Tuesday 30 March.');
  const kept = await row();
  if (kept?.action == null) throw new Error('There is no action');
  expect(Buffer.concat([kept.answer, kept.action]).toString('latin1')).not.toContain('merger');
  expect(core.cipher.open(kept.action, `reflection-action:${member.id}:${prompt}`)).toBe(action);
  expect(() => core.cipher.open(kept.answer, `reflection-action:${member.id}:${prompt}`)).toThrow();
  const form = await ask(core, member, { kind: 'reflections.open', prompt });
  expect(form.kind === 'form' && form.form.fields.map(({ value }) => value)).toEqual([text, action]);
});

test('an action that is too long is said beside its field, and nothing is kept', async () => {
  const prompt = await sendPrompt(core, member);
  const reply = await ask(core, member, { kind: 'reflections.answer', prompt, text, action: 'x'.repeat(301) });
  expect(reply).toEqual({ kind: 'invalid', problems: [{ field: 'action', text: expect.stringContaining('300') }] });
  expect(await row()).toBeUndefined();
});

test('to answer a prompt that was skipped makes it one that was not', async () => {
  const prompt = await write(core, member, { text, skipped_at: core.clock.now() });
  const { skipped_at } = await core.db
    .selectFrom('prompts')
    .select('skipped_at')
    .where('id', '=', prompt)
    .executeTakeFirstOrThrow();
  expect(skipped_at).toBeNull();
});

test('an edit keeps who can read it, and the form and the reply say who that is', async () => {
  const prompt = await write(core, member, { text });
  await introduce(core, member, await addActive(core, { name: 'Gareth Llewellyn', council: 'York' }));
  await ask(core, member, { kind: 'reflections.share', prompt, with: 'match' });
  const form = await ask(core, member, { kind: 'reflections.open', prompt });
  expect(textOf(form)).toContain('Gareth Llewellyn can read it too. They see your answer as you change it');
  const reply = await ask(core, member, { kind: 'reflections.answer', prompt, text: 'Better put', action: '' });
  expect(textOf(reply)).toContain('We have saved your reflection. Gareth Llewellyn can read it too.');
  expect(await row()).toMatchObject({ shared_with: 'match' });
});

test('a link from an e-mail shows neither the action nor who can read it, and an action left empty stays', async () => {
  const prompt = await write(core, member, { text, action });
  await introduce(core, member, await addActive(core, { name: 'Gareth Llewellyn', council: 'York' }));
  await ask(core, member, { kind: 'reflections.share', prompt, with: 'match' });
  await ask(core, member, { kind: 'reflections.follow-up', prompt, text: how });
  const shown = [
    await handle(core, holder(), { kind: 'reflections.open', prompt }),
    await handle(core, holder(), { kind: 'reflections.open-follow-up', prompt }),
    await handle(core, holder(), { kind: 'reflections.answer', prompt, text: 'New', action: '' }),
    await handle(core, holder(), { kind: 'reflections.follow-up', prompt, text: 'It went well' }),
  ];
  expect(shown.map(textOf).join()).not.toMatch(/merger|Gareth/);
  const form = await ask(core, member, { kind: 'reflections.open', prompt });
  expect(form.kind === 'form' && form.form.fields.map(({ value }) => value)).toEqual(['New', action]);
});

test.each<Intent['kind']>([
  'reflections.open-share',
  'reflections.share',
  'reflections.shared',
  'reflections.shared-from',
  'reflections.journal',
  'reflections.journal-by',
  'reflections.journal-part',
  'reflections.map',
  'reflections.open-document',
  'reflections.document',
  'reflections.search',
])('%s is refused to whoever holds a link from an e-mail', async (kind) => {
  const prompt = await write(core, member, { text, action });
  const asked = allIntents(prompt).find((intent) => intent.kind === kind);
  if (asked === undefined) throw new Error('There is no such intent');
  const reply = await handle(core, holder(), asked);
  expect(textOf(reply)).toContain('Sign in');
  expect(textOf(reply)).not.toContain('merger');
  expect(await row()).toMatchObject({ shared_with: 'nobody' });
});

test('to delete asks first; then answer, action, how it went, its place in digests and the appointment are gone', async () => {
  const prompt = await write(core, member, { text, action });
  await ask(core, member, { kind: 'reflections.share', prompt, with: 'network' });
  await core.db.insertInto('digests').values({ month: '2027-02', published_at: core.clock.now() }).execute();
  const theme = { month: '2027-02', framework: 'chief-executives', theme: 'good-governance' };
  await core.db
    .insertInto('digest_themes')
    .values({ ...theme, people: 5, councils: 3 })
    .execute();
  await core.db
    .insertInto('digest_reflections')
    .values({ ...theme, prompt_id: prompt })
    .execute();
  const counts = async () => {
    const all = [];
    for (const table of ['reflections', 'digest_reflections', 'prompts'] as const) {
      all.push((await core.db.selectFrom(table).selectAll().execute()).length);
    }
    const due = core.db.selectFrom('agenda').select('id').where('kind', '=', 'reflections.follow-up');
    return [...all, (await due.execute()).length];
  };
  expect(textOf(await ask(core, member, { kind: 'reflections.delete', prompt }))).toContain('Delete it');
  expect(await counts()).toEqual([1, 1, 1, 1]);
  const reply = await ask(core, member, { kind: 'reflections.confirm-delete', prompt });
  expect(textOf(reply)).toContain('We have deleted what you wrote');
  expect(await counts()).toEqual([0, 0, 1, 0]);
  // Pressed twice, it says the same.
  expect(await ask(core, member, { kind: 'reflections.confirm-delete', prompt })).toEqual(reply);
  expect(textOf(await ask(core, member, { kind: 'reflections.delete', prompt }))).toContain('There is no answer');
});

test('with another member’s prompt, a peer, a host and a convener find nothing and change nothing', async () => {
  const prompt = await write(core, member, { text, action });
  await ask(core, member, { kind: 'reflections.follow-up', prompt, text: how });
  const before = await row();
  for (const permission of ['member', 'host', 'convener'] as const) {
    const other = await addActive(core, { permission, council: `Council of the ${permission}` });
    for (const intent of allIntents(prompt)) {
      const reply = await ask(core, other, intent);
      expect(textOf(reply)).not.toContain('merger');
      if ('prompt' in intent) expect(textOf(reply)).toContain('We could not find that prompt');
    }
  }
  expect(await row()).toEqual(before);
});

/** Everything that can be asked about a prompt that was answered, and about a journal. */
function allIntents(prompt: string): readonly Intent[] {
  return [
    { kind: 'reflections.open', prompt },
    { kind: 'reflections.answer', prompt, text: 'not mine', action: 'not mine' },
    { kind: 'reflections.open-follow-up', prompt },
    { kind: 'reflections.follow-up', prompt, text: 'not mine' },
    { kind: 'reflections.delete', prompt },
    { kind: 'reflections.confirm-delete', prompt },
    { kind: 'reflections.open-share', prompt },
    { kind: 'reflections.share', prompt, with: 'network' },
    { kind: 'reflections.shared' },
    { kind: 'reflections.shared-from', from: 0 },
    { kind: 'reflections.journal' },
    { kind: 'reflections.journal-by', by: 'theme' },
    { kind: 'reflections.journal-part', by: 'week', part: '', from: 0 },
    { kind: 'reflections.map' },
    { kind: 'reflections.search', query: 'merger' },
    { kind: 'reflections.open-document' },
    { kind: 'reflections.document', from: '', until: '', theme: 'all' },
  ];
}
