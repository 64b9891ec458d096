import { z } from 'zod';
import type { Platform } from '../account.ts';
import type { Core } from '../core.ts';
import type { Reader, Transaction } from './database.ts';

/** A workspace or tenant that put our app in place. */
export interface Installation {
  readonly platform: Platform;
  readonly space: string;
  /** What the workspace calls itself; for the operator. */
  readonly name: string;
  readonly installedAt: Date;
}

/** What lets us into a workspace (tokens, say): plain JSON, which only its own adapter reads. */
const Secret = z.record(z.string(), z.unknown()).readonly();
export type Secret = z.infer<typeof Secret>;

type Place = Pick<Installation, 'platform' | 'space'>;

/** Where a sealed secret belongs: it does not open for another workspace. */
function placeOf({ platform, space }: Place): string {
  return `installation:${platform}:${space}`;
}

/** Keeps an installation, sealed. Installing again replaces it, also where it had been removed. */
export async function saveInstallation(core: Core, installation: Installation, secret: Secret): Promise<void> {
  const { platform, space, name, installedAt } = installation;
  const sealed = core.cipher.seal(JSON.stringify(secret), placeOf(installation));
  const row = { name, secret: sealed, installed_at: installedAt, removed_at: null };
  await core.db
    .insertInto('installations')
    .values({ platform, space, ...row })
    .onConflict((conflict) => conflict.columns(['platform', 'space']).doUpdateSet(row))
    .execute();
}

/** What lets us in; `undefined` where our app is not, or no longer, in place. */
export async function findSecret(core: Core, place: Place): Promise<Secret | undefined> {
  const row = await core.db
    .selectFrom('installations')
    .select('secret')
    .where('platform', '=', place.platform)
    .where('space', '=', place.space)
    .executeTakeFirst();
  return open(core, place, row?.secret ?? null);
}

function open(core: Core, place: Place, sealed: Buffer | null): Secret | undefined {
  return sealed === null ? undefined : Secret.parse(JSON.parse(core.cipher.open(sealed, placeOf(place))));
}

/** The workspaces that have our app now, by name. */
export async function listInstallations(db: Reader, platform: Platform): Promise<readonly Installation[]> {
  return await db
    .selectFrom('installations')
    .select(['platform', 'space', 'name', 'installed_at as installedAt'])
    .where('platform', '=', platform)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('space')
    .execute();
}

/**
 * Replaces a secret with what `renew` makes of it, while no other process can do the same: whoever comes second is
 * given the secret the first one left.
 *
 * @param renew the secret to keep from now on, or the very one it was given; what it throws leaves all as it was
 * @returns `undefined` where our app is not, or no longer, in place
 */
export async function renewSecret(
  core: Core,
  place: Place,
  renew: (secret: Secret) => Promise<Secret>,
): Promise<Secret | undefined> {
  return await core.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('installations')
      .select('secret')
      .where('platform', '=', place.platform)
      .where('space', '=', place.space)
      .forUpdate()
      .executeTakeFirst();
    const secret = open(core, place, row?.secret ?? null);
    if (secret === undefined) return undefined;
    const renewed = await renew(secret);
    if (renewed === secret) return secret;
    await tx
      .updateTable('installations')
      .set({ secret: core.cipher.seal(JSON.stringify(renewed), placeOf(place)) })
      .where('platform', '=', place.platform)
      .where('space', '=', place.space)
      .execute();
    return renewed;
  });
}

/** When our app was put in place here, as our own clock had it; `undefined` where it is not, or no longer. */
export async function findInstalledAt(db: Reader, { platform, space }: Place): Promise<Date | undefined> {
  const row = await db
    .selectFrom('installations')
    .select('installed_at')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row?.installed_at;
}

/** Whether our app is in place, or was taken out again. */
export interface Held {
  readonly installedAt: Date;
  readonly isRemoved: boolean;
}

/** Holds what we know of a place until the transaction ends; `undefined` where our app never was, which holds nothing. */
export async function holdInstallation(tx: Transaction, { platform, space }: Place): Promise<Held | undefined> {
  const row = await tx
    .selectFrom('installations')
    .select(['installed_at as installedAt', 'removed_at as removedAt'])
    .where('platform', '=', platform)
    .where('space', '=', space)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : { installedAt: row.installedAt, isRemoved: row.removedAt !== null };
}

/**
 * The installation of `installedAt` was taken out at `removedAt`: what let us in is deleted.
 *
 * @returns false when the app was put in place again meanwhile, which stands
 */
export async function removeInstallation(
  core: Core,
  { platform, space }: Place,
  installedAt: Date,
  removedAt: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await core.db
    .updateTable('installations')
    .set({ secret: null, removed_at: removedAt })
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('installed_at', '=', installedAt)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
