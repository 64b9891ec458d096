import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import { fallDue } from '../../src/agenda/fall-due.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { agreementsVersion, saidBy } from '../../src/joining/consents.ts';
import type { Member } from '../../src/network/model.ts';
import { findDue } from '../../src/store/agenda.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { agreeing, answered, formOf, join } from '../support/joining.ts';
import { ask, mustFind, recordingOutbound, saidTo, textOf } from '../support/people.ts';
import { held, onSlack, opened, postedTo, prompts } from './stage.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let slack: Sender;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addMember(core, { name: 'Asha Rahman', email: 'asha@leeds.example', council: 'Leeds City Council' });
  slack = onSlack(asha.email);
});
afterEach(() => stage.close());

const none = { prompts: 'no', matching: 'no', findable: 'no' } as const;

async function row(id = asha.id) {
  return await core.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

describe('the four forms', () => {
  test('come one after the other, each with what we know; the last one makes a member', async () => {
    const about = await opened(core, slack, { kind: 'network.join' });
    expect(about.heading).toBe('Join: your work (1 of 4)');
    expect(held(about)).toEqual({
      council: 'Leeds City Council',
      role: 'Director of Place',
      level: 'director',
      newly: 'no',
    });
    const interests = await opened(
      core,
      slack,
      answered(about, { level: 'manager', newly: 'yes', role: ' Head of\n Place ' }),
    );
    const [field] = interests.fields;
    const options = field?.kind === 'choices' ? field.options : [];
    // Of the frameworks for the level they have just said.
    expect(new Set(options.map(({ value }) => value.split('/')[0]))).toEqual(
      new Set(['managerial-leadership', 'collective-leadership']),
    );
    const chosen = options.slice(0, 2).map(({ value }) => value);
    const hours = await opened(core, slack, answered(interests, { interests: chosen.join(',') }));
    expect(held(hours)).toEqual({ zone: 'Europe/London', from: '09:00', until: '17:00' });
    const agreements = await opened(
      core,
      slack,
      answered(hours, { from: '08:30', until: '16:00', zone: 'Europe/Paris' }),
    );
    // Nothing is chosen for them.
    expect(held(agreements)).toEqual({ prompts: '', matching: '', findable: '' });
    expect((await mustFind(core, asha.id)).status).toBe('invited');
    expect(await postedTo(core, asha.id)).toEqual([]);
    const done = await handle(core, slack, answered(agreements, { ...agreeing, findable: 'no' }));
    expect(textOf(done)).toContain('You have joined');
    expect(await row()).toMatchObject({
      status: 'active',
      role: 'Head of Place',
      level: 'manager',
      newly_appointed: true,
      works_from: '08:30',
      works_until: '16:00',
      chosen_zone: 'Europe/Paris',
    });
    const kept = await core.db.selectFrom('interests').select(['framework', 'theme']).execute();
    expect(kept.map(({ framework, theme }) => `${framework}/${theme}`).toSorted()).toEqual(chosen.toSorted());
    const now = core.clock.now();
    expect(await saidBy(core.db, asha.id)).toEqual([
      { purpose: 'prompts', given: true, version: agreementsVersion, saidAt: now },
      { purpose: 'matching', given: true, version: agreementsVersion, saidAt: now },
      { purpose: 'findable', given: false, version: agreementsVersion, saidAt: now },
    ]);
    expect(await postedTo(core, asha.id)).toEqual(['network.welcome']);
    // 9am in Paris.
    expect(await prompts(core, asha.id)).toEqual([new Date('2027-03-08T08:00:00Z')]);
  });

  test('are found as they were left by somebody who stops half way, who is sent nothing and asked for no prompt', async () => {
    const about = await opened(core, slack, { kind: 'network.join' });
    const interests = await opened(core, slack, answered(about, { role: 'Chief Executive', level: 'chief executive' }));
    await opened(core, slack, answered(interests, { interests: 'chief-executives/public-ethics' }));
    stage.clock.set(new Date('2027-03-17T12:00:00Z'));
    const out = [recordingOutbound('slack'), recordingOutbound('web')];
    await settleAll(core, new Map(out.map((outbound) => [outbound.platform, outbound] as const)));
    expect(out.flatMap(({ letters }) => letters)).toEqual([]);
    expect(await prompts(core, asha.id)).toEqual([]);
    expect(textOf(await handle(core, slack, { kind: 'network.profile' }))).toContain('You have not joined');
    const again = await opened(core, slack, { kind: 'network.join' });
    expect(held(again)).toMatchObject({ role: 'Chief Executive', level: 'chief executive' });
    expect(held(await opened(core, slack, answered(again)))).toEqual({ interests: 'chief-executives/public-ethics' });
  });

  test('keep nothing of a form with mistakes, and say which they are', async () => {
    const about = await opened(core, slack, { kind: 'network.join' });
    const wrong = { council: 'Leeds City Council', role: ' ', level: 'emperor', newly: '' };
    expect(await handle(core, slack, { kind: 'joining.about', ...wrong })).toEqual({
      kind: 'invalid',
      problems: [
        { field: 'role', text: 'Enter your job title.' },
        { field: 'level', text: 'Choose your level from the list.' },
        { field: 'newly', text: 'Choose whether you are new in your role.' },
      ],
    });
    const long = await handle(core, slack, answered(about, { role: 'x'.repeat(201) }));
    expect(long).toMatchObject({ kind: 'invalid', problems: [{ field: 'role' }] });
    const interests = { kind: 'joining.interests', interests: 'chief-executives/no-such-theme' } as const;
    expect(await handle(core, slack, interests)).toMatchObject({ kind: 'invalid', problems: [{ field: 'interests' }] });
    for (const [from, until, fields] of [
      ['09:00', '09:00', ['until']],
      ['25:00', 'noon', ['from', 'until']],
      ['17:00', '09:00', ['until']],
    ] as const) {
      const reply = await handle(core, slack, { kind: 'joining.hours', zone: 'Europe/London', from, until });
      expect(reply.kind === 'invalid' && reply.problems.map(({ field }) => field)).toEqual(fields);
    }
    const zone = { kind: 'joining.hours', zone: 'Mars/Olympus', from: '09:00', until: '17:00' } as const;
    expect(await handle(core, slack, zone)).toMatchObject({ kind: 'invalid', problems: [{ field: 'zone' }] });
    const agreements = { kind: 'joining.agreements', prompts: 'yes', matching: '', findable: 'maybe' } as const;
    expect(await handle(core, slack, agreements)).toMatchObject({
      kind: 'invalid',
      problems: [{ field: 'matching' }, { field: 'findable' }],
    });
    expect(await row()).toMatchObject({ status: 'invited', role: 'Director of Place', works_from: '09:00' });
    expect(await saidBy(core.db, asha.id)).toEqual([]);
  });

  test('let somebody in who says no to all three, and tell them what is open to them', async () => {
    const done = textOf(await join(core, slack, none));
    expect(done).toContain('You have joined');
    expect(done).toContain('You can take part in conversations');
    const out = recordingOutbound('slack');
    await settleAll(core, new Map([['slack', out]]));
    expect(saidTo({ ...out, letters: out.letters }, { ...asha, id: slack.account.user })).toEqual([
      'Welcome to the network. You can take part in conversations.',
    ]);
    const welcome = JSON.stringify(out.letters);
    for (const words of ['question to reflect on', 'introduce you', 'find you']) expect(welcome).not.toContain(words);
    expect(await prompts(core, asha.id)).toEqual([]);
    expect(await mustFind(core, asha.id)).toMatchObject({
      agreesToPrompts: false,
      agreesToMatching: false,
      findable: false,
    });
  });

  test('say when prompts and matches come as the network has it, and so does the welcome', async () => {
    await core.db.updateTable('network').set({ prompt_weekday: 3, prompt_hour: 14, round_weeks: 4 }).execute();
    const form = JSON.stringify(
      await opened(core, slack, { kind: 'network.join' }).then(() =>
        opened(core, slack, { kind: 'joining.open-agreements' }),
      ),
    );
    await join(core, slack);
    const out = recordingOutbound('slack');
    await settleAll(core, new Map([['slack', out]]));
    for (const said of [form, JSON.stringify(out.letters)]) {
      expect(said).toContain('2pm on Wednesday');
      expect(said).toContain('Every four weeks');
      expect(said).not.toMatch(/9am|Monday|two weeks/);
    }
  });
});

describe('a member', () => {
  beforeEach(async () => {
    await join(core, slack);
    asha = await mustFind(core, asha.id);
  });

  test('changes one thing at a time, in the same forms, and is told that it is saved', async () => {
    const about = formOf(await ask(core, asha, { kind: 'joining.open-about' }));
    expect(about.heading).toBe('Your work');
    expect(textOf(await ask(core, asha, answered(about, { role: 'Director of Change' })))).toContain(
      'Director of Change at',
    );
    const interests = formOf(await ask(core, asha, { kind: 'joining.open-interests' }));
    expect(textOf(await ask(core, asha, answered(interests, { interests: '' })))).toContain('no theme');
    const hours = formOf(await ask(core, asha, { kind: 'joining.open-hours' }));
    const moved = await ask(core, asha, answered(hours, { zone: 'America/New_York', from: '09:30' }));
    expect(textOf(moved)).toContain('from 9:30am to 5pm, on New York time');
    expect(await prompts(core, asha.id)).toEqual([new Date('2027-03-08T14:00:00Z')]);
    const back = await ask(core, asha, answered(hours, { zone: 'Europe/London' }));
    expect(textOf(back)).toContain('UK time');
    expect(await row()).toMatchObject({ chosen_zone: '' });
    expect(await prompts(core, asha.id)).toEqual([new Date('2027-03-08T09:00:00Z')]);
  });

  test('sees what they agreed to; a no to prompts takes the next one off, a yes puts it back', async () => {
    const form = formOf(await ask(core, asha, { kind: 'joining.open-agreements' }));
    expect(held(form)).toEqual(agreeing);
    const reply = await ask(core, asha, answered(form, { prompts: 'no', findable: 'no' }));
    expect(textOf(reply)).toContain('We send you no questions to reflect on.');
    expect(await prompts(core, asha.id)).toEqual([]);
    expect(await mustFind(core, asha.id)).toMatchObject({
      agreesToPrompts: false,
      agreesToMatching: true,
      findable: false,
    });
    stage.clock.set(new Date('2027-03-09T12:00:00Z'));
    await ask(core, asha, answered(form, { prompts: 'yes' }));
    expect(await prompts(core, asha.id)).toEqual([new Date('2027-03-15T09:00:00Z')]);
    // What they said before stays on record.
    const prompting = (await saidBy(core.db, asha.id)).filter(({ purpose }) => purpose === 'prompts');
    expect(prompting.map(({ given }) => given)).toEqual([true, false, true]);
  });

  test('who says no while their prompt is on its way does not get it', async () => {
    const out = recordingOutbound('slack');
    await settleAll(core, new Map([['slack', out]]));
    stage.clock.set(new Date('2027-03-08T09:00:00Z'));
    for (const id of await findDue(core.db, core.clock.now(), 10)) await fallDue(core, id);
    expect(await postedTo(core, asha.id)).toContain('reflections.prompt');
    await ask(core, asha, { kind: 'joining.agreements', ...agreeing, prompts: 'no' });
    out.letters.length = 0;
    await settleAll(core, new Map([['slack', out]]));
    expect(out.letters).toEqual([]);
  });

  test('who left takes their agreements back, and is asked anew when they come back', async () => {
    await ask(core, asha, { kind: 'network.confirm-leave' });
    const said = (await saidBy(core.db, asha.id)).map(({ purpose, given }) => [purpose, given]);
    expect(said.slice(-3)).toEqual([
      ['prompts', false],
      ['matching', false],
      ['findable', false],
    ]);
    const form = formOf(await handle(core, slack, { kind: 'joining.open-agreements' }));
    expect(held(form)).toEqual({ prompts: '', matching: '', findable: '' });
    await join(core, slack, { ...none, prompts: 'yes' });
    expect(await mustFind(core, asha.id)).toMatchObject({
      status: 'active',
      agreesToPrompts: true,
      agreesToMatching: false,
    });
  });
});
