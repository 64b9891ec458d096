import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { readRoundFile } from '../../src/commands/match-file.ts';
import { addMatch } from '../../src/commands/match-options.ts';
import { proofLines } from '../../src/commands/match-report.ts';
import { solveFile } from '../../src/commands/match-solve.ts';
import { Permanent } from '../../src/errors.ts';
import { LeftOut, RoundCertificate } from '../../src/matching/solving/model.ts';
import { verifyRound } from '../../src/matching/solving/verify-round.ts';

const example = fileURLToPath(new URL('../../docs/matching.example.json', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'match-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function fileOf(round: unknown): Promise<string> {
  const file = join(folder, 'round.json');
  await writeFile(file, typeof round === 'string' ? round : JSON.stringify(round));
  return file;
}

async function solve(file: string, json = false): Promise<{ out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  await solveFile({ print: (line) => out.push(line), printError: (line) => err.push(line) }, { file, json });
  return { out: out.join('\n'), err: err.join('\n') };
}

const member = (id: string, council: string, more: object = {}) => ({ id, council, level: 'manager', ...more });
const roundOf = (members: readonly object[], more: object = {}) => ({ version: 1, number: 1, members, ...more });

test('the example of docs/matching.md is solved, with reasons and the proof in words', async () => {
  const { out, err } = await solve(example);
  expect(out).toContain('Round 3: 4 members meet, in 2 pairs.');
  expect(out).toMatch(/^amara and bryn\n {2}amara asked for somebody who has done this: merged two councils$/m);
  expect(out).toContain('bryn is further than amara with leading/finance');
  expect(out).toContain('Nobody is left out.');
  expect(out).toMatch(/^optimal: none of the 5 possible pairs would improve this round$/m);
  expect(err).toBe('');
});

test('--json prints what another program can check', async () => {
  const { out } = await solve(example, true);
  const Printed = z.strictObject({
    groups: z.array(z.array(z.string())),
    leftOut: z.array(LeftOut),
    objective: z.number(),
    bound: z.number(),
    gap: z.number(),
    certificate: RoundCertificate,
  });
  const printed = Printed.parse(JSON.parse(out));
  expect(printed.groups.map((group) => group.toSorted()).toSorted()).toEqual([
    ['amara', 'bryn'],
    ['carys', 'dev'],
  ]);
  expect(printed).toMatchObject({ leftOut: [], gap: 0, objective: printed.bound });
  const input = await readRoundFile(example);
  expect(verifyRound(input, printed.certificate)).toMatchObject({ isBest: true, objective: printed.objective });
  const [part] = printed.certificate.parts;
  const forged = { ...printed.certificate, parts: part === undefined ? [] : [{ ...part, bound: part.bound + 6 }] };
  expect(proofLines(forged, verifyRound(input, forged))[0]).toBe('The proof does not hold:');
});

test('who is left out is told why', async () => {
  const people = ['a', 'b', 'c', 'd'].map((id) => member(id, 'north'));
  const { out } = await solve(await fileOf(roundOf([...people, member('e', 'south')])));
  expect(out).toContain('Round 1: 2 of 5 members meet, in 1 pair.');
  expect(out.match(/of those who take part are of their council/g)).toHaveLength(3);
  expect(out).toContain('optimal: none of the 4 possible pairs would improve this round');
});

test('where no two can meet that is said, with why, and nothing is said to be proven of no pairs', async () => {
  const people = ['a', 'b', 'c'].map((id) => member(id, 'north'));
  const { out } = await solve(await fileOf(roundOf(people)));
  expect(out).toBe(
    [
      'Round 1: nobody can meet.',
      '',
      'Left out:',
      ...['a', 'b', 'c'].map((id) => `  ${id}: nobody from another council takes part`),
    ].join('\n'),
  );
});

test('the unit of --json, which is not that of the screen, is told by --help', async () => {
  const nothing = () => Promise.resolve();
  const program = new Command();
  addMatch(program, { matchSolve: nothing, matchVerify: nothing, matchDryRun: nothing });
  const solving = program.commands[0]?.commands.find((command) => command.name() === 'solve');
  expect(solving?.helpInformation().replaceAll(/\s+/g, ' ')).toContain('worth is told in sixths of a point');
});

test('an empty network, and one in which everybody is fixed', async () => {
  expect((await solve(await fileOf(roundOf([])))).out).toBe('Nobody takes part, so there is nobody to match.');
  const fixed = roundOf([member('a', 'north'), member('b', 'south')], { locked: [['a', 'b']] });
  expect((await solve(await fileOf(fixed))).out).toMatch(/a and b \(fixed\)[\s\S]*There was nothing to choose\./);
});

test('every fault of a file is named with its place', async () => {
  const shapeless = roundOf([member('a', 'north', { level: 'boss', hours: [[0, 99_999]] }), member('b', '', { x: 1 })]);
  const shape = await solve(await fileOf({ ...shapeless, number: 0 })).catch(String);
  for (const place of ['number', 'members[0].level', 'members[0].hours[0][1]', 'members[1]', 'members[1].council'])
    expect(shape).toContain(`\n  ${place}: `);
  const crossed = roundOf([member('a', 'north', { hours: [[60, 60]] }), member('a', 'south'), member('b', 'south')], {
    past: [{ a: 'b', b: 'b', roundsAgo: 1 }],
    locked: [['b', 'nobody']],
  });
  const meaning = await solve(await fileOf(crossed)).catch(String);
  for (const place of ['members[1].id', 'members[0].hours[0]', 'past[0]', 'locked[0]'])
    expect(meaning).toContain(`\n  ${place}: `);
  expect(meaning).toContain('4 faults. Nothing was solved.');
});

test('a file that is no JSON or not there is said in words', async () => {
  await expect(solve(await fileOf('{,'))).rejects.toThrow(/is not JSON: .*position 1/);
  const missing = await solve(join(folder, 'nowhere.json')).catch((error: unknown) => error);
  expect(missing).toEqual(new Permanent(`There is no file ${join(folder, 'nowhere.json')}.`));
  await expect(solve(folder)).rejects.toThrow(`${folder} is a folder. Give the name of a file.`);
});

test('names that mean nobody are told, and change nothing', async () => {
  const members = [member('a', 'north'), member('b', 'south')];
  const { out, err } = await solve(await fileOf(roundOf(members, { apart: [['a', 'zoe']] })));
  expect(err).toMatch(/1 of apart: name somebody who does not take part/);
  expect(out).toContain('a and b');
});

test('Ctrl-C ends it, and the worker with it', async () => {
  const members = Array.from({ length: 1200 }, (_, at) => member(`m${at}`, `c${at % 90}`));
  const solving = solve(await fileOf(roundOf(members, { groupSize: 4 })));
  const ended = expect(solving).rejects.toThrow('Interrupted. Nothing was solved.');
  await expect.poll(() => process.listenerCount('SIGINT')).toBeGreaterThan(0);
  process.emit('SIGINT');
  await ended;
  expect(process.getActiveResourcesInfo().filter((resource) => resource === 'Worker')).toEqual([]);
});

test('a byte-order mark is no fault', async () => {
  const { out } = await solve(
    await fileOf(`\uFEFF${JSON.stringify(roundOf([member('a', 'north'), member('b', 'south')]))}`),
  );
  expect(out).toContain('a and b');
});

test('an id cannot move the cursor or turn the line round: what a terminal would obey stands as its number', async () => {
  const odd = 'a\u001b[2J\u009b31m\u202e\nb';
  const shown = 'a\\u001b[2J\\u009b31m\\u202e\\u000ab';
  const file = await fileOf(roundOf([member(odd, 'north'), member('c', 'south')]));
  expect((await solve(file)).out).toContain(`${shown} and c\n`);
  const { out } = await solve(file, true);
  expect(
    z
      .object({ groups: z.array(z.array(z.string())) })
      .parse(JSON.parse(out))
      .groups.flat(),
  ).toContain(odd);
  const faulty = roundOf([member(odd, 'north')], { locked: [[odd, 'nobody']] });
  const said = await solve(await fileOf(faulty)).catch(String);
  expect(said).toContain('locked[0]: ');
  const broken = await solve(await fileOf('{"\u001b')).catch(String);
  expect(`${said}${broken}`).not.toMatch(/[^\P{Cc}\n]/u);
});

test('a round in two parts says of each what is proven, and of groups too many to count no number', async () => {
  const people = [...'abcdefg'].map((id) => member(id, id, { wantsGroup: id < 'd' }));
  const { out } = await solve(await fileOf(roundOf(people)));
  expect(out).toContain('no round that is divided so can be worth more than');
  expect(out).toMatch(
    /^3 who sit in groups, as they would rather: optimal: none of the 1 possible groups would improve their part/m,
  );
  expect(out).toMatch(/^4 others: optimal: none of the 6 possible pairs would improve their part of this round$/m);
  const part = { kind: 'groups', members: 404, isBest: false, objective: 990, bound: 1000, gap: 0.01 } as const;
  const verdict = { isSound: true, isBest: false, parts: [part], objective: 990, bound: 1000, gap: 0.01, faults: [] };
  expect(proofLines({ version: 1, parts: [] }, verdict)[1]).toBe(
    'certified: the best of all rounds with groups of these sizes is at most 1% better (all possible groups were checked)',
  );
});
