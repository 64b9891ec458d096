import { afterEach, beforeEach, expect, test } from 'vitest';
import { privacy } from '../../../adapters/web/public-pages-words.ts';
import { addMember } from '../../support/core.ts';
import { columnsOfMembers } from '../../support/every-trace.ts';
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
  members: 'your name, work email, role, level, council, cohort, learning set and time zone',
  people: 'your name, work email, role, level, council, cohort, learning set and time zone',
  consents: 'What you agreed to and when',
  interests: 'the themes you care about',
  accounts: 'Your ids on Slack and Microsoft Teams',
  account_requests: 'Your ids on Slack and Microsoft Teams',
  link_codes: 'Until when a code works that you made',
  wrong_codes: 'how often a wrong code was typed',
  join_requests: 'they read what you wrote and decide',
  rooms: 'we keep your Teams id',
  deliveries: 'Which messages we sent you and when',
  web_inbox: 'those that stand on your web page',
  web_sessions: 'Until when each browser stays signed in',
  prompts: 'The weekly questions we sent you',
  swapped_prompts: 'those you exchanged',
  reflections: 'and your answers, with what you wanted to try and how it went',
  digest_reflections: 'the month whose digest it stands in',
  conversations: 'The conversations you propose, host or sign up for',
  proposals: 'The conversations you propose',
  seats: 'whether a seat is kept for you',
  hand_overs: 'to take over, and what you answered',
  time_answers: 'When you could come to a conversation',
  time_ticks: 'When you could come to a conversation',
  topics: 'The topics you suggest',
  topic_votes: 'those you vote for',
  host_asks: 'asked you to host',
  takeaways: 'What you take away from a conversation. It is encrypted.',
  diary_posts: 'Whether we send your seats to your calendar, which we sent',
  matches: 'the time you agreed to meet',
  match_members: 'Whether you met, as you say, whether it was useful',
  rounds: 'Whom we matched you with and why',
  past_matches: 'lets us match nobody with you twice',
  left_out: 'rounds in which there was nobody for you',
  standing_pool: 'whether you wait for a match',
  round_wishes: 'Who you would like to meet in the next round',
  experiences: 'what you have been through that others can ask you about',
  round_locks: 'Whether a convener put you together with somebody',
  round_lock_members: 'Whether a convener put you together with somebody',
  buddies: 'Who looks out for you in your first weeks',
  do_not_match: 'Whom you never want to be matched with',
  audit: 'What conveners and operators did that was about you',
  erased_people: 'we keep a code made from your email address',
};

test('the privacy page speaks of every table that says something about a person', async () => {
  const { main } = await site.visitor().get('/privacy');
  const known = new Set((await columnsOfMembers(site.core)).map(({ table }) => table));
  const tables = await site.core.db.introspection.getTables();
  const mark = /^(member_id|host_id|chosen_by|email|platform_user|prompt_id|token)$/;
  const personal = tables.filter(
    ({ name, columns }) => known.has(name) || columns.some((column) => mark.test(column.name)),
  );
  expect(personal.map(({ name }) => name).toSorted()).toEqual(Object.keys(spokenOf).toSorted());
  for (const words of Object.values(spokenOf)) expect(main).toContain(words);
});

test('it tells the periods that the settings give', async () => {
  const given = {
    reflections: 401,
    conversations: 402,
    matches: 403,
    messages: 404,
    audit: 405,
    requests: 406,
    people: 407,
  };
  const { parts } = privacy(given);
  const text = parts.flatMap(({ points }) => points).join(' ');
  for (const days of Object.values(given)) expect(text).toContain(`${days} days`);
  const { main } = await site.visitor().get('/privacy');
  for (const days of Object.values(site.core.retention)) expect(main).toContain(`${days} days`);
});
