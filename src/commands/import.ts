import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import type { Plan } from '../convening/roster/model.ts';
import { countPlan, reportPlan, type Section } from '../convening/roster/report.ts';
import { changesNothing } from '../convening/roster/rules.ts';
import { Permanent } from '../errors.ts';
import { type ImportCore, importRoster, operator, previewRoster } from '../network/import.ts';
import { type BadRow, readRoster } from '../network/roster-file.ts';

export interface ImportFileOptions {
  readonly file: string;
  /** Carries it out; otherwise it is only said what would change. */
  readonly apply: boolean;
  /** Imports the good rows of a file that has bad ones. */
  readonly allowPartial: boolean;
  /** Adds those who once asked to be erased: only where they asked to come back. */
  readonly includeErased: boolean;
}

/**
 * Says what a roster file would change, or imports it and says what it did.
 *
 * @throws Permanent naming every bad row; nothing is imported then, unless `allowPartial`
 */
export async function importFile(
  core: ImportCore,
  { file, apply, allowPartial, includeErased }: ImportFileOptions,
  print: (line: string) => void,
): Promise<void> {
  const { rows, bad } = readRoster(await readText(file));
  const isStopped = bad.length > 0 && (!allowPartial || rows.length === 0);
  if (isStopped && (apply || rows.length === 0)) throw new Permanent(stopped(file, rows.length, bad));
  if (!apply) {
    const plan = await previewRoster(core, rows, { includeErased });
    // Bad rows come at the end of it all where they stop the import.
    for (const section of reportPlan(plan, isStopped ? [] : bad)) printSection(section, print);
    if (isStopped) throw new Permanent(stopped(file, rows.length, bad));
    print(outcome(plan));
    return;
  }
  const bar = new SingleBar({ format: 'Importing {bar} {value}/{total}', noTTYOutput: false });
  bar.start(rows.length, 0);
  const options = { includeErased, importer: operator, agreed: () => true };
  const plan = await importRoster(core, rows, options, (done, total) => {
    bar.setTotal(total);
    bar.update(done);
  });
  bar.stop();
  for (const section of reportPlan(plan, bad)) printSection(section, print);
  print(`Imported: ${countPlan(plan)}. Nobody was written to: people join by themselves.`);
}

function outcome(plan: Plan): string {
  if (changesNothing(plan)) return `This would change nothing: ${countPlan(plan)}.`;
  return `This would be: ${countPlan(plan)}. Nothing was imported. To carry it out, run the same command with --apply.`;
}

function stopped(file: string, good: number, bad: readonly BadRow[]): string {
  const listed = bad.map(({ line, reason }) => `  line ${line}: ${reason}`).join('\n');
  const remedy =
    good === 0 ? 'Mend the file and try again.' : 'Mend them, or add --allow-partial to import the other rows.';
  const rows = bad.length === 1 ? '1 row' : `${bad.length} rows`;
  return `${file}: ${rows} cannot be imported. Nothing was imported.\n${listed}\n${remedy}`;
}

function printSection({ heading, lead, rows }: Section, print: (line: string) => void): void {
  print(`${heading}:`);
  if (lead !== '') print(`  (${lead})`);
  for (const [first = '', ...others] of rows)
    print(`  ${[first, others.filter((cell) => cell !== '').join(', ')].filter((part) => part !== '').join(': ')}`);
  print('');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Permanent(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
