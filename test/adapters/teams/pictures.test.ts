import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressLines } from '../../../adapters/teams/buttons.ts';
import { formDialog, pageDialog } from '../../../adapters/teams/dialog.ts';
import { limits } from '../../../adapters/teams/limits.ts';
import { messageCard } from '../../../adapters/teams/render.ts';
import { cut } from '../../../src/messages/cut.ts';
import type { Block, Message } from '../../../src/messages/message.ts';
import { chromiumPath } from '../../support/available.ts';
import { everythingShown } from '../../support/card-catalogue.ts';
import type { Shown } from '../../support/card-catalogue-chapter.ts';
import { nasty, realistic } from '../../support/card-contents.ts';
import { type CardBrowser, type Item, openCardBrowser, type Seen, type Sheet } from '../../support/card-pictures.ts';

const chromium = chromiumPath();
const absence = chromium === undefined ? ' (skipped: no Chromium on PATH; apt-get install chromium)' : '';
/** Where to save the pictures; nothing is saved without it. */
const folder = process.env['CARD_PICTURES'] ?? '';

function itemOf(name: string, shown: Shown): Item {
  switch (shown.kind) {
    case 'message':
      return { kind: 'chat', name, title: '', card: messageCard(shown.message) };
    case 'form':
      return { kind: 'dialog', name, ...formDialog(shown.form) };
    case 'page':
      return { kind: 'dialog', name, ...pageDialog(shown.page, { kind: 'network.home' }, 0) };
  }
}

/** A sheet has one of each, and these as well. */
const alsoShown = new Set([
  'conversations/messages.ts card 2',
  'conversations/messages.ts card 3',
  'conversations/messages.ts card 4',
  'conversations/proposal-messages.ts proposalForm 2',
  'reflections/messages.ts journal 2',
  'conversations/messages.ts list 2',
]);
/** Pages that are empty until there is something to show, and a form that Teams has no use for. */
const notShown = new Set([
  'reflections/messages.ts journal',
  'conversations/messages.ts list',
  'network/announcements-messages.ts announcementsForm',
]);

/** Such as 'conversations: seat freed'. */
function caption(name: string): string {
  const [file = '', from = ''] = name.split(' ');
  return `${file.replace(/\/.*/, '')}: ${from.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)}`;
}

function itemsOf(isOf: (shown: Shown) => boolean): readonly Item[] {
  return everythingShown(realistic)
    .filter(([name, shown]) => isOf(shown) && !notShown.has(name) && (alsoShown.has(name) || !/ \d+$/.test(name)))
    .map(([name, shown]) => itemOf(caption(name), shown));
}

const cards = itemsOf(({ kind }) => kind === 'message');
const dialogs = itemsOf(({ kind }) => kind !== 'message');

const sheets: Readonly<Record<string, Sheet>> = {
  'cards-light.png': { heading: 'Cards, light theme', theme: 'light', columns: 3, items: cards },
  'cards-dark.png': { heading: 'Cards, dark theme', theme: 'dark', columns: 3, items: cards },
  'dialogs.png': { heading: 'Dialogs', theme: 'light', columns: 3, items: dialogs },
  'dialogs-dark.png': { heading: 'Dialogs, dark theme', theme: 'dark', columns: 3, items: dialogs },
};

/** What a message says, in order, with nothing but its letters. */
function meant({ heading, body, buttons }: Message): string {
  const shown = buttons.filter((button) => button.kind !== 'opens' || /^https?:/.test(button.url));
  const labels = shown.map(({ label }) => cut(label.replace(/\s+/g, ' ').trim(), limits.label));
  return [heading, ...body.flatMap(textsOf), ...addressLines(buttons, body), ...labels].map(visible).join('');
}

function textsOf(block: Block): readonly string[] {
  if (block.kind === 'list') return block.items;
  return block.kind === 'facts' ? block.facts.flatMap(({ label, value }) => [label, value]) : [block.text];
}

function visible(text: string): string {
  const seen = squeeze(text.toWellFormed().replace(/[^\P{Cc}\s]/gu, ''));
  return /^[\s\p{Cf}]*$/u.test(seen) ? '–' : seen;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** What we make a card of; a link, an image or emphasis would be somebody else's. */
const ownTags = new Set('div p span br ul li table tbody tr td button label input select option textarea'.split(' '));

function foreignTags({ tags }: Seen): readonly string[] {
  return tags.filter((tag) => !ownTags.has(tag));
}

describe.skipIf(chromium === undefined)(`cards as Microsoft draws them${absence}`, () => {
  let browser: CardBrowser;

  beforeAll(async () => {
    browser = await openCardBrowser(chromium ?? '', 1440);
  });
  afterAll(async () => {
    await browser.close();
  });

  async function lookAt(items: readonly Item[]): Promise<readonly Seen[]> {
    return await browser.look({ heading: '', theme: 'light', columns: 1, items });
  }

  test.each(Object.entries(sheets))(
    'fit, and can be read: %s',
    async (file, sheet) => {
      const seen = await browser.look(sheet);
      for (const [index, { name }] of sheet.items.entries()) {
        expect(seen[index]?.contrast, name).toBeGreaterThanOrEqual(4.5);
        expect(seen[index]?.isCut, name).toBe(false);
      }
      if (folder === '') return;
      await mkdir(folder, { recursive: true });
      await browser.save(join(folder, file));
    },
    120_000,
  );

  const { long: _long, 'one long word': _word, 'many signs': _signs, ...uncut } = nasty;
  test.each(Object.entries({ realistic, ...uncut }))('say what was meant, and no more: %s', async (_kind, contents) => {
    const shown = everythingShown(contents);
    const seen = await lookAt(shown.map(([name, each]) => itemOf(name, each)));
    for (const [index, [name, each]] of shown.entries()) {
      const one = seen[index];
      if (one === undefined) throw new Error(`${name} was not drawn`);
      expect(foreignTags(one), name).toEqual([]);
      if (each.kind === 'message') expect(squeeze(one.text), name).toBe(meant(each.message));
    }
  });

  test('say what was meant, whatever it is', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }));
    const body = fc
      .tuple(text, text, text, text, text, text)
      .map(([plain, quote, gone, item, label, value]): readonly Block[] => [
        { kind: 'paragraph', text: plain },
        { kind: 'quote', text: quote },
        { kind: 'struck', text: gone },
        { kind: 'list', items: [item, item] },
        { kind: 'facts', facts: [{ label, value }] },
      ]);
    const message = fc.record({ summary: text, heading: text, body, buttons: fc.constant([]) });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 40, maxLength: 40 }), async (messages) => {
        const items = messages.map((each) => itemOf('', { kind: 'message', message: each }));
        const seen = await lookAt(items);
        expect(seen.map((one) => squeeze(one.text))).toEqual(messages.map(meant));
        expect(seen.flatMap(foreignTags)).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
