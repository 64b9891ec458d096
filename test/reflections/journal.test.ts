import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderPage } from '../../adapters/slack/render.ts';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Message, Page } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';
import { introduce, sendPrompt, write, writeMany } from '../support/reflections.ts';

let stage: TestCore;
let core: Core;
let member: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
});
afterEach(() => stage.close());

async function pageOf(intent: Intent): Promise<Page> {
  const reply = await ask(core, member, intent);
  if (reply.kind !== 'page') throw new Error(`There is no page: ${textOf(reply)}`);
  return reply.page;
}

const intentsOf = (cards: readonly Message[]) =>
  cards.flatMap(({ buttons }) => buttons).flatMap((button) => (button.kind === 'does' ? [button.intent] : []));

/** The pages of a journal, from the one that `first` shows on. */
async function pagesFrom(first: Intent): Promise<readonly Page[]> {
  const pages = [await pageOf(first)];
  for (;;) {
    const next = intentsOf(pages.at(-1)?.cards ?? []).find(
      (intent) => intent.kind === 'reflections.journal-part' && intent.from > 0,
    );
    if (next === undefined) return pages;
    pages.push(await pageOf(next));
  }
}

const entriesIn = (pages: readonly Page[]) =>
  [...JSON.stringify(pages).matchAll(/Entry (\d+)\./g)].map((found) => Number(found[1]));

test.each(['week', 'theme', 'stage'] as const)(
  'two years of answers stand in the journal by %s, each once, on pages that a window on Slack has room for',
  async (by) => {
    await writeMany(core, member, 104);
    const pages = await pagesFrom({ kind: 'reflections.journal-by', by });
    const entries = entriesIn(pages);
    expect(entries.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 104 }, (_, week) => week));
    if (by === 'week') expect(entries).toEqual(entries.toSorted((a, b) => b - a));
    for (const page of pages) {
      const { blocks } = renderPage(page);
      expect(blocks.filter(({ type }) => type === 'header')).toHaveLength(page.cards.length);
    }
  },
);

test('answers of the greatest length have room on every page on Slack', async () => {
  for (let week = 10; week < 30; week += 1) {
    const text = `${'é\n\n'.repeat(10)}${'x'.repeat(2950)}`;
    const prompt = await write(core, member, { text, action: 'y'.repeat(300), week: `2026-01-${week}` });
    await ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'z'.repeat(3000) });
  }
  for (const page of await pagesFrom({ kind: 'reflections.journal' })) {
    const { blocks } = renderPage(page);
    expect(blocks.filter(({ type }) => type === 'header')).toHaveLength(page.cards.length);
  }
});

test('by theme it goes theme by theme, the newest of each first, and every theme can be gone to', async () => {
  await writeMany(core, member, 50);
  const pages = await pagesFrom({ kind: 'reflections.journal-by', by: 'theme' });
  const themes = pages
    .flatMap(({ cards }) => cards)
    .filter(({ summary }) => summary.startsWith('What you wrote'))
    .map(({ heading }) => heading.split(/[:,] /)[0]);
  expect(new Set(themes).size).toBe(themes.filter((theme, index) => theme !== themes[index - 1]).length);
  const parts = intentsOf(pages[0]?.cards ?? []).filter(
    (intent) => intent.kind === 'reflections.journal-part' && intent.from === 0,
  );
  expect(parts.length).toBeGreaterThan(10);
  const found = [];
  for (const part of parts) found.push(...entriesIn(await pagesFrom(part)));
  expect(found.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, week) => week));
});

test('an entry has all that was written, says who can read it, and can be changed, shared, followed up and deleted', async () => {
  await introduce(core, member, await addActive(core, { name: 'Gareth Llewellyn', council: 'York' }));
  const prompt = await write(core, member, { text: 'My answer', action: 'My action' });
  const [card] = (await pageOf({ kind: 'reflections.journal' })).cards.filter(({ summary }) =>
    summary.startsWith('What'),
  );
  if (card === undefined) throw new Error('There is no entry');
  expect(JSON.stringify(card.body)).toMatch(
    /My answer.*My action.*We will ask you how it went on 30 March 2027.*Only you/s,
  );
  expect(intentsOf([card])).toEqual(
    (['open', 'open-follow-up', 'open-share', 'delete'] as const).map((kind) => ({
      kind: `reflections.${kind}`,
      prompt,
    })),
  );
  expect(card.summary).not.toContain('My answer');
  await ask(core, member, { kind: 'reflections.share', prompt, with: 'match' });
  await ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'It went well' });
  const after = JSON.stringify(await pageOf({ kind: 'reflections.journal' }));
  expect(after).toContain('You and Gareth Llewellyn');
  expect(after).toContain('It went well');
  expect(after).not.toContain('We will ask you');
});

test('a prompt of the cohort stands under “Between modules”, after the themes', async () => {
  await write(core, member, { text: 'Of the cohort', framework: 'between-modules', theme: 'x', stage: 'any' });
  await write(core, member, { text: 'Of a theme', week: '2027-01-04' });
  const map = await pageOf({ kind: 'reflections.map' });
  expect(map.cards.at(-1)).toMatchObject({
    heading: 'Between modules',
    summary: 'Between modules: you have answered once.',
  });
});

test('at the end are the newest five prompts without an answer, and none that was skipped', async () => {
  for (let day = 1; day <= 8; day += 1) {
    await sendPrompt(core, member, { week: `2027-01-0${day}`, wording: `Question ${day}?` });
  }
  await sendPrompt(core, member, { week: '2027-01-09', wording: 'Skipped?', skipped_at: core.clock.now() });
  const page = await pageOf({ kind: 'reflections.journal' });
  const questions = [...JSON.stringify(page).matchAll(/Question (\d)\?/g)].map((found) => Number(found[1]));
  expect(questions).toEqual([8, 7, 6, 5, 4]);
  expect(JSON.stringify(page)).not.toContain('Skipped?');
});

test('the map counts what was asked and answered in each stage of each theme, and scores nothing', async () => {
  await write(core, member, { text: 'One' });
  await write(core, member, { text: 'Two', week: '2027-01-04' });
  await sendPrompt(core, member, { week: '2027-01-11' });
  await sendPrompt(core, member, { week: '2027-01-18', stage: 'judgement' });
  const page = await pageOf({ kind: 'reflections.map' });
  expect(page.cards).toHaveLength(7);
  const [body] = page.cards.find(({ heading }) => heading === 'Good governance')?.body ?? [];
  expect(body?.kind === 'facts' && body.facts.map(({ value }) => value)).toEqual([
    'Not asked yet',
    'Asked 3 times, answered twice',
    'Asked once, not answered yet',
  ]);
  expect(JSON.stringify(page)).not.toMatch(/%|score of|out of/);
});

describe('a search', () => {
  test('finds each word wherever it stands, whatever its case, accents and apostrophes', async () => {
    const prompt = await write(core, member, { text: 'Siân’s council café', action: 'Ring the Mayor' });
    await ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'She rang back' });
    await write(core, member, { text: 'Something else', week: '2027-01-04' });
    for (const query of ['sian’s', "SIAN'S CAFE", 'mayor back', 'council mind']) {
      const found = JSON.stringify(await pageOf({ kind: 'reflections.search', query }));
      expect(found).toContain('We found one entry.');
      expect(found).toContain('Ring the Mayor');
    }
    const none = await pageOf({ kind: 'reflections.search', query: 'mayor nowhere' });
    expect(JSON.stringify(none)).toContain('We found nothing');
  });

  test('that finds many shows the newest, and says how many there are', async () => {
    await writeMany(core, member, 12);
    const page = await pageOf({ kind: 'reflections.search', query: 'entry' });
    expect(entriesIn([page])).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
    expect(JSON.stringify(page)).toContain('We found 12 entries');
  });

  test('for nothing keeps the form open', async () => {
    const reply = await ask(core, member, { kind: 'reflections.search', query: ' \n ' });
    expect(reply).toMatchObject({ kind: 'invalid', problems: [{ field: 'query' }] });
  });

  test('finds nothing of what others wrote, not even what they shared; and what was looked for is in no button', async () => {
    const other = await addActive(core, { council: 'York' });
    const prompt = await write(core, other, { text: 'The merger' });
    await ask(core, other, { kind: 'reflections.share', prompt, with: 'cohort' });
    const page = JSON.stringify(await pageOf({ kind: 'reflections.search', query: 'merger' }));
    expect(page).toContain('We found nothing');
    expect(page).not.toContain('merger');
  });
});

test('no word of a journal is logged: nothing that reads it knows a log', () => {
  const files = ['journal', 'journal-contents', 'journal-choice', 'journal-files', 'asked', 'sharing-page'];
  for (const file of files) {
    expect(readFileSync(`src/reflections/${file}.ts`, 'utf8')).not.toMatch(/\blog\b|console|audit/i);
  }
});

test('says how long it is kept, beside the way to keep a copy', async () => {
  await write(core, member, { text: 'An answer.', week: '2026-01-05' });
  const said = textOf(await ask(core, member, { kind: 'reflections.journal' }));
  expect(said).toContain('We keep what you write for 2 years, and then delete it.');
});
