import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Asker, readsPrivately } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { partFromAvoided } from '../matching/pool/parting.ts';
import type { Reply } from '../messages/reply.ts';
import { holdToChange } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { type Known, listLength, type Meant, readWho } from './avoid-rules.ts';
import { placeOf } from './avoided-words.ts';
import * as say from './avoiding-messages.ts';

/*
 * Whom a member never wants to be matched with. It is theirs alone: nobody else is shown it, and no answer here depends
 * on whether somebody they could not find by searching is in the network.
 */

/** A member's own list, the newest first, opened: for their own eyes. */
async function ownAvoided(core: Core, memberId: string): Promise<readonly say.AvoidedEntry[]> {
  const rows = await core.db
    .selectFrom('do_not_match')
    .select(['id', 'said', 'said_at as at'])
    .where('member_id', '=', memberId)
    .orderBy('said_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id, said, at }) => ({ id, at, said: core.cipher.open(said, placeOf(id)) }));
}

/** @throws Refusal for who holds no more than a link in an e-mail */
export async function showAvoided(core: Core, { member, sender }: Asker): Promise<Reply> {
  if (!readsPrivately(sender)) throw new Refusal(say.refusals.signIn);
  return { kind: 'page', page: say.avoidedPage(await ownAvoided(core, member.id), member.zone) };
}

export function openAvoid(): Reply {
  return { kind: 'form', form: say.avoidForm() };
}

/** @throws Refusal with a problem when it cannot be told whom they mean, or their list is full */
export async function avoid(core: Core, member: Member, who: string): Promise<Reply> {
  const said = who.trim();
  if (said === '') throw problem(say.problems.empty);
  const meant = readWho(said, await knownTo(core.db, member.id));
  if (meant.kind === 'unclear') throw problem(say.problems.unclear);
  const isOwn = meant.kind === 'address' ? meant.email === member.email : meant.id === member.id;
  if (isOwn) throw problem(say.problems.own);
  await core.db.transaction().execute(async (tx) => {
    // Of two that say the same at once, the later one finds the first.
    await holdToChange(tx, member.id);
    // Whoever is being erased just now is nobody whom they can know.
    if (meant.kind === 'member' && !(await staysThere(tx, meant.id))) throw problem(say.problems.unclear);
    await keep(core, tx, member.id, meant, said);
    await partFromAvoided(core, tx, member.id);
  });
  return { kind: 'message', message: say.avoided() };
}

async function staysThere(tx: Transaction, memberId: string): Promise<boolean> {
  const row = tx.selectFrom('members').select('id').where('id', '=', memberId).forKeyShare();
  return (await row.executeTakeFirst()) !== undefined;
}

async function keep(
  core: Core,
  tx: Transaction,
  memberId: string,
  meant: Exclude<Meant, { kind: 'unclear' }>,
  said: string,
): Promise<void> {
  const whom =
    meant.kind === 'member'
      ? { other_id: meant.id, token: null }
      : { other_id: null, token: core.cipher.token(meant.email) };
  const theirs = tx.deleteFrom('do_not_match').where('member_id', '=', memberId);
  await (whom.token === null
    ? theirs.where('other_id', '=', whom.other_id)
    : theirs.where('token', '=', whom.token)
  ).execute();
  const { count } = await tx
    .selectFrom('do_not_match')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= listLength) throw problem(say.problems.full);
  const id = randomUUID();
  const row = { id, member_id: memberId, ...whom, said: core.cipher.seal(said, placeOf(id)) };
  await tx
    .insertInto('do_not_match')
    .values({ ...row, said_at: core.clock.now() })
    .execute();
}

function problem(text: string): Refusal {
  return new Refusal(text, [{ field: 'who', text }]);
}

/** Takes one off their own list; one that is not there, or not theirs, changes nothing. */
export async function stopAvoiding(core: Core, member: Member, entry: string): Promise<Reply> {
  await core.db.deleteFrom('do_not_match').where('id', '=', entry).where('member_id', '=', member.id).execute();
  return { kind: 'replace', message: say.avoidedNoMore() };
}

/** Those whom a member could find by searching, or was matched with: nobody else’s name tells them anything. */
async function knownTo(db: Reader, memberId: string): Promise<readonly Known[]> {
  return await db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('id', '!=', memberId)
    .where((or) =>
      or.or([
        or.and({ status: 'active', findable: true }),
        or(
          'id',
          'in',
          or
            .selectFrom('match_members as mine')
            .innerJoin('match_members as theirs', 'theirs.match_id', 'mine.match_id')
            .select('theirs.member_id')
            .where('mine.member_id', '=', memberId),
        ),
      ]),
    )
    .orderBy(sql`id`)
    .execute();
}
