import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Permanent } from '../errors.ts';
import { crossFileProblems } from './across-files.ts';
import type { Framework } from './model.ts';
import { type FrameworkFile, type FrameworkProblem, readFrameworkFile } from './read-file.ts';

/** All the frameworks of a folder, in the order of their file names. Throws {@link Permanent}, which lists every mistake. */
export async function loadFrameworks(folder: string): Promise<readonly Framework[]> {
  const files = await readFolder(folder);
  const problems = problemsIn(folder, files);
  if (problems.length > 0) {
    const listed = problems.map(({ path, line, reason }) => `  ${path}:${line} ${reason}`);
    throw new Permanent(`The frameworks cannot be used until these mistakes are put right.\n${listed.join('\n')}`);
  }
  return files.flatMap(({ framework }) => (framework === undefined ? [] : [framework]));
}

/**
 * Every mistake in the framework files of a folder, in the order of files and lines; none if all is well.
 * Ids and repeated questions are compared between the files whose shape is right.
 */
export async function checkFrameworks(folder: string): Promise<FrameworkProblem[]> {
  return problemsIn(folder, await readFolder(folder));
}

async function readFolder(folder: string): Promise<readonly FrameworkFile[]> {
  const names = await fileNames(folder);
  return await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return readFrameworkFile(path, await readFile(path, 'utf8'));
    }),
  );
}

/** A folder that is not there has no files, and is reported as such. */
async function fileNames(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => /\.ya?ml$/.test(name)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function problemsIn(folder: string, files: readonly FrameworkFile[]): FrameworkProblem[] {
  if (files.length === 0)
    return [{ path: folder, line: 1, reason: 'We found no framework files (*.yaml) in this folder.' }];
  const found = [...files.flatMap(({ problems }) => problems), ...crossFileProblems(files)];
  const order = files.map(({ path }) => path);
  return found.toSorted((one, other) => order.indexOf(one.path) - order.indexOf(other.path) || one.line - other.line);
}
