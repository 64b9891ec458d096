import { describe, expect, it } from 'vitest';
import { renderForm, renderHome, renderMessage, renderPage, replaceCard } from '../../../adapters/slack/render.ts';
import { readIntentText } from '../../../src/intents.ts';
import type { Field } from '../../../src/messages/form.ts';
import { question } from '../../../src/messages/form.ts';
import {
  type Block,
  type Button,
  does,
  facts,
  type Message,
  type Page,
  paragraph,
} from '../../../src/messages/message.ts';
import { objectionsToHome, objectionsToModal } from '../../support/slack-limits.ts';
import { elements, plainForm, plainMessage, shown, withButtons } from '../../support/slack-plain.ts';
import { readBlocks, textOf } from '../../support/slack-screen.ts';

describe('a message', () => {
  it('says everything in order, and carries its intents in its buttons', () => {
    const message: Message = {
      summary: 'You have a seat.',
      heading: 'Budget setting',
      body: [
        paragraph('First.'),
        { kind: 'quote', text: 'A question?' },
        { kind: 'list', items: ['one', 'two'] },
        facts(['When', '10am'], ['Seats', '8']),
      ],
      buttons: [
        does('Give up my seat', { kind: 'network.leave' }, 'warning'),
        does('See conversations', { kind: 'conversations.list' }, 'main'),
      ],
    };
    const { text, blocks } = renderMessage(message);
    expect(text).toBe('You have a seat.');
    expect(textOf(readBlocks(blocks))).toBe(
      'Budget setting\nFirst.\n\n“A question?”\n\n• one\n• two\nWhen\n10am\nSeats\n8\nGive up my seat\nSee conversations',
    );
    expect(elements(blocks).map((button) => [button['style'], readIntentText(button.value ?? '')])).toEqual([
      ['danger', { kind: 'network.leave' }],
      ['primary', { kind: 'conversations.list' }],
    ]);
  });

  it('lets nothing a member writes become formatting, a link or a mention', () => {
    const sly = '*bold* <!channel> <https://evil.example|council> & :smile:';
    const { text, blocks } = renderMessage({ ...plainMessage, summary: sly, body: [paragraph(sly)] });
    expect(text).toBe('*bold* &lt;!channel&gt; &lt;https://evil.example|council&gt; &amp; :smile:');
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
    expect(textOf(readBlocks(blocks))).toContain(sly);
  });

  it('opens a web address by a button and writes any other address out', () => {
    const message = withButtons(
      { kind: 'opens', label: 'Join', url: 'https://meet.example/a b' },
      { kind: 'opens', label: 'Email Asha', url: 'mailto:a_b_c@leeds.example?subject=Hello' },
    );
    const { blocks } = renderMessage(message);
    expect(elements(blocks).map((button) => button.url)).toEqual(['https://meet.example/a%20b']);
    expect(textOf(readBlocks(blocks))).toContain('Email Asha: a_b_c@leeds.example');
  });

  it('keeps the paragraphs of one quote together', () => {
    const body: readonly Block[] = [
      { kind: 'quote', text: 'One.' },
      { kind: 'quote', text: 'Two.' },
    ];
    expect(shown({ ...plainMessage, body })).toBe('Heading\n“One.\n\nTwo.”');
  });

  it('strikes through what no longer holds, which stays plain text for whoever has it read out', () => {
    const sly = '10am <!channel> *bold* ~not~';
    const { blocks } = renderMessage({
      ...plainMessage,
      body: [{ kind: 'struck', text: sly }, paragraph('Cancelled.')],
    });
    expect(blocks.slice(1)).toEqual([
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: sly, style: { strike: true } }] }],
      },
      { type: 'section', text: { type: 'plain_text', text: 'Cancelled.', emoji: false } },
    ]);
  });

  it('survives half a character, which the client of Slack’s API cannot encode', () => {
    const { text, blocks } = renderMessage({ ...plainMessage, summary: 'a\ud800b', body: [paragraph('a\ud800b')] });
    expect(encodeURIComponent(`${text}${JSON.stringify(blocks)}`)).toContain('%EF%BF%BD');
  });
});

describe('a form', () => {
  const inputOf = (field: Field) => readBlocks(renderForm({ ...plainForm, fields: [field] }).blocks)[0];

  it('asks each question under its own name, with what was answered before', () => {
    const field: Field = {
      ...question('text', 'What happened?', 'In a few words.'),
      kind: 'text',
      maxLength: 3000,
      value: 'Before',
    };
    expect(inputOf(field)).toMatchObject({
      block_id: 'text',
      label: { text: 'What happened?' },
      hint: { text: 'In a few words.' },
      optional: false,
      element: { type: 'plain_text_input', multiline: true, initial_value: 'Before', max_length: 3000 },
    });
  });

  it('shows a problem before the hint', () => {
    const field: Field = { ...question('date', 'Date', 'Day and month.'), kind: 'date', problem: 'Choose a date.' };
    expect(inputOf(field)?.hint?.text).toBe('Choose a date. Day and month.');
  });

  it('keeps answers of 3,000 characters and no more', () => {
    const field = (length: number): Field => ({
      ...question('text', 'Text'),
      kind: 'text',
      maxLength: 5000,
      value: 'x'.repeat(length),
    });
    expect(inputOf(field(3000))?.element?.initial_value).toBe('x'.repeat(3000));
    expect(inputOf(field(3001))?.element?.initial_value).toBe(`${'x'.repeat(2999)}…`);
    expect(inputOf(field(1))?.element?.max_length).toBe(3000);
  });

  it('lets a channel of this workspace be chosen, and no direct message', () => {
    const field = (value: string): Field => ({ ...question('room', 'Channel'), kind: 'room', value });
    expect(inputOf(field('C0123ABCD'))?.element).toMatchObject({
      type: 'conversations_select',
      action_id: 'room',
      filter: { include: ['public', 'private'], exclude_external_shared_channels: true },
      initial_conversation: 'C0123ABCD',
    });
  });

  it.each([
    ['a number out of range', { kind: 'number', min: 3, max: 15, value: '16' }],
    ['a number that is none', { kind: 'number', min: 3, max: 15, value: 'eight' }],
    ['a date that is none', { kind: 'date', value: '2027-02-31x' }],
    ['a time that is none', { kind: 'time', value: '25:00' }],
    ['a channel that is none', { kind: 'room', value: 'general' }],
    ['an option that is none', { kind: 'choice', options: [{ value: 'a', label: 'A' }], value: 'b' }],
  ] as const)('opens empty rather than not at all for %s', (_, control) => {
    const modal = renderForm({ ...plainForm, fields: [{ ...question('q', 'Question'), ...control }] });
    expect(objectionsToModal(modal)).toEqual([]);
    expect(JSON.stringify(modal)).not.toContain('"initial_');
  });
});

describe('a page', () => {
  const card = (title: string, intent: Button): Message => ({
    ...plainMessage,
    heading: title,
    body: [paragraph('Text')],
    buttons: [intent],
  });
  const page: Page = {
    heading: 'Conversations',
    body: [paragraph('Small groups.')],
    cards: [
      card('Budget setting', does('Sign up', { kind: 'conversations.list' })),
      card('Devolution', does('Sign up', { kind: 'conversations.list' })),
      card('Host', does('Propose', { kind: 'proposals.open', topic: '', follows: '', theme: '' })),
    ],
  };

  it('tells buttons with one label apart for a screen reader', () => {
    const labels = elements(renderPage(page).blocks).map((button) => button.accessibility_label);
    expect(labels).toEqual(['Sign up: Budget setting', 'Sign up: Devolution', undefined]);
  });

  it('redraws one card where it stands and leaves the others as they were', () => {
    const { blocks } = renderPage(page);
    const known = readBlocks(blocks);
    const pressed = known.find((block) =>
      block.elements.some((one) => one.accessibility_label === 'Sign up: Devolution'),
    );
    const next = replaceCard(
      blocks,
      pressed?.block_id ?? '',
      card('Devolution, seated', does('Give up', { kind: 'network.leave' })),
    );
    expect(textOf(readBlocks(next ?? []))).toBe(
      'Small groups.\nBudget setting\nText\nSign up\nDevolution, seated\nText\nGive up\nHost\nText\nPropose',
    );
    expect(objectionsToModal({ ...renderPage(page), blocks: next })).toEqual([]);
  });

  it('knows no card by a block that is none', () => {
    expect(replaceCard([], 'slack-1', plainMessage)).toBeUndefined();
  });
});

describe('a home', () => {
  const card: Message = { ...withButtons(does('Sign up', { kind: 'conversations.list' })), heading: 'Budget setting' };
  const home = renderHome({ heading: 'Your network', body: [paragraph('Welcome.')], cards: [card, card] });

  it('stands under its heading, for it has no title', () => {
    expect(home.type).toBe('home');
    expect(readBlocks(home.blocks)[0]).toMatchObject({ type: 'header', text: { text: 'Your network' } });
  });

  it('tells its buttons apart, for Slack and for a screen reader', () => {
    const buttons = elements(home.blocks);
    expect(new Set(buttons.map(({ action_id }) => action_id)).size).toBe(2);
    expect(buttons.map((button) => button.accessibility_label)).toEqual([
      'Sign up: Budget setting',
      'Sign up: Budget setting',
    ]);
    expect(objectionsToHome(home)).toEqual([]);
  });

  it('has each card redrawn where it stands', () => {
    const pressed = readBlocks(home.blocks).filter((block) => block.elements.length > 0)[1]?.block_id ?? '';
    const blocks = replaceCard(home.blocks, pressed, { ...card, heading: 'Seated' });
    expect(textOf(readBlocks(blocks ?? []))).toBe('Your network\nWelcome.\nBudget setting\nSign up\nSeated\nSign up');
    expect(objectionsToHome({ ...home, blocks })).toEqual([]);
  });
});
