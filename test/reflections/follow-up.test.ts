import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { askAfter, askMoment } from '../../src/reflections/follow-up-day.ts';
import { isBankHoliday } from '../../src/time/bank-holidays.ts';
import { dayOf, daysAfter, weekdayOf } from '../../src/time/days.ts';
import { localParts } from '../../src/time/local.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, type RecordingOutbound, recordingOutbound, textOf } from '../support/people.ts';
import { write } from '../support/reflections.ts';

describe('when a member is asked', () => {
  const someMoment = fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true });
  const someDays = fc.record({
    zone: fc.constantFrom('Europe/London', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu', 'Africa/Cairo'),
    hour: fc.integer({ min: 4, max: 23 }),
  });
  const isWorking = (day: string) => weekdayOf(day) < 6 && !isBankHoliday(day, 'England');

  test('it is the first working day four weeks on, at the hour of prompts on their own clock', () => {
    fc.assert(
      fc.property(someMoment, someDays, (writtenAt, { zone, hour }) => {
        const [day = '', time] = localParts(askMoment(writtenAt, { zone, hour, isWorking }), zone).split(' ');
        expect(time).toBe(`${String(hour).padStart(2, '0')}:00`);
        expect(isWorking(day)).toBe(true);
        const fourWeeksOn = daysAfter(dayOf(writtenAt, zone), 28);
        expect(day >= fourWeeksOn).toBe(true);
        for (let skipped = fourWeeksOn; skipped < day; skipped = daysAfter(skipped, 1)) {
          expect(isWorking(skipped)).toBe(false);
        }
      }),
    );
  });

  test('after a pause it is a working day at that hour, and not before the pause has ended', () => {
    fc.assert(
      fc.property(someMoment, someDays, (until, { zone, hour }) => {
        const at = askAfter(until, { zone, hour, isWorking });
        expect(at >= until).toBe(true);
        expect(isWorking(dayOf(at, zone))).toBe(true);
        expect(at.getTime() - until.getTime()).toBeLessThan(9 * 86_400_000);
      }),
    );
  });

  test('over Christmas it waits for the first day of work', () => {
    const days = { zone: 'Europe/London', hour: 9, isWorking };
    expect(askMoment(new Date('2026-11-27T12:00Z'), days)).toEqual(new Date('2026-12-29T09:00Z'));
  });

  test('where no day is one of work, it is asked all the same', () => {
    const never = { zone: 'Europe/London', hour: 9, isWorking: () => false };
    expect(askMoment(new Date('2026-11-27T12:00Z'), never).getTime()).toBeLessThan(Date.parse('2028-03-01'));
  });
});

describe('asking', () => {
  let stage: TestCore;
  let core: Core;
  let member: Member;
  let web: RecordingOutbound;
  const action = 'Walk the floor with the night shift';

  beforeEach(async () => {
    stage = await openTestCore(new Date('2027-03-02T12:00:00Z'));
    core = stage.core;
    member = await addActive(core);
    web = recordingOutbound();
  });
  afterEach(() => stage.close());

  /** How often the question was put by then; time goes by in days. */
  async function askedBy(moment: string): Promise<number> {
    const end = new Date(moment).getTime();
    for (let at = core.clock.now().getTime(); at < end; at = Math.min(end, at + 86_400_000)) {
      stage.clock.set(new Date(at));
      await settleAll(core, new Map([['web', web]]));
    }
    stage.clock.set(new Date(moment));
    await settleAll(core, new Map([['web', web]]));
    return web.letters.filter(({ message }) => message.heading === 'How did it go?').length;
  }

  test('four weeks on, the question comes once, without the action’s words; the form has them, and keeps the answer sealed', async () => {
    const prompt = await write(core, member, { text: 'An answer', action });
    expect(await askedBy('2027-03-30T07:59Z')).toBe(0);
    expect(await askedBy('2027-03-30T08:00Z')).toBe(1);
    const [letter] = web.letters.filter(({ message }) => message.heading === 'How did it go?');
    expect(letter?.message.summary).toBe('Four weeks ago you wrote down something to try. How did it go?');
    expect(JSON.stringify(web.parcels)).not.toContain('night shift');
    const form = await ask(core, member, { kind: 'reflections.open-follow-up', prompt });
    expect(textOf(form)).toContain(action);
    const saved = await ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'They were glad of it' });
    expect(textOf(saved)).not.toContain('glad');
    const { follow_up } = await core.db.selectFrom('reflections').select('follow_up').executeTakeFirstOrThrow();
    if (follow_up === null) throw new Error('Nothing was kept');
    expect(follow_up.toString('latin1')).not.toContain('glad');
    expect(textOf(await ask(core, member, { kind: 'reflections.open-follow-up', prompt }))).toContain('glad of it');
    expect(await askedBy('2027-06-30T12:00Z')).toBe(1);
  });

  test.each([
    ['  ', 'Write how it went'],
    ['x'.repeat(3001), '3,000 characters or fewer'],
  ])('how it went that is empty or too long keeps the form open', async (text, words) => {
    const prompt = await write(core, member, { text: 'An answer', action });
    const reply = await ask(core, member, { kind: 'reflections.follow-up', prompt, text });
    expect(reply).toEqual({ kind: 'invalid', problems: [{ field: 'text', text: expect.stringContaining(words) }] });
  });

  test('a changed action is asked about four weeks after the change, once; a changed answer moves nothing', async () => {
    const prompt = await write(core, member, { text: 'An answer', action });
    await askedBy('2027-03-10T12:00Z');
    await ask(core, member, { kind: 'reflections.answer', prompt, text: 'Reworded', action });
    await askedBy('2027-03-16T12:00Z');
    await ask(core, member, { kind: 'reflections.answer', prompt, text: 'Reworded', action: 'Something else' });
    expect(await askedBy('2027-04-13T07:59Z')).toBe(0);
    expect(await askedBy('2027-04-13T08:00Z')).toBe(1);
    expect(await askedBy('2027-06-30T12:00Z')).toBe(1);
  });

  test('an answer that is only reworded is asked about on the day that was told', async () => {
    const prompt = await write(core, member, { text: 'An answer', action });
    await askedBy('2027-03-10T12:00Z');
    await ask(core, member, { kind: 'reflections.answer', prompt, text: 'Reworded', action });
    expect(await askedBy('2027-03-30T08:00Z')).toBe(1);
  });

  test('a new action after the question is asked about as well', async () => {
    const prompt = await write(core, member, { text: 'An answer', action });
    expect(await askedBy('2027-03-30T12:00Z')).toBe(1);
    await ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'Well' });
    await ask(core, member, { kind: 'reflections.answer', prompt, text: 'An answer', action: 'The next step' });
    expect(await askedBy('2027-04-27T12:00Z')).toBe(2);
  });

  test.each<[string, (prompt: string) => Promise<unknown>]>([
    [
      'the action was removed',
      (prompt) => ask(core, member, { kind: 'reflections.answer', prompt, text: 'An answer', action: '' }),
    ],
    ['the answer was deleted', (prompt) => ask(core, member, { kind: 'reflections.confirm-delete', prompt })],
    [
      'how it went was written already',
      (prompt) => ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'Well' }),
    ],
    ['the member has left', () => ask(core, member, { kind: 'network.confirm-leave' })],
    ['the member does not agree to prompts any more', () => disagree()],
  ])('nothing is asked when %s', async (_when, happens) => {
    const prompt = await write(core, member, { text: 'An answer', action });
    await askedBy('2027-03-20T12:00Z');
    await happens(prompt);
    expect(await askedBy('2027-06-30T12:00Z')).toBe(0);
  });

  test.each<[string, (prompt: string) => Promise<unknown>]>([
    [
      'the action was removed',
      (prompt) => ask(core, member, { kind: 'reflections.answer', prompt, text: 'An answer', action: '' }),
    ],
    [
      'the action was changed',
      (prompt) => ask(core, member, { kind: 'reflections.answer', prompt, text: 'An answer', action: 'Else' }),
    ],
    ['how it went was written', (prompt) => ask(core, member, { kind: 'reflections.follow-up', prompt, text: 'Well' })],
    ['the member does not agree any more', () => disagree()],
  ])('a question that fell due is not sent when %s before its turn', async (_when, happens) => {
    const prompt = await write(core, member, { text: 'An answer', action });
    await askedBy('2027-03-29T12:00Z');
    stage.clock.set(new Date('2027-03-30T08:00Z'));
    // Due, and nobody to send it yet.
    await settleAll(core, new Map());
    await core.db
      .updateTable('deliveries')
      .set({ status: 'pending', settled_at: null, not_before: core.clock.now() })
      .where('kind', '=', 'reflections.follow-up')
      .execute();
    await happens(prompt);
    expect(await askedBy('2027-04-05T12:00Z')).toBe(0);
  });

  test('in a break it waits for the break’s end, also in one that was set since', async () => {
    const addBreak = async (first_day: string, last_day: string) => {
      const row = { id: randomUUID(), sort: 'break', name: 'Recess', first_day, last_day, nation: '' } as const;
      await core.db.insertInto('breaks').values(row).execute();
    };
    await addBreak('2027-03-29', '2027-04-02');
    await write(core, member, { text: 'An answer', action });
    const { ask_at } = await core.db.selectFrom('reflections').select('ask_at').executeTakeFirstOrThrow();
    expect(ask_at).toEqual(new Date('2027-04-05T08:00Z'));
    await addBreak('2027-04-03', '2027-04-06');
    expect(await askedBy('2027-04-07T07:59Z')).toBe(0);
    expect(await askedBy('2027-04-07T08:00Z')).toBe(1);
  });

  test('whoever leaves before, and joins again, is not told that we ask', async () => {
    await write(core, member, { text: 'An answer', action });
    await ask(core, member, { kind: 'network.confirm-leave' });
    expect(await core.db.selectFrom('reflections').select('ask_at').execute()).toEqual([{ ask_at: null }]);
  });

  test('during a pause it waits for the pause’s end, and does not say that it was four weeks ago', async () => {
    await write(core, member, { text: 'An answer', action });
    await askedBy('2027-03-20T12:00Z');
    const until = new Date('2027-05-01T09:00Z');
    await core.db.updateTable('members').set({ prompts_paused_until: until }).where('id', '=', member.id).execute();
    expect(await askedBy('2027-05-02T12:00Z')).toBe(0);
    // Monday 3 May is a bank holiday.
    expect(await askedBy('2027-05-04T07:59Z')).toBe(0);
    expect(await askedBy('2027-05-04T08:00Z')).toBe(1);
    const letter = web.letters.find(({ message }) => message.heading === 'How did it go?');
    expect(letter?.message.summary).toBe('Some weeks ago you wrote down something to try. How did it go?');
    expect(await askedBy('2027-06-30T12:00Z')).toBe(1);
  });

  async function disagree(): Promise<void> {
    const said = {
      member_id: member.id,
      purpose: 'prompts',
      given: false,
      version: 1,
      said_at: core.clock.now(),
    } as const;
    await core.db.insertInto('consents').values(said).execute();
    expect((await mustFind(core, member.id)).agreesToPrompts).toBe(false);
  }
});
