import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where Chromium is on this machine; `undefined` when it is not there, and what needs it is then skipped by name.
 *
 * @throws Error when CI=true: there nothing is skipped
 */
export function chromiumPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (found === undefined && process.env['CI'] === 'true')
    throw new Error(`None of ${names.join(', ')} is on the PATH`);
  return found;
}
