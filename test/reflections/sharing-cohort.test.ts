import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { importRoster } from '../../src/network/import.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';
import { write } from '../support/reflections.ts';
import { rowOf } from '../support/rosters.ts';

let stage: TestCore;
let core: Core;
let writer: Member;
let colleague: Member;
let convener: Member;
const text = 'I doubt the merger';

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  writer = await addActive(core, { cohort: 'Autumn 2026' });
  colleague = await addActive(core, { name: 'Priya Nair', council: 'Hull', cohort: 'Autumn 2026' });
  convener = await addActive(core, { name: 'Jo Bloggs', council: 'Bath', cohort: '', permission: 'convener' });
});
afterEach(() => stage.close());

async function sharePrompt(prompt: string, audience: string) {
  return await ask(core, writer, { kind: 'reflections.share', prompt, with: audience });
}

/** Whose page of what others shared has the text. */
async function readers(): Promise<readonly string[]> {
  const found = [];
  for (const { id, name } of [colleague, convener]) {
    const page = textOf(await ask(core, await mustFind(core, id), { kind: 'reflections.shared' }));
    if (page.includes(text)) found.push(name);
  }
  return found;
}

test('shared with a cohort, it is for who was in it then: a convener who comes into it later reads only what follows', async () => {
  const before = await write(core, writer, { text });
  const form = textOf(await ask(core, writer, { kind: 'reflections.open-share', prompt: before }));
  expect(form).toContain('Conveners decide who that is');
  await sharePrompt(before, 'cohort');
  stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
  const row = rowOf({ email: convener.email, name: convener.name, council: 'Bath', cohort: 'Autumn 2026' });
  const importer = { by: 'convener', actorId: convener.id } as const;
  const options = { includeErased: false, importer, agreed: () => true };
  await importRoster(core, [row], options, () => undefined);
  expect((await mustFind(core, convener.id)).cohort).toBe('Autumn 2026');
  expect(await readers()).toEqual(['Priya Nair']);
  const acts = core.db.selectFrom('audit').select(['actor_id', 'subject']).where('action', '=', 'member.cohort');
  expect(await acts.execute()).toEqual([{ actor_id: convener.id, subject: convener.id }]);
  await sharePrompt(before, 'nobody');
  await sharePrompt(before, 'cohort');
  expect(await readers()).toEqual(['Priya Nair', 'Jo Bloggs']);
});
