import type { RequestHandler } from 'express';
import { openWeb } from '../../adapters/web/app.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { asLetter, type Outbound } from '../../src/delivery/model.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import type { TestCore } from './core.ts';
import type { MemberClient } from './member-client.ts';
import { type Element, findAll, hasClass, isTag, textOf } from './web-page.ts';
import { serveWeb } from './web-server.ts';
import { type Fields, fieldsOf, formsSaying, openVisitor, type Visited, type Visitor } from './web-visitor.ts';
import { nobodyListens } from './witness.ts';

export interface WebStage {
  readonly outbound: Outbound;
  /** Signs the person in as they would: by the link in the e-mail they asked for. */
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

export async function openWebStage(
  { core }: Pick<TestCore, 'core'>,
  log: Log = createLog('silent'),
  before: RequestHandler = nobodyListens,
): Promise<WebStage> {
  const channel = openWeb(core, { secureCookies: false, demo: undefined, tab: undefined }, log);
  const server = await serveWeb(channel, before);
  return {
    outbound: channel.outbound,
    async member(email) {
      const visitor = openVisitor(server.url);
      await signInByEmail({ core }, visitor, email);
      return openClient(visitor);
    },
    close: () => server.close(),
  };
}

/** Asks for a link, takes it from the e-mail that is sent, and follows it. */
export async function signInByEmail(
  { core }: Pick<TestCore, 'core'>,
  visitor: Visitor,
  email: string,
): Promise<Visited> {
  await visitor.post('/sign-in', { email });
  const path = await sentSignInLink({ core }, email);
  const [form] = formsSaying((await visitor.get(path)).page, 'Sign in');
  if (form === undefined) throw new Error(`The sign-in link of ${email} shows no button`);
  return await visitor.send(form);
}

/** Sends the waiting sign-in e-mail of this person, and gives the path of the link in it. */
export async function sentSignInLink({ core }: Pick<TestCore, 'core'>, email: string): Promise<string> {
  const sent: Message[] = [];
  const mailbox: Outbound = {
    platform: 'email',
    pace: { inFlight: 1, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 },
    async send(parcel) {
      const letter = asLetter(parcel);
      if (letter !== undefined) sent.push(letter.message);
      return { kind: 'sent', receipt: {} };
    },
    findTrace: async () => ({ kind: 'not-sent' }),
  };
  const waiting = await core.db
    .selectFrom('deliveries')
    .innerJoin('members', 'members.id', 'deliveries.member_id')
    .select('deliveries.id')
    .where('members.email', '=', email)
    .where('kind', '=', 'network.sign-in')
    .where('deliveries.status', '=', 'pending')
    .execute();
  for (const { id } of waiting) await deliver(core, new Map([['email', mailbox]]), id);
  const button = sent.at(-1)?.buttons[0];
  if (button?.kind !== 'opens') throw new Error(`No sign-in link was sent to ${email}`);
  return new URL(button.url).pathname;
}

/** An answer only this person saw, and how many messages stood in the inbox when they saw it. */
interface Answered {
  readonly text: string;
  readonly after: number;
}

function openClient(visitor: Visitor): MemberClient {
  let shown: Visited | undefined;
  const answered: Answered[] = [];

  async function show(visited: Visited): Promise<void> {
    shown = visited;
    const card = answerIn(visited);
    if (card !== undefined) answered.push({ text: textOf(card), after: (await readInbox(visitor)).length });
  }

  async function findForm(label: string): Promise<Element> {
    const here = shown === undefined ? undefined : formsSaying(shown.page, label)[0];
    if (here !== undefined) return here;
    const home = (await visitor.get('/')).page;
    const inInbox = findAll(home, hasClass('inbox')).flatMap((inbox) => formsSaying(inbox, label));
    const form = inInbox[0] ?? formsSaying(home, label)[0];
    if (form === undefined) throw new Error(`There is no button “${label}”`);
    return form;
  }

  return {
    async type(word) {
      const visited = await visitor.get(`/words/${encodeURIComponent(word)}`);
      const [confirm] = formsSaying(visited.page, 'Continue');
      await show(confirm === undefined ? visited : await visitor.send(confirm));
    },
    async press(label) {
      await show(await visitor.send(await findForm(label)));
    },
    async submit(answers) {
      const form = shown === undefined ? undefined : openForm(shown);
      if (form === undefined) throw new Error('No form is open');
      await show(await visitor.send(form, typed(form, answers)));
    },
    async submitTwice(answers) {
      const form = shown === undefined ? undefined : openForm(shown);
      if (form === undefined) throw new Error('No form is open');
      const sent = await Promise.all([1, 2].map(() => visitor.send(form, typed(form, answers))));
      for (const visited of sent) await show(visited);
    },
    async dialog() {
      return shown === undefined || answerIn(shown) !== undefined ? '' : shown.main;
    },
    async messages() {
      const inbox = await readInbox(visitor);
      const answersAfter = (count: number) => answered.filter(({ after }) => after === count).map(({ text }) => text);
      return [...answersAfter(0), ...inbox.flatMap((text, index) => [text, ...answersAfter(index + 1)])];
    },
  };
}

/** The card that is the whole answer, where the page is not a form or something longer: what they wrote, for one. */
function answerIn({ page }: Visited): Element | undefined {
  if (findAll(page, isTag('textarea')).length > 0) return undefined;
  const main = findAll(page, isTag('main'))[0];
  return main?.children.find((child): child is Element => typeof child !== 'string' && hasClass('message')(child));
}

function openForm({ page }: Visited): Element | undefined {
  return findAll(page, hasClass('form')).flatMap((drawn) => findAll(drawn, isTag('form')))[0];
}

/** The answers as the form's own fields send them: a date goes into three boxes, and each choice of several has its own. */
export function typed(form: Element, answers: Readonly<Record<string, string>>): Fields {
  const shown = fieldsOf(form);
  const names = Object.keys(shown);
  const fields = Object.entries(answers).flatMap(([name, value]): readonly (readonly [string, string | string[]])[] => {
    if (Array.isArray(shown[`answer.${name}`])) return [[`answer.${name}`, value === '' ? [] : value.split(',')]];
    if (!names.includes(`answer.${name}.day`)) return [[`answer.${name}`, value]];
    const [year, month, day] = value.split('-');
    return Object.entries({ day, month, year }).map(([part, text]) => [`answer.${name}.${part}`, text ?? ''] as const);
  });
  return Object.fromEntries(fields);
}

/** The messages in the inbox, the newest last. */
async function readInbox(visitor: Visitor): Promise<readonly string[]> {
  const home = (await visitor.get('/')).page;
  return findAll(home, hasClass('inbox'))
    .flatMap((inbox) => findAll(inbox, isTag('details')))
    .map(textOf)
    .toReversed();
}
