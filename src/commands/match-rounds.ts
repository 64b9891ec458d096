import { Permanent } from '../errors.ts';
import { planRound } from '../matching/planning.ts';
import { readRound } from '../matching/record.ts';
import { verifyRound } from '../matching/solving/verify-round.ts';
import { activeMembers } from '../network/roster.ts';
import type { Desk } from './desk.ts';
import { proofLines, qualityLines } from './match-report.ts';

/**
 * Checks the proof of a published round again, with nothing of what made it.
 *
 * @throws Permanent when there is no such round, or its proof does not hold
 */
export async function verifyPublished(desk: Desk, { round }: { readonly round: number }): Promise<void> {
  await desk.withCore(async (core) => {
    const record = await readRound(core, round);
    if (record === undefined) throw new Permanent(`There is no round ${round}, or its proof is not kept any more.`);
    const verdict = verifyRound(record.input, record.certificate);
    const lines = proofLines(record.certificate, verdict);
    if (!verdict.isSound) throw new Permanent(`Round ${round}. ${lines.join('\n')}`);
    desk.print(`Round ${round}, ${record.input.members.length} members. Every rule is kept.`);
    for (const line of lines) desk.print(line);
  });
}

/** Prints the next round as it would be now, and its figures. Changes nothing, and writes to nobody. */
export async function dryRun(desk: Desk): Promise<void> {
  await desk.withCore(async (core) => {
    const { input, solution, quality, verdict } = await planRound(core, core.db);
    const people = new Map((await activeMembers(core.db)).map(({ id, name, council }) => [id, `${name} (${council})`]));
    const named = (id: string) => people.get(id) ?? id;
    const total = `${quality.groups} groups, ${quality.leftOut} left out`;
    desk.print(`The next round, number ${input.number}, as it would be now: ${total}.`);
    for (const { members, isLocked } of solution.groups)
      desk.print(`  ${members.map(named).join(' and ')}${isLocked ? ' (fixed)' : ''}`);
    for (const { memberId } of solution.leftOut) desk.print(`  left out: ${named(memberId)}`);
    for (const line of qualityLines(quality)) desk.print(line);
    for (const line of proofLines(solution.certificate, verdict)) desk.print(line);
    desk.print('Nothing was changed, and nobody was written to.');
  });
}
