import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patience } from '../support/patience.ts';

const program = fileURLToPath(new URL('../../bin/colloquy.mjs', import.meta.url));
const runFile = promisify(execFile);

let folder: string;
let settings: Record<string, string>;
let network: ChildProcess;
let log: string;

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A network in a process of its own, as `npm start` runs it, on nothing but an empty folder. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  // Where we are root PostgreSQL runs as a user of its own, who must be able to pass through.
  await chmod(folder, 0o711);
  settings = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(folder, 'data'), PORT: String(await freePort()) };
  log = '';
  network = spawn(process.execPath, [program, 'start'], { env: settings, cwd: folder });
  network.stdout?.on('data', (chunk) => {
    log += String(chunk);
  });
  network.stderr?.on('data', (chunk) => {
    log += String(chunk);
  });
  await vi.waitFor(async () => expect((await get('/readyz')).status, log).toBe(200), patience);
});
afterEach(async () => {
  if (network.exitCode === null) {
    network.kill('SIGKILL');
    await once(network, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string) => fetch(`http://127.0.0.1:${settings['PORT']}${path}`);

test('it serves the web channel, keeps the chat platforms shut, works beside commands, and ends cleanly', async () => {
  expect((await get('/')).status).toBe(200);
  expect((await get('/metrics')).status).toBe(404);
  for (const path of ['/slack/events', '/api/messages']) {
    const response = await fetch(`http://127.0.0.1:${settings['PORT']}${path}`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  }

  const roster = join(folder, 'roster.csv');
  await writeFile(
    roster,
    'name,email,council,role,level,permission\nAsha,asha@leeds.example,Leeds City Council,Director,director,convener\n',
  );
  const imported = await runFile(process.execPath, [program, 'import', roster, '--apply'], {
    env: settings,
    cwd: folder,
  });
  expect(imported.stdout).toContain('1 added');
  const examined = await runFile(process.execPath, [program, 'doctor'], { env: settings, cwd: folder });
  expect(examined.stdout).toMatch(/ok +Members +1 invited/);
  expect(examined.stdout).toMatch(/ok +Conveners +1 invited/);
  expect((await get('/readyz')).status).toBe(200);

  const second = runFile(process.execPath, [program, 'start'], { env: { ...settings, PORT: '0' }, cwd: folder });
  await expect(second).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(`process ${network.pid}`) });

  network.kill('SIGTERM');
  await once(network, 'exit');
  expect(network.exitCode, log).toBe(0);
  expect(log).toContain('stopping');
}, 90_000);
