import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { joinByForms } from '../support/join-by-forms.ts';
import { answered, formOf } from '../support/joining.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { addActive, ask, mustFind } from '../support/people.ts';
import { openSlackStage } from '../support/slack-client.ts';
import { openTeamsStage } from '../support/teams-client.ts';
import { openWebStage } from '../support/web-client.ts';

interface Stage {
  readonly outbound: Outbound;
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

interface Case {
  readonly name: string;
  readonly open: (test: TestCore) => Promise<Stage>;
}

const slack: Case = { name: 'Slack', open: openSlackStage };
const teams: Case = { name: 'Teams', open: openTeamsStage };
const web: Case = { name: 'the web', open: openWebStage };

let base: TestCore;
let core: Core;
let stage: Stage;

async function prepare(open: Case['open']): Promise<void> {
  base = await openTestCore();
  core = base.core;
  stage = await open(base);
}

afterEach(async () => {
  await stage.close();
  await base.close();
});

async function settle(): Promise<void> {
  await settleAll(core, new Map([[stage.outbound.platform, stage.outbound]]));
}

async function sees(client: MemberClient, words: string): Promise<void> {
  await vi.waitFor(
    async () => expect(`${await client.dialog()}\n${(await client.messages()).join('\n')}`).toContain(words),
    patience,
  );
}

describe.each([slack, teams, web])('on $name', ({ open }) => {
  let asha: Member;
  let client: MemberClient;

  beforeEach(async () => {
    await prepare(open);
    asha = await addMember(core, { name: 'Asha Rahman', email: 'asha@leeds.example', council: 'Leeds City Council' });
    client = await stage.member(asha.email);
  });

  test('somebody joins by four forms, and one with a mistake stays open with what they wrote', async () => {
    await client.type('join');
    await vi.waitFor(async () => {
      if ((await client.dialog()) === '') await client.press('Open');
      expect(await client.dialog()).toContain('(1 of 4)');
    }, patience);
    await client.submit({ council: 'Leads City Council', role: 'Director of Change', newly: 'yes' });
    await sees(client, 'Did you mean Leeds City Council?');
    await client.submit({ council: 'leeds city council' });
    await sees(client, '(2 of 4)');
    await client.submit({ interests: 'chief-executives/public-ethics,collective-leadership/uncertain-world' });
    await sees(client, '(3 of 4)');
    await client.submit({ from: '08:30', until: '08:00' });
    await sees(client, 'later than when you start');
    await client.submit({ from: '08:30', until: '16:00' });
    await sees(client, '(4 of 4)');
    await sees(client, 'Only you can read your answers');
    expect((await mustFind(core, asha.id)).status).toBe('invited');
    await client.submit({ prompts: 'yes', matching: 'no', findable: 'yes' });
    await sees(client, 'You have joined');
    expect(await mustFind(core, asha.id)).toMatchObject({
      status: 'active',
      role: 'Director of Change',
      agreesToPrompts: true,
      agreesToMatching: false,
      findable: true,
    });
    const interests = await core.db.selectFrom('interests').select('theme').orderBy('theme').execute();
    expect(interests.map(({ theme }) => theme)).toEqual(['public-ethics', 'uncertain-world']);
    await settle();
    await sees(client, 'Welcome to the network');
  });

  test('the forms as they stand are enough', async () => {
    await joinByForms(client);
    expect((await mustFind(core, asha.id)).status).toBe('active');
  });
});

describe.each([slack, teams])('a stranger on $name', ({ open }) => {
  const said = { name: 'Bo Lind', council: 'Leeds City Council', role: 'Director', level: 'director' };
  let convener: Member;
  let client: MemberClient;

  beforeEach(async () => {
    await prepare(open);
    convener = await addActive(core, { permission: 'convener' });
    client = await stage.member('bo@leeds.example');
    await client.type('join');
    await vi.waitFor(async () => {
      if ((await client.dialog()) === '') await client.press('Open');
      expect(await client.dialog()).toContain('Ask to join the network');
    }, patience);
    await client.submit(said);
    await sees(client, 'We have asked the conveners');
  });

  async function request(): Promise<string> {
    return (await core.db.selectFrom('join_requests').select('id').executeTakeFirstOrThrow()).id;
  }

  test('asks, is approved, and joins by the button they are sent', async () => {
    const place = { council: 'Leeds City Council', role: 'Director', level: 'director', cohort: 'none' } as const;
    const form = formOf(await ask(core, convener, { kind: 'joining.open-approval', request: await request() }));
    await ask(core, convener, answered(form, { ...place, permission: 'member' }));
    await settle();
    await sees(client, 'Joining is your choice. You can leave at any time.');
    await joinByForms(client);
    await sees(client, 'You have joined');
  });

  test('asks, is refused, and is told why', async () => {
    await ask(core, convener, {
      kind: 'joining.refuse',
      request: await request(),
      reason: 'This is for another course.',
    });
    await settle();
    await sees(client, 'This is for another course.');
  });
});
