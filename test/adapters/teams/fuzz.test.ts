import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nearly, pathsOf, replaced } from '../../support/mutations.ts';
import {
  type ActivityJson,
  activityOf,
  createTeamsPerson,
  dialogOpened,
  dialogSubmitted,
  executed,
  installed,
  submitted,
  typed,
} from '../../support/teams-activity.ts';
import { type Joined, monday, openStage, type Stage } from './stage.ts';

/*
 * Whatever Teams might send, signed as it should be: it is taken or it is none, never with a fault of ours. An error
 * that nobody caught fails the run by itself.
 */

// Some hundred requests each, one after the other.

let stage: Stage;
let joined: Joined;
let activities: readonly ActivityJson[];

const form = {
  completes: { kind: 'network.pause' },
  openedBy: { kind: 'network.open-pause' },
  fields: ['programmes', 'until'],
};
const proposal = {
  completes: { kind: 'proposals.draft', topic: '', follows: '' },
  openedBy: { kind: 'proposals.open', topic: '', follows: '', theme: '' },
  fields: ['theme', 'title', 'about', 'audience', 'chathamHouse'],
  ticket: 'a-ticket',
};
const proposed = {
  form: proposal,
  answer_theme: 'trust',
  answer_title: 'Leading through cuts',
  answer_about: 'What we tell our teams',
  answer_audience: 'all',
  answer_chathamHouse: 'no',
};
const preferences = {
  completes: { kind: 'network.preferences' },
  openedBy: { kind: 'network.open-preferences' },
  fields: ['name', 'zone', 'locale'],
};
const topic = {
  completes: { kind: 'series.suggest-topic' },
  openedBy: { kind: 'series.open-topic', text: '' },
  fields: ['title', 'about'],
};

/** What cards and dialogs of ours carry. */
const carried: readonly unknown[] = [
  { intent: { kind: 'network.home' }, from: '1' },
  { intent: { kind: 'network.find', query: 'York' } },
  { intent: { kind: 'network.help', asked: 'what' } },
  { intent: { kind: 'reflections.journal' }, from: 0 },
  { intent: { kind: 'conversations.list' }, msteams: { type: 'task/fetch' } },
  { intent: { kind: 'series.open-topic', text: 'Trust' } },
  { intent: { kind: 'network.choose-announcements', room: '19:x@thread.tacv2' } },
  { form: { ...form, ticket: 'one' }, answer_programmes: 'prompts,matching', answer_until: '2027-05-04' },
  proposed,
  {
    form: preferences,
    answer_name: 'Asha',
    answer_zone: 'Europe/London',
    answer_locale: 'en-GB',
  },
  { form: topic, answer_title: 'Trust', answer_about: 'How it grows' },
];

const ways: readonly ((data: unknown) => ActivityJson)[] = [
  (data) => executed(data, 'm1'),
  (data) => submitted(data, 'm1'),
  dialogOpened,
  dialogSubmitted,
];

beforeAll(async () => {
  stage = await openStage();
  joined = await stage.join({ permission: 'convener' });
  stage.clock.set(monday);
  await stage.settle();
  const { id: prompt } = await stage.core.db.selectFrom('prompts').select('id').executeTakeFirstOrThrow();
  const reflection = {
    form: {
      completes: { kind: 'reflections.answer', prompt },
      openedBy: { kind: 'reflections.open', prompt: 'latest' },
      fields: ['text'],
    },
    answer_text: 'We are tired',
  };
  const mention = { type: 'mention', text: '<at>Colloquy</at>', mentioned: { id: '28:x' } };
  const clientInfo = { type: 'clientInfo', locale: 'en-GB', country: 'GB', timezone: 'Europe/London' };
  const channel = {
    conversation: { id: '19:c;messageid=1', tenantId: joined.person.tenantId, conversationType: 'channel' },
  };
  const parts: readonly ActivityJson[] = [
    { ...typed('help'), entities: [mention, clientInfo], localTimezone: 'Europe/London' },
    {
      ...typed('profile'),
      ...channel,
      channelData: { tenant: { id: joined.person.tenantId }, channel: { id: '19:c' } },
    },
    { ...installed(), timestamp: '2027-03-08T09:00:00.000Z' },
    { type: 'installationUpdate', action: 'remove' },
    { type: 'conversationUpdate', membersAdded: [{ id: '29:x', aadObjectId: 'x' }] },
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: 'm1' },
    { type: 'invoke', name: 'composeExtension/query', value: { queryText: 'x' } },
    ...[...carried, reflection].flatMap((data) => ways.map((way) => way(data))),
  ];
  activities = parts.map((part) => activityOf(joined.person, stage.rig.stub.serviceUrl, part));
});
afterAll(() => stage.close());

/** Faults are told in the log, whatever the answer says. */
function faults(): readonly string[] {
  const told = stage.rig.logged().split('\n');
  return told.filter((line) => line.includes('"level":50') && !line.includes('"failure"'));
}

async function expectCalm(body: unknown): Promise<void> {
  const before = faults().length;
  // What has come before is not done again.
  const isAgain = activities.some(({ id }) => id === Reflect.get(Object(body), 'id'));
  const answer = await stage.rig.post(isAgain ? replaced(body, ['id'], randomUUID()) : body);
  expect([200, 400]).toContain(answer.status);
  expect(answer.body).not.toMatch(/\bat .*:\d+:\d+|node_modules|[A-Z][a-z]+Error\b/);
  expect(faults().slice(before)).toEqual([]);
  if (answer.status !== 200) expect(answer.body).toBe('');
}

async function expectServed(): Promise<void> {
  const person = createTeamsPerson('bo@york.example');
  expect(await stage.post(person, typed('help'))).toEqual({ status: 200, body: '' });
  expect(JSON.stringify(stage.rig.stub.messages(person.conversationId))).toContain('What you can do');
}

/** Where the channel or the service is another, the request is refused: see the tests of tokens. */
const kept = ['channelId', 'serviceUrl'];

describe('what is signed as it should be', () => {
  test('and nearly an activity is taken, or it is none', async () => {
    const nearlyOne = fc.constantFrom(...activities.keys()).chain((at) => nearly(activities.slice(at, at + 1), kept));
    await fc.assert(fc.asyncProperty(nearlyOne, expectCalm), { numRuns: 250 });
    await expectServed();
  });

  test('and carries what nearly is a button or a form of ours is taken', async () => {
    const anyActivity = fc
      .tuple(nearly(carried), fc.constantFrom(...ways))
      .map(([data, way]) => activityOf(joined.person, stage.rig.stub.serviceUrl, way(data)));
    await fc.assert(fc.asyncProperty(anyActivity, expectCalm), { numRuns: 250 });
    await expectServed();
  });

  test('and is any JSON at all is none, or comes from nowhere', async () => {
    const anyBody = fc.oneof(fc.json(), fc.json({ depthSize: 'large' }), fc.string({ minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const answer = await stage.rig.post(body);
        expect(answer.body).toBe('');
        expect([400, 403]).toContain(answer.status);
      }),
      { numRuns: 200 },
    );
    await expectServed();
  });

  test.each([
    ['a character 0, which no database takes', 'Trust \u0000 and care'],
    ['half of a character', 'Trust \uD83D and care'],
    ['a thousand letters of three bytes', '一'.repeat(500)],
  ])('and holds %s anywhere is taken, or it is none', async (_name, oddity) => {
    // One of each kind of activity, and the forms that keep what is written in them.
    const forms = activities.filter(({ name }) => name === 'task/submit').slice(-4);
    for (const activity of [...activities.slice(0, 7), ...forms]) {
      for (const path of pathsOf(activity).filter(([first]) => !kept.includes(String(first)))) {
        await expectCalm(replaced(activity, path, oddity));
      }
    }
    await expectServed();
  });

  test.each([
    ['deeper than anybody writes', 400, `{"value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    [
      'an object of many keys, from nowhere',
      403,
      JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, 1]))),
    ],
  ])('and is %s is none', async (_name, status, body) => {
    expect(await stage.rig.post(body)).toEqual({ status, body: '' });
    await expectServed();
  });

  test('makes no object of ours another', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });
});
