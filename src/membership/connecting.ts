import type { Account, Sender } from '../account.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { refreshHomes } from '../network/homes.ts';
import { linkAccount } from '../network/linking.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { countWrong, forgetRight, mayTry, ownerOf, useUp } from './codes.ts';
import * as say from './connecting-messages.ts';
import { subjectOf } from './model.ts';

/** The form that asks for a code. */
export function openConnect(): Reply {
  return { kind: 'form', form: say.connectForm() };
}

type Outcome = 'connected' | 'already' | 'wrong' | 'too-many' | 'of-another';

/**
 * Makes the asking account the one of whoever made the code.
 *
 * @throws Refusal when the code does not work, too many were wrong, or the account is another member's
 */
export async function connect(core: Core, sender: Sender, code: string): Promise<Reply> {
  const outcome = await core.db.transaction().execute((tx) => tryCode(core, tx, sender, code));
  switch (outcome) {
    case 'connected':
      return { kind: 'replace', message: say.connectedHere() };
    case 'already':
      return { kind: 'replace', message: say.connectedAlready() };
    case 'wrong':
      throw problem(say.problems.wrong);
    case 'too-many':
      throw problem(say.problems.tooMany);
    case 'of-another':
      throw new Refusal(say.refusals.ofAnother);
  }
}

function problem(text: string): Refusal {
  return new Refusal(text, [{ field: 'code', text }]);
}

/** Nothing is refused by an error in here: what was typed wrong is to stay counted. */
async function tryCode(core: Core, tx: Transaction, sender: Sender, code: string): Promise<Outcome> {
  const { account, address } = sender;
  const now = core.clock.now();
  // The member before the count of their account, as whoever erases them holds them.
  const owner = await ownerOf(core, tx, code);
  if (!(await mayTry(core, tx, account))) return 'too-many';
  if (owner === undefined) {
    await countWrong(tx, account);
    return 'wrong';
  }
  await forgetRight(tx, account);
  const before = await idsOf(tx, owner);
  await linkAccount(tx, owner, account, address, now);
  const linked = await findAccount(tx, account);
  // Somebody else's: it was so before, or by another code at this very moment.
  if (linked.memberId !== owner) return 'of-another';
  await useUp(core, tx, code);
  if (before.includes(linked.id)) return 'already';
  const kind = 'membership.connected';
  const tell = before.map((id) => {
    const subject = subjectOf({ told: id, connected: linked.id });
    return { key: `${kind}:${subject}:${now.toISOString()}`, kind, subject, memberId: owner } as const;
  });
  await post(tx, now, tell);
  await refreshHomes(tx, now, owner);
  return 'connected';
}

/** All accounts of a member that can be reached. */
async function idsOf(tx: Transaction, memberId: string): Promise<readonly string[]> {
  const rows = tx.selectFrom('accounts').select('id').where('member_id', '=', memberId).where('reachable', '=', true);
  return (await rows.orderBy('id').execute()).map(({ id }) => id);
}

async function findAccount(tx: Transaction, { platform, space, user }: Account) {
  return await tx
    .selectFrom('accounts')
    .select(['id', 'member_id as memberId'])
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .executeTakeFirstOrThrow();
}
