import type { IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { haveWords, searchWords } from '../network/comparing.ts';
import { refreshHomes } from '../network/homes.ts';
import { type Member, Permission } from '../network/model.ts';
import { everyMember, findMember } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { actAs, type Done } from './act.ts';
import { refusals } from './messages.ts';
import * as say from './people-messages.ts';

/**
 * Finds those on the roster whom every word describes. Conveners keep the roster: they find everybody on it.
 *
 * @throws Refusal when nothing is asked for
 */
export async function findMembers(core: Core, query: string): Promise<Reply> {
  const words = searchWords(query);
  const { empty } = say.personProblems;
  if (words.length === 0) throw new Refusal(empty, [{ field: 'query', text: empty }]);
  const matching = (await everyMember(core.db))
    .filter(({ name, email, council }) => haveWords([name, email, council], words))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB') || a.email.localeCompare(b.email, 'en-GB'));
  return { kind: 'page', page: say.peopleFound(matching.slice(0, say.peopleShown), matching.length) };
}

export async function openRole(core: Core, memberId: string): Promise<Reply> {
  return { kind: 'form', form: say.roleForm(await mustBeThere(core.db, memberId)) };
}

/** Whoever left may do nothing, and is asked anew what they may do when they come back. A guest may host by links alone. */
async function mustBeThere(db: Reader, memberId: string): Promise<Member> {
  const member = await findMember(db, memberId);
  if (member === undefined || member.status === 'left' || member.status === 'guest')
    throw new Refusal(refusals.noMember);
  return member;
}

/**
 * Makes somebody a member, a host or a convener.
 *
 * @throws Refusal where nobody would be a convener any more
 */
export async function saveRole(
  core: Core,
  convener: Member,
  answers: Extract<IntentOf<'convening'>, { kind: 'convening.role' }>,
): Promise<Reply> {
  const read = Permission.safeParse(answers.permission);
  if (!read.success) throw wrong(say.personProblems.permission);
  const permission = read.data;
  let name = '';
  const act = async (tx: Transaction): Promise<readonly Done[]> => {
    const before = await mustBeThere(tx, answers.member);
    name = before.name;
    if (before.permission === permission) return [];
    if (before.permission === 'convener' && !(await hasOtherConvener(tx, before.id))) {
      throw wrong(say.personProblems.lastConvener);
    }
    await tx.updateTable('members').set({ permission }).where('id', '=', before.id).execute();
    await refreshHomes(tx, core.clock.now(), before.id);
    return [{ action: 'member.permission', subject: before.id, detail: { from: before.permission, to: permission } }];
  };
  await actAs(core, convener, act, async (tx) => await holdConveners(tx, answers.member));
  return { kind: 'message', message: say.roleSaved(name, permission) };
}

function wrong(text: string): Refusal {
  return new Refusal(text, [{ field: 'permission', text }]);
}

/** Of two conveners who stop being it at once, the later one finds that they are the last. */
async function holdConveners(tx: Transaction, memberId: string): Promise<void> {
  await tx
    .selectFrom('members')
    .select('id')
    .where((or) => or.or([or('permission', '=', 'convener'), or('id', '=', memberId)]))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

async function hasOtherConvener(tx: Transaction, memberId: string): Promise<boolean> {
  const other = tx
    .selectFrom('members')
    .select('id')
    .where('permission', '=', 'convener')
    .where('status', '=', 'active')
    .where('id', '!=', memberId);
  return (await other.executeTakeFirst()) !== undefined;
}
