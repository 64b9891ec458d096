import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { limits } from '../../../adapters/teams/limits.ts';
import { render } from '../../../adapters/teams/render.ts';
import { sizeOf } from '../../../adapters/teams/shrink.ts';
import { does, facts, type Message, paragraph } from '../../../src/messages/message.ts';
import { ChatCard, objectionsTo } from '../../support/adaptive-card.ts';
import { anyMessage } from '../../support/any-message.ts';
import { actionsOf, textOf } from '../../support/teams-screen.ts';

const plenty = { blocks: 30, buttons: 8, cards: 12, fields: 8, options: 15 };

const empty: Message = { summary: 'A summary.', heading: 'Heading', body: [], buttons: [] };
const uuid = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';

function cardOf(shown: Message): unknown {
  return render(shown, false).attachments[0]?.content;
}

describe('a message', () => {
  test('says everything in order', () => {
    const body = [
      paragraph('First.\nSecond.'),
      { kind: 'quote', text: 'A question?' } as const,
      { kind: 'list', items: ['one', 'two'] } as const,
      facts(['When', '10am'], ['Seats', '8']),
    ];
    const words = ['Heading', 'First.', 'Second.', 'A question?', '- one', '- two', 'When: 10am', 'Seats: 8'];
    expect(textOf(cardOf({ ...empty, body }))).toBe(words.join('\n'));
  });

  test('is one activity without text of its own, with a sentence for notifications', () => {
    const activity = render({ ...empty, summary: 'You have a seat.' }, true);
    expect(activity.summary).toBe('You have a seat.');
    expect(activity.channelData.notification.alert).toBe(true);
    expect(activity).not.toHaveProperty('text');
    expect(activity.attachments).toHaveLength(1);
  });

  test('has buttons that act where they stand, with a way for older clients', () => {
    const intent = { kind: 'conversations.sign-up', conversation: uuid } as const;
    const [action] = actionsOf(cardOf({ ...empty, buttons: [does('Sign up', intent, 'main')] }));
    expect(action).toMatchObject({ type: 'Action.Execute', title: 'Sign up', style: 'positive', data: { intent } });
    expect(action).toMatchObject({ fallback: { type: 'Action.Submit', data: { intent } } });
  });

  test('has buttons that ask Teams for a dialog where the answer is a form or a page', () => {
    const intent = { kind: 'reflections.open', prompt: uuid } as const;
    const [action] = actionsOf(cardOf({ ...empty, buttons: [does('Write', intent)] }));
    expect(action).toMatchObject({ type: 'Action.Submit', data: { msteams: { type: 'task/fetch' }, intent } });
  });

  test('has links that open by themselves', () => {
    const [action] = actionsOf(
      cardOf({ ...empty, buttons: [{ kind: 'opens', label: 'Join', url: 'https://meet.example/' }] }),
    );
    expect(action).toMatchObject({ type: 'Action.OpenUrl', title: 'Join', url: 'https://meet.example/' });
  });

  test.each([
    ['words as people write them', 'I said 10.30am - not “10am” - to 3 people (R&D), at £5.', 'TextBlock'],
    ['a list', '- not a list', 'RichTextBlock'],
    ['a number', '1. not a list', 'RichTextBlock'],
    ['a name that people copy', 'Write to jane_doe_2@council.example', 'TextBlock'],
    ['emphasis', '**bold** and _slanted_', 'RichTextBlock'],
    ['lines', 'One.\nTwo.', 'RichTextBlock'],
    ['a mention', '<at>Everyone</at>', 'RichTextBlock'],
    ['an entity', '&lt;b&gt;', 'RichTextBlock'],
  ])('shows %s as it stands, without a sign of our own', (_what, typed, type) => {
    const body = z.object({ body: z.array(z.looseObject({ type: z.string() })) });
    const [, shown] = body.parse(cardOf({ ...empty, body: [paragraph(typed)] })).body;
    const same = type === 'TextBlock' ? { text: typed } : { inlines: [{ type: 'TextRun', text: typed }] };
    expect(shown).toMatchObject({ type, ...same });
  });

  test('names the address that a button cannot open in Teams, unless the card says it already', () => {
    const email = { kind: 'opens', label: 'Email Priya', url: 'mailto:priya@council.example?subject=Hello' } as const;
    const card = cardOf({ ...empty, buttons: [email] });
    expect(actionsOf(card)).toEqual([]);
    expect(textOf(card)).toContain('Email Priya: priya@council.example');
    const known = cardOf({ ...empty, body: [facts(['Email', 'priya@council.example'])], buttons: [email] });
    expect(textOf(known).match(/priya@council/g)).toHaveLength(1);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'msteams:/l/x', 'not an address', ''])(
    'opens no address like %j',
    (url) => {
      expect(actionsOf(cardOf({ ...empty, buttons: [{ kind: 'opens', label: 'Open', url }] }))).toEqual([]);
    },
  );

  test('opens a chat with a person by their address, and only where they are on Teams', () => {
    const chat = { kind: 'chats', label: 'Chat with Priya', email: 'priya+x@council.example' } as const;
    const chats = (platform: 'teams' | 'slack') => cardOf({ ...empty, buttons: [{ ...chat, platform }] });
    expect(actionsOf(chats('teams'))).toMatchObject([
      {
        type: 'Action.OpenUrl',
        title: 'Chat with Priya',
        url: 'https://teams.microsoft.com/l/chat/0/0?users=priya%2Bx%40council.example',
      },
    ]);
    expect(actionsOf(chats('slack'))).toEqual([]);
  });

  test('that is too long is cut, and says so when parts are left out', () => {
    const body = Array.from({ length: 200 }, (_, index) => paragraph(`Paragraph ${index}. ${'word '.repeat(100)}`));
    const activity = render({ ...empty, body }, false);
    expect(sizeOf(activity)).toBeLessThanOrEqual(limits.cardUnits);
    expect(textOf(activity.attachments[0]?.content)).toContain('Paragraph 0.');
    expect(textOf(activity.attachments[0]?.content)).toContain('There is more than fits here.');
  });

  test('of any kind is a card that Teams takes', () => {
    fc.assert(
      fc.property(anyMessage(plenty), (any) => {
        const activity = render(any, true);
        expect(objectionsTo(ChatCard, activity.attachments[0]?.content)).toBe('');
        expect(sizeOf(activity)).toBeLessThanOrEqual(limits.cardUnits);
        expect(activity.summary.isWellFormed() && activity.summary.trim() !== '').toBe(true);
      }),
    );
  });
});
