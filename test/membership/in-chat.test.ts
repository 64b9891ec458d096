import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Member } from '../../src/network/model.ts';
import { openStage, type Stage } from '../adapters/teams/stage.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import type { MemberClient } from '../support/member-client.ts';
import { addActive, ask, codeIn, mustFind, textOf } from '../support/people.ts';
import { openSlackScene, type SlackScene } from '../support/slack-scene.ts';
import { addToRoster, createTeamsPerson } from '../support/teams-activity.ts';
import { openTeamsMember } from '../support/teams-member.ts';
import { openWebStage, type WebStage } from '../support/web-client.ts';

const dayAhead = '2027-03-20';

async function pausesOf(core: Core, { id }: Member) {
  const { promptsPausedUntil, matchingPausedUntil, conversationsPausedUntil } = await mustFind(core, id);
  return [promptsPausedUntil, matchingPausedUntil, conversationsPausedUntil].map((until) => until?.toISOString());
}

const until = '2027-03-20T00:00:00.000Z';

async function newCode(core: Core, member: Member): Promise<string> {
  return codeIn(await ask(core, member, { kind: 'membership.show-code' }));
}

/** Opens what a platform shows by a button first. */
async function openWindow(client: MemberClient): Promise<void> {
  if ((await client.dialog()) === '') await client.press('Open');
}

/** From an account that nobody knows: connects it, pauses, looks at their accounts and starts again. */
async function control(core: Core, member: Member, client: MemberClient): Promise<void> {
  await client.type('connect');
  await openWindow(client);
  await client.submit({ code: 'AAAA-AAAA' });
  expect(await client.dialog()).toContain('This code does not work.');
  await client.submit({ code: await newCode(core, member) });
  expect((await client.messages()).join() + (await client.dialog())).toContain('We have connected this account');
  await client.type('pause');
  await openWindow(client);
  await client.submit({ programmes: 'prompts,matching', until: '2027-03-01' });
  expect(await client.dialog()).toContain('Choose a date after today.');
  await client.submit({ programmes: 'prompts,matching', until: dayAhead });
  expect(await pausesOf(core, member)).toEqual([until, until, undefined]);
  await client.type('accounts');
  await openWindow(client);
  expect(await client.dialog()).toContain('Your accounts');
  await client.type('resume');
  expect(await pausesOf(core, member)).toEqual([undefined, undefined, undefined]);
}

describe('on Slack', () => {
  let scene: SlackScene;
  beforeEach(async () => {
    scene = await openSlackScene();
  });
  afterEach(() => scene.close());

  test('a member connects by a form, pauses by one, and ends it', async () => {
    const member = await addActive(scene.core);
    await control(scene.core, member, await scene.member('somebody@elsewhere.example'));
  });

  test('a code after the word connects at once, and is in no log', async () => {
    const member = await addActive(scene.core);
    const client = await scene.member('somebody@elsewhere.example');
    const code = await newCode(scene.core, member);
    await client.type(`connect ${code}`);
    expect((await client.messages()).join()).toContain('We have connected this account');
    expect(scene.takeLog()).not.toContain(code);
    await client.type('connect wrong-code');
    expect((await client.messages()).join()).toContain('This code does not work.');
  });
});

describe('on Teams', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  function stranger(): MemberClient {
    const person = createTeamsPerson('somebody@elsewhere.example');
    addToRoster(stage.rig.stub, person);
    return openTeamsMember(stage.rig, person);
  }

  test('a member connects by a form, pauses by one, and ends it', async () => {
    const member = await addActive(stage.core);
    await control(stage.core, member, stranger());
  });

  test('a code after the word connects at once', async () => {
    const member = await addActive(stage.core);
    const client = stranger();
    await client.type(`connect ${(await newCode(stage.core, member)).toLowerCase()}`);
    expect((await client.messages()).join()).toContain('We have connected this account');
  });
});

describe('on the web', () => {
  let stage: TestCore;
  let site: WebStage;
  beforeEach(async () => {
    stage = await openTestCore();
    site = await openWebStage(stage);
  });
  afterEach(async () => {
    await site.close();
    await stage.close();
  });

  test('a member pauses, ends it, and gets a code that connects another account', async () => {
    const member = await addActive(stage.core);
    const client = await site.member(member.email);
    await client.type('pause');
    await client.submit({ programmes: 'prompts,matching', until: '2027-03-01' });
    expect(await client.dialog()).toContain('Choose a date after today.');
    await client.submit({ programmes: 'prompts,matching', until: dayAhead });
    expect(await pausesOf(stage.core, member)).toEqual([until, until, undefined]);
    await client.type('settings');
    await client.press('Start again now');
    expect(await pausesOf(stage.core, member)).toEqual([undefined, undefined, undefined]);
    await client.type('accounts');
    await client.press('Get a code for another account');
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await client.dialog())?.[0] ?? '';
    const account = { platform: 'slack', space: 'T1', user: 'U1' } as const;
    const profile = () => Promise.resolve({ name: '', email: '', zone: '', locale: '' });
    const reply = await handle(stage.core, { account, address: {}, profile }, { kind: 'membership.connect', code });
    expect(textOf(reply)).toContain('We have connected this account');
  });
});
