import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { PackageOptions } from '../../src/commands/command-line.ts';
import type { Desk } from '../../src/commands/desk.ts';
import { readConfig } from '../../src/config.ts';
import { Permanent } from '../../src/errors.ts';
import { findEnrolment } from './enrolments.ts';
import { type AppPlan, type Manifest, manifestFor } from './manifest.ts';
import { nextSteps } from './package-steps.ts';

/** Writes the app package that a tenant's administrator uploads, and says on standard error what to do with it. */
export async function writePackage(desk: Desk, { tenantId, file, version }: PackageOptions): Promise<void> {
  const plan = await planFor(desk, tenantId, await readVersion(version));
  const bytes = await buildPackage(plan);
  await write(file, bytes);
  desk.print(resolve(file));
  const audience = tenantId === '' ? 'councils' : 'one-council';
  for (const line of nextSteps(plan, file, audience)) desk.printError(line);
}

/** @throws Permanent where the settings or the tenant are not such that an app could be made */
async function planFor(desk: Desk, tenantId: string, version: string): Promise<AppPlan> {
  const { publicUrl, teams } = readConfig();
  if (teams === undefined || teams.appId === '') {
    throw new Permanent(
      'Set TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID first: the app is made for them.',
    );
  }
  if (new URL(publicUrl).protocol !== 'https:') {
    throw new Permanent(`Teams accepts only https, and this names ${publicUrl}: set PUBLIC_URL to an https address.`);
  }
  const botId = tenantId === '' ? teams.appId.toLowerCase() : await ownBotOf(desk, tenantId);
  return { publicUrl, botId, tabAppId: teams.tabAppId.toLowerCase(), version };
}

/** The bot that this council brought. */
async function ownBotOf(desk: Desk, tenantId: string): Promise<string> {
  const tenant = z.guid().safeParse(tenantId.toLowerCase());
  if (!tenant.success) {
    throw new Permanent('--tenant: give the tenant’s id, such as 11111111-2222-4333-8444-555555555555.');
  }
  const found: string[] = [];
  await desk.withCore(async (core) => {
    const enrolment = await findEnrolment(core, tenant.data);
    if (enrolment === undefined) {
      throw new Permanent(
        `The tenant ${tenant.data} is not enrolled. Enrol it first: npm run colloquy -- teams enrol --help`,
      );
    }
    if (enrolment.registration === undefined) {
      throw new Permanent(
        `The tenant ${tenant.data} has no bot registration of its own. Leave --tenant out: it uses the same package as all others.`,
      );
    }
    found.push(enrolment.registration.appId);
  });
  return found.join('');
}

const packageFile = new URL('../../package.json', import.meta.url);

/** Three numbers without leading zeros. */
const plainVersion = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;

/** @param asked '' for Colloquy's own; a lower one would be taken for an older package by whoever has that */
async function readVersion(asked: string): Promise<string> {
  const ours = z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageFile, 'utf8'))).version;
  if (asked === '') return ours;
  if (plainVersion.test(asked) && asked.localeCompare(ours, 'en', { numeric: true }) >= 0) return asked;
  throw new Permanent(`--package-version: give three numbers, no lower than Colloquy’s own ${ours}, such as 1.2.3.`);
}

/**
 * The zip: the same bytes for the same plan, wherever and whenever.
 *
 * @throws Permanent that lists what Microsoft's own schema has against the manifest
 */
export async function buildPackage(plan: AppPlan): Promise<Uint8Array> {
  const manifest = manifestFor(plan);
  const objections = await objectionsTo(manifest);
  if (objections.length > 0) {
    throw new Permanent(
      ['Teams would not take this app. It is made from PUBLIC_URL and the ids in the settings:', ...objections].join(
        '\n  ',
      ),
    );
  }
  const icon = async (name: string) => await readFile(new URL(`icons/${name}`, import.meta.url));
  // Loaded by this command alone.
  const { strToU8, zipSync } = await import('fflate');
  const files = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, undefined, 2)}\n`),
    'color.png': await icon('color.png'),
    'outline.png': await icon('outline.png'),
  };
  // A zip keeps the time on the wall: this is noon in every zone.
  return zipSync(files, { level: 9, mtime: new Date(2020, 0, 1, 12) });
}

/** What Microsoft's published schema has against a manifest, each as 'where: what'. */
export async function objectionsTo(manifest: Manifest): Promise<readonly string[]> {
  validator ??= loadValidator();
  const validate = await validator;
  validate(manifest);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath.slice(1)}: ${message ?? ''}`);
}

let validator: ReturnType<typeof loadValidator> | undefined;

async function loadValidator() {
  const [{ default: draft04 }, { default: schema }] = await Promise.all([
    import('ajv-draft-04'),
    import('@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json', {
      with: { type: 'json' },
    }),
  ]);
  // Not strict about the schema itself: it is not ours.
  return new draft04.default({ allErrors: true, strict: false, formats: { uri: URL.canParse } }).compile(schema);
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Permanent(`${file} cannot be written (${String(error.code)}): name another file with --out.`);
  }
}
