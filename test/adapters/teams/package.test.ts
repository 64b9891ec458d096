import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { manifestFor } from '../../../adapters/teams/manifest.ts';
import { buildPackage, writePackage } from '../../../adapters/teams/package.ts';
import { openTestCore } from '../../support/core.ts';
import { openDesk, setTeamsUp } from '../../support/teams-desk.ts';
import { enrol } from '../../support/teams-tenants.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../bin/colloquy.mjs', import.meta.url));

const botId = '11111111-aaaa-4aaa-8aaa-111111111111';
const tabAppId = '33333333-cccc-4ccc-8ccc-333333333333';
const settings = {
  PUBLIC_URL: 'https://network.example.org',
  TEAMS_APP_ID: botId.toUpperCase(),
  TEAMS_APP_PASSWORD: 'hunter2',
  TEAMS_APP_TENANT_ID: '22222222-bbbb-4bbb-8bbb-222222222222',
};
const plan = { publicUrl: settings.PUBLIC_URL, botId, tabAppId: '', version: '1.2.3' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teams-package-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** As an operator would, in a folder of its own, with these settings and no others. */
async function colloquy(given: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(folder, 'data'), ...given };
  return await new Promise((resolve) => {
    execFile(process.execPath, [program, 'teams', 'package', ...options], { cwd: folder, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
  });
}

describe('the zip', () => {
  test('holds the manifest and two icons at its root, for any reader', async () => {
    const zip = await buildPackage(plan);
    const names = ['manifest.json', 'color.png', 'outline.png'];
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(names);
    expect(JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString())).toEqual(manifestFor(plan));
    await writeFile(join(folder, 'app.zip'), zip);
    const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), *z.namelist())';
    const { stdout } = await run('python3', ['-c', script, join(folder, 'app.zip')]);
    expect(stdout.trim()).toBe(`None ${names.join(' ')}`);
  });

  test('is the same to the byte each time and in each process, and another for another plan', async () => {
    const zip = Buffer.from(await buildPackage(plan));
    expect(zip.equals(await buildPackage({ ...plan }))).toBe(true);
    expect(zip.equals(await buildPackage({ ...plan, version: '1.2.4' }))).toBe(false);
    for (const TZ of ['Pacific/Apia', 'America/Anchorage']) {
      expect(await colloquy({ ...settings, TZ }, '--out', TZ.replace('/', '-'))).toMatchObject({ code: 0 });
    }
    const [one, other] = await Promise.all(
      (await readdir(folder)).map(async (name) => await readFile(join(folder, name))),
    );
    expect(one?.length).toBeGreaterThan(4_000);
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
  });

  test('is not made where Microsoft’s schema objects', async () => {
    const publicUrl = `https://network.example.org/${'long/'.repeat(410)}x`;
    await expect(buildPackage({ ...plan, publicUrl })).rejects.toThrow(
      /Teams would not take this app.*\n {2}developer\/websiteUrl: must NOT have more than 2048 characters/,
    );
  });
});

/** The pixels of a PNG that is neither interlaced nor has a palette, each as its channels. */
function pixelsOf(png: Buffer) {
  const chunks: { readonly type: string; readonly body: Buffer }[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), body: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  const head = chunks[0]?.body ?? Buffer.alloc(13);
  const [width, height, depth, colour] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  const channels = colour === 6 ? 4 : 3;
  const rows = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body)));
  const stride = 1 + width * channels;
  expect({ signature: png.toString('latin1', 1, 4), depth, bytes: rows.length }).toEqual({
    signature: 'PNG',
    depth: 8,
    bytes: stride * height,
  });
  const filters = Array.from({ length: height }, (_, y) => rows[y * stride]);
  // Ours are written without filters, so that the bytes are the pixels.
  expect(new Set(filters)).toEqual(new Set([0]));
  const at = (x: number, y: number) => [...rows.subarray(y * stride + 1 + x * channels).subarray(0, channels)];
  const all = Array.from({ length: width * height }, (_, index) => at(index % width, Math.floor(index / width)));
  return { width, height, colour, all, corners: [at(0, 0), at(width - 1, 0), at(0, height - 1)] };
}

// https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
describe('the icons', () => {
  const icon = async (name: string) =>
    pixelsOf(await readFile(new URL(`../../../adapters/teams/icons/${name}.png`, import.meta.url)));

  test('in colour: 192 by 192, opaque, white on our green to the edges', async () => {
    const { width, height, colour, all, corners } = await icon('color');
    expect([width, height, colour]).toEqual([192, 192, 2]);
    for (const corner of corners) expect(corner).toEqual([0x10, 0x40, 0x3b]);
    const white = all.filter((pixel) => pixel.every((value) => value === 255)).length;
    expect(white / all.length).toBeGreaterThan(0.1);
    expect(white / all.length).toBeLessThan(0.5);
  });

  test('in outline: 32 by 32, white and nothing else, on a transparent ground', async () => {
    const { width, height, colour, all, corners } = await icon('outline');
    expect([width, height, colour]).toEqual([32, 32, 6]);
    expect(all.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).toEqual([]);
    for (const corner of corners) expect(corner).toEqual([255, 255, 255, 0]);
    const opaque = all.filter(([, , , alpha]) => alpha === 255).length;
    expect(opaque).toBeGreaterThan(50);
    expect(opaque).toBeLessThan(all.length / 2);
  });
});

describe('colloquy teams package', () => {
  test('writes the file named, prints its path, and says what to do next', async () => {
    const { code, out, err } = await colloquy({ ...settings, TEAMS_TAB_APP_ID: tabAppId }, '--out', 'app.zip');
    expect(code, err).toBe(0);
    expect(out).toBe(`${join(folder, 'app.zip')}\n`);
    // No database was made for it.
    expect(await readdir(folder)).toEqual(['app.zip']);
    const manifest = JSON.parse(
      Buffer.from(unzipSync(await readFile(join(folder, 'app.zip')))['manifest.json'] ?? []).toString(),
    );
    expect(manifest).toMatchObject({ bots: [{ botId }], webApplicationInfo: { id: tabAppId } });
    for (const step of [
      'https://network.example.org/api/messages',
      'Single Tenant',
      'multiple organisations',
      `api://network.example.org/${tabAppId}`,
      'access_as_user',
      'requestedAccessTokenVersion to 2',
      '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
      '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
      'Upload new app: choose app.zip',
      'Setup policies',
    ]) {
      expect(err).toContain(step);
    }
    expect(out + err).not.toContain('hunter2');
  });

  test.each([
    ['no Teams', { PUBLIC_URL: settings.PUBLIC_URL }, [], /Set TEAMS_APP_ID/],
    ['the playground', { TEAMS_ANONYMOUS: 'true' }, [], /Set TEAMS_APP_ID/],
    ['no address', { ...settings, PUBLIC_URL: '' }, [], /http:\/\/localhost:3000: set PUBLIC_URL to an https address/],
    ['a long address', { ...settings, PUBLIC_URL: `https://a.example/${'x'.repeat(2_050)}` }, [], /must NOT have more/],
    ['no tenant id', settings, ['--tenant', 'Leeds'], /--tenant: give the tenant’s id/],
    ['no such folder', settings, ['--out', 'nowhere/app.zip'], /nowhere\/app.zip cannot be written \(ENOENT\)/],
  ])('%s: a sentence, and no file', async (_, given, options, sentence) => {
    const { code, out, err } = await colloquy(given, ...options);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('    at ');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the version', () => {
  const made = async (...options: readonly string[]) => {
    const { code, err } = await colloquy(settings, '--out', 'app.zip', ...options);
    const zip = code === 0 ? unzipSync(await readFile(join(folder, 'app.zip'))) : {};
    return { code, err, version: JSON.parse(Buffer.from(zip['manifest.json'] ?? '{}').toString()).version };
  };

  test('is Colloquy’s own, and the steps say when another is needed and which', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
    const first = await made();
    expect(first.version).toBe(version);
    expect(first.err).toMatch(/PUBLIC_URL or TEAMS_TAB_APP_ID.*higher version/);
    const next = /--package-version (\d+\.\d+\.\d+)/.exec(first.err)?.[1] ?? '';
    expect(next).toBe(version.replace(/\d+$/, (patch: string) => `${Number(patch) + 1}`));
    expect(await made('--package-version', next)).toMatchObject({ code: 0, version: next });
  });

  test.each(['1.2', '1.2.3.4', '01.2.3', '1.2.3-beta', 'v1.2.3', '1.2.x', '0.0.1', '1.2.99999999'])(
    'is not %s: a sentence, and no file',
    async (version) => {
      const { code, err } = await made('--package-version', version);
      expect([code, await readdir(folder)]).toEqual([1, []]);
      expect(err).toMatch(/--package-version: give/);
      expect(err).not.toContain('    at ');
    },
    60_000,
  );
});

describe('for one tenant', () => {
  const tenant = (digit: string) => `${digit.repeat(8)}-dddd-4ddd-8ddd-dddddddddddd`;
  const own = { appId: '44444444-eeee-4eee-8eee-444444444444', password: 'hunter2', homeTenantId: tenant('5') };

  test('is made for the council’s own registration, where it has one', async () => {
    setTeamsUp({ PUBLIC_URL: settings.PUBLIC_URL });
    const { core, close } = await openTestCore();
    await enrol(core, tenant('5'), own);
    await enrol(core, tenant('6'));
    const desk = openDesk(core);
    const file = join(folder, 'york.zip');
    for (const [id, sentence] of [
      [tenant('6'), /has no bot registration of its own. Leave --tenant out/],
      [tenant('7'), /is not enrolled. Enrol it first/],
    ] as const) {
      await expect(writePackage(desk, { tenantId: id, file, version: '' })).rejects.toThrow(sentence);
      expect(await readdir(folder)).toEqual([]);
    }
    await writePackage(desk, { tenantId: tenant('5').toUpperCase(), file, version: '' });
    const manifest = JSON.parse(Buffer.from(unzipSync(await readFile(file))['manifest.json'] ?? []).toString());
    expect(manifest.bots[0].botId).toBe(own.appId);
    expect(manifest.id).not.toBe(manifestFor(plan).id);
    expect(desk.out).toEqual([file]);
    expect(desk.err.join('\n')).toContain(own.appId);
    expect(desk.err.join('\n')).not.toMatch(/hunter2|each council/);
    await close();
  });
});
