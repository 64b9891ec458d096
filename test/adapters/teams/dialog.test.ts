import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formDialog, pageDialog } from '../../../adapters/teams/dialog.ts';
import { limits } from '../../../adapters/teams/limits.ts';
import { sizeOf } from '../../../adapters/teams/shrink.ts';
import { question, redraw } from '../../../src/messages/form.ts';
import { does, type Message, type Page, paragraph } from '../../../src/messages/message.ts';
import { answerLength } from '../../../src/reflections/intents.ts';
import { DialogCard, objectionsTo } from '../../support/adaptive-card.ts';
import { anyForm, anyPage } from '../../support/any-message.ts';
import { actionsOf, inputsOf, textOf } from '../../support/teams-screen.ts';

const plenty = { blocks: 30, buttons: 8, cards: 12, fields: 8, options: 15 };

const journal = { kind: 'reflections.journal' } as const;

describe('a form', () => {
  const pause = {
    heading: 'Pause messages',
    body: [paragraph('You keep your seats.')],
    fields: [
      { ...question('weeks', 'How long?', 'In weeks'), kind: 'choice', options: [{ value: '1', label: '1 week' }] },
      { ...question('about', 'Why?'), kind: 'text', maxLength: 200, value: 'A *rest*' },
    ],
    submitLabel: 'Pause',
    completes: { kind: 'network.pause' },
    openedBy: { kind: 'network.open-pause' },
  } as const;

  test('asks its questions in a dialog, with what was written before', () => {
    const { title, card } = formDialog(pause);
    expect(title).toBe('Pause messages');
    expect(textOf(card)).toContain('How long? In weeks\n');
    expect(textOf(card)).toContain('You keep your seats.');
    expect(inputsOf(card)).toEqual({ answer_weeks: '', answer_about: 'A *rest*' });
  });

  test('carries what its answers complete', () => {
    const [submit] = actionsOf(formDialog(pause).card);
    const carried = {
      completes: { kind: 'network.pause' },
      openedBy: { kind: 'network.open-pause' },
      fields: ['weeks', 'about'],
    };
    expect(submit).toMatchObject({ type: 'Action.Submit', title: 'Pause', data: { form: carried } });
  });

  test('drawn again names each problem above its field', () => {
    const { card } = formDialog(
      redraw(pause, { weeks: '', about: 'Still' }, [{ field: 'weeks', text: 'Choose how long.' }]),
    );
    expect(textOf(card)).toMatch(/There is a problem[\s\S]*Choose how long\.\nHow long\?/);
    expect(inputsOf(card)).toMatchObject({ answer_about: 'Still' });
  });

  test('of any kind is a card that Teams takes, and cuts no answer', () => {
    fc.assert(
      fc.property(anyForm(plenty), (any) => {
        const dialog = formDialog(any);
        expect(objectionsTo(DialogCard, dialog.card)).toBe('');
        expect(sizeOf(dialog)).toBeLessThanOrEqual(limits.formUnits);
        for (const field of any.fields) {
          if (field.kind !== 'text' || field.value.length > field.maxLength) continue;
          expect(inputsOf(dialog.card)[`answer_${field.name}`]).toBe(field.value.toWellFormed());
        }
      }),
    );
  });
});

describe('a page', () => {
  function entry(index: number, text: string): Message {
    const buttons = [does('Change your answer', { kind: 'reflections.open', prompt: 'latest' })];
    return { summary: `Entry ${index}.`, heading: `Entry ${index}`, body: [{ kind: 'quote', text }], buttons };
  }
  function pageOf(...texts: readonly string[]): Page {
    return {
      heading: 'Your journal',
      body: [paragraph('Only you can read this.')],
      cards: texts.map((text, index) => entry(index, text)),
    };
  }

  test('that does not fit is shown part by part, and nothing is left out', () => {
    const texts = Array.from({ length: 12 }, (_, index) => `${'a long answer '.repeat(200)}${index}.`);
    const seen: string[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      const dialog = pageDialog(pageOf(...texts), journal, from);
      expect(sizeOf(dialog)).toBeLessThanOrEqual(limits.cardUnits);
      seen.push(textOf(dialog.card));
      const next = actionsOf(dialog.card).find((action) => action.title === 'Show more');
      expect(next?.data['intent'] ?? journal).toEqual(journal);
      from = next === undefined ? undefined : Number(next.data['from']);
    }
    expect(seen.length).toBeGreaterThan(1);
    for (const text of texts) expect(seen.join('\n')).toContain(text);
  });

  test('shows the longest answer whole', () => {
    const answer = fc.string({ unit: 'grapheme', minLength: answerLength / 4, maxLength: answerLength });
    fc.assert(
      fc.property(answer, (any) => {
        const text = any.slice(0, answerLength).toWellFormed().replace(/\s+/g, ' ').trim();
        expect(textOf(pageDialog(pageOf(text), journal, 0).card)).toContain(text);
      }),
      { numRuns: 30 },
    );
  });

  test('has buttons that Teams knows in a dialog', () => {
    const [action] = actionsOf(pageDialog(pageOf('Short.'), journal, 0).card);
    expect(action).toMatchObject({ type: 'Action.Submit', data: { intent: { kind: 'reflections.open' } } });
    expect(action?.data).not.toHaveProperty('msteams');
  });

  test('of any kind is a card that Teams takes, from any place on', () => {
    fc.assert(
      fc.property(anyPage(plenty), fc.nat({ max: 14 }), (any, from) => {
        const dialog = pageDialog(any, journal, from);
        expect(objectionsTo(DialogCard, dialog.card)).toBe('');
        expect(sizeOf(dialog)).toBeLessThanOrEqual(limits.cardUnits);
      }),
    );
  });
});
