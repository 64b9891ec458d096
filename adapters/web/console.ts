import { type Request, type RequestHandler, type Response, Router } from 'express';
import multer, { MulterError } from 'multer';
import { carryOut, preview, type ShownImport } from '../../src/convening/roster/by-convener.ts';
import { Refusal } from '../../src/errors.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { renderImport, renderUpload, wayToConsole } from './console-roster.ts';
import { rosterWords as words } from './console-words.ts';
import type { Html } from './html.ts';
import { readSent } from './inbound.ts';
import { sendView, view } from './layout.ts';
import { rosterBytes } from './limits.ts';
import { memberDesk } from './member-desk.ts';
import { showNotice } from './notices.ts';
import type { Web } from './options.ts';
import { webSender } from './senders.ts';
import { signedIn } from './session.ts';
import { showReply, wayHome } from './show-reply.ts';

/** The conveners' page, and the one on which they import a roster: a file is nothing that a chat could take. */
export function consoleRoutes(web: Web): Router {
  const router = Router();
  router.get('/console', async (request, response) => {
    const member = await signedIn(web, request);
    if (member === undefined) return response.redirect(303, '/');
    return sendReply(web, response, member, await ask(web, member, { kind: 'convening.console' }), '/console');
  });
  router.get('/console/roster', async (request, response) => {
    const member = await convener(web, request, response);
    if (member !== undefined) show(web, response, member, words.heading, renderUpload(''));
  });
  router.post('/console/roster', async (request, response) => {
    // Who they are comes before their file is read.
    const member = await convener(web, request, response);
    if (member === undefined) return;
    const problem = await read(takesFile, request, response);
    if (problem !== '' || request.file === undefined) return showAgain(web, response, member, problem || words.noFile);
    const sent = readSent(request.body);
    const csv = request.file.buffer.toString('utf8');
    const shown = await preview(web.core, member, csv, sent.get('include-erased') === 'yes');
    return showPlan(web, response, member, shown);
  });
  router.post('/console/roster/import', async (request, response) => {
    const member = await convener(web, request, response);
    if (member === undefined) return;
    const problem = await read(takesSealed, request, response);
    if (problem !== '') return showAgain(web, response, member, problem);
    return await confirm(web, response, member, readSent(request.body).get('sealed') ?? '');
  });
  return router;
}

const takesFile = multer({ limits: { fileSize: rosterBytes, files: 1, fields: 5, fieldSize: 100 } }).single('roster');
/** Sealed and as text, a file is longer by a third, and by what JSON puts before each line end and quote. */
const takesSealed = multer({ limits: { files: 0, fields: 5, fieldSize: 4 * rosterBytes } }).none();

/** @returns what was wrong with the file; '' when nothing was */
async function read(takes: RequestHandler, request: Request, response: Response): Promise<string> {
  return await new Promise((resolve, reject) => {
    takes(request, response, (error: unknown) => {
      if (error === undefined) resolve('');
      else if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') resolve(words.tooLarge);
      else if (error instanceof MulterError) resolve(words.noFile);
      else reject(error);
    });
  });
}

/** Who asks, where the core lets them; anybody else is told why not. */
async function convener(web: Web, request: Request, response: Response): Promise<Member | undefined> {
  const member = await signedIn(web, request);
  if (member === undefined) {
    response.redirect(303, '/');
    return undefined;
  }
  const reply = await ask(web, member, { kind: 'convening.roster' });
  if (reply.kind === 'page') return member;
  sendReply(web, response, member, reply, '');
  return undefined;
}

async function ask(web: Web, member: Member, intent: Intent): Promise<Reply> {
  return await handle(web.core, webSender(member), intent);
}

async function confirm(web: Web, response: Response, member: Member, sealed: string): Promise<void> {
  try {
    const shown = await carryOut(web.core, member, sealed);
    if (shown === undefined) {
      showNotice(web, response, 400, words.lostHeading, words.lost, { member, more: wayToConsole });
      return;
    }
    const { isDone, counts } = shown;
    if (isDone)
      show(web, response, member, words.doneHeading, renderImport(words.doneHeading, words.done(counts), shown));
    else showPlan(web, response, member, shown, words.changedHeading, words.changed);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendReply(web, response, member, { kind: 'message', message: refusal(error.says) }, '');
  }
}

function showPlan(
  web: Web,
  response: Response,
  member: Member,
  shown: ShownImport,
  heading: string = words.wouldHeading,
  before = '',
): void {
  const text = shown.sealed === '' ? words.nothing(shown.counts) : words.would(shown.counts);
  const lead = before === '' ? text : `${before} ${text}`;
  show(web, response, member, heading, renderImport(heading, lead, shown));
}

function showAgain(web: Web, response: Response, member: Member, problem: string): void {
  sendView(web, response, view(words.heading, renderUpload(problem), member, { hasProblems: true }));
}

function show(web: Web, response: Response, member: Member, title: string, main: Html): void {
  sendView(web, response, view(title, main, member));
}

function sendReply(web: Web, response: Response, member: Member, reply: Reply, path: string): void {
  const desk = memberDesk(web, response.req);
  sendView(web, response, showReply(reply, { member, desk, path, wayBack: wayHome }));
}
