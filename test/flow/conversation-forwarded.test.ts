import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emailSender } from '../../adapters/web/senders.ts';
import { isReadOnly } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { writeLink } from '../../src/store/links.ts';
import { type Afterwards, openAfterwards, saysWhoCame, takesAway } from '../afterwards/stage.ts';
import { proposal, propose } from '../support/conversations.ts';
import { filled, formOf, openEdit } from '../support/edits.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { addActive, ask, textOf } from '../support/people.ts';
import { press } from '../support/web-acts.ts';
import { findAll, isTag } from '../support/web-page.ts';
import { fieldsOf, formsSaying, openVisitor, type Visited, type Visitor } from '../support/web-visitor.ts';

/*
 * E-mails are forwarded, scanned and read by assistants. What whoever holds such a link can see and do about
 * conversations, and what they cannot.
 */

let stage: Afterwards;
let core: Core;
let email: EmailStage;
let convener: Member;
let visitor: Visitor;

beforeEach(async () => {
  stage = await openAfterwards();
  core = stage.core;
  email = await openEmailStage(stage);
  convener = await addActive(core, { name: 'Cora Convener', email: 'cora@leeds.example', permission: 'convener' });
  visitor = openVisitor(email.url);
});
afterEach(async () => {
  await email.close();
  await stage.close();
});

function linkTo(member: Member, intent: Intent): string {
  const expires = core.clock.now().getTime() + 86_400_000;
  return `/act/${writeLink(core.cipher, { id: 'an-e-mail.0', memberId: member.id, intent, expires })}`;
}

const guest = { name: 'Gwen Guest', email: 'gwen@university.example', role: 'Professor', organisation: 'A university' };

async function everyWayToRun(conversation: string): Promise<readonly Intent[]> {
  const change = filled(await openEdit(core, stage.host, conversation), { link: 'https://evil.example/room' });
  const makeOver = readIntent({ kind: 'proposals.guest', conversation, ...guest, zone: 'Europe/London' });
  if (makeOver === undefined) throw new Error('A guest is described otherwise');
  return [
    { kind: 'conversations.open-edit', conversation, revision: '', asked: '' },
    { kind: 'conversations.who-is-coming', conversation },
    { kind: 'conversations.go-on', conversation },
    { kind: 'conversations.open-hand-over', conversation },
    { kind: 'conversations.hand-over', conversation, to: convener.id },
    { kind: 'proposals.open-guest', conversation },
    makeOver,
    { kind: 'conversations.open-cancel', conversation },
    change,
    { kind: 'conversations.cancel', conversation, reason: 'No reason' },
  ];
}

async function conversationsNow(): Promise<unknown> {
  const rows = await core.db.selectFrom('conversations').selectAll().orderBy('id').execute();
  return { rows, handOvers: await core.db.selectFrom('hand_overs').selectAll().execute() };
}

describe('a convener’s link', () => {
  test('runs no conversation that another hosts: it leads to signing in, and shows neither its link nor who is coming', async () => {
    const before = await conversationsNow();
    for (const intent of await everyWayToRun(stage.id)) {
      const reply = textOf(await handle(core, emailSender(convener), intent));
      expect(reply, intent.kind).toContain('Sign in to do this');
      expect(reply, intent.kind).not.toContain(proposal.link);
      expect(reply, intent.kind).not.toContain('Northmoor');
    }
    expect(await conversationsNow()).toEqual(before);
  });

  test('is offered none of it, in the list and on the page of each', async () => {
    const { id: conversation } = stage;
    for (const intent of [{ kind: 'conversations.list' }, { kind: 'conversations.view', conversation }] as const) {
      const byLink = (await visitor.get(linkTo(convener, intent))).html;
      expect(byLink).toContain('Making room');
      for (const kind of ['open-edit', 'open-cancel', 'who-is-coming', 'open-guest'])
        expect(byLink).not.toContain(kind);
      expect(textOf(await ask(core, convener, intent))).toContain('conversations.open-cancel');
    }
  });

  test('runs what they host themselves, as any host’s does', async () => {
    const conversation = await propose(core, convener, { title: 'Of my own' });
    const page = await visitor.get(linkTo(convener, { kind: 'conversations.view', conversation }));
    const form = await press(visitor, page, 'Change it');
    expect(form.html).toContain(proposal.link);
  });

  test('has no button for what only conveners may do, but the way to sign in', async () => {
    const page = await visitor.get(
      linkTo(convener, { kind: 'proposals.approve', proposal: randomUUID(), revision: '1' }),
    );
    expect(page.main).toContain('Sign in to do this');
    expect(page.html).toContain('href="/sign-in"');
    expect(formsSaying(page.page, 'Continue')).toEqual([]);
  });
});

test('who came is ticked by role and council, and by name only once the host has signed in', async () => {
  const { host, id: conversation } = stage;
  await stage.until('2027-03-16T11:05Z');
  const open = { kind: 'afterwards.open-who-came', conversation } as const;
  const page = await visitor.get(linkTo(host, open));
  expect(page.main).toContain('Director of Place, Northmoor Borough Council');
  expect(page.main).toContain('Sign in to see them.');
  expect(page.html).not.toContain('Andrews');
  expect(textOf(await ask(core, host, open))).toContain('Anna Andrews, Director of Place');
  await core.db.updateTable('members').set({ status: 'guest' }).where('id', '=', host.id).execute();
  const asGuest = formOf(await handle(core, emailSender(host), open));
  expect(textOf({ kind: 'form', form: asGuest })).toContain('Northmoor');
  expect(textOf({ kind: 'form', form: asGuest })).not.toMatch(/Andrews|Sign in/);
});

test('what is thrown away by a link stands on its page', async () => {
  const { host } = stage;
  const id = await drafted('Half a thought');
  const page = await visitor.get(linkTo(host, { kind: 'proposals.drop', proposal: id }));
  expect(page.main).toContain('Half a thought');
  expect(formsSaying(page.page, 'Continue')).toHaveLength(1);
});

async function drafted(title: string): Promise<string> {
  const { topic, follows, theme, about, audience, chathamHouse } = proposal;
  await ask(core, stage.host, { kind: 'proposals.draft', topic, follows, theme, title, about, audience, chathamHouse });
  const row = core.db.selectFrom('proposals').select('id').where('title', '=', title);
  return (await row.executeTakeFirstOrThrow()).id;
}

describe('pages about conversations', () => {
  test('can be used, one after another, and end when the link does', async () => {
    const draft = await drafted('Half a thought');
    const list = await visitor.get(linkTo(stage.host, { kind: 'conversations.list' }));
    const drafts = await press(visitor, list, 'Your drafts');
    const form = await press(visitor, drafts, 'Edit the words');
    expect(form.html).toContain('Half a thought');
    const diary = await press(visitor, list, 'Diary');
    const one = await press(visitor, diary, 'See it');
    const coming = await press(visitor, one, 'Who is coming');
    expect(coming.main).toContain('Northmoor Borough Council');
    expect((await press(visitor, coming, 'Cancel it')).main).toContain('Reason');
    expect((await press(visitor, drafts, 'Drop it')).main).toContain('Half a thought');
    expect(await core.db.selectFrom('proposals').select('id').where('id', '=', draft).execute()).toEqual([]);
    stage.clock.set(new Date(core.clock.now().getTime() + 86_400_000));
    expect((await visitor.get(one.path)).status).toBe(410);
  });

  test('lead to nothing that is private, and to nothing else that is about the person', async () => {
    const { ann, ben, host, id: conversation } = stage;
    await propose(core, host, { title: 'Another', date: '2027-03-30' });
    await stage.until('2027-03-16T11:05Z');
    await saysWhoCame(core, host, conversation, [ann, ben]);
    await takesAway(core, ann, conversation, 'Ask before I answer.', 'no');
    await takesAway(core, ben, conversation, 'Wait for the silence.', 'yes');
    await ask(core, ann, { kind: 'diary.new-feed' });
    const { diary_key: key } = await core.db
      .selectFrom('members')
      .select('diary_key')
      .where('id', '=', ann.id)
      .executeTakeFirstOrThrow();
    const reached = new Map<string, Visited>();
    for (const start of [{ kind: 'conversations.list' }, { kind: 'conversations.view', conversation }] as const) {
      await crawl(await visitor.get(linkTo(ann, start)), reached);
    }
    const kinds = new Set([...reached.keys()].map((intent) => intentIn(intent).kind));
    for (const kind of ['diary.show', 'series.topics', 'conversations.view', 'afterwards.open-takeaway'] as const) {
      expect(kinds).toContain(kind);
    }
    for (const [intent, { html }] of reached) {
      for (const secret of ['Ask before', 'Wait for the silence', key ?? '', 'Brookes', proposal.link]) {
        expect(html, intent).not.toContain(secret);
      }
      expect(html, intent).not.toMatch(/network\.(confirm|export|erase)|reflections\.|membership\./);
    }
  });
});

/** Presses whatever only shows something, as far as that goes. */
async function crawl(from: Visited, reached: Map<string, Visited>): Promise<void> {
  for (const form of findAll(from.page, isTag('form'))) {
    const intent = fieldsOf(form)['intent'];
    if (typeof intent !== 'string' || reached.has(intent) || !isReadOnly(intentIn(intent))) continue;
    const page = await visitor.send(form);
    reached.set(intent, page);
    await crawl(page, reached);
  }
}

function intentIn(text: string): Intent {
  const intent = readIntent(JSON.parse(text));
  if (intent === undefined) throw new Error(`No intent: ${text}`);
  return intent;
}

test('a scanner that looks at a link says nothing of whether its reader can be reached', async () => {
  const { host, id: conversation } = stage;
  const theirs = core.db.selectFrom('accounts').select(['reachable', 'seen_at']).where('member_id', '=', host.id);
  const account = () => theirs.where('platform', '=', 'email').executeTakeFirstOrThrow();
  await core.db.updateTable('accounts').set({ reachable: false }).where('platform', '=', 'email').execute();
  const before = await account();
  stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
  for (const intent of [{ kind: 'conversations.go-on', conversation }, { kind: 'conversations.list' }] as const) {
    for (const method of ['HEAD', 'GET']) await fetch(`${email.url}${linkTo(host, intent)}`, { method });
  }
  expect(await account()).toEqual(before);
  const page = await visitor.get(linkTo(host, { kind: 'conversations.go-on', conversation }));
  await press(visitor, page, 'Continue');
  expect(await account()).toMatchObject({ reachable: true });
});
