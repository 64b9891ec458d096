import { describe, expect, test } from 'vitest';
import { formDialog, pageDialog } from '../../../adapters/teams/dialog.ts';
import { limits } from '../../../adapters/teams/limits.ts';
import { render } from '../../../adapters/teams/render.ts';
import { sizeOf } from '../../../adapters/teams/shrink.ts';
import type { Button, Message } from '../../../src/messages/message.ts';
import { refusal } from '../../../src/messages/messages.ts';
import { opensWindow } from '../../../src/messages/opens-window.ts';
import { ChatCard, DialogCard, objectionsTo } from '../../support/adaptive-card.ts';
import { parserObjections } from '../../support/adaptive-card-parser.ts';
import { schemaObjections } from '../../support/adaptive-card-schema.ts';
import { catalogue, everythingShown, exportsOf, filesOfWords, refusalsOf } from '../../support/card-catalogue.ts';
import { messages, type Shown } from '../../support/card-catalogue-chapter.ts';
import { nasty, realistic } from '../../support/card-contents.ts';
import { actionsOf, inputsOf } from '../../support/teams-screen.ts';

/** 25 KB, where Teams' own pages say 100, 40 or 28; a form may be larger, because nothing written is cut. */
const mostUnits = (25 * 1024) / 2;
const journal = { kind: 'reflections.journal' } as const;

/** One card, what is sent with it, and how large that may be, in UTF-16 code units. */
interface Made {
  readonly card: object;
  readonly sent: object;
  readonly max: number;
}

/** Every card that one thing of the core becomes. A page has as many as it has parts. */
function cardsOf(shown: Shown): readonly Made[] {
  switch (shown.kind) {
    case 'message': {
      const sent = render(shown.message, true);
      return sent.attachments.map(({ content }) => ({ card: content, sent, max: mostUnits }));
    }
    case 'form': {
      const sent = formDialog(shown.form);
      return [{ card: sent.card, sent, max: limits.formUnits }];
    }
    case 'page': {
      const all = shown.page.cards.length + 1;
      const parts = Array.from({ length: all }, (_, from) => pageDialog(shown.page, journal, from));
      return parts.map((sent) => ({ card: sent.card, sent, max: mostUnits }));
    }
  }
}

/** What the refusals of the core become: they have no function of their own. */
async function refusals(): Promise<readonly (readonly [string, Shown])[]> {
  const found = await Promise.all(
    filesOfWords().map(async (file) => {
      const all = messages(...(await refusalsOf(file)).map(refusal));
      return all.map((shown, index) => [`${file} refusal ${index + 1}`, shown] as const);
    }),
  );
  return found.flat();
}

describe('the catalogue of what can be shown', () => {
  test('has every file of words', () => {
    expect(filesOfWords().toSorted()).toEqual(Object.keys(catalogue).toSorted());
  });

  test.each(Object.entries(catalogue))('has everything that %s can say', async (file, chapter) => {
    const functions = Object.entries(await exportsOf(file)).filter(([, value]) => typeof value === 'function');
    const known = [...Object.keys(chapter.examples(realistic)), ...chapter.parts];
    expect(functions.map(([name]) => name).toSorted()).toEqual(known.toSorted());
  });
});

/** What is wrong with each card of some things, by their names; nothing when nothing is. */
function objections(all: readonly (readonly [name: string, shown: Shown])[]): readonly (readonly string[])[] {
  const found = all.flatMap(([name, shown]) => cardsOf(shown).map((made) => [name, ...objectionsOf(shown, made)]));
  return found.filter(([, ...said]) => said.length > 0);
}

function objectionsOf(shown: Shown, { card, sent, max }: Made): readonly string[] {
  const ours = objectionsTo(shown.kind === 'message' ? ChatCard : DialogCard, card);
  const size = sizeOf(sent) > max ? [`${sizeOf(sent)} is too large`] : [];
  const form = JSON.stringify(sent).isWellFormed() ? [] : ['not well formed'];
  return [...parserObjections(card), ...schemaObjections(card), ...(ours === '' ? [] : [ours]), ...size, ...form];
}

describe('everything is a card that Teams takes', () => {
  test.each(Object.entries({ realistic, ...nasty }))('with texts that are %s', (_kind, contents) => {
    expect(everythingShown(contents).length).toBeGreaterThan(80);
    expect(objections(everythingShown(contents))).toEqual([]);
  });

  test('when it is a refusal', async () => {
    const all = await refusals();
    expect(all.length).toBeGreaterThan(10);
    expect(objections(all)).toEqual([]);
  });

  const sound = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Hello', wrap: true }] };

  test('and a card without fault has none', () => {
    expect([...parserObjections(sound), ...schemaObjections(sound)]).toEqual([]);
  });

  test.each([
    ['an element of a later version', { type: 'Badge', text: 'New' }],
    ['no element at all', { type: 'Blink', text: 'New' }],
    ['a style that is not there', { type: 'TextBlock', text: 'x', style: 'shouting' }],
    ['an input without a name', { type: 'Input.Text', label: 'Name' }],
    ['an action that is not there', { type: 'ActionSet', actions: [{ type: 'Action.Popover', title: 'x' }] }],
  ])('and %s is found', (_what, element) => {
    const card = { ...sound, body: [element] };
    expect(parserObjections(card)).not.toEqual([]);
    expect(schemaObjections(card)).not.toEqual([]);
    expect(objectionsTo(ChatCard, card)).not.toBe('');
  });
});

describe('what people see', () => {
  const shown = everythingShown(realistic);
  const sentMessages = shown.flatMap(([name, each]) =>
    each.kind === 'message' ? [[name, each.message] as const] : [],
  );
  const sentForms = shown.flatMap(([name, each]) => (each.kind === 'form' ? [[name, each.form] as const] : []));

  test('stands for itself in a notification', () => {
    for (const [name, message] of sentMessages) {
      const { summary } = render(message, true);
      expect(summary, name).toMatch(/^[\p{Lu}“].{10,}[.?!”]$/u);
      expect(summary, name).not.toMatch(/undefined|\[object/);
    }
  });

  test('has buttons that do what the core meant', () => {
    for (const [name, message] of sentMessages) {
      const pressed = actionsOf(render(message, true).attachments[0]?.content);
      expect(pressed, name).toMatchObject(buttonsOf(message).map(expected));
    }
  });

  test('can be filled in and sent, where it asks something', () => {
    for (const [name, form] of sentForms) {
      const dialog = formDialog(form);
      expect(Object.keys(inputsOf(dialog.card)), name).toEqual(form.fields.map((field) => `answer_${field.name}`));
      expect(actionsOf(dialog.card), name).toMatchObject([{ type: 'Action.Submit', title: form.submitLabel }]);
      expect(dialog.title).toBe(form.heading);
      const isLarge = form.fields.length > 2 || form.fields.some(({ kind }) => kind === 'text' || kind === 'choices');
      expect(dialog.height, name).toBe(isLarge ? 'large' : 'medium');
    }
  });
});

/** The ones that Teams can do something with. */
function buttonsOf({ buttons }: Message): readonly Button[] {
  return buttons.filter((button) => button.kind !== 'opens' || !button.url.startsWith('mailto:'));
}

function expected(button: Button): object {
  if (button.kind !== 'does') return { type: 'Action.OpenUrl', title: button.label };
  const { label: title, intent } = button;
  if (opensWindow(intent)) {
    return { type: 'Action.Submit', title, data: { msteams: { type: 'task/fetch' }, intent } };
  }
  const fallback = { type: 'Action.Submit', title, data: { intent } };
  return { type: 'Action.Execute', title, verb: 'colloquy', data: { intent }, fallback };
}
