import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEndorsedKeys, type EndorsedKeys } from '../../../adapters/teams/keys.ts';
import { createLog } from '../../../src/log.ts';
import { createSigningKey } from '../../support/channel-tokens.ts';
import { type KeyServer, openKeyServer } from '../../support/key-server.ts';
import { busyMachine } from '../../support/patience.ts';

const [first, second] = [createSigningKey(['msteams']), createSigningKey(['msteams'])];
const [aSecond, minute, hour] = [1_000, 60_000, 3_600_000];

let server: KeyServer;
let keys: EndorsedKeys;
let nowMs: number;
let logged: string[];

beforeEach(async () => {
  server = await openKeyServer(first);
  nowMs = 0;
  logged = [];
  const log = createLog('debug', { write: (line: string) => logged.push(line) });
  keys = createEndorsedKeys(server.metadataUrl, 'msteams', () => new Date(nowMs), log);
});
afterEach(() => server.close());

const isTaken = async ({ kid }: { readonly kid: string }) => (await keys.find(kid)) !== undefined;

describe('a new key', () => {
  test('is taken once the list is a minute old, and no sooner', async () => {
    expect(await isTaken(first)).toBe(true);
    server.keys = [first, second];
    nowMs = minute - 1;
    expect(await isTaken(second)).toBe(false);
    expect(server.reads.ours).toBe(1);
    nowMs = minute;
    expect(await isTaken(second)).toBe(true);
    expect(await isTaken(first)).toBe(true);
    expect(server.reads.ours).toBe(2);
  });

  test('is taken a minute later though junk that names no key has just had the list read', async () => {
    expect(await isTaken(first)).toBe(true);
    nowMs = 5 * hour;
    expect(await isTaken({ kid: 'junk' })).toBe(false);
    server.keys = [first, second];
    nowMs += minute;
    expect(await isTaken(second)).toBe(true);
  });

  test('costs one reading a minute, however many names junk makes up', async () => {
    for (nowMs = 0; nowMs < 10 * minute; nowMs += 5 * aSecond) {
      const found = await Promise.all([1, 2, 3].map((junk) => isTaken({ kid: `${junk} at ${nowMs}` })));
      expect(found).toEqual([false, false, false]);
    }
    expect(server.reads.ours).toBe(10);
  });
});

test('the list is read anew each day: a key that was taken off it is refused from then on', async () => {
  expect(await isTaken(first)).toBe(true);
  server.keys = [second];
  nowMs = 24 * hour;
  expect(await isTaken(first)).toBe(true);
  expect(server.reads.ours).toBe(1);
  nowMs += 1;
  expect(await isTaken(first)).toBe(false);
  expect(await isTaken(second)).toBe(true);
  expect(server.reads.ours).toBe(2);
});

test('they can be read before anybody asks; a failure of that is logged, and made good', async () => {
  await keys.prepare();
  expect(server.reads.ours).toBe(1);
  expect(await isTaken(first)).toBe(true);
  expect(server.reads.ours).toBe(1);
  expect(logged).toEqual([]);
  const others = createEndorsedKeys(
    server.metadataUrl,
    'msteams',
    () => new Date(nowMs),
    createLog('debug', { write: (line: string) => logged.push(line) }),
  );
  server.manners.ours = 'refuses';
  await others.prepare();
  expect(logged.join()).toContain('answered 500');
  server.manners.ours = 'well';
  nowMs += 10 * aSecond;
  expect(await others.find(first.kid)).toBeDefined();
});

describe('while the list cannot be read', () => {
  test('what was known holds for two days, and the list is asked for each ten seconds', async () => {
    expect(await isTaken(first)).toBe(true);
    server.manners.ours = 'refuses';
    nowMs = 25 * hour;
    const found = await Promise.all(Array.from({ length: 20 }, () => isTaken(first)));
    expect(new Set(found)).toEqual(new Set([true]));
    expect(server.reads.ours).toBe(2);
    nowMs += 10 * aSecond - 1;
    expect(await isTaken(first)).toBe(true);
    expect(server.reads.ours).toBe(2);
    nowMs += 1;
    expect(await isTaken(first)).toBe(true);
    expect(server.reads.ours).toBe(3);
    expect(logged).toHaveLength(2);
    expect(logged.join()).toContain('The signing keys could not be read');
    nowMs = 48 * hour;
    expect(await isTaken(first)).toBe(true);
    nowMs = 48 * hour + 10 * aSecond;
    await expect(keys.find(first.kid)).rejects.toThrow('could not be read');
    server.manners.ours = 'well';
    nowMs += 10 * aSecond;
    expect(await isTaken(first)).toBe(true);
  });

  test('nobody is kept waiting for it whose key was known yesterday', busyMachine, async () => {
    expect(await isTaken(first)).toBe(true);
    server.manners.ours = 'silent';
    nowMs = 25 * hour;
    const started = performance.now();
    expect(await isTaken(first)).toBe(true);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test('of a key that is not known nothing can be said, and at the start of none', async () => {
    server.manners.ours = 'refuses';
    await expect(keys.find(first.kid)).rejects.toThrow('could not be read');
    nowMs = 10 * aSecond - 1;
    server.manners.ours = 'well';
    await expect(keys.find(first.kid)).rejects.toThrow('could not be read');
    nowMs += 1;
    expect(await isTaken(first)).toBe(true);
    server.manners.ours = 'refuses';
    nowMs += 2 * minute;
    await expect(keys.find(second.kid)).rejects.toThrow('could not be read');
    expect(await isTaken(first)).toBe(true);
  });
});
