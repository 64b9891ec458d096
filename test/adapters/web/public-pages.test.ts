import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMember } from '../../support/core.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

test.each([
  ['/privacy', 'Privacy'],
  ['/terms', 'Terms of use'],
])('%s is there for anybody, and every page leads to it', async (path, heading) => {
  const page = await site.visitor().get(path);
  expect(page).toMatchObject({ status: 200, path });
  expect(page.main).toContain(heading);
  const member = await addMember(site.core, { status: 'active' });
  for (const visitor of [site.visitor(), await site.signedIn(member)]) {
    expect((await visitor.get('/')).html).toContain(`href="${path}"`);
  }
});

/** Where the page speaks of each table that says something about a person. */
const spokenOf: Readonly<Record<string, string>> = {
  members: 'your name, work email, role, level, council, cohort and time zone',
  people: 'your name, work email, role, level, council, cohort and time zone',
  accounts: 'Your ids on Slack and Microsoft Teams',
  account_requests: 'Your ids on Slack and Microsoft Teams',
  rooms: 'we keep your Teams id',
  deliveries: 'Which messages we sent you and when',
  web_inbox: 'those that stand on your web page',
  web_sessions: 'Until when each browser stays signed in',
  prompts: 'The weekly questions we sent you',
  reflections: 'and your answers',
  conversations: 'The conversations you host',
  seats: 'or sign up for',
  topics: 'the topics you suggest',
  match_members: 'whom we matched you with',
  left_out: 'whom we matched you with',
};

test('the privacy page speaks of every table that says something about a person', async () => {
  const { main } = await site.visitor().get('/privacy');
  const tables = await site.core.db.introspection.getTables();
  const personal = tables.filter(({ columns }) =>
    columns.some(({ name }) => /^(member_id|host_id|chosen_by|email)$/.test(name)),
  );
  expect(personal.map(({ name }) => name).toSorted()).toEqual(Object.keys(spokenOf).toSorted());
  for (const words of Object.values(spokenOf)) expect(main).toContain(words);
});
