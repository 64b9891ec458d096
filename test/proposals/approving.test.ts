import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { addPeople, type ConversationStage, openConversations } from '../support/conversations.ts';
import { addActive, ask, saidTo, textOf } from '../support/people.ts';
import { announced, announcing, draft, messageOf, needApproval, posted, stateOf, words } from './stage.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let conveners: readonly [Member, Member];
beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
  host = stage.host;
  conveners = [
    await addActive(core, { name: 'Cara', permission: 'convener' }),
    await addActive(core, { name: 'Cai', permission: 'convener' }),
  ];
  await needApproval(core);
  await addPeople(core, 1);
  await stage.settle();
  stage.web.letters.length = 0;
});
afterEach(() => stage.close());

async function send(by: Member = host): Promise<string> {
  const id = await draft(core, by);
  await ask(core, by, await announcing(core, by, id));
  return id;
}

async function approval(id: string): Promise<Intent> {
  return { kind: 'proposals.approve', proposal: id, revision: await revisionOf(id) };
}

async function revisionOf(id: string): Promise<string> {
  const { revision } = await core.db
    .selectFrom('proposals')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return String(revision);
}

async function acts() {
  const rows = core.db.selectFrom('audit').select(['action', 'actor_id as by', 'subject']).orderBy('id');
  return (await rows.execute()).filter(({ action }) => action.startsWith('conversation.'));
}

test('it waits until a convener lets it through; each is asked once, and the host is told', async () => {
  const [cara, cai] = conveners;
  const id = await draft(core, host);
  expect(messageOf(await ask(core, host, await announcing(core, host, id))).heading).toBe('Sent to the conveners');
  expect(await announced(core)).toEqual([]);
  // What the host changes meanwhile asks nobody again.
  await ask(core, host, await announcing(core, host, id, { capacity: '5' }));
  expect((await posted(core, 'proposals.wanted', id)).toSorted()).toEqual([cara.id, cai.id].toSorted());
  await stage.settle();
  expect(saidTo(stage.web, cara)).toEqual(['A conversation waits for your approval: “Making room”.']);
  expect(textOf(await ask(core, cara, { kind: 'convening.console' }))).toContain('1 conversation waits for approval');
  expect(textOf(await ask(core, cai, { kind: 'proposals.waiting' }))).toContain('Making room');
  expect(textOf(await ask(core, host, { kind: 'proposals.waiting' }))).toContain('Only conveners');

  stage.web.letters.length = 0;
  await ask(core, cara, await approval(id));
  await stage.settle();
  expect(await announced(core)).toEqual([id]);
  expect(saidTo(stage.web, host)).toEqual(['A convener has approved “Making room”, and we are announcing it.']);
  expect(saidTo(stage.web, cai)).toEqual([expect.stringContaining('A conversation you can join')]);
  expect(await acts()).toEqual([{ action: 'conversation.approved', by: cara.id, subject: id }]);
});

test('what a convener hosts is announced at once', async () => {
  const id = await send(conveners[0]);
  expect(await announced(core)).toEqual([id]);
});

test('refused, its host reads why, and may change it and send it again', async () => {
  const [cara, cai] = conveners;
  const id = await send();
  const refuse = { kind: 'proposals.refuse', proposal: id, revision: await revisionOf(id) } as const;
  expect(await ask(core, cara, { ...refuse, reason: '  ' })).toMatchObject({ problems: [{ field: 'reason' }] });
  await ask(core, cara, { ...refuse, reason: 'Ask Leeds first.' });
  await stage.settle();
  expect(saidTo(stage.web, host)).toEqual(['“Making room” was not announced.']);
  expect(JSON.stringify(stage.web.letters)).toContain('Ask Leeds first.');
  expect(await stateOf(core, id)).toBe('draft');
  expect(textOf(await ask(core, host, { kind: 'proposals.mine' }))).toContain('Ask Leeds first.');
  expect(textOf(await ask(core, cai, { ...refuse, reason: 'Me too.' }))).toContain('has decided about this');

  await ask(core, host, await announcing(core, host, id));
  expect(await posted(core, 'proposals.wanted', id)).toHaveLength(4);
  await ask(core, cai, await approval(id));
  expect(await announced(core)).toEqual([id]);
  expect((await acts()).map(({ action }) => action)).toEqual(['conversation.refused', 'conversation.approved']);
});

test('of two conveners at once one decides, and the other is told; what was changed since is not let through', async () => {
  const [cara, cai] = conveners;
  const id = await send();
  const stale = await approval(id);
  const edit = { kind: 'proposals.words', proposal: id, ...words, title: 'Quite another' } as const;
  await ask(core, host, { ...edit, revision: 'revision' in stale ? stale.revision : '' });
  expect(textOf(await ask(core, cara, stale))).toContain('was changed after you opened it');
  const early = { kind: 'proposals.refuse', proposal: id, revision: '1', reason: 'No.' } as const;
  expect(textOf(await ask(core, cara, early))).toContain('was changed after you opened it');
  const press = await approval(id);
  const revision = await revisionOf(id);
  const replies = await Promise.all([
    ask(core, cara, press),
    ask(core, cai, { kind: 'proposals.refuse', proposal: id, revision, reason: 'No.' }),
    ask(core, cai, press),
  ]);
  const told = replies.map((reply) => textOf(reply).includes('has decided about this'));
  expect(told.filter((lost) => lost)).toHaveLength(2);
  expect(await acts()).toHaveLength(1);
  await stage.settle();
  expect(saidTo(stage.web, host)).toHaveLength(1);
});

test('too late, it is not announced, and its host is asked for another time', async () => {
  const [cara] = conveners;
  const id = await send();
  const press = await approval(id);
  stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  expect(messageOf(await ask(core, cara, press)).summary).toContain('has passed, so we cannot announce it');
  await stage.settle();
  expect(await announced(core)).toEqual([]);
  expect(saidTo(stage.web, host)).toContain('“Making room” was not announced.');
  expect(JSON.stringify(stage.web.letters)).toContain('Its time passed before a convener could approve it');
  expect(await acts()).toEqual([]);
});

test('where no convener decides in time, its host is told when the time has come', async () => {
  const id = await send();
  await ask(core, host, await announcing(core, host, id, { date: '2027-03-17' }));
  stage.clock.set(new Date('2027-03-16T12:00:00Z'));
  await stage.settle();
  expect(await stateOf(core, id)).toBe('awaiting');
  stage.clock.set(new Date('2027-03-17T10:00:00Z'));
  await stage.settle();
  expect(await stateOf(core, id)).toBe('draft');
  expect(saidTo(stage.web, host).filter((summary) => summary.includes('Making room'))).toEqual([
    '“Making room” was not announced.',
  ]);
});

test('whose host may host no longer is not let through', async () => {
  const id = await send();
  await core.db.updateTable('members').set({ permission: 'member' }).where('id', '=', host.id).execute();
  expect(textOf(await ask(core, conveners[0], await approval(id)))).toContain('cannot host conversations any more');
  expect(await announced(core)).toEqual([]);
});
