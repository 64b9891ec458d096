import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import type { Core } from '../core.ts';
import { Permanent } from '../errors.ts';
import { importRoster } from '../network/import.ts';
import { readRoster } from '../network/roster-file.ts';

export interface ImportOptions {
  readonly file: string;
  /** Imports the good rows of a file that has bad ones. */
  readonly allowPartial: boolean;
}

/**
 * Imports a roster and says what it did.
 *
 * @throws Permanent naming every bad row; nothing is imported then, unless `allowPartial`
 */
export async function importFile(
  core: Core,
  { file, allowPartial }: ImportOptions,
  print: (line: string) => void,
): Promise<void> {
  const { rows, bad } = readRoster(await readText(file));
  const listed = bad.map(({ line, reason }) => `  line ${line}: ${reason}`).join('\n');
  if (bad.length > 0 && (!allowPartial || rows.length === 0)) {
    const remedy =
      rows.length === 0
        ? 'Mend the file and try again.'
        : 'Mend them, or add --allow-partial to import the other rows.';
    throw new Permanent(
      `${file}: ${rowsOf(bad.length)} cannot be imported. Nothing was imported.\n${listed}\n${remedy}`,
    );
  }
  const bar = new SingleBar({ format: 'Importing {bar} {value}/{total}', noTTYOutput: false });
  bar.start(rows.length, 0);
  const { added, updated } = await importRoster(core.db, rows, core.clock.now(), (done) => bar.update(done));
  bar.stop();
  if (bad.length > 0) print(`Left out ${rowsOf(bad.length)}:\n${listed}`);
  print(
    `Imported ${rowsOf(rows.length)}: ${added} added, ${updated} updated. Nobody was written to: people join by themselves.`,
  );
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Permanent(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
