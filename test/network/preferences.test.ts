import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Field, Form } from '../../src/messages/form.ts';
import type { Page } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { noteProfile } from '../../src/network/platform-news.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, joinFrom, mustFind, recordingOutbound, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

type Answers = Omit<Extract<Intent, { kind: 'network.preferences' }>, 'kind'>;

const london: Answers = { name: '', zone: 'Europe/London', locale: 'follow' };

async function choose(member: Member, answers: Partial<Answers>): Promise<Reply> {
  return await ask(core, member, { kind: 'network.preferences', ...london, ...answers });
}

function pageOf(reply: Reply): Page {
  if (reply.kind !== 'page') throw new Error(`Not a page: ${textOf(reply)}`);
  return reply.page;
}

function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`Not a form: ${textOf(reply)}`);
  return reply.form;
}

/** What the settings page says about the member, as label → value. */
async function settingsOf(member: Member, sender?: Sender): Promise<Readonly<Record<string, string>>> {
  const intent = { kind: 'network.settings' } as const;
  const page = pageOf(sender === undefined ? await ask(core, member, intent) : await handle(core, sender, intent));
  const about = page.cards[0]?.body ?? [];
  const found = about.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  return Object.fromEntries(found.map(({ label, value }) => [label, value]));
}

function labelsOf(page: Page): readonly string[] {
  return page.cards.flatMap((card) => card.buttons.map((button) => button.label));
}

const account = { platform: 'slack', space: 'T1', user: 'U1' } as const;

function slack(email: string): Sender {
  const profile = { name: 'asha.r', email, zone: 'Europe/Paris', locale: 'cy-GB' };
  return { account, address: { channel: 'D1' }, profile: () => Promise.resolve(profile) };
}

describe('settings', () => {
  test('what the platform says stands until the member chooses, and again when they take their choice back', async () => {
    const member = await addMember(core, { name: 'Asha Rahman', email: 'asha@leeds.example' });
    const sender = slack(member.email);
    await joinFrom(core, member, sender);
    expect(await settingsOf(member, sender)).toEqual({
      Name: 'asha.r (from Slack)',
      Work: 'Director of Place, Leeds City Council',
      'Time zone': 'Paris time (from Slack)',
      Language: 'Cymraeg (Welsh) (from Slack)',
      'Working hours': '9am to 5pm',
    });
    await choose(member, { name: '  Asha \n\u202e Rahman-Jones\u0000 ', locale: 'en' });
    expect(await settingsOf(member, sender)).toEqual({
      Name: 'Asha Rahman-Jones (your choice)',
      Work: 'Director of Place, Leeds City Council',
      'Time zone': 'UK time (London) (your choice)',
      Language: 'English (your choice)',
      'Working hours': '9am to 5pm',
    });
    await choose(member, { zone: 'follow', locale: 'follow' });
    await noteProfile(core, account, { name: 'Asha R.', email: member.email, zone: 'Europe/Rome', locale: 'en-GB' });
    expect(await settingsOf(member, sender)).toMatchObject({
      Name: 'Asha R. (from Slack)',
      'Time zone': 'Rome time (from Slack)',
      Language: 'English (from Slack)',
    });
  });

  test('someone no platform has said anything about is what the list says', async () => {
    expect(await settingsOf(await addActive(core))).toEqual({
      Name: 'Asha Rahman (from the network’s list)',
      Work: 'Director of Place, Leeds City Council',
      'Time zone': 'UK time (London) (from the network’s list)',
      Language: 'English (what we use unless you say otherwise)',
      'Working hours': '9am to 5pm',
    });
  });

  test('the page offers to pause or to start again, and only what a member may do', async () => {
    const member = await addActive(core);
    const settings = { kind: 'network.settings' } as const;
    expect(labelsOf(pageOf(await ask(core, member, settings)))).toEqual([
      'Change',
      'Change your work',
      'Change your hours',
      'Change what you agree to',
      'Change your interests',
      'Change what you have been through',
      'Change how often',
      'Pause',
      'Say who you would like to meet',
      'Sit out the next round',
      'See your accounts',
      'See your list',
      'See everything',
      'Leave the network',
      'Erase everything',
    ]);
    await ask(core, member, pauseUntil('2027-03-09'));
    const paused = pageOf(await ask(core, member, settings));
    expect(labelsOf(paused)).toContain('Start again now');
    expect(textOf({ kind: 'page', page: paused })).toContain('Paused until Tuesday 9 March');
    await ask(core, member, { kind: 'network.confirm-leave' });
    expect(labelsOf(pageOf(await ask(core, member, settings)))).toEqual(['See everything', 'Erase everything']);
    expect(textOf(await ask(core, member, { kind: 'network.open-preferences' }))).toContain('You have not joined');
  });
});

describe('the form', () => {
  async function fields(member: Member): Promise<Readonly<Record<string, Field>>> {
    const form = formOf(await ask(core, member, { kind: 'network.open-preferences' }));
    return Object.fromEntries(form.fields.map((field) => [field.name, field]));
  }

  test('it opens with what holds now, offers a zone and a language that its lists lack, and can be sent as it stands', async () => {
    const member = await addMember(core, { name: 'x'.repeat(150), zone: 'Antarctica/Troll', status: 'active' });
    await core.db.updateTable('members').set({ profile_locale: 'fr-FR' }).where('id', '=', member.id).execute();
    const shown = await fields(member);
    expect(Object.values(shown).map(({ name, value, required }) => [name, value, required])).toEqual([
      ['name', '', false],
      ['zone', 'follow', true],
      ['locale', 'follow', true],
    ]);
    for (const field of Object.values(shown)) {
      if (field.kind !== 'choice') continue;
      expect(field.options.map(({ value }) => value)).toContain(field.value);
      expect(field.options.length).toBeLessThanOrEqual(96);
      expect(new Set(field.options.map(({ value }) => value)).size).toBe(field.options.length);
      for (const { value, label } of field.options)
        expect(Math.max(value.length, label.length)).toBeLessThanOrEqual(75);
    }
    const before = await mustFind(core, member.id);
    const sent = await choose(before, { zone: 'follow', locale: 'follow' });
    expect(sent.kind).toBe('message');
    expect(await mustFind(core, member.id)).toEqual(before);
    const chosen = await core.db
      .selectFrom('members')
      .select(['chosen_name', 'chosen_zone', 'chosen_locale'])
      .execute();
    expect(chosen).toEqual([{ chosen_name: '', chosen_zone: '', chosen_locale: '' }]);
  });

  test('a choice of one’s own stays when something else is changed, also where it says what the platform says', async () => {
    const member = await addMember(core, { email: 'asha@leeds.example' });
    const sender = slack(member.email);
    await joinFrom(core, member, sender);
    expect((await fields(member))['zone']).toMatchObject({
      value: 'follow',
      options: expect.arrayContaining([{ value: 'follow', label: 'Follow Slack: now Paris time' }]),
    });
    await choose(member, { name: 'Asha', zone: 'Europe/Rome', locale: 'en' });
    const says = { name: 'Asha', email: member.email, zone: 'Europe/Rome', locale: 'en-GB' };
    await noteProfile(core, account, says);
    const shown = await fields(member);
    const asShown = (name: string) => shown[name]?.value ?? '';
    const unchanged = { name: asShown('name'), zone: asShown('zone'), locale: asShown('locale') };
    expect(unchanged).toEqual({ name: 'Asha', zone: 'Europe/Rome', locale: 'en' });
    await choose(member, unchanged);
    await noteProfile(core, account, { ...says, name: 'A. R.', zone: 'Asia/Tokyo', locale: 'cy' });
    expect(await settingsOf(member)).toEqual({
      Name: 'Asha (your choice)',
      Work: 'Director of Place, Leeds City Council',
      'Time zone': 'Rome time (your choice)',
      Language: 'English (your choice)',
      'Working hours': '9am to 5pm',
    });
  });

  test('a zone and a language that hold already can be kept, and followed again', async () => {
    const member = await addMember(core, { email: 'asha@leeds.example' });
    await joinFrom(core, member, slack(member.email));
    const elsewhere = { name: '', email: member.email, zone: 'Asia/Tokyo', locale: 'en' };
    await choose(member, { zone: 'Europe/Paris', locale: 'cy' });
    await noteProfile(core, account, elsewhere);
    expect(await settingsOf(member)).toMatchObject({
      'Time zone': 'Paris time (your choice)',
      Language: 'Cymraeg (Welsh) (your choice)',
    });
    await choose(member, { zone: 'follow', locale: 'follow' });
    expect(await settingsOf(member)).toMatchObject({
      'Time zone': 'Tokyo time (from Slack)',
      Language: 'English (from Slack)',
    });
  });

  test('a name that is not theirs is not made theirs by sending the form as it stands', async () => {
    const member = await addMember(core, { email: 'asha@leeds.example' });
    await joinFrom(core, member, slack(member.email));
    const says = { name: 'Asha  R.', email: member.email, zone: '', locale: '' };
    await noteProfile(core, account, says);
    await choose(member, { name: (await fields(member))['name']?.value ?? '', zone: 'follow' });
    expect(await settingsOf(member)).toMatchObject({ Name: 'Asha  R. (from Slack)' });
  });

  test('two zones that the list lacks, one chosen and one followed, are both offered within what Slack takes', async () => {
    const member = await addMember(core, { zone: 'Antarctica/Troll', status: 'active' });
    await core.db.updateTable('members').set({ chosen_zone: 'Antarctica/Davis' }).execute();
    const { zone } = await fields(member);
    const options = zone?.kind === 'choice' ? zone.options.map(({ value }) => value) : [];
    expect(options).toEqual(expect.arrayContaining(['follow', 'Antarctica/Troll', 'Antarctica/Davis']));
    expect(options.length).toBeLessThanOrEqual(96);
    expect((await choose(member, { zone: 'Antarctica/Troll' })).kind).toBe('message');
    expect((await mustFind(core, member.id)).zone).toBe('Antarctica/Troll');
  });

  test('the language question says that we write in English for now', async () => {
    const { locale } = await fields(await addActive(core));
    expect(locale?.hint).toContain('We write in English for now');
    expect(locale?.kind === 'choice' && locale.options.map(({ label }) => label)).toEqual([
      'Follow the network: now English',
      'English',
      'Cymraeg (Welsh)',
    ]);
  });

  test('the zones are the network’s own, and then real ones from west to east', async () => {
    const { zone } = await fields(await addActive(core));
    const [following, ...options] = zone?.kind === 'choice' ? zone.options : [];
    expect(following).toEqual({ value: 'follow', label: 'Follow the network’s list: now UK time (London)' });
    expect(options[0]).toEqual({ value: 'Europe/London', label: 'UK time (London)' });
    const winter = new Date('2027-01-15T12:00:00Z');
    const offsets = options.slice(1).map(({ value }) => {
      const parts = new Intl.DateTimeFormat('en-GB', { timeZone: value, timeZoneName: 'longOffset' }).formatToParts(
        winter,
      );
      const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
      const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
      return Number(`${sign}${Number(hours) * 60 + Number(minutes)}`);
    });
    // South of the equator it is summer then: an hour out of order there.
    offsets.reduce((west, offset) => {
      expect(offset).toBeGreaterThanOrEqual(west - 60);
      return Math.max(west, offset);
    }, -720);
  });

  test.each<[Partial<Answers>, string]>([
    [{ zone: '' }, 'zone'],
    [{ zone: 'Mars/Phobos' }, 'zone'],
    [{ locale: '' }, 'locale'],
    [{ locale: 'tlh' }, 'locale'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: '🙂 123' }, 'name'],
  ])('%j keeps the form open with a problem beside the field, and changes nothing', async (answers, field) => {
    const member = await addActive(core);
    const reply = await choose(member, { name: 'Somebody Else', ...answers });
    expect(reply).toEqual({ kind: 'invalid', problems: [{ field, text: expect.stringMatching(/\.$/) }] });
    expect(await mustFind(core, member.id)).toEqual(member);
  });
});

describe('a new zone', () => {
  const web = recordingOutbound();
  const outbounds = new Map([['web', web]] as const);

  /** Lets the clock run, stopping wherever a prompt is due. */
  async function runUntil(moment: Date): Promise<void> {
    for (;;) {
      const next = await core.db
        .selectFrom('agenda')
        .select('due_at')
        .where('kind', '=', 'reflections.prompt')
        .where('done_at', 'is', null)
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      const due = next !== undefined && next.due_at <= moment;
      stage.clock.set(due ? next.due_at : moment);
      await settleAll(core, outbounds);
      if (!due) return;
    }
  }

  async function prompts(member: Member): Promise<readonly string[]> {
    const rows = await core.db
      .selectFrom('prompts')
      .select(['week', 'sent_at'])
      .where('member_id', '=', member.id)
      .orderBy('week')
      .execute();
    return rows.map(({ week, sent_at }) => `${week}: ${sent_at.toISOString().slice(0, 16)}`);
  }

  async function nextPrompts(member: Member): Promise<readonly Date[]> {
    const rows = await core.db
      .selectFrom('agenda')
      .select('due_at')
      .where('kind', '=', 'reflections.prompt')
      .where('subject', '=', member.id)
      .where('done_at', 'is', null)
      .execute();
    return rows.map((row) => row.due_at);
  }

  test('before this week’s prompt, it comes at its hour on the new clock, and the answer says when', async () => {
    const member = await addActive(core);
    const reply = await choose(member, { zone: 'America/New_York' });
    expect(textOf(reply)).toContain('Your next prompt comes at 9am on Monday 8 March');
    await runUntil(new Date('2027-03-16T00:00Z'));
    // Clocks there change on 14 March.
    expect(await prompts(member)).toEqual(['2027-03-08: 2027-03-08T14:00', '2027-03-15: 2027-03-15T13:00']);
  });

  test('on the other side of the world it is past the hour of a prompt not yet sent: it comes at once', async () => {
    const member = await addActive(core);
    // Monday 8 March, 11am in Auckland; Sunday 10pm in London.
    await runUntil(new Date('2027-03-07T22:00Z'));
    expect(textOf(await choose(member, { zone: 'Pacific/Auckland' }))).toContain('so it comes now');
    await runUntil(new Date('2027-03-15T12:00Z'));
    expect(await prompts(member)).toEqual(['2027-03-08: 2027-03-07T22:00', '2027-03-15: 2027-03-14T20:00']);
  });

  test('after this week’s prompt, back where the week has not begun, it does not come again', async () => {
    const member = await addActive(core, { zone: 'Pacific/Auckland' });
    await runUntil(new Date('2027-03-07T21:00Z'));
    expect(await prompts(member)).toEqual(['2027-03-08: 2027-03-07T20:00']);
    expect(textOf(await choose(member, {}))).toContain('Your next prompt comes at 9am on Monday 15 March');
    await runUntil(new Date('2027-03-16T12:00Z'));
    expect(await prompts(member)).toEqual(['2027-03-08: 2027-03-07T20:00', '2027-03-15: 2027-03-15T09:00']);
  });

  test('coming back in a week that has had its prompt elsewhere starts prompts again the week after', async () => {
    const member = await addActive(core, { zone: 'Pacific/Auckland' });
    await runUntil(new Date('2027-03-07T21:00Z'));
    await ask(core, member, { kind: 'network.confirm-leave' });
    await core.db.updateTable('members').set({ chosen_zone: 'Europe/London' }).where('id', '=', member.id).execute();
    await joinFrom(core, member, slack(member.email));
    await runUntil(new Date('2027-03-16T12:00Z'));
    expect(await prompts(member)).toEqual(['2027-03-08: 2027-03-07T20:00', '2027-03-15: 2027-03-15T09:00']);
  });

  test('a choice that leaves the zone as it is leaves the prompt as it is', async () => {
    const member = await addActive(core);
    const before = await nextPrompts(member);
    const reply = await choose(member, { name: 'Asha' });
    expect(textOf(reply)).not.toContain('Your next prompt');
    expect(await nextPrompts(member)).toEqual(before);
  });

  test('however often somebody moves, every week has one prompt, and one is always to come', async () => {
    const zone = fc.constantFrom(
      'Europe/London',
      'Pacific/Auckland',
      'Pacific/Honolulu',
      'Asia/Kolkata',
      'Australia/Sydney',
    );
    const move = fc.record({ zone, hours: fc.integer({ min: 1, max: 200 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 6 }), async (moves) => {
        const member = await addActive(core);
        for (const { zone: to, hours } of moves) {
          await runUntil(new Date(core.clock.now().getTime() + hours * 3_600_000));
          await choose(member, { zone: to });
          await settleAll(core, outbounds);
        }
        await runUntil(new Date(core.clock.now().getTime() + 8 * 24 * 3_600_000));
        const weeks = (await prompts(member)).map((line) => Date.parse(line.slice(0, 10)));
        expect(weeks.length).toBeGreaterThan(0);
        const gaps = weeks.slice(1).map((week, index) => week - (weeks[index] ?? 0));
        expect(new Set([...gaps, 7 * 24 * 3_600_000]).size).toBe(1);
        expect(await nextPrompts(member)).toHaveLength(1);
        await ask(core, member, { kind: 'network.confirm-leave' });
      }),
      { numRuns: 4 },
    );
  });
});
