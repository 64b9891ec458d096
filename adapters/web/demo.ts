import { type Response, Router } from 'express';
import { z } from 'zod';
import { findMember } from '../../src/network/roster.ts';
import { renderDemoNews } from './demo-news.ts';
import { listPeople, renderPicker } from './demo-people.ts';
import { html } from './html.ts';
import { readSent } from './inbound.ts';
import { sendView, view } from './layout.ts';
import { demoSessionDays } from './limits.ts';
import { showMissing } from './notices.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { DemoControls, Web } from './options.ts';
import { signedIn, startSession } from './session.ts';
import { demo as say } from './words.ts';

/** The pages that only the demonstration has: be anyone, and move the clock on. */
export function demoRoutes(web: Web, controls: DemoControls): Router {
  const router = Router();
  const advance = oneAtATime(controls);
  router.get('/demo', async (request, response) => {
    const search = readSent(request.query).get('search') ?? '';
    const member = await signedIn(web, request);
    const news = await renderDemoNews(web, request, member);
    const main = html`${news}${renderPicker(await listPeople(web.core.db, search), search)}`;
    sendView(web, response, view(say.heading, main, member, { path: '/demo' }));
  });
  router.post('/demo/be', async (request, response) => {
    await become(web, response, readSent(request.body).get('member') ?? '');
  });
  router.post('/demo/advance', async (request, response) => {
    const days = Days.safeParse(readSent(request.body).get('days'));
    if (!days.success) return showMissing(web, response);
    const since = await advance(days.data === '7' ? 7 : 1);
    const home = (await signedIn(web, request)) === undefined ? '/demo' : '/';
    return response.redirect(303, `${home}?since=${since}`);
  });
  return router;
}

const Days = z.enum(['1', '7']);

async function become(web: Web, response: Response, id: string): Promise<void> {
  const member = z.uuid().safeParse(id).success ? await findMember(web.core.db, id) : undefined;
  if (member === undefined) return showMissing(web, response);
  await startSession(web, response, { memberId: member.id, linkId: '', days: demoSessionDays });
  response.redirect(303, '/');
}
