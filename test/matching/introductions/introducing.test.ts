import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { home } from '../../../src/home.ts';
import { makeMatches } from '../../../src/matching/planning/making.ts';
import { runRound } from '../../../src/matching/publishing/service.ts';
import { RoundInput } from '../../../src/matching/scoring/model.ts';
import type { Message } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, textOf } from '../../support/people.ts';

const politics = 'chief-executives/politics';
let stage: TestCore;
let core: Core;
let channels: Readonly<Record<'slack' | 'web' | 'email', RecordingOutbound>>;
let asha: Member;
let bo: Member;
let cy: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  channels = { slack: recordingOutbound('slack'), web: recordingOutbound('web'), email: recordingOutbound('email') };
  const level = { level: 'chief executive' } as const;
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council', ...level });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council', ...level });
  await settle();
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map(Object.values(channels).map((channel) => [channel.platform, channel])));
}

async function run(number: number): Promise<void> {
  await core.db.transaction().execute((tx) => runRound(core, tx, number));
}

/** What this member is told of their match, where they were reached. */
function introductions(channel: RecordingOutbound, member: Member): readonly Message[] {
  const own = channel.letters.filter(({ account }) => [member.id, member.email, member.name].includes(account.user));
  return own.map(({ message }) => message).filter(({ heading }) => heading.startsWith('Meet '));
}

function listOf(message: Message | undefined): readonly string[] {
  return message?.body.flatMap((block) => (block.kind === 'list' ? block.items : [])) ?? [];
}

function questionOf(message: Message | undefined): string {
  return message?.body.flatMap((block) => (block.kind === 'quote' ? [block.text] : [])).join() ?? '';
}

const interests = (of: Member, ...themes: readonly string[]) =>
  ask(core, of, { kind: 'joining.interests', interests: themes.join(',') });

async function askAndTick(): Promise<void> {
  const wish = {
    kind: 'matching.wishes',
    wish: 'experience',
    theme: '',
    experience: 'section-114',
    group: 'no',
  } as const;
  await ask(core, asha, wish);
  await ask(core, bo, { kind: 'matching.experiences', experiences: 'section-114' });
}

test('each reads who the other is, why the two, and one question from a cell they share', async () => {
  await interests(asha, politics, 'chief-executives/core-role');
  await interests(bo, politics);
  await askAndTick();
  await run(1);
  await run(1);
  await settle();
  const [toAsha, toBo] = [asha, bo].map((member) => introductions(channels.email, member));
  expect([toAsha?.length, toBo?.length]).toEqual([1, 1]);
  const [why, whyBo] = [listOf(toAsha?.[0]), listOf(toBo?.[0])];
  const wanted = 'asked for somebody who has been through a section 114 notice, and';
  expect(why).toContain(`You ${wanted} Bo Berg has.`);
  expect(whyBo).toContain(`Asha Rahman ${wanted} you have.`);
  const theme = core.frameworks[0]?.themes.find(({ id }) => id === 'politics');
  expect(why).toContain(`You are both interested in “${theme?.name}”.`);
  const questions = theme?.prompts['knowledge']?.map(({ text }) => text);
  expect(questions).toContain(questionOf(toAsha?.[0]));
  expect(questionOf(toBo?.[0])).toBe(questionOf(toAsha?.[0]));
  expect(textOf({ kind: 'page', page: await home(core, bo) })).toContain('Rematch me');
  expect(await core.db.selectFrom('round_wishes').selectAll().execute()).toEqual([]);
});

test('what holds no longer, or was never theirs to be told, is not told', async () => {
  await interests(asha, politics);
  await interests(bo, politics);
  await askAndTick();
  await run(1);
  await ask(core, bo, { kind: 'matching.experiences', experiences: '' });
  await interests(bo);
  const [match] = await core.db.selectFrom('matches').select(['reasons', 'starter']).execute();
  expect(match?.reasons.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['wish', 'themes']));
  expect(match?.starter).toBe(`${politics}/knowledge`);
  for (const member of [asha, bo]) {
    const said = textOf(await ask(core, member, { kind: 'matching.current' }));
    expect(said).not.toMatch(/section 114|interested in/);
    expect(said).toContain('Why you two:');
  }
});

test('people of different platforms get the same by e-mail, and once', async () => {
  const account = { platform: 'slack', space: 'T1', address: '{}', seen_at: core.clock.now() } as const;
  const row = { ...account, id: crypto.randomUUID(), member_id: asha.id, platform_user: asha.name };
  await core.db.insertInto('accounts').values(row).execute();
  await run(1);
  await settle();
  const [chat, mail, toBo] = [
    introductions(channels.slack, asha),
    introductions(channels.email, asha),
    introductions(channels.email, bo),
  ];
  expect([chat.length, mail.length, toBo.length]).toEqual([1, 1, 1]);
  expect(mail[0]?.summary).toBe(
    'We would like to introduce you to Bo Berg, Director of Place at City of York Council, by email.',
  );
  expect(mail[0]?.buttons[0]).toEqual({ kind: 'opens', label: 'Email Bo Berg', url: `mailto:${bo.email}` });
});

test('a second introduction that no e-mail can carry is no failure', async () => {
  const account = { platform: 'slack', space: 'T1', address: '{}', seen_at: core.clock.now() } as const;
  const row = { ...account, id: crypto.randomUUID(), member_id: asha.id, platform_user: asha.name };
  await core.db.insertInto('accounts').values(row).execute();
  await run(1);
  await settleAll(core, new Map([channels.slack, channels.web].map((channel) => [channel.platform, channel])));
  const rows = core.db.selectFrom('deliveries').select(['status', 'reason']);
  expect(await rows.where('kind', '=', 'matching.email-introduction').execute()).toEqual([
    { status: 'dropped', reason: 'no e-mail reaches this member' },
  ]);
});

async function three(): Promise<string> {
  cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council', level: 'chief executive' });
  const members = [asha, bo, cy].map(({ id, councilId: council }) => ({ id, council, level: 'chief executive' }));
  const input = RoundInput.parse({ version: 1, number: 1, members });
  const roundId = crypto.randomUUID();
  await core.db.transaction().execute(async (tx) => {
    await tx.insertInto('rounds').values({ id: roundId, number: 1, published_at: core.clock.now() }).execute();
    await makeMatches(core, tx, roundId, input, [{ members: members.map(({ id }) => id), origin: 'round' }]);
  });
  return (await core.db.selectFrom('matches').select('id').executeTakeFirstOrThrow()).id;
}

test('in a group of three each is introduced to the two others, who can be written to at once', async () => {
  const id = await three();
  await settle();
  const [toCy] = introductions(channels.email, cy);
  expect(toCy?.summary).toMatch(
    /^We would like to introduce you to (Asha Rahman|Bo Berg), .+ and (Asha Rahman|Bo Berg), /,
  );
  expect(listOf(toCy)).toContain('No two of you have been matched before.');
  expect(toCy?.heading).toBe('Meet your group');
  expect(JSON.stringify(toCy?.body)).toContain('Why you three:');
  const mail = toCy?.buttons.find(({ label }) => label === 'Email all of them');
  expect(JSON.stringify(mail)).toMatch(new RegExp(`(?=.*${asha.email})(?=.*${bo.email})`));
  const own = core.db.updateTable('match_members').where('match_id', '=', id);
  await own.set({ state: 'dropped' }).where('member_id', '=', bo.id).execute();
  const left = textOf(await ask(core, cy, { kind: 'matching.current' }));
  expect([left.includes('Meet Asha Rahman"'), left.includes('Bo Berg')]).toEqual([true, false]);
  expect(textOf(await ask(core, bo, { kind: 'matching.current' }))).toContain('Your match has ended');
});

test('who asked for what could not be done is told so, and nobody else is', async () => {
  const wishes = [
    {
      member_id: asha.id,
      wish: JSON.stringify({ kind: 'experience', experience: 'reorganisation' }),
      wants_group: true,
    },
  ];
  const said_at = core.clock.now();
  await core.db
    .insertInto('round_wishes')
    .values(wishes.map((wish) => ({ ...wish, said_at })))
    .execute();
  await run(1);
  const unmet =
    'You asked for somebody who has been through local government reorganisation and a group of three or four. We could not do that this time.';
  expect(textOf(await ask(core, asha, { kind: 'matching.current' }))).toContain(unmet);
  const toBo = textOf(await ask(core, bo, { kind: 'matching.current' }));
  expect(toBo).not.toContain('reorganisation');
  expect(toBo).not.toContain('We could not do that');
});

test('what can be pressed follows what somebody has said', async () => {
  const id = await three();
  const labels = async () => {
    const reply = await ask(core, cy, { kind: 'matching.current' });
    const buttons = reply.kind === 'message' ? reply.message.buttons : [];
    return buttons
      .flatMap((button) => (button.kind === 'does' ? [button.label] : []))
      .filter((label) => !/^Suggest/.test(label));
  };
  const says = (kind: 'matching.dated' | 'matching.met') => ask(core, cy, { kind, match: id });
  const ahead = ['Say who you would like to meet', 'Sit out the next round'];
  expect(await labels()).toEqual(['We have a date', 'We met', 'Rematch me', 'Not now', ...ahead]);
  await says('matching.dated');
  expect(await labels()).toEqual(['Put the date in your calendars', 'We met', 'Rematch me', 'Not now', ...ahead]);
  await says('matching.met');
  expect(await labels()).toEqual(ahead);
  await core.db.updateTable('matches').set({ ended_at: core.clock.now() }).execute();
  expect(textOf(await ask(core, cy, { kind: 'matching.current' }))).toContain('We are looking for a match');
});

test('nobody is introduced by what was waiting when their match ended', async () => {
  await run(1);
  await core.db.updateTable('matches').set({ ended_at: core.clock.now() }).execute();
  await settle();
  expect([asha, bo].map((member) => introductions(channels.email, member).length)).toEqual([0, 0]);
});
