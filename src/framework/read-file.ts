import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { type Framework, frameworkSchema, missing } from './model.ts';

/** A mistake in a framework file: where it is (lines count from 1), and what to do about it. */
export interface FrameworkProblem {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** The keys and list positions that lead from the top of a file to a value in it. */
export type Place = readonly PropertyKey[];

/** One file as read. It has a framework only if it has no problems. */
export interface FrameworkFile {
  readonly path: string;
  readonly framework: Framework | undefined;
  readonly problems: readonly FrameworkProblem[];
  readonly lineOf: (place: Place) => number;
}

/** Reads the text of a file. The shape of the whole file and the form of every question are checked at once. */
export function readFrameworkFile(path: string, source: string): FrameworkFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const lineOf = (place: Place) => lines.linePos(offsetOf(document.contents, place)).line;
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const problems = faults.map((error) => ({
      path,
      line: lines.linePos(error.pos[0]).line,
      reason: yamlReason(error),
    }));
    return { path, framework: undefined, problems, lineOf };
  }
  const parsed = frameworkSchema.safeParse(document.toJS());
  if (parsed.success) return { path, framework: parsed.data, problems: [], lineOf };
  const found = parsed.error.issues.flatMap(explain);
  const problems = found.map(({ place, reason }) => ({ path, line: lineOf(place), reason }));
  return { path, framework: undefined, problems, lineOf };
}

function explain(issue: z.core.$ZodIssue): readonly { readonly place: Place; readonly reason: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place: [...issue.path, key],
      reason: `We do not know “${key}” here. Check its spelling, or take it out.`,
    }));
  }
  const key = issue.path.at(-1);
  if (issue.message !== missing) return [{ place: issue.path, reason: issue.message }];
  return [
    { place: issue.path, reason: key === undefined ? 'This file is empty.' : `“${String(key)}” is missing or empty.` },
  ];
}

/** Where a value starts, or its key; for one that is not there, the nearest group around it. */
function offsetOf(root: unknown, place: Place): number {
  let node = root;
  let offset = startOf(root);
  for (const step of place) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node);
    }
  }
  return offset;
}

function startOf(node: unknown): number {
  return isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
}

function yamlReason(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'This line starts with a tab. Use spaces.';
    case 'BAD_INDENT':
      return 'The spaces at the start of this line do not match the lines around it.';
    case 'DUPLICATE_KEY':
      return 'This name is used twice in the same group. Keep one of them.';
    case 'MISSING_CHAR':
      return 'Something is missing here, such as a closing quotation mark or a colon.';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'We cannot read this line. If the text has a colon in it, put double quotes around the whole text.';
    default:
      return `We cannot read this line as YAML: ${error.message}.`;
  }
}
