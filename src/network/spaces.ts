import type { Platform } from '../account.ts';
import type { Core } from '../core.ts';
import { endOpenRequestsIn } from '../joining/forgetting.ts';
import type { Transaction } from '../store/database.ts';
import {
  holdInstallation,
  type Installation,
  removeInstallation,
  type Secret,
  saveInstallation,
} from '../store/installations.ts';

/*
 * A workspace or tenant as a whole: our app is put in place there, or taken out, by its administrator or our operator.
 */

type Place = Pick<Installation, 'platform' | 'space'>;

export interface Admission {
  /** It was installed anew, whatever was in place before; else what is in place goes on, and changes. */
  readonly isAnew: boolean;
  /** People there are served without it too, so nobody was closed for want of it. */
  readonly isServedAnyway: boolean;
}

/**
 * Our app may be used here. All accounts there can be reached again, also of those who had blocked us before: that a
 * withdrawal forgets, and the first message finds it out. A mere change opens nothing.
 *
 * @returns false when it was in place already, and only changes
 */
export async function admitSpace(
  core: Core,
  place: Place & { readonly name: string },
  secret: Secret,
  { isAnew, isServedAnyway }: Admission,
): Promise<boolean> {
  return await core.db.transaction().execute(async (tx) => {
    const held = await holdInstallation(tx, place);
    const goesOn = held !== undefined && !held.isRemoved && !isAnew;
    const installedAt = goesOn ? held.installedAt : core.clock.now();
    await saveInstallation({ ...core, db: tx }, { ...place, installedAt }, secret);
    // One that was withdrawn was closed by that, however it came to be served since.
    const wasClosed = held?.isRemoved === true || !isServedAnyway;
    if (!goesOn && wasClosed) await setReachable(tx, place, true);
    return !goesOn;
  });
}

/** What ended with a workspace or tenant, as counts. */
export interface Withdrawn {
  /** Who were reached there, and are reached in other ways now. */
  readonly members: number;
  /** Who had our app and had not joined: they are forgotten. */
  readonly strangers: number;
  /** Where conversations were announced. */
  readonly channels: number;
}

export interface Withdrawal {
  /** Of the installation that ends, as we have it; `undefined` where none is in place, and only what is left of it goes. */
  readonly installedAt: Date | undefined;
  readonly removedAt: Date;
}

/**
 * Our app has no business in this workspace or tenant any more: what let us in is deleted, nothing is sent there, and
 * people keep their membership. All of it, or nothing.
 *
 * @returns `undefined` where nothing was found, or where the app was put in place again meanwhile, which stands
 */
export async function withdrawSpace(
  core: Core,
  place: Place,
  { installedAt, removedAt }: Withdrawal,
): Promise<Withdrawn | undefined> {
  return await core.db.transaction().execute(async (tx) => {
    if (installedAt === undefined) {
      const held = await holdInstallation(tx, place);
      if (held !== undefined && !held.isRemoved) return undefined;
    } else if (!(await removeInstallation({ ...core, db: tx }, place, installedAt, removedAt))) {
      return undefined;
    }
    const members = (await reachedIn({ db: tx }, place.platform)).get(place.space) ?? 0;
    // In the order that docs/delivery.md names.
    const accounts = await setReachable(tx, place, false);
    const strangers = await forgetStrangers(tx, place);
    const channels = await retireChannels(tx, place, removedAt);
    const requests = (await forgetRequests(tx, place)) + (await endOpenRequestsIn(tx, place));
    const isNothing = installedAt === undefined && accounts + strangers + channels + requests === 0;
    return isNothing ? undefined : { members, strangers, channels };
  });
}

/** What was to be said to them goes with them. */
async function forgetStrangers(tx: Transaction, { platform, space }: Place): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('rooms')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('purpose', '=', 'greeting')
    .executeTakeFirst();
  return Number(numDeletedRows);
}

async function retireChannels(tx: Transaction, { platform, space }: Place, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('rooms')
    .set({ retired_at: now })
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('purpose', '=', 'announcements')
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** What accounts there asked to be connected to. */
async function forgetRequests(tx: Transaction, { platform, space }: Place): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('account_requests')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** @returns how many changed */
async function setReachable(tx: Transaction, { platform, space }: Place, reachable: boolean): Promise<number> {
  // Held in one order, as by whoever is erased with several accounts here.
  const changed = tx
    .selectFrom('accounts')
    .select('id')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('reachable', '!=', reachable)
    .orderBy('id')
    .forNoKeyUpdate();
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ reachable })
    .where('id', 'in', changed)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** How many members can be reached in each workspace or tenant of a platform; one with none is left out. */
export async function reachedIn({ db }: Pick<Core, 'db'>, platform: Platform): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('members', 'members.id', 'accounts.member_id')
    .select((select) => ['accounts.space', select.fn.count<string>('accounts.member_id').distinct().as('members')])
    .where('accounts.platform', '=', platform)
    .where('accounts.reachable', '=', true)
    .where('members.status', '=', 'active')
    .groupBy('accounts.space')
    .execute();
  return new Map(rows.map(({ space, members }) => [space, Number(members)]));
}
