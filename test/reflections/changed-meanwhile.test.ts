import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import { handle } from '../../src/handle.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Answers, Form } from '../../src/messages/form.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { ask, textOf, webSender } from '../support/people.ts';
import { openPromptWeek, type PromptWeek } from '../support/prompt-week.ts';

/* A form stays open for as long as somebody thinks. What it shows may change meanwhile, on another device. */

let stage: TestCore;
let week: PromptWeek;
let prompt: string;

beforeEach(async () => {
  stage = await openTestCore();
  week = await openPromptWeek(stage);
  prompt = (await week.prompt()).id;
});
afterEach(() => stage.close());

function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`There is no form: ${textOf(reply)}`);
  return reply.form;
}

async function as(sender: Sender, intent: Intent): Promise<Reply> {
  return await handle(stage.core, sender, intent);
}

const sender = () => webSender(week.member);
const holder = () => ({ ...sender(), account: { platform: 'email', space: '', user: week.member.email } }) as const;

const open = async () => formOf(await as(sender(), { kind: 'reflections.open', prompt }));

/** A chat's window keeps what the form completes; the web asks for the form again, and reads it from that. */
const senders = [
  ['a chat’s window', async (form: Form) => form],
  ['the web', async (form: Form) => formOf(await as(sender(), form.openedBy))],
] as const;

async function send(form: Form, answers: Answers, from = sender()): Promise<Reply> {
  const intent = readIntent({ ...form.completes, ...answers });
  if (intent === undefined) throw new Error('The form completes nothing');
  return await as(from, intent);
}

async function kept(): Promise<string> {
  const row = stage.core.db.selectFrom('reflections').select('answer').where('prompt_id', '=', prompt);
  const found = await row.executeTakeFirst();
  return found === undefined ? '' : stage.core.cipher.open(found.answer, `reflection:${week.member.id}:${prompt}`);
}

async function later(): Promise<void> {
  stage.clock.set(new Date(stage.clock.now().getTime() + 60_000));
}

describe.each(senders)('by %s', (_, sentFrom) => {
  test('what was written for a question is not kept for the one it was swapped for, until they say so', async () => {
    const form = await open();
    await ask(stage.core, week.member, { kind: 'reflections.swap', prompt, swaps: 0 });
    const again = formOf(await send(await sentFrom(form), { text: 'My words', action: 'My step' }));
    expect(await kept()).toBe('');
    expect(again.fields.map(({ value }) => value)).toEqual(['My words', 'My step']);
    expect(again.fields[0]?.problem).toContain('You have swapped this question');
    expect(again.fields[0]?.label).toBe((await week.prompt()).wording);
    expect(again.fields[0]?.label).not.toBe(form.fields[0]?.label);
    expect((await send(await sentFrom(again), { text: 'My words', action: '' })).kind).toBe('message');
    expect(await kept()).toBe('My words');
  });

  test('of two windows, the later does not write over the earlier, until they say so', async () => {
    const [one, other] = [await open(), await open()];
    expect((await send(await sentFrom(one), { text: 'First', action: '' })).kind).toBe('message');
    await later();
    const again = formOf(await send(await sentFrom(other), { text: 'Second', action: '' }));
    expect(await kept()).toBe('First');
    expect(again.fields[0]).toMatchObject({ value: 'Second', problem: expect.stringContaining('somewhere else') });
    expect((await send(await sentFrom(again), { text: 'Second', action: '' })).kind).toBe('message');
    expect(await kept()).toBe('Second');
  });

  test('the same words sent twice are no surprise', async () => {
    const form = await open();
    await send(await sentFrom(form), { text: 'First', action: '' });
    await later();
    expect((await send(await sentFrom(form), { text: 'First', action: '' })).kind).toBe('message');
  });

  test('how it went is not written over either, until they say so', async () => {
    await send(await open(), { text: 'Words', action: 'A step' });
    const opened: Intent = { kind: 'reflections.open-follow-up', prompt };
    const [one, other] = [formOf(await as(sender(), opened)), formOf(await as(sender(), opened))];
    expect((await send(await sentFrom(one), { text: 'Well' })).kind).toBe('message');
    await later();
    const again = formOf(await send(await sentFrom(other), { text: 'Badly' }));
    expect(again.fields[0]).toMatchObject({ value: 'Badly', problem: expect.stringContaining('somewhere else') });
    expect(textOf(await as(sender(), opened))).toContain('Well');
    expect((await send(await sentFrom(again), { text: 'Badly' })).kind).toBe('message');
  });
});

test('whoever holds a link sees nothing of it and replaces what stands there, but not for another question', async () => {
  const form = formOf(await as(holder(), { kind: 'reflections.open', prompt }));
  await send(await open(), { text: 'Private', action: '' });
  await later();
  expect((await send(form, { text: 'By link', action: '' }, holder())).kind).toBe('message');
  expect(await kept()).toBe('By link');
  await stage.core.db.updateTable('prompts').set({ prompt: 'another' }).where('id', '=', prompt).execute();
  const again = formOf(await send(form, { text: 'Late', action: '' }, holder()));
  expect(await kept()).toBe('By link');
  expect(textOf({ kind: 'form', form: again })).not.toContain('By link');
});

test('a form from before an upgrade, which does not say what it showed, is kept as it was', async () => {
  await send(await open(), { text: 'First', action: '' });
  await later();
  await ask(stage.core, week.member, { kind: 'reflections.answer', prompt, text: 'Second', action: '' });
  expect(await kept()).toBe('Second');
});
