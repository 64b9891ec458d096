import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Member } from '../../src/network/model.ts';
import { ask, textOf, webSender } from '../support/people.ts';
import { databasePlaces, hunt } from '../support/private-hunt.ts';
import { type Afterwards, formOf, openAfterwards, saysWhoCame, takesAway } from './stage.ts';

let stage: Afterwards;
let core: Core;

beforeEach(async () => {
  stage = await openAfterwards();
  core = stage.core;
  await stage.until('2027-03-16T11:00:00Z');
});
afterEach(() => stage.close());

const page = async (member: Member) =>
  textOf(await ask(core, member, { kind: 'afterwards.takeaways', conversation: stage.id }));

function byLink(member: Member): Sender {
  return { ...webSender(member), account: { platform: 'email', space: '', user: member.email } };
}

test('what somebody takes away is sealed, for them alone, and changed or deleted as they like', async () => {
  const { ann, ben, host, id } = stage;
  const open = { kind: 'afterwards.open-takeaway', conversation: id } as const;
  await takesAway(core, ann, id, 'Xylophones at dawn');
  expect(hunt(await databasePlaces(stage.connection), 'Xylophones')).toEqual([]);
  expect((await formOf(core, ann, open)).fields.map(({ value }) => value)).toEqual(['Xylophones at dawn', 'no']);
  expect((await formOf(core, ben, open)).fields.map(({ value }) => value)).toEqual(['', 'no']);
  for (const member of [ann, ben, host]) expect(await page(member)).not.toContain('Xylophones');
  await takesAway(core, ann, id, 'Zithers at dusk');
  expect(textOf(await formReply(ann))).toContain('Zithers');
  expect(textOf(await ask(core, ann, { kind: 'afterwards.drop-takeaway', conversation: id }))).toContain('deleted');
  expect(await core.db.selectFrom('takeaways').selectAll().execute()).toEqual([]);
  expect(textOf(await ask(core, ann, { kind: 'afterwards.drop-takeaway', conversation: id }))).toContain('not written');
});

const formReply = async (member: Member) =>
  await ask(core, member, { kind: 'afterwards.open-takeaway', conversation: stage.id });

test('a sealed text that is put into another’s row does not open', async () => {
  const { ann, ben, id } = stage;
  await takesAway(core, ann, id, 'Mine');
  const { text } = await core.db.selectFrom('takeaways').select('text').executeTakeFirstOrThrow();
  const row = { conversation_id: id, member_id: ben.id, text, shared: false, written_at: core.clock.now() };
  await core.db.insertInto('takeaways').values(row).execute();
  await expect(formReply(ben)).rejects.toThrow();
});

test('shared, it is read without a name by the host and those who came, until it is taken back', async () => {
  const { ann, ben, cat, dan, host, id } = stage;
  await takesAway(core, ann, id, 'Ask earlier', 'yes');
  await takesAway(core, ben, id, 'Nothing for others');
  await takesAway(core, cat, id, 'Listen longer', 'yes');
  for (const member of [host, ann, ben, cat]) {
    const shown = await page(member);
    expect(shown).toContain('Ask earlier');
    expect(shown).toContain('Listen longer');
    expect(shown).not.toContain('Nothing for others');
    for (const { name } of [ann, ben, cat]) expect(shown).not.toContain(name);
  }
  for (const member of [dan]) expect(await page(member)).toContain('for the people who came');
  await takesAway(core, ann, id, 'Ask earlier', 'no');
  expect(await page(ben)).not.toContain('Ask earlier');
  await ask(core, cat, { kind: 'afterwards.drop-takeaway', conversation: id });
  expect(await page(ben)).toContain('Nobody has shared');
});

test('the order tells neither who wrote first nor whose seat is whose', async () => {
  const { ann, ben, cat, id } = stage;
  const texts = new Map([
    [ann, 'aa'],
    [ben, 'bb'],
    [cat, 'cc'],
  ]);
  const order = async () =>
    /"text":"(aa|bb|cc)".*"text":"(aa|bb|cc)".*"text":"(aa|bb|cc)"/.exec(await page(ann))?.slice(1);
  for (const [member, text] of texts) await takesAway(core, member, id, text, 'yes');
  const before = await order();
  expect(before).toHaveLength(3);
  await core.db.deleteFrom('takeaways').execute();
  for (const [member, text] of [...texts].toReversed()) {
    stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
    await takesAway(core, member, id, text, 'yes');
  }
  expect(await order()).toEqual(before);
});

test('who did not come reads nothing; what they wrote before stays theirs, and is shared with nobody', async () => {
  const { ann, ben, cat, host, id } = stage;
  await takesAway(core, ann, id, 'Ask earlier', 'yes');
  await saysWhoCame(core, host, id, [ben]);
  expect(await page(ann)).toContain('for the people who came');
  expect(await page(ben)).not.toContain('Ask earlier');
  expect(textOf(await formReply(ann))).toContain('Ask earlier');
  expect(textOf(await formReply(cat))).toContain('for the people who came');
  expect(textOf(await ask(core, ann, { kind: 'reflections.journal' }))).toContain('Ask earlier');
});

test('who leaves shares nothing any more; who is erased leaves nothing', async () => {
  const { ann, ben, cat, id } = stage;
  await takesAway(core, ann, id, 'Ask earlier', 'yes');
  await takesAway(core, cat, id, 'Listen longer', 'yes');
  await ask(core, ann, { kind: 'network.confirm-leave' });
  await ask(core, cat, { kind: 'network.confirm-erase' });
  expect(await page(ben)).toContain('Nobody has shared');
  const left = await core.db.selectFrom('takeaways').select(['member_id', 'shared']).execute();
  expect(left).toEqual([{ member_id: ann.id, shared: false }]);
});

test('by a link in an e-mail one can write it down, and neither read nor share anything', async () => {
  const { ann, ben, id } = stage;
  await takesAway(core, ben, id, 'Listen longer', 'yes');
  const open = await handle(core, byLink(ann), { kind: 'afterwards.open-takeaway', conversation: id });
  if (open.kind !== 'form') throw new Error(textOf(open));
  expect(open.form.fields.map(({ name }) => name)).toEqual(['text']);
  const write = async (text: string, shared: string) =>
    textOf(await handle(core, byLink(ann), { kind: 'afterwards.takeaway', conversation: id, text, shared }));
  expect(await write('Secretly', 'yes')).toContain('Only you can read it');
  expect(textOf(await handle(core, byLink(ann), { kind: 'afterwards.open-takeaway', conversation: id }))).not.toContain(
    'Secretly',
  );
  const others = await handle(core, byLink(ann), { kind: 'afterwards.takeaways', conversation: id });
  expect(textOf(others)).toContain('Only people who sign in');
  expect(textOf(others)).not.toContain('Listen longer');
  await takesAway(core, ann, id, 'Openly', 'yes');
  expect(await page(ben)).toContain('Openly');
  expect(textOf(open)).toContain('even if you shared what you wrote before');
  // A link can be opened by anybody who has the e-mail: what is written by it is published nowhere.
  for (const shared of ['', 'yes']) {
    expect(await write('Changed', shared)).toContain('Only you can read it');
    expect(await page(ben)).not.toContain('Changed');
    expect(await page(ben)).not.toContain('Openly');
  }
});

test('an answer that is empty or too long is kept open, and nothing is stored', async () => {
  const { ann, id } = stage;
  for (const text of [' \n', 'x'.repeat(1001)]) {
    const reply = await ask(core, ann, { kind: 'afterwards.takeaway', conversation: id, text, shared: 'no' });
    expect(reply).toMatchObject({ kind: 'invalid', problems: [{ field: 'text' }] });
  }
  expect(await core.db.selectFrom('takeaways').selectAll().execute()).toEqual([]);
});

test('it stands in one’s own journal, its files and the export, and in nobody else’s', async () => {
  const { ann, ben, id } = stage;
  await takesAway(core, ann, id, 'Ask *earlier*', 'yes');
  const shown = textOf(await ask(core, ann, { kind: 'reflections.journal' }));
  expect(shown).toContain('Ask *earlier*');
  expect(shown).toContain('Making room, 16 March 2027');
  const { journalMarkdown, journalDocument } = await import('../../src/reflections/journal-files.ts');
  const all = { from: '', until: '', theme: '' };
  expect(String((await journalMarkdown(core, ann, all))?.body)).toContain('Ask \\*earlier\\*');
  expect(await journalDocument(core, ann, all)).toBeDefined();
  const other = { ...all, theme: 'collective-leadership/politics' };
  expect(await journalMarkdown(core, ann, other)).toBeUndefined();
  expect(textOf(await ask(core, ann, { kind: 'network.export' }))).toContain('Ask *earlier*');
  for (const kind of ['reflections.journal', 'network.export'] as const)
    expect(textOf(await ask(core, ben, { kind }))).not.toContain('Ask *earlier*');
});
