import { Permanent } from '../errors.ts';
import { differencesFromRecord } from '../matching/planning/kept-rows.ts';
import { planRound, verifyPlan } from '../matching/planning/planning.ts';
import { readRound } from '../matching/planning/record.ts';
import { verifyRound } from '../matching/solving/verify-round.ts';
import { activeMembers } from '../network/roster.ts';
import type { Desk } from './desk.ts';
import { meetWords, proofLines, qualityLines } from './match-report.ts';
import { withBar } from './solving-bar.ts';
import { visible } from './visible.ts';

function ofEarlierScore(round: number): string {
  return `Round ${round} was made by Colloquy 0.6, which counted other points. Only that version can check its proof.`;
}

/** So many differences are told; the others are counted. */
const mostTold = 20;

/**
 * Checks the proof of a published round again, and that what is stored of the round is what was proven.
 *
 * @throws Permanent when there is no such round, it was made by an earlier score, its proof does not hold, or something
 *   else is stored
 */
export async function verifyPublished(desk: Desk, { round }: { readonly round: number }): Promise<void> {
  await desk.withCore(async (core) => {
    const record = await readRound(core, round);
    if (record === undefined) throw new Permanent(`There is no round ${round}, or its proof is not kept any more.`);
    const { input, certificate, division } = record;
    if (certificate.version === 1) throw new Permanent(ofEarlierScore(round));
    const verdict = verifyRound(input, certificate, division);
    const lines = proofLines(certificate, verdict);
    if (!verdict.isSound) throw new Permanent(`Round ${round}. ${lines.join('\n')}`);
    const others = await differencesFromRecord(core, round, record);
    if (others.length > 0)
      throw new Permanent([`Round ${round}. What is stored is not what was proven:`, ...listed(others)].join('\n'));
    desk.print(
      `Round ${round}, ${input.members.length} members. Every rule is kept, and it is stored as it was proven.`,
    );
    for (const line of lines) desk.print(line);
  });
}

function listed(lines: readonly string[]): readonly string[] {
  const more = lines.length > mostTold ? [`  and ${lines.length - mostTold} more`] : [];
  return [...lines.slice(0, mostTold).map((line) => `  ${line}`), ...more];
}

/** Prints the next round as it would be now, and its figures. Changes nothing, and writes to nobody. */
export async function dryRun(desk: Desk): Promise<void> {
  await desk.withCore(async (core) => {
    const plan = await withBar((onProgress) => planRound(core, core.db, {}, onProgress));
    const { input, solution, quality } = plan;
    const verdict = await verifyPlan(core, plan);
    const people = new Map((await activeMembers(core.db)).map(({ id, name, council }) => [id, `${name} (${council})`]));
    const named = (id: string) => people.get(id) ?? id;
    const meet = meetWords(
      input.members.length,
      solution.groups.map(({ members }) => members.length),
    );
    desk.print(`The next round, number ${input.number}, as it would be now: ${meet}; ${quality.leftOut} left out.`);
    for (const { members, isLocked } of solution.groups)
      desk.print(`  ${visible(members.map(named).join(' and '))}${isLocked ? ' (fixed)' : ''}`);
    for (const { memberId } of solution.leftOut) desk.print(`  left out: ${visible(named(memberId))}`);
    for (const line of qualityLines(quality)) desk.print(line);
    if (solution.groups.length > 0) for (const line of proofLines(solution.certificate, verdict)) desk.print(line);
    desk.print('Nothing was changed, and nobody was written to.');
  });
}
