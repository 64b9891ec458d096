import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { noteProfile } from '../../src/network/platform-news.ts';
import { schedule } from '../../src/store/agenda.ts';
import { localParts } from '../../src/time/local.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask } from '../support/people.ts';
import { sendPrompt, write } from '../support/reflections.ts';

let stage: TestCore;
let core: Core;
let member: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
});
afterEach(() => stage.close());

const zone = 'America/New_York';

async function hours(): Promise<Intent> {
  return { kind: 'joining.hours', zone, from: '09:00', until: '17:00' };
}

test.each<[string, () => Promise<unknown>]>([
  ['settings', () => ask(core, member, { kind: 'network.preferences', name: '', zone, locale: 'follow' })],
  ['hours', async () => ask(core, member, await hours())],
  [
    'platform',
    async () => {
      const account = { platform: 'web', space: '', user: member.id } as const;
      await noteProfile(core, account, { name: '', email: '', zone, locale: '' });
    },
  ],
])('whoever moves takes along what comes at an hour of their own clock: %s', async (_, move) => {
  await write(core, member, { text: 'Words', action: 'A step', sent_at: new Date('2027-02-22T09:00Z') });
  const prompt = await sendPrompt(core, member);
  const at = new Date('2027-03-11T09:00Z');
  await core.db.transaction().execute(async (tx) => {
    await schedule(tx, [
      { key: `reflections.later:${prompt}`, kind: 'reflections.later', subject: prompt, at },
      { key: `reflections.remind:${prompt}`, kind: 'reflections.remind', subject: prompt, at },
      { key: `joining.path:${member.id}:2027-03-11`, kind: 'joining.path', subject: member.id, at },
    ]);
  });
  await move();
  const rows = await core.db
    .selectFrom('agenda')
    .select(['kind', 'due_at'])
    .where('done_at', 'is', null)
    .where('kind', 'in', ['reflections.later', 'reflections.remind', 'joining.path', 'reflections.follow-up'])
    .orderBy('kind')
    .execute();
  const shown = rows.map(({ kind, due_at }) => `${kind} ${localParts(due_at, zone)}`);
  expect(shown).toEqual([
    'joining.path 2027-03-11 09:00',
    expect.stringMatching(/^reflections\.follow-up 2027-03-\d\d 09:00$/),
    'reflections.later 2027-03-11 09:00',
    'reflections.remind 2027-03-11 09:00',
  ]);
  const { ask_at } = await core.db.selectFrom('reflections').select('ask_at').executeTakeFirstOrThrow();
  expect(ask_at).toEqual(rows.find(({ kind }) => kind === 'reflections.follow-up')?.due_at);
});
