import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEmulator, type Emulator, type EmulatorContext } from 'emulate';
import { z } from 'zod';

export type EmulatorApp = EmulatorContext<object>['app'];

export interface Row {
  readonly id: number;
  readonly [column: string]: unknown;
}

/** One kind of thing the emulator holds. */
export interface Collection {
  all(): Row[];
  findBy(column: string, value: string): Row[];
  insert(row: Readonly<Record<string, unknown>>): Row;
  update(id: number, row: Readonly<Record<string, unknown>>): void;
  delete(id: number): boolean;
}

export interface Store {
  collection(name: string): Collection;
  getData(name: string): unknown;
  snapshot(): unknown;
}

interface Plugin {
  register(app: EmulatorApp, store: Store, ...rest: unknown[]): void;
}

/**
 * Starts the emulator with ours registered before its own routes, of which the first wins. The emulator has no door
 * for this: its Slack part is one object in a file whose name changes with each version, so it is looked for.
 */
export async function startSlackEmulator(
  slack: Readonly<Record<string, unknown>>,
  register: (app: EmulatorApp) => void,
): Promise<{ emulator: Emulator; store: Store }> {
  const plugin = await findPlugin();
  const original = plugin.register;
  let held: Store | undefined;
  plugin.register = (app, store, ...rest) => {
    held = store;
    register(app);
    original.call(plugin, app, store, ...rest);
  };
  try {
    const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack } });
    if (held === undefined) throw new Error('The emulator did not start its Slack part');
    return { emulator, store: held };
  } finally {
    plugin.register = original;
  }
}

async function findPlugin(): Promise<Plugin> {
  const folder = fileURLToPath(new URL('.', import.meta.resolve('emulate')));
  for (const file of (await readdir(folder)).filter((name) => /^dist-.*\.js$/.test(name))) {
    const path = `${folder}${file}`;
    if (!/export \{[^}]*\bslackPlugin\b/.test(await readFile(path, 'utf8'))) continue;
    const module: unknown = await import(pathToFileURL(path).href);
    if (holdsPlugin(module)) return module.slackPlugin;
  }
  throw new Error('emulate no longer has the Slack part these tests hook into: pin emulate@0.12.2');
}

function holdsPlugin(module: unknown): module is { slackPlugin: Plugin } {
  const isFunction = z.custom((value) => typeof value === 'function');
  return z.object({ slackPlugin: z.object({ register: isFunction }) }).safeParse(module).success;
}
