import { addMilliseconds } from 'date-fns/addMilliseconds';
import { addSeconds } from 'date-fns/addSeconds';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginEvent,
  finishEvent,
  forgetEvent,
  forgetOldEvents,
  forgetSiblings,
  isFirst,
  isFirstWithin,
} from '../../src/store/received.ts';
import { openTestCore, startOfTest, type TestCore } from '../support/core.ts';

let testCore: TestCore;
const now = startOfTest;

beforeAll(async () => {
  testCore = await openTestCore();
});

afterAll(async () => {
  await testCore.close();
});

const begin = async (id: string, at = now) => await beginEvent(testCore.core.db, 'slack', id, at);

describe('an event', () => {
  it('is begun by one, however many come at once', async () => {
    const begun = await Promise.all(Array.from({ length: 8 }, async () => await begin('crowd')));
    expect(begun.toSorted()).toEqual(['begun', ...Array(7).fill('busy')]);
  });

  it('that is done is never begun again', async () => {
    await begin('done');
    await finishEvent(testCore.core.db, 'slack', 'done', now);
    expect(await begin('done', addSeconds(now, 60))).toBe('done');
  });

  it('that a crash cut off is begun again by one, and not before the one who had it may be given up', async () => {
    await begin('cut-off');
    expect(await begin('cut-off', addSeconds(now, 19))).toBe('busy');
    const later = addSeconds(now, 21);
    const again = await Promise.all([begin('cut-off', later), begin('cut-off', later)]);
    expect(again.toSorted()).toEqual(['begun', 'busy']);
  });

  it('that failed is begun again at once', async () => {
    await begin('failed');
    await forgetEvent(testCore.core.db, 'slack', 'failed');
    expect(await begin('failed')).toBe('begun');
  });

  it('of one platform is not the other’s', async () => {
    await begin('same');
    expect(await beginEvent(testCore.core.db, 'teams', 'same', now)).toBe('begun');
  });

  it('is remembered for two days', async () => {
    await begin('old');
    await finishEvent(testCore.core.db, 'slack', 'old', now);
    await forgetOldEvents(testCore.core.db, addSeconds(now, 48 * 3600));
    expect(await begin('old')).toBe('done');
    await forgetOldEvents(testCore.core.db, addSeconds(now, 48 * 3600 + 1));
    expect(await begin('old')).toBe('begun');
  });
});

describe('what is done when it is begun', () => {
  it('is the first once', async () => {
    const first = async () => await isFirst(testCore.core.db, 'slack', 'once', now);
    expect((await Promise.all([first(), first(), first()])).filter(Boolean)).toHaveLength(1);
  });
});

describe('what has no id of its own', () => {
  const first = async (at: Date) => await isFirstWithin(testCore.core.db, 'slack', 'button', at, 3_000);

  it('is the same within its window, whichever of the two comes in first', async () => {
    expect(await first(now)).toBe(true);
    expect(await first(addMilliseconds(now, 2_999))).toBe(false);
    expect(await first(addMilliseconds(now, -500))).toBe(false);
    expect(await first(addMilliseconds(now, 3_000))).toBe(true);
    expect(await first(addMilliseconds(now, 5_999))).toBe(false);
  });
});

describe('keys that begin alike', () => {
  it('are forgotten but for one, up to a moment, and no others are', async () => {
    const { db } = testCore.core;
    const press = async (key: string, at = now) => await isFirstWithin(db, 'slack', key, at, 3_000);
    for (const key of ['pressa1', 'pressa2', 'pressaz', 'pressb1', 'press']) expect(await press(key)).toBe(true);
    expect(await press('pressa3', addMilliseconds(now, 2))).toBe(true);
    await isFirst(db, 'teams', 'pressa1', now);
    const at = addMilliseconds(now, 1);
    await forgetSiblings(db, 'slack', { start: 'pressa', except: 'pressa2', at });
    const rows = await db
      .selectFrom('received_events')
      .select('event_id')
      .where('event_id', 'like', 'press%')
      .execute();
    const kept = rows.map(({ event_id }) => event_id).toSorted();
    expect(kept).toEqual(['press', 'pressa1', 'pressa2', 'pressa3', 'pressb1']);
  });
});
