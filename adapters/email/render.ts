import { cut } from '../../src/messages/cut.ts';
import { escapeHtml } from '../../src/messages/escape.ts';
import type { Block, Message } from '../../src/messages/message.ts';
import type { Footer, LinkedButton } from './inbound.ts';
import { subjectLength } from './limits.ts';
import { backdrop, buttonStyle, styles } from './styles.ts';

/** One e-mail in words. `text` alone says all that `html` says. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function render(message: Message, buttons: readonly LinkedButton[], footer: Footer): Rendered {
  return {
    subject: cut(oneLine(message.heading), subjectLength),
    text: renderText(message, buttons, footer),
    html: renderHtml(message, buttons, footer),
  };
}

/** Newlines as \n, and no other control characters, which some mail servers refuse and none shows. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}

function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** Only addresses that a mail program opens by itself become links; anything else is shown as words. */
function opens(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)[^\s\p{Cc}]+$/iu.test(url);
}

function renderText(message: Message, buttons: readonly LinkedButton[], footer: Footer): string {
  const parts = [
    oneLine(message.heading),
    ...message.body.map(textBlock),
    ...buttons.map(textLink),
    ['----', ...footer.lines, ...footer.links.map(textLink)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function textBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return clean(block.text);
    case 'facts':
      return block.facts.map(({ label, value }) => `${oneLine(label)}: ${clean(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${clean(item)}`).join('\n');
    case 'quote':
      return clean(block.text).replace(/^/gm, '> ');
    case 'struck':
      return `~~${clean(block.text)}~~`;
  }
}

function textLink({ label, url }: LinkedButton): string {
  return `${oneLine(label)}:\n${oneLine(url)}`;
}

function renderHtml(message: Message, buttons: readonly LinkedButton[], footer: Footer): string {
  const heading = htmlText(oneLine(message.heading));
  const actions = buttons.map(
    (button) => `<p style="${styles.action}">${htmlLink(button, buttonStyle(button.style))}</p>`,
  );
  const foot = footer.links.map((link) => `<br>\n${htmlLink(link, styles.link)}`).join('');
  return [
    '<!doctype html>',
    '<html lang="en-GB">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title></head>`,
    `<body style="${backdrop}">`,
    `<main style="${styles.page}">`,
    `<h1 style="${styles.heading}">${heading}</h1>`,
    ...message.body.map(htmlBlock),
    ...actions,
    '</main>',
    `<footer style="${styles.footer}"><p>${footer.lines.map(htmlText).join('<br>\n')}${foot}</p></footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${htmlText(block.text)}</p>`;
    case 'facts': {
      const facts = block.facts.map(
        ({ label, value }) =>
          `<dt style="${styles.label}">${htmlText(label)}</dt><dd style="${styles.value}">${htmlText(value)}</dd>`,
      );
      return `<dl>${facts.join('')}</dl>`;
    }
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${htmlText(item)}</li>`).join('')}</ul>`;
    case 'quote':
      return `<blockquote style="${styles.quote}">${htmlText(block.text)}</blockquote>`;
    case 'struck':
      return `<p><s>${htmlText(block.text)}</s></p>`;
  }
}

function htmlText(text: string): string {
  return escapeHtml(clean(text)).replaceAll('\n', '<br>\n');
}

function htmlLink({ label, url }: LinkedButton, style: string): string {
  if (!opens(url)) return htmlText(`${label}: ${url}`);
  return `<a href="${escapeHtml(url)}" style="${style}">${htmlText(label)}</a>`;
}
