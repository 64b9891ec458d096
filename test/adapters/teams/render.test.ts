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
    '**bold** and _slanted_',
    '[a link](https://evil.example)',
    '- not a list\n1. not a list\n# not a heading',
    '<at>Everyone</at>',
    '`code` ~struck~ a\\b | > quote',
  ])('shows what a member typed as it stands: %j', (typed) => {
    const card = cardOf({ ...empty, heading: '', body: [paragraph(typed)] });
    expect(textOf(card)).toContain(typed);
    const raw = z.object({ text: z.string() }).parse(z.object({ body: z.array(z.unknown()) }).parse(card).body[1]).text;
    expect(raw).not.toMatch(/(?<!\\)[*_[\]`<~]/);
    expect(raw).not.toMatch(/(?:^|\n)(?:-|#|1\.)/);
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
