import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbound } from '../../adapters/web/outbound.ts';
import type { Core } from '../../src/core.ts';
import { exportForOperator, exportJson, exportReadable } from '../../src/network/export.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { alsoWrote, columnsOfMembers, leaveEveryTrace } from '../support/every-trace.ts';
import { type FullLife, liveFully, wrote } from '../support/full-life.ts';
import { mustFind } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let life: FullLife;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  life = await liveFully(stage, new Map([['web', openOutbound(core)]]));
  await leaveEveryTrace(core, life);
});
afterEach(() => stage.close());

/** Under which heading of the file each column by which the database knows a member is told of. */
const told: Readonly<Record<string, string>> = {
  'accounts.member_id': 'Your account: Slack',
  'account_requests.member_id': 'Accounts that ask to be yours',
  'audit.actor_id': 'What you did for the network',
  'buddies.buddy_id': 'Whom you look out for',
  'buddies.member_id': 'Who looks out for you',
  'consents.member_id': 'What you agreed to: being found by other members',
  'conversations.host_id': `You host: ${wrote.title}`,
  'conversations.made_over_by': 'What a guest hosts for you',
  'deliveries.member_id': 'Messages we sent you: weekly prompt',
  'diary_posts.member_id': 'What we sent to your calendar',
  'do_not_match.member_id': 'Whom you never want to be matched with',
  'experiences.member_id': 'What others can ask you about',
  'hand_overs.asked_by': 'You asked another host to take over: Budgets in a lighthouse',
  'hand_overs.to_id': 'You are asked to take over: Winter pressures',
  'host_asks.member_id': 'You were asked to host: Your agenda',
  'interests.member_id': 'Your settings',
  'join_requests.member_id': 'You asked to join by Slack',
  'left_out.member_id': 'Rounds without a match',
  'link_codes.member_id': 'Codes to connect an account',
  'match_members.member_id': 'Your match of midday on 9 March 2027',
  'matches.suggested_by': 'Your match of midday on 9 March 2027',
  'past_matches.member_id': 'Your match of midday on 17 March 2027',
  'prompts.member_id': 'Prompt of midday on 9 March 2027',
  'proposals.host_id': `You proposed: ${alsoWrote.draft}`,
  'reflections.member_id': 'Prompt of midday on 9 March 2027',
  'rooms.chosen_by': 'Your settings',
  'round_lock_members.member_id': 'What conveners fixed for you in the next round',
  'round_wishes.member_id': 'What you asked for in the next round',
  'seats.member_id': 'You signed up: Winter pressures',
  'standing_pool.member_id': 'You wait for a match',
  'takeaways.member_id': 'What you took away: A past one',
  'time_answers.member_id': 'You said when you could come: Another draft',
  'time_ticks.member_id': 'You said when you could come: Another draft',
  'topic_votes.member_id': 'You voted for: Topic of another',
  'topics.member_id': `You suggested: ${wrote.topic}`,
  'web_sessions.member_id': 'Browsers you are signed in on',
};

/** What no export tells, and why. */
const untold: Readonly<Record<string, string>> = {
  'do_not_match.other_id': 'it is what somebody else decided, in confidence',
  'join_requests.decided_by': 'that they decided stands in the record of what they did; who asked is somebody else',
  'round_locks.set_by': 'that they fixed it stands in the record of what they did; for whom is about somebody else',
  'rounds.published_by': 'that they published it stands in the record of what they did',
  'web_inbox.member_id': 'the messages themselves stand on their web page; the file says which and when',
};

async function files() {
  const member = await mustFind(core, life.member.id);
  const [json, readable] = [await exportJson(core, member), await exportReadable(core, member)];
  return { json: String(json?.body), readable: String(readable?.body) };
}

test('whatever the database knows a member by is in their file, or there is a reason why not', async () => {
  const known = (await columnsOfMembers(core)).map(({ table, column }) => `${table}.${column}`);
  expect(known.toSorted()).toEqual([...Object.keys(told), ...Object.keys(untold)].toSorted());
  const { json, readable } = await files();
  for (const [column, heading] of Object.entries(told)) {
    expect(json, column).toContain(`"What": ${JSON.stringify(heading)}`);
    expect(readable, column).toContain(`<h3>${heading}</h3>`);
  }
});

test('both files hold what the member wrote and chose, in words', async () => {
  const { json, readable } = await files();
  const words = [
    ...Object.values(wrote),
    ...Object.values(alsoWrote),
    'Set of June',
    'Cohort of May',
    'Good governance',
  ];
  const told = [
    'Your match: Mia Match',
    'The network, without your name',
    'You asked for another question at',
    'We met, and it was not useful',
    'You suggested to meet at',
    'somebody who has been through a merger of councils or of whole services',
    'A section 114 notice',
    '2027-03',
  ];
  for (const word of [...words, ...told]) {
    expect(json, word).toContain(word);
    expect(readable, word).toContain(word);
  }
});

test('what somebody else wrote, decided in confidence or was told is in neither', async () => {
  const { json, readable } = await files();
  for (const other of [life.waiting, life.host]) {
    for (const text of [json, readable]) {
      expect(text).not.toContain(other.id);
      expect(text).not.toContain(other.email);
    }
  }
  expect(json + readable).not.toContain(life.waiting.name);
});

test('the file to read opens by itself: nothing is run or fetched, every text is escaped, headings have an order', async () => {
  const nasty = '<script>alert(1)</script><img src="https://x.example/y">\' & "';
  await core.db.updateTable('topics').set({ title: nasty }).where('member_id', '=', life.member.id).execute();
  const { readable } = await files();
  expect(readable).not.toMatch(/<(script|img|link|iframe|form|a)\b/i);
  const tags = [...readable.matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag).join('');
  expect(tags).not.toMatch(/\b(src|href|on\w+|action)=/);
  expect(readable).not.toMatch(/url\(|@import/);
  expect(readable).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(readable).toContain("default-src 'none'");
  expect(readable).toContain('<html lang="en-GB">');
  const levels = [...readable.matchAll(/<h(\d)>/g)].map((match) => Number(match[1]));
  expect(levels[0]).toBe(1);
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  expect(readable).toContain('midday on 9 March 2027');
});

test('for the operator, what the member wrote for themselves is not opened, and is counted', async () => {
  const made = await exportForOperator(core, life.member.id);
  expect(made?.map(({ name }) => name.split('.').at(-1))).toEqual(['html', 'json']);
  const text = String(made?.map(({ body }) => String(body)).join(''));
  for (const word of [wrote.answer, alsoWrote.action, alsoWrote.followUp, alsoWrote.avoids]) {
    expect(text).not.toContain(word);
  }
  expect(text).toContain('2 reflections, which only their writer can open');
  expect(text).toContain('1 entry, which only its writer can open');
  expect(text).toContain(life.member.email);
  const sealed = {
    ...core,
    cipher: {
      ...core.cipher,
      open: () => {
        throw new Error('opened');
      },
    },
  };
  await expect(exportForOperator(sealed, life.member.id)).resolves.toHaveLength(2);
});
