import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subjectLength } from '../../../adapters/email/limits.ts';
import { write } from '../../../adapters/email/outbound.ts';
import { render } from '../../../adapters/email/render.ts';
import type { Block, Button, Message } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../../support/core.ts';
import { type ParsedEmail, parseEmail } from '../../support/mime.ts';

/** Writes an e-mail out in full, as nodemailer would put it on the line. */
const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

let stage: TestCore;
let member: Member;

beforeAll(async () => {
  stage = await openTestCore();
  member = await addMember(stage.core, { status: 'active' });
});

afterAll(async () => {
  await stage.close();
});

/** What a name or a title could hold, the worst of it included. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\r\nBcc: all@council.example', '\n\n', '\r', '\0', '<script>alert(1)</script>', '"><b', '&amp;'),
      fc.constantFrom('=?UTF-8?Q?x?=', '.\r\n', '\ud800', 'Siân Ó Briain', '👩🏽‍💼', '\u2028', ' -- \n', '----'),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('paragraph'), text: words }),
  fc.record({ kind: fc.constant('quote'), text: words }),
  fc.record({ kind: fc.constant('list'), items: fc.array(words, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('facts'),
    facts: fc.array(fc.record({ label: words, value: words }), { minLength: 1, maxLength: 3 }),
  }),
);

const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    kind: fc.constant('does'),
    label: words,
    style: fc.constantFrom('main', 'plain', 'warning'),
    intent: fc.constant({ kind: 'network.home' }),
  }),
  fc.record({ kind: fc.constant('opens'), label: words, url: fc.oneof(fc.webUrl(), words) }),
);

const anyMessage: fc.Arbitrary<Message> = fc.record({
  summary: words,
  heading: words,
  body: fc.array(block, { maxLength: 4 }),
  buttons: fc.array(button, { maxLength: 3 }),
});

async function compose(message: Message): Promise<ParsedEmail & { readonly recipients: unknown }> {
  const account = { platform: 'email', space: '', user: member.email } as const;
  const parcel = { deliveryId: 'delivery', account, address: {}, message };
  const recipient = { deliveryId: 'delivery', member, linksEnd: stage.core.clock.now() };
  const mail = write(stage.core, parcel, recipient, { name: 'Us', address: 'us@n.example' });
  const { message: raw, envelope } = await transport.sendMail(mail);
  return { ...parseEmail(String(raw)), recipients: envelope.to };
}

function everyText({ heading, body, buttons }: Message): readonly string[] {
  const texts = body.flatMap((part) => {
    switch (part.kind) {
      case 'list':
        return part.items;
      case 'facts':
        return part.facts.flatMap(({ label, value }) => [label, value]);
      default:
        return [part.text];
    }
  });
  return [heading, ...texts, ...buttons.map(({ label }) => label)];
}

/** Letters and digits in order: what must survive, whatever becomes of white space and line starts. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

const headerNames = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'list-unsubscribe',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
];

test('whatever a message holds, its e-mail has the headers we wrote, each once, and one recipient', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage, async (message) => {
      const { headers, recipients } = await compose(message);
      expect([...headers.keys()].filter((name) => name !== 'subject').toSorted()).toEqual(
        headerNames.filter((name) => name !== 'subject'),
      );
      for (const values of headers.values()) expect(values).toHaveLength(1);
      expect(headers.get('to')).toEqual([member.email]);
      expect(recipients).toEqual([member.email]);
    }),
  );
});

test('whatever the heading, the subject is one line within its limit', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage, async (message) => {
      const [subject = ''] = (await compose(message)).headers.get('subject') ?? [];
      expect(subject).not.toMatch(/[\p{Cc}\u2028]/u);
      expect(subject.length).toBeLessThanOrEqual(subjectLength);
    }),
  );
});

test('the plain words alone hold all that a message says', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage, async (message) => {
      const text = letters((await compose(message)).text);
      for (const part of everyText(message)) expect(text).toContain(letters(part));
    }),
  );
});

test('no word of a message becomes markup: its e-mail has the tags of the same message with plain words', async () => {
  const tags = (html: string) => html.replace(/<br>\n/g, '').match(/<\/?[a-z0-9]+|[a-z]+="|>/g);
  const plain = (text: string): string => (text === '' ? '' : 'x');
  await fc.assert(
    fc.asyncProperty(anyMessage, async (message) => {
      const shadow = JSON.parse(JSON.stringify(message), (key, value) =>
        ['kind', 'style', 'url'].includes(key) || typeof value !== 'string' ? value : plain(value),
      );
      const expected = tags((await compose({ ...shadow, buttons: shadowButtons(message) })).html);
      expect(tags((await compose(message)).html)).toEqual(expected);
    }),
  );
});

function shadowButtons(message: Message): readonly Button[] {
  return message.buttons.map((one) => ({ ...one, label: 'x' }));
}

const footer = { lines: ['Why.'], links: [], leaveUrl: '' };

test('a message in plain words reads from top to bottom', () => {
  const message: Message = {
    summary: 'Hello.',
    heading: 'Meet Siân',
    body: [
      { kind: 'facts', facts: [{ label: 'Name', value: 'Siân' }] },
      { kind: 'list', items: ['One', 'Two'] },
      { kind: 'quote', text: 'First line\nSecond line' },
      { kind: 'paragraph', text: 'Bye.' },
    ],
    buttons: [],
  };
  const links = [{ label: 'Open', style: 'main', url: 'https://n.example/act/abc' }] as const;
  expect(render(message, links, footer).text).toBe(
    'Meet Siân\n\nName: Siân\n\n- One\n- Two\n\n> First line\n> Second line\n\nBye.\n\nOpen:\nhttps://n.example/act/abc\n\n----\nWhy.\n',
  );
});

test.each(['https://meet.example/a?b=1&c="x"', 'mailto:sian@council.example'])('%s can be opened from it', (url) => {
  const message = { summary: '', heading: '', body: [], buttons: [] };
  const { html } = render(message, [{ label: 'Go', style: 'plain', url }], footer);
  const written = url.replace('&', '&amp;').replaceAll('"', '&quot;');
  expect(html).toContain(`<a href="${written}"`);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'https:\n//evil', 'file:///etc/passwd'])(
  '%j is no link',
  (url) => {
    const message = { summary: '', heading: '', body: [], buttons: [] };
    expect(render(message, [{ label: 'Go', style: 'plain', url }], footer).html).not.toContain('<a ');
  },
);
