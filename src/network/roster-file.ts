import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { RosterRow } from './roster-row.ts';

export type { RosterRow };

/** A row that cannot be imported. `line` is where it ends in the file, the header being line 1. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

export interface Roster {
  readonly rows: readonly RosterRow[];
  readonly bad: readonly BadRow[];
}

const notUtf8 = 'the file is not in UTF-8: save it again as “CSV UTF-8”';
const neededColumns = ['name', 'email', 'council', 'role', 'level'] as const;

/** Reads a whole roster file: every good row, and every bad one with its line and reason. */
export function readRoster(csv: string): Roster {
  // What a reader of UTF-8 puts in place of what is none.
  if (csv.includes('\uFFFD')) return { rows: [], bad: [{ line: 1, reason: notUtf8 }] };
  const records = readRecords(csv);
  if ('reason' in records) return { rows: [], bad: [records] };
  const first = records[0];
  if (first === undefined) return { rows: [], bad: [{ line: 1, reason: 'the file holds no people' }] };
  const given = Object.keys(first.record);
  const missing = neededColumns.filter((column) => !given.includes(column));
  if (missing.length > 0) return { rows: [], bad: [{ line: 1, reason: `the header lacks: ${missing.join(', ')}` }] };
  const unknown = given.filter((column) => !(column in RosterRow.shape));
  // A misspelt column would otherwise be left out without a word.
  if (unknown.length > 0) {
    const known = Object.keys(RosterRow.shape).join(', ');
    return { rows: [], bad: [{ line: 1, reason: `we do not know: ${unknown.join(', ')}. The columns are: ${known}` }] };
  }
  return checkRows(records);
}

interface CsvRecord {
  readonly line: number;
  readonly record: Readonly<Record<string, string>>;
  /** How many values the row has too many or too few. */
  readonly uneven: boolean;
}

const Parsed = z.array(
  z.object({
    record: z.record(z.string(), z.string()),
    info: z.object({ lines: z.number(), error: z.unknown().optional() }),
  }),
);

function readRecords(csv: string): readonly CsvRecord[] | BadRow {
  try {
    const options = {
      columns: (header: string[]) => header.map((column) => column.trim().toLowerCase()),
      info: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    } as const;
    const parsed = Parsed.parse(parse(csv, options));
    return parsed.map(({ record, info }) => ({ line: info.lines, record, uneven: info.error !== undefined }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = z.object({ lines: z.number() }).safeParse(error);
    return { line: line.success ? line.data.lines : 1, reason: `the file is not CSV from here on: ${error.message}` };
  }
}

function checkRows(records: readonly CsvRecord[]): Roster {
  const rows: RosterRow[] = [];
  const bad: BadRow[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, record, uneven } of records) {
    const checked = RosterRow.safeParse(record);
    const reasons = checked.success ? [] : checked.error.issues.map((issue) => issue.message);
    const earlier = checked.success ? lineOf.get(checked.data.email) : undefined;
    if (uneven) reasons.unshift('the row does not have as many values as the header');
    if (earlier !== undefined) reasons.push(`the email address stands on line ${earlier} already`);
    if (reasons.length > 0 || !checked.success) {
      bad.push({ line, reason: reasons.join('; ') });
      continue;
    }
    lineOf.set(checked.data.email, line);
    rows.push(checked.data);
  }
  return { rows, bad };
}
