import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formDialog, pageDialog } from '../../../adapters/teams/dialog.ts';
import { readAsk } from '../../../adapters/teams/inbound.ts';
import { limits } from '../../../adapters/teams/limits.ts';
import { Activity } from '../../../adapters/teams/schema.ts';
import { sizeOf } from '../../../adapters/teams/shrink.ts';
import { isReadOnly } from '../../../src/changes.ts';
import { type Answers, type Field, type Form, question, redraw, writeValues } from '../../../src/messages/form.ts';
import { does, type Message, type Page, paragraph } from '../../../src/messages/message.ts';
import { opensWindow } from '../../../src/messages/opens-window.ts';
import { answerLength } from '../../../src/reflections/intents.ts';
import { DialogCard, objectionsTo } from '../../support/adaptive-card.ts';
import { readMarkdown } from '../../support/adaptive-card-markdown.ts';
import { anyForm, anyPage } from '../../support/any-message.ts';
import { everythingShown } from '../../support/card-catalogue.ts';
import { nasty, realistic } from '../../support/card-contents.ts';
import { activityOf, createTeamsPerson, dialogSubmitted } from '../../support/teams-activity.ts';
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

  test('says which questions may be left out, and what is wrong with one that may not', () => {
    const why = { ...question('about', 'Why *this* week?'), kind: 'text', maxLength: 200 } as const;
    const inputOf = (required: boolean) =>
      formDialog({ ...pause, body: [], fields: [{ ...why, required }] }).card.body[0];
    expect(inputOf(false)).toMatchObject({ isRequired: false, label: 'Why *this* week? (optional)' });
    const must = z.object({ isRequired: z.literal(true), label: z.string(), errorMessage: z.string() });
    const { label, errorMessage } = must.parse(inputOf(true));
    expect(label).toBe('Why *this* week?');
    expect(readMarkdown(errorMessage)).toEqual({ text: 'Check your answer to: Why *this* week?', formatting: [] });
  });

  test('lets any number of options be chosen, all of them in sight', () => {
    const options = ['prompts', 'matching', 'findable'].map((value) => ({ value, label: `*${value}*` }));
    const field = { ...question('agreed', 'What do you agree to?'), kind: 'choices', options } as const;
    const { card } = formDialog({ ...pause, fields: [{ ...field, value: 'findable,prompts,unheard-of' }] });
    expect(objectionsTo(DialogCard, card)).toBe('');
    expect(card.body).toContainEqual(expect.objectContaining({ isMultiSelect: true, value: 'prompts,findable' }));
    expect(textOf(card)).toContain('What do you agree to?\n*prompts*\n*matching*\n*findable*');
  });

  test('offers all of many options, and is within what Teams takes', () => {
    const options = Array.from({ length: 400 }, (_, index) => ({
      value: `council-${index}`,
      label: `Council ${index}`,
    }));
    const field = { ...question('council', 'Which council?'), kind: 'choice', options, value: 'council-399' } as const;
    const dialog = formDialog({ ...pause, fields: [field] });
    expect(objectionsTo(DialogCard, dialog.card)).toBe('');
    expect(sizeOf(dialog)).toBeLessThanOrEqual(limits.formUnits);
    expect(dialog.card.body).toContainEqual(expect.objectContaining({ value: 'council-399' }));
    expect(dialog.card.body.flatMap((element) => ('choices' in element ? element.choices : []))).toHaveLength(400);
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

describe('every form of the core', () => {
  const person = createTeamsPerson('priya@northmoor.example');
  const answers: Readonly<Record<Field['kind'], string>> = {
    line: 'A *line* <b>',
    text: 'Two lines:\n- and a _second_ 👩🏽‍💻',
    number: '12',
    choice: '',
    scale: '',
    choices: '',
    date: '2027-03-16',
    time: '10:30',
    room: '19:abc@thread.tacv2',
  };
  const forms = [realistic, ...Object.values(nasty)]
    .flatMap(everythingShown)
    .flatMap(([name, shown]) => (shown.kind === 'form' ? [[name, shown.form] as const] : []));

  function answered({ fields }: Form): Answers {
    const answerTo = (field: Field) => {
      if (field.kind === 'choices') return writeValues(field.options.map(({ value }) => value));
      return field.kind === 'choice' || field.kind === 'scale'
        ? (field.options.at(-1)?.value ?? '')
        : answers[field.kind].slice(0, maxOf(field));
    };
    return Object.fromEntries(fields.map((field) => [field.name, answerTo(field)]));
  }

  test('comes back as what it completes, with what was written in it', () => {
    for (const [name, form] of forms) {
      const given = answered(form);
      const { card } = formDialog(redraw(form, given, []));
      const data = { ...actionsOf(card)[0]?.data, ...inputsOf(card) };
      const sent = activityOf(person, 'https://smba.trafficmanager.net/uk/', dialogSubmitted(data));
      const ask = readAsk(Activity.parse(sent));
      expect(ask, name).toMatchObject({ kind: 'form-sent', openedBy: form.openedBy, answers: given });
      expect(ask, name).toMatchObject({ intent: { ...form.completes, ...given } });
    }
  });

  test('is shown again by something that changes nothing and opens a window', () => {
    const others = forms.filter(([, { openedBy }]) => !isReadOnly(openedBy) || !opensWindow(openedBy));
    expect(others.map(([name]) => name)).toEqual([]);
  });

  test('drawn again begins with its problems, and keeps what was written', () => {
    for (const [name, form] of forms) {
      const given = answered(form);
      const problems = form.fields.map((field) => ({ field: field.name, text: `Change your ${field.name}.` }));
      const { card } = formDialog(redraw(form, given, problems));
      expect(card.body[0], name).toMatchObject({ type: 'Container', style: 'attention' });
      const listed = problems.map(({ text }) => `- ${text}`).join('\n');
      expect(textOf({ ...card, body: card.body.slice(0, 1) }), name).toBe(`There is a problem\n${listed}`);
      for (const { text } of problems) expect(textOf(card), name).toContain(`Error: ${text}`);
      expect(Object.values(inputsOf(card)), name).toEqual(Object.values(given));
    }
  });
});

function maxOf(field: Field): number {
  return field.kind === 'line' || field.kind === 'text' ? field.maxLength : 100;
}

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

  test('holds an entry of many short paragraphs whole', () => {
    const texts = Array.from({ length: 150 }, (_, index) => `Paragraph ${index}, ok.`);
    const quotes = texts.map((text) => ({ kind: 'quote', text }) as const);
    const card = { summary: 'An entry.', heading: 'An entry', body: quotes, buttons: [] };
    const shown = textOf(pageDialog({ heading: 'Your journal', body: [], cards: [card] }, journal, 0).card);
    for (const text of texts) expect(shown).toContain(text);
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
