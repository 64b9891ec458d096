import type { Core } from '../../core.ts';
import type { Transaction } from '../../store/database.ts';
import { RoundInput } from '../scoring/model.ts';
import { Division, RoundCertificate } from '../solving/model.ts';
import { type ProvenRound, withoutMember } from '../solving/without.ts';

/** How a round was divided is sealed with what it was made from: a proof must not be able to say it of itself. */
const KeptInput = RoundInput.extend({ division: Division.optional() });

/** A record as its row keeps it: sealed, because whom somebody does not want to meet is in it. */
interface Sealed {
  readonly input: Buffer | null;
  readonly certificate: Buffer | null;
}

/** What a published round was made from and its proof, without those who were erased; `undefined` where there is none. */
export async function readRound(core: Core, number: number): Promise<ProvenRound | undefined> {
  const row = core.db.selectFrom('rounds').select(['id', 'input', 'certificate']).where('number', '=', number);
  const found = await row.executeTakeFirst();
  return found === undefined ? undefined : openRecord(core, found.id, found);
}

/** As the row of this round takes it. */
export function sealRecord({ cipher }: Pick<Core, 'cipher'>, roundId: string, record: ProvenRound) {
  const { input, certificate, division } = record;
  return {
    input: cipher.seal(JSON.stringify({ ...input, division }), inputPlace(roundId)),
    certificate: cipher.seal(JSON.stringify(certificate), proofPlace(roundId)),
  };
}

function openRecord({ cipher }: Core, roundId: string, { input, certificate }: Sealed): ProvenRound | undefined {
  if (input === null || certificate === null) return undefined;
  const { division, ...made } = KeptInput.parse(JSON.parse(cipher.open(input, inputPlace(roundId))));
  const proof = RoundCertificate.parse(JSON.parse(cipher.open(certificate, proofPlace(roundId))));
  return { input: made, certificate: proof, division };
}

/** What a round is worth and what none can exceed, as its row has them. */
export function worthOf({ parts }: RoundCertificate) {
  const total = (value: (part: (typeof parts)[number]) => number) => parts.reduce((sum, part) => sum + value(part), 0);
  return { objective: String(total(({ objective }) => objective)), bound: String(total(({ bound }) => bound)) };
}

function inputPlace(roundId: string): string {
  return `round-input:${roundId}`;
}

function proofPlace(roundId: string): string {
  return `round-proof:${roundId}`;
}

/**
 * Takes a member, and the rest of their group, out of the record of every round they were in: what remains is still
 * proven, and nothing is left of them. To be called before their matches are held: the rounds that they were in and those
 * that they published are held here, all at once and in order.
 */
export async function forgetInRecords(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const rounds = await tx
    .selectFrom('rounds')
    .select(['id', 'input', 'certificate'])
    .where((or) => or.or([or('id', 'in', roundsOf(tx, memberId)), or('published_by', '=', memberId)]))
    .orderBy('number')
    .forNoKeyUpdate()
    .execute();
  // With their row it would be nulled too, when others' matches are held already.
  await tx.updateTable('rounds').set({ published_by: null }).where('published_by', '=', memberId).execute();
  for (const { id, ...sealed } of rounds) {
    const record = openRecord(core, id, sealed);
    if (record === undefined || !record.input.members.some((member) => member.id === memberId)) continue;
    const kept = withoutMember(record, memberId);
    const isEmpty = kept.input.members.length === 0;
    const row = isEmpty ? { input: null, certificate: null } : sealRecord(core, id, kept);
    const worth = worthOf(kept.certificate);
    await tx
      .updateTable('rounds')
      .set({ ...row, ...worth })
      .where('id', '=', id)
      .execute();
  }
}

/** In whose record a member can be: whoever took part was matched, or left out. */
function roundsOf(tx: Transaction, memberId: string) {
  return tx
    .selectFrom('matches')
    .innerJoin('match_members', 'match_members.match_id', 'matches.id')
    .select('matches.round_id')
    .where('match_members.member_id', '=', memberId)
    .union(tx.selectFrom('left_out').select('round_id').where('member_id', '=', memberId));
}
