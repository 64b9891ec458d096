import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { Permanent } from '../errors.ts';
import { RoundInput } from '../matching/scoring/model.ts';
import { type LockFault, lockFaults } from '../matching/solving/lock-faults.ts';
import { visible } from './visible.ts';

/** So many faults are listed; the others are counted. */
const mostFaults = 20;

/**
 * The round of a file.
 *
 * @throws Permanent naming the place of each fault, such as `members[3].level`
 */
export async function readRoundFile(file: string): Promise<RoundInput> {
  const read = RoundInput.safeParse(parsed(file, await textOf(file)));
  if (!read.success) throw faulty(file, read.error.issues.map(issueWords));
  const faults = [...twice(read.data), ...hoursFaults(read.data), ...selfFaults(read.data), ...locksOf(read.data)];
  if (faults.length > 0) throw faulty(file, faults);
  return read.data;
}

/** Who is named in the history or by a rule, and does not take part: no fault, but it may be a slip of the pen. */
export function strangersIn({ members, past, apart, councilsApart }: RoundInput): readonly string[] {
  const ids = new Set(members.map(({ id }) => id));
  const councils = new Set(members.map(({ council }) => council));
  const unknown = (given: readonly (readonly string[])[], known: ReadonlySet<string>) =>
    given.filter((named) => named.some((one) => !known.has(one))).length;
  const pastPairs = past.map(({ a, b }) => [a, b]);
  const counts = [
    [unknown(pastPairs, ids), 'past: name somebody who does not take part'],
    [unknown(apart, ids), 'apart: name somebody who does not take part'],
    [unknown(councilsApart, councils), 'councilsApart: name a council that nobody takes part for'],
  ] as const;
  return counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} of ${what}, and change nothing.`]));
}

async function textOf(file: string): Promise<string> {
  try {
    // A byte-order mark is no part of the text: RFC 8259, section 8.1.
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Permanent(visible(unreadable(file, error)));
  }
}

function unreadable(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT') return `There is no file ${file}.`;
  if (code === 'EISDIR') return `${file} is a folder. Give the name of a file.`;
  return `${file} cannot be read: ${messageOf(error)}`;
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Permanent(visible(`${file} is not JSON: ${messageOf(error)}`));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function faulty(file: string, faults: readonly string[]): Permanent {
  const shown = faults.slice(0, mostFaults).map((fault) => `  ${visible(fault)}`);
  const more = faults.length > mostFaults ? [`  and ${faults.length - mostFaults} more`] : [];
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  const lines = [`${visible(file)}: ${count}. Nothing was solved.`, ...shown, ...more];
  return new Permanent([...lines, 'docs/matching.md describes the format.'].join('\n'));
}

function issueWords({ path, message }: z.core.$ZodIssue): string {
  const place = path.reduce<string>(
    (before, step) =>
      typeof step === 'number' ? `${before}[${step}]` : `${before}${before === '' ? '' : '.'}${String(step)}`,
    '',
  );
  return `${place === '' ? 'the file' : place}: ${message}`;
}

function twice({ members }: RoundInput): readonly string[] {
  const first = new Map<string, number>();
  return members.flatMap(({ id }, at) => {
    const before = first.get(id);
    if (before !== undefined) return [`members[${at}].id: members[${before}] has the id “${id}” too`];
    first.set(id, at);
    return [];
  });
}

function hoursFaults({ members }: RoundInput): readonly string[] {
  return members.flatMap(({ hours }, member) =>
    hours.flatMap(([from, until], at) =>
      from < until ? [] : [`members[${member}].hours[${at}]: it ends at ${until}, no later than it begins (${from})`],
    ),
  );
}

function selfFaults({ past, apart }: RoundInput): readonly string[] {
  return [
    ...past.flatMap(({ a, b }, at) => (a === b ? [`past[${at}]: nobody is matched with themselves`] : [])),
    ...apart.flatMap(([a, b], at) => (a === b ? [`apart[${at}]: nobody is kept apart from themselves`] : [])),
  ];
}

const lockWords: Readonly<Record<LockFault['kind'], string>> = {
  unknown: 'who does not take part',
  twice: 'who is fixed twice',
  'one-council': 'who are of one council',
  apart: 'whom a rule keeps apart',
};

function locksOf(input: RoundInput): readonly string[] {
  return lockFaults(input).map(
    ({ lock, kind, members }) => `locked[${lock}]: it holds ${members.join(' and ')}, ${lockWords[kind]}`,
  );
}
