import { type Platform, platforms } from '../account.ts';
import { type Asker, readsPrivately } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { removeAccount } from '../network/disconnecting.ts';
import { mustBeTheirs } from '../network/linking.ts';
import { refusals as network } from '../network/messages.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import * as say from './accounts-messages.ts';
import { readOwnWay } from './own-way.ts';
import { type OwnAccount, ownAccounts, writtenTo } from './whereabouts.ts';

/** Every account of a member, and which one we write to. */
export async function showAccounts(core: Core, { member }: Asker): Promise<Reply> {
  const accounts = await ownAccounts(core.db, member.id);
  const { preferred } = await readOwnWay(core.db, member.id);
  const shown = { accounts, preferred, zone: member.zone, writtenTo: writtenTo(accounts, preferred)?.id ?? '' };
  return { kind: 'page', page: say.accountsPage(shown) };
}

async function platformsOf(core: Core, member: Member): Promise<readonly Platform[]> {
  const own = new Set((await ownAccounts(core.db, member.id)).map(({ platform }) => platform));
  return platforms.filter((platform) => own.has(platform));
}

/** @param answer one of their platforms; '' or 'last' for wherever they were last */
export async function prefer(core: Core, { member, sender }: Asker, answer: string): Promise<Reply> {
  const isAnywhere = answer === '' || answer === 'last';
  const platform = (await platformsOf(core, member)).find((one) => one === answer);
  if (platform === undefined && !isAnywhere) {
    const text = say.problems.platform;
    throw new Refusal(text, [{ field: 'platform', text }]);
  }
  await core.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('members')
      .set({ preferred_platform: platform ?? null })
      .where('id', '=', member.id)
      .execute();
    // With their row held: an account of theirs may be going at this moment.
    await mustBeTheirs(tx, member, sender);
  });
  return { kind: 'replace', message: say.preferred(platform ?? null) };
}

/**
 * Takes one of their own accounts away: what was to go there goes by the next, the browsers that it signed in are signed
 * out, and the home there shows nothing of them.
 *
 * @throws Refusal for one that is not theirs, or that must stay
 */
export async function disconnect(core: Core, { member, sender }: Asker, accountId: string): Promise<Reply> {
  if (!readsPrivately(sender) && member.status !== 'active') throw new Refusal(network.notJoined);
  const account = await core.db.transaction().execute(async (tx) => {
    // Of two that disconnect one each at once, the later one finds what the first one left.
    await tx.selectFrom('members').select('id').where('id', '=', member.id).forNoKeyUpdate().execute();
    const own = await holdAccounts(tx, member.id);
    const found = own.find(({ id }) => id === accountId);
    if (found === undefined) throw new Refusal(say.refusals.notYours);
    if (say.isOfRoster(found)) throw new Refusal(say.refusals.ofTheRoster);
    if (!isWayLeft(own.filter(({ id }) => id !== accountId))) throw new Refusal(say.refusals.theLast);
    await removeAccount(tx, core.clock.now(), member.id, found.id);
    return found;
  });
  return { kind: 'replace', message: say.disconnected(account) };
}

/** In the order in which whoever erases them holds them. */
async function holdAccounts(tx: Transaction, memberId: string): Promise<readonly OwnAccount[]> {
  await tx.selectFrom('accounts').select('id').where('member_id', '=', memberId).orderBy('id').forUpdate().execute();
  return await ownAccounts(tx, memberId);
}

/** Nobody comes to the web page but by a link that is sent to their e-mail, or from a chat. */
function isWayLeft(others: readonly OwnAccount[]): boolean {
  const hasEmail = others.some(({ platform }) => platform === 'email');
  return others.some(({ platform, reachable }) => reachable && (platform !== 'web' || hasEmail));
}
