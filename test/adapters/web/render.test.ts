import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHome } from '../../../adapters/web/begun-on.ts';
import { markupOf } from '../../../adapters/web/html.ts';
import { pressesOn } from '../../../adapters/web/member-desk.ts';
import { type Desk, renderMessage, renderPage } from '../../../adapters/web/render.ts';
import { renderForm } from '../../../adapters/web/render-form.ts';
import { type Form, question } from '../../../src/messages/form.ts';
import { does, facts, type Message, paragraph } from '../../../src/messages/message.ts';
import { type Element, findAll, hasClass, isTag, parsePage, textOf } from '../../support/web-page.ts';

const desk: Desk = { action: '/intent', pressOf: pressesOn(fromHome), along: {}, isInTab: false };

function messageSaying(text: string): Message {
  return {
    summary: text,
    heading: text,
    body: [paragraph(text), { kind: 'quote', text }, { kind: 'list', items: [text, text] }, facts([text, text])],
    buttons: [
      does(text, { kind: 'network.help', asked: text }),
      does(text, { kind: 'network.pause', programmes: text, until: text }, 'warning'),
      { kind: 'opens', label: text, url: `https://council.example/?q=${encodeURIComponent(text.toWellFormed())}` },
    ],
  };
}

function formSaying(text: string): Form {
  const field = { ...question(text, text, text), value: text, problem: text };
  const options = [text, `${text} too`].map((value) => ({ value, label: text }));
  const many = Array.from({ length: 9 }, (_, index) => ({ value: `${text} ${index}`, label: text }));
  return {
    heading: text,
    body: [paragraph(text)],
    fields: [
      { ...field, kind: 'line', maxLength: 80 },
      { ...field, kind: 'text', maxLength: 80 },
      { ...field, kind: 'number', min: 1, max: 9 },
      { ...field, kind: 'choice', options },
      { ...field, kind: 'choice', options: many },
      { ...field, kind: 'choices', options },
      { ...field, kind: 'scale', options },
      { ...field, kind: 'date' },
      { ...field, kind: 'time' },
    ],
    submitLabel: text,
    completes: { kind: 'network.pause' },
    openedBy: { kind: 'network.help', asked: text },
  };
}

/** The tags and attribute names of a page, without any of its text. */
function skeleton(element: Element): unknown {
  const children = element.children.filter((child) => typeof child !== 'string').map(skeleton);
  return [element.tag, Object.keys(element.attributes), children];
}

const member = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'script', '=', ' ', '\n'), minLength: 1 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='x",
    '</textarea><b>',
  ),
);

test('no text, wherever it stands in a page, changes the tags and attributes of the page', () => {
  const pageSaying = (text: string) =>
    renderPage({ heading: text, body: [paragraph(text)], cards: [messageSaying(text)] }, desk);
  const plain = skeleton(parsePage(markupOf(pageSaying('word'))));
  fc.assert(
    fc.property(member, (text) => {
      expect(skeleton(parsePage(markupOf(pageSaying(text))))).toEqual(plain);
    }),
  );
});

test('no text, wherever it stands in a form, changes the tags and attributes of the form', () => {
  const drawn = (text: string) =>
    parsePage(markupOf(renderForm(formSaying(text), { action: '/intent', hidden: { form: text } })));
  const plain = skeleton(drawn('word'));
  fc.assert(
    fc.property(member, (text) => {
      expect(skeleton(drawn(text))).toEqual(plain);
    }),
  );
});

test.each(['javascript:alert(1)', 'data:text/html,<b>', 'vbscript:x', '//elsewhere.example', 'not a link'])(
  'a button never opens %s: it is shown as text',
  (url) => {
    const message = { ...messageSaying('a'), buttons: [{ kind: 'opens', label: 'Join', url } as const] };
    const page = parsePage(markupOf(renderMessage(message, 1, desk)));
    expect(findAll(page, isTag('a'))).toEqual([]);
    expect(textOf(page)).toContain(`Join: ${url}`);
  },
);

test('a button that changes something is sent by POST, and one that only shows something by GET', () => {
  const page = parsePage(markupOf(renderMessage(messageSaying('word'), 1, desk)));
  const methods = findAll(page, isTag('form')).map((form) => form.attributes['method']);
  expect(methods).toEqual(['get', 'post']);
});

test('buttons that cannot be used where they stand are left out', () => {
  const page = parsePage(markupOf(renderMessage(messageSaying('word'), 1, { ...desk, pressOf: () => undefined })));
  expect(findAll(page, isTag('form'))).toEqual([]);
  expect(findAll(page, isTag('a'))).toHaveLength(1);
});

test('every line of the error summary leads to a control of the form, and every control says what is wrong with it', () => {
  const form = formSaying('word');
  const fields = form.fields.map((field, index) => ({ ...field, name: `field-${index}`, problem: `Problem ${index}` }));
  const page = parsePage(markupOf(renderForm({ ...form, fields }, { action: '/intent', hidden: {} })));
  const ids = new Set(
    findAll(page, (element) => 'id' in element.attributes).map((element) => element.attributes['id']),
  );
  const [summary] = findAll(page, hasClass('govuk-error-summary'));
  const targets =
    summary === undefined ? [] : findAll(summary, isTag('a')).map((link) => link.attributes['href']?.slice(1));
  expect(targets).toHaveLength(fields.length);
  expect(targets.filter((id) => !ids.has(id))).toEqual([]);
  const described = findAll(page, (element) => 'aria-describedby' in element.attributes);
  expect(described).toHaveLength(fields.length);
  for (const element of described) {
    const parts = element.attributes['aria-describedby']?.split(' ') ?? [];
    expect(parts.filter((id) => !ids.has(id))).toEqual([]);
    expect(parts.some((id) => id.endsWith('-problem'))).toBe(true);
  }
});

test('every control has a label of its own', () => {
  const form = formSaying('word');
  const fields = form.fields.map((field, index) => ({ ...field, name: `field-${index}` }));
  const page = parsePage(markupOf(renderForm({ ...form, fields }, { action: '/intent', hidden: {} })));
  const labelled = findAll(page, isTag('label')).map((label) => label.attributes['for']);
  const controls = findAll(
    page,
    ({ tag, attributes }) => ['input', 'select', 'textarea'].includes(tag) && attributes['type'] !== 'hidden',
  );
  expect(controls.map((control) => control.attributes['id']).toSorted()).toEqual(labelled.toSorted());
});

test('what a person wrote comes back whole, its first line break included', () => {
  const text = '\nfirst\n\nsecond';
  const field = { ...question('text', 'Write'), kind: 'text', maxLength: 80, value: text } as const;
  const form = { ...formSaying('word'), fields: [field] };
  const [area] = findAll(parsePage(markupOf(renderForm(form, { action: '/', hidden: {} }))), isTag('textarea'));
  expect(area?.children.join('')).toBe(text);
});

test('boxes to tick stand in one group with its question, and those chosen before are ticked', () => {
  const options = ['prompts', 'matching', 'findable'].map((value) => ({ value, label: `<b>${value}` }));
  const asked = question('agreed', 'What do you agree to?', 'Choose all that you agree to');
  const field = { ...asked, kind: 'choices', options, value: 'findable,unheard-of,prompts' } as const;
  const page = parsePage(markupOf(renderForm({ ...formSaying('word'), fields: [field] }, { action: '/', hidden: {} })));
  const [group] = findAll(page, isTag('fieldset'));
  if (group === undefined) throw new Error('There is no group');
  expect(findAll(group, isTag('legend')).map(textOf)).toEqual(['What do you agree to?']);
  expect(group.attributes['aria-describedby']).toBe('answer-agreed-hint');
  const boxes = findAll(group, ({ attributes }) => attributes['type'] === 'checkbox').map(
    ({ attributes }) => attributes,
  );
  expect(boxes.map(({ id, name, value }) => [id, name, value])).toEqual([
    ['answer-agreed', 'answer.agreed', 'prompts'],
    ['answer-agreed-2', 'answer.agreed', 'matching'],
    ['answer-agreed-3', 'answer.agreed', 'findable'],
  ]);
  expect(boxes.map((box) => 'checked' in box)).toEqual([true, false, true]);
  expect(findAll(group, isTag('label')).map(textOf)).toEqual(['<b>prompts', '<b>matching', '<b>findable']);
});
