import type { RequestHandler } from 'express';
import { openEmail } from '../../adapters/email/app.ts';
import { openWeb } from '../../adapters/web/app.ts';
import { isReadOnly } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { createLog, type Log } from '../../src/log.ts';
import { readLink } from '../../src/store/links.ts';
import type { TestCore } from './core.ts';
import type { MemberClient } from './member-client.ts';
import { type ReceivedEmail, startSmtp, type TestSmtp } from './smtp.ts';
import { typed } from './web-client.ts';
import { type Element, findAll, hasClass, isTag, textOf } from './web-page.ts';
import { serveWeb } from './web-server.ts';
import { formsSaying, openVisitor, type Visited, type Visitor } from './web-visitor.ts';
import { nobodyListens } from './witness.ts';

export interface EmailStage {
  readonly outbound: Outbound;
  readonly smtp: TestSmtp;
  /** Where the links lead on this machine. */
  readonly url: string;
  /** The mailbox of this address, and a browser that its links open in. */
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

/** E-mail to a real mail server, and the web channel behind its links. */
export async function openEmailStage(
  { core }: Pick<TestCore, 'core'>,
  log: Log = createLog('silent'),
  before: RequestHandler = nobodyListens,
): Promise<EmailStage> {
  const smtp = await startSmtp();
  const email = openEmail(core, { smtpUrl: smtp.url, from: 'Colloquy <bot@network.example>' }, log);
  const server = await serveWeb(openWeb(core, { secureCookies: false, demo: undefined, tab: undefined }, log), before);
  return {
    outbound: email.outbound,
    smtp,
    url: server.url,
    async member(address) {
      const inbox = () => smtp.emails().filter(({ envelope }) => envelope.to.includes(address));
      return openClient(core, inbox, openVisitor(server.url));
    },
    async close() {
      await email.close();
      await smtp.close();
      await server.close();
    },
  };
}

/** Something the person saw in their browser, and how many e-mails they had by then. */
interface Seen {
  readonly visited: Visited;
  readonly after: number;
}

function openClient(core: Core, inbox: () => readonly ReceivedEmail[], visitor: Visitor): MemberClient {
  const seen: Seen[] = [];
  const open = () => seen.at(-1)?.visited;
  const show = (visited: Visited): void => {
    seen.push({ visited, after: inbox().length });
  };

  async function follow(url: string, label: string): Promise<void> {
    if (!url.startsWith(`${core.publicUrl}/`)) throw new Error(`“${label}” leads away from the network: ${url}`);
    const path = url.slice(core.publicUrl.length);
    const visited = await visitor.get(path);
    if (!asksFirst(core, path)) return show(visited);
    const [button] = buttonsIn(visited);
    if (button === undefined) throw new Error(`The link “${label}” shows no button`);
    show(await visitor.send(button));
  }

  return {
    type(word) {
      return Promise.reject(new Error(`E-mail takes no words, “${word}” included: press a link`));
    },
    async press(label) {
      const newest = seen.at(-1);
      const arrived = findLink(inbox().slice(newest?.after ?? 0), label);
      const button = newest === undefined ? undefined : buttonSaying(newest.visited, label);
      const url = arrived ?? (button === undefined ? findLink(inbox(), label) : undefined);
      if (url !== undefined) await follow(url, label);
      else if (button !== undefined) show(await visitor.send(button));
      else throw new Error(`There is no link or button “${label}”`);
    },
    async submit(answers) {
      const { form, filled } = fill(open(), answers);
      show(await visitor.send(form, filled));
    },
    async submitTwice(answers) {
      const { form, filled } = fill(open(), answers);
      for (const visited of await Promise.all([1, 2].map(() => visitor.send(form, filled)))) show(visited);
    },
    async dialog() {
      const visited = open();
      return visited === undefined || answerIn(visited) !== undefined ? '' : visited.main;
    },
    async messages() {
      const answers = seen.flatMap(({ visited, after }) => {
        const answer = answerIn(visited);
        return answer === undefined ? [] : [{ text: textOf(answer), after }];
      });
      const answersAfter = (count: number) => answers.filter(({ after }) => after === count).map(({ text }) => text);
      return [...answersAfter(0), ...inbox().flatMap(({ text }, index) => [text, ...answersAfter(index + 1)])];
    },
  };
}

function fill(visited: Visited | undefined, answers: Readonly<Record<string, string>>) {
  const form = formIn(visited);
  if (form === undefined) throw new Error('No form is open');
  return { form, filled: typed(form, answers) };
}

/** The address under this label in the newest e-mail that has it; e-mails stand with the newest last. */
function findLink(emails: readonly ReceivedEmail[], label: string): string | undefined {
  const found = emails.map(({ text }) => {
    const lines = text.split('\n');
    return lines[lines.indexOf(`${label}:`) + 1];
  });
  return found.findLast((url) => url?.includes(':/'));
}

/** Whether the page of a link asks before the link does what it says. */
function asksFirst(core: Core, path: string): boolean {
  const link = readLink(core.cipher, path.split('/').at(-1) ?? '', core.clock.now());
  return path.startsWith('/sign-in/') || (link !== undefined && !isReadOnly(link.intent));
}

/** The forms that need no answers: each is a button. */
function buttonsIn({ page }: Visited): readonly Element[] {
  return findAll(page, isTag('main')).flatMap((main) => findAll(main, isTag('form')).filter((form) => !asks(form)));
}

function buttonSaying({ page }: Visited, label: string): Element | undefined {
  return formsSaying(page, label).find((form) => !asks(form));
}

function formIn(visited: Visited | undefined): Element | undefined {
  return visited === undefined ? undefined : findAll(visited.page, isTag('form')).find(asks);
}

function asks(form: Element): boolean {
  const isShown = ({ tag, attributes }: Element) =>
    ['textarea', 'select'].includes(tag) || (tag === 'input' && attributes['type'] !== 'hidden');
  return findAll(form, isShown).length > 0;
}

/** The card that is the whole answer, where the page is not a form or something longer. */
function answerIn({ page }: Visited): Element | undefined {
  // What they wrote is shown to them beside it: it is something longer.
  if (findAll(page, isTag('textarea')).length > 0) return undefined;
  const main = findAll(page, isTag('main'))[0];
  return main?.children.find((child): child is Element => typeof child !== 'string' && hasClass('message')(child));
}
