import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../../src/agenda/fall-due.ts';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Core } from '../../../src/core.ts';
import { deliver } from '../../../src/delivery/deliver.ts';
import type { Intent } from '../../../src/intents.ts';
import { replanRound } from '../../../src/matching/publishing/round-agenda.ts';
import type { Form } from '../../../src/messages/form.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { ask, textOf } from '../../support/people.ts';
import { openPeople, type PeopleStage } from '../match-stage.ts';

let stage: PeopleStage;
let cy: Member;

/** Three people before the first round. */
beforeEach(async () => {
  stage = await openPeople();
  cy = await stage.joins('Cy Cole');
  await prepareAgenda(stage.core);
});
afterEach(() => stage.close());

async function when(
  core: Core,
  kind: 'matching.opening' | 'matching.round',
): Promise<{ readonly id: string; readonly at: Date }> {
  const row = core.db.selectFrom('agenda').select(['id', 'due_at as at']).where('kind', '=', kind);
  return await row.where('done_at', 'is', null).executeTakeFirstOrThrow();
}

async function settleAt(at: Date): Promise<void> {
  stage.clock.set(at);
  await stage.settle();
}

const wish = (given: Partial<Extract<Intent, { kind: 'matching.wishes' }>>) =>
  ({ kind: 'matching.wishes', wish: 'anybody', theme: '', experience: '', group: 'no', ...given }) as const;

function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`No form: ${textOf(reply)}`);
  return reply.form;
}

/** What stands in the form that opens by this intent, by the names of its fields. */
async function standing(core: Core, member: Member, intent: Intent): Promise<Readonly<Record<string, string>>> {
  const { fields } = formOf(await ask(core, member, intent));
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

function ahead(member: Member): readonly string[] {
  return stage.told(member).filter((summary) => summary.startsWith('The next round'));
}

test('on the Friday before a round on Tuesday each who takes part is told once, and sits it out with one press', async () => {
  const { core, asha, bo } = stage;
  await core.db.updateTable('members').set({ matching_paused_until: null }).execute();
  await ask(core, cy, { kind: 'membership.skip-round' });
  const opening = await when(core, 'matching.opening');
  const round = await when(core, 'matching.round');
  expect(round.at.getTime() - opening.at.getTime()).toBe(4 * 86_400_000);
  await settleAt(opening.at);
  await core.db.updateTable('agenda').set({ done_at: null }).where('id', '=', opening.id).execute();
  await fallDue(core, opening.id);
  await stage.settle();
  expect([asha, bo, cy].map((member) => ahead(member).length)).toEqual([1, 1, 0]);
  const card = stage.web.letters.find(
    ({ message }) => message.heading === 'Next round of matches: Tuesday 9 March',
  )?.message;
  const [say, sit] = card?.buttons.flatMap((button) => (button.kind === 'does' ? [button.intent] : [])) ?? [];
  expect([say, sit]).toEqual([{ kind: 'matching.open-wishes' }, { kind: 'membership.skip-round', round: '1' }]);
  if (sit === undefined) throw new Error('There is no such button');
  const skipped = await ask(core, asha, sit);
  expect([skipped.kind, textOf(skipped)]).toEqual(['replace', expect.stringContaining('You sit out the round on')]);
  await settleAt(round.at);
  const inMatches = await core.db.selectFrom('match_members').select('member_id').execute();
  expect(inMatches).toEqual([]);
});

test('a card of a round that has taken place sits out no later one, unless that is asked for', async () => {
  const { core, asha, bo } = stage;
  await settleAt((await when(core, 'matching.opening')).at);
  const card = stage.web.letters.find(({ message }) => message.heading.startsWith('Next round'))?.message;
  const old = card?.buttons.flatMap((button) => (button.kind === 'does' ? [button.intent] : [])).at(1);
  if (old === undefined) throw new Error('There is no such button');
  const skipping = async () => {
    const rows = core.db.selectFrom('members').select('id').where('skips_round', '=', true);
    return (await rows.execute()).map(({ id }) => id);
  };
  await settleAt((await when(core, 'matching.round')).at);
  const told = await ask(core, asha, old);
  expect(textOf(told)).toContain('That round has taken place. The next one is on Tuesday 23 March.');
  expect(await skipping()).toEqual([]);
  const [sit] = told.kind === 'replace' ? told.message.buttons : [];
  if (sit?.kind !== 'does') throw new Error('There is nothing to press');
  expect(sit.label).toBe('Sit out that round');
  expect(textOf(await ask(core, asha, sit.intent))).toContain('You sit out the round on Tuesday 23 March.');
  expect(await skipping()).toEqual([asha.id]);
  // None is planned, and the last one has been.
  await core.db.deleteFrom('agenda').where('kind', '=', 'matching.round').execute();
  expect(textOf(await ask(core, bo, old))).not.toContain('The next one');
  // A card from before rounds had a number on theirs means the one that comes.
  expect(textOf(await ask(core, bo, { kind: 'membership.skip-round' }))).toContain('You sit out the next round.');
});

test('who has said already whom they would like to meet reads it there', async () => {
  const { core, asha, bo } = stage;
  await ask(core, asha, wish({ wish: 'new-to-role', group: 'yes' }));
  await settleAt((await when(core, 'matching.opening')).at);
  const cards = stage.web.letters.filter(({ message }) => message.heading === 'Next round of matches: Tuesday 9 March');
  const said = (member: Member) => JSON.stringify(cards.find(({ account }) => account.user === member.id)?.message);
  expect(said(asha)).toContain('You asked for somebody new to their role and a group of three or four.');
  expect(said(bo)).not.toContain('You asked for');
});

test('a card that comes too late, or to who agrees no longer, is not sent', async () => {
  const { core, asha, bo } = stage;
  const opening = await when(core, 'matching.opening');
  const round = await when(core, 'matching.round');
  stage.clock.set(opening.at);
  await fallDue(core, opening.id);
  const no = { kind: 'joining.agreements', prompts: 'yes', matching: 'no', findable: 'no' } as const;
  await ask(core, asha, no);
  stage.clock.set(round.at);
  await fallDue(core, round.id);
  await settleAt(round.at);
  expect([asha, bo, cy].map((member) => ahead(member).length)).toEqual([0, 0, 0]);
  const rows = core.db.selectFrom('deliveries').select(['status', 'reason', 'member_id']);
  const left = await rows.where('kind', '=', 'matching.before-round').execute();
  const reasons = left.map(({ status, reason, member_id: id }) => [id === asha.id, status, reason]);
  expect(new Set(reasons.map(String))).toEqual(
    new Set(['true,dropped,the member does not agree to be matched', 'false,dropped,the round has begun']),
  );
});

test('what somebody asks for is kept for the next round, and stands in the form when they open it again', async () => {
  const { core, asha, bo } = stage;
  const open = { kind: 'matching.open-wishes' } as const;
  expect(await standing(core, asha, open)).toEqual({ wish: 'anybody', experience: '', theme: '', group: 'no' });
  const reply = await ask(core, asha, wish({ wish: 'experience', experience: 'section-114' }));
  expect(textOf(reply)).toContain('You asked for somebody who has been through a section 114 notice.');
  expect(await standing(core, asha, open)).toEqual({
    wish: 'experience',
    experience: 'section-114',
    theme: '',
    group: 'no',
  });
  expect(await standing(core, bo, open)).toEqual({ wish: 'anybody', experience: '', theme: '', group: 'no' });
  await ask(core, asha, wish({ wish: 'theme', theme: 'chief-executives/politics', group: 'yes' }));
  const rows = await core.db.selectFrom('round_wishes').select(['member_id', 'wish', 'wants_group']).execute();
  const theme = { kind: 'theme', theme: 'chief-executives/politics' };
  expect(rows).toEqual([{ member_id: asha.id, wish: theme, wants_group: true }]);
  await ask(core, asha, wish({}));
  expect(await core.db.selectFrom('round_wishes').selectAll().execute()).toEqual([]);
});

test.each<[Parameters<typeof wish>[0], string]>([
  [{ wish: 'experience', experience: 'gardening' }, 'experience'],
  [{ wish: 'theme', theme: '' }, 'theme'],
  [{ wish: 'a friend' }, 'wish'],
  [{ experience: 'section-114' }, 'wish'],
  [{ wish: 'new-to-role', theme: 'local-government/people' }, 'wish'],
  [{ group: 'perhaps' }, 'group'],
])('%j is not understood, and nothing is kept of it', async (answers, field) => {
  const { core, asha } = stage;
  const reply = await ask(core, asha, wish(answers));
  expect(reply.kind === 'invalid' ? reply.problems.map((problem) => problem.field) : reply).toEqual([field]);
  expect(await core.db.selectFrom('round_wishes').selectAll().execute()).toEqual([]);
});

test('another answer than before may leave what stood in the list of the former one', async () => {
  const { core, asha } = stage;
  await ask(core, asha, wish({ wish: 'experience', experience: 'section-114' }));
  const reply = await ask(core, asha, wish({ experience: 'section-114' }));
  expect(textOf(reply)).toContain('We have saved that anybody who suits you is fine.');
});

test('who has not agreed to be matched is told so, and where all are in groups nobody is asked about one', async () => {
  const { core, asha, bo } = stage;
  await ask(core, bo, { kind: 'joining.agreements', prompts: 'yes', matching: 'no', findable: 'no' });
  for (const intent of [{ kind: 'matching.open-wishes' } as const, wish({ wish: 'new-to-role' })]) {
    expect(textOf(await ask(core, bo, intent))).toContain('You have not agreed that we introduce you to peers.');
  }
  expect(await core.db.selectFrom('round_wishes').selectAll().execute()).toEqual([]);
  await core.db.updateTable('network').set({ group_size: 3 }).execute();
  const form = formOf(await ask(core, asha, { kind: 'matching.open-wishes' }));
  expect([form.fields.map(({ name }) => name), form.completes]).toEqual([
    ['wish', 'experience', 'theme'],
    { kind: 'matching.wishes', group: 'no' },
  ]);
});

test('what somebody has been through stands in their profile and settings, and can be taken back', async () => {
  const { core, asha, bo } = stage;
  const save = (experiences: string) => ask(core, asha, { kind: 'matching.experiences', experiences });
  const open = { kind: 'matching.open-experiences' } as const;
  await save('section-114,merger,merger');
  expect(await standing(core, asha, open)).toEqual({ experiences: 'merger,section-114' });
  for (const kind of ['network.profile', 'network.settings'] as const) {
    expect(textOf(await ask(core, asha, { kind }))).toContain('A section 114 notice');
    expect(textOf(await ask(core, bo, { kind }))).not.toContain('A section 114 notice');
  }
  const refused = await save('merger,gardening');
  expect(refused).toMatchObject({ kind: 'invalid', problems: [{ field: 'experiences' }] });
  expect(await standing(core, asha, open)).toEqual({ experiences: 'merger,section-114' });
  await save('');
  expect(await standing(core, asha, open)).toEqual({ experiences: '' });
});

test('a round that moves to another day is told of again, each time; at another hour it is not', async () => {
  const { core, asha } = stage;
  const { at: toldAt, id } = await when(core, 'matching.opening');
  const first = await when(core, 'matching.round');
  await settleAt(toldAt);
  const { round_weekday: weekday, round_hour: hour } = await core.db
    .selectFrom('network')
    .select(['round_weekday', 'round_hour'])
    .executeTakeFirstOrThrow();
  const move = async (rhythm: { round_weekday: number; round_hour: number }) => {
    await core.db.updateTable('network').set(rhythm).execute();
    await core.db.transaction().execute(async (tx) => await replanRound(tx, core.clock.now()));
    await stage.settle();
    return [(await when(core, 'matching.round')).at.getTime() - first.at.getTime(), ahead(asha).length];
  };
  const dayMs = 86_400_000;
  expect(await move({ round_weekday: weekday, round_hour: hour + 1 })).toEqual([3_600_000, 1]);
  expect(await move({ round_weekday: weekday + 1, round_hour: hour })).toEqual([dayMs, 1]);
  await settleAt((await when(core, 'matching.opening')).at);
  expect(ahead(asha)).toHaveLength(2);
  expect(await move({ round_weekday: weekday, round_hour: hour })).toEqual([0, 3]);
  const done = await core.db.selectFrom('agenda').select('done_at').where('id', '=', id).executeTakeFirst();
  expect(done?.done_at).toEqual(core.clock.now());
});

test('nobody is told of a round that is due already and about to run', async () => {
  const { core, asha, bo } = stage;
  const opening = await when(core, 'matching.opening');
  const round = await when(core, 'matching.round');
  stage.clock.set(opening.at);
  await fallDue(core, opening.id);
  stage.clock.set(round.at);
  const posted = await core.db
    .selectFrom('deliveries')
    .select('id')
    .where('kind', '=', 'matching.before-round')
    .execute();
  for (const { id } of posted) await deliver(core, new Map([['web', stage.web]]), id);
  expect([posted.length, [asha, bo, cy].flatMap(ahead)]).toEqual([3, []]);
});
