import { proofLines } from '../commands/match-report.ts';
import type { Core } from '../core.ts';
import { readRound } from '../matching/planning/record.ts';
import { verifyRound } from '../matching/solving/verify-round.ts';
import type { Message } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import { activeMembers, findMember } from '../network/roster.ts';
import { momentWords, whenWords } from '../time/words.ts';
import { act } from './cast.ts';
import { settle } from './quiet.ts';
import { readFigures } from './report.ts';
import { at, moveTo, type Stage, tell, zone } from './stage.ts';

/** Two who are matched, and whom the story follows. */
interface Two {
  readonly asker: Member;
  readonly other: Member;
  /** The id of their match. */
  readonly match: string;
}

const hourMs = 3_600_000;
const meetingMinutes = 30;

/** On the Sunday before it: everybody may say whom they would like to meet, and one does. */
export async function wishesAreMade(stage: Stage): Promise<Member> {
  const { core } = stage;
  await moveTo(stage, at('2027-10-31', '12:00'));
  const members = await activeMembers(core.db);
  const here = members.filter((member) => member.zone === zone).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const [asker, ...others] = here;
  if (asker === undefined) throw new Error('The demonstration needs somebody who asks');
  const asked = { wish: 'experience', theme: '', experience: 'merger', group: 'no' } as const;
  for (const other of others.filter(({ councilId }) => councilId !== asker.councilId).slice(0, 5)) {
    await act(core, other, { kind: 'matching.experiences', experiences: asked.experience });
  }
  await act(core, asker, { kind: 'matching.wishes', ...asked });
  const { people, when } = await readOpening(core);
  tell(
    stage,
    `A round of matches is near. ${people} people were asked at ${when} whom they would like to meet. ${asker.name} asks for somebody who has been through a merger.`,
  );
  return asker;
}

/** How many people were told of the round that is near, and when. */
async function readOpening({ db }: Core): Promise<{ readonly people: number; readonly when: string }> {
  const sent = await db
    .selectFrom('deliveries')
    .select('created_at as at')
    .where('kind', '=', 'matching.before-round')
    .where('status', '=', 'sent')
    .orderBy('at')
    .execute();
  const [first] = sent;
  if (first === undefined) throw new Error('The demonstration told nobody of its round');
  return { people: sent.length, when: momentWords(first.at, zone) };
}

/** The round itself: what it is worth, and what one of its pairs is told. */
export async function roundRuns(stage: Stage, asker: Member): Promise<Two> {
  const { core } = stage;
  await moveTo(stage, at('2027-11-02', '12:00'));
  const { pairs, sameCouncil, leftOut } = await readFigures(core);
  const left = leftOut === 0 ? 'Nobody is left out.' : `${leftOut} left out, and told why.`;
  tell(stage, `The first matching round introduces ${pairs} pairs. Pairs from one council: ${sameCouncil}. ${left}`);
  tell(stage, `The round is checked by a proof of its own. It is ${await proofOf(core)}.`);
  const two = await matchOf(core, asker);
  const why = listIn(await cardOf(core, two.asker)).join(' ');
  tell(stage, `${two.asker.name} meets ${two.other.name} (${two.other.council}), and is told why. ${why}`);
  return two;
}

/** As `colloquy match verify 1` has it. */
async function proofOf(core: Core): Promise<string> {
  const record = await readRound(core, 1);
  if (record === undefined) throw new Error('The demonstration published no round');
  const verdict = verifyRound(record.input, record.certificate);
  if (!verdict.isSound) throw new Error(`The demonstration’s round breaks a rule: ${verdict.faults.join(' ')}`);
  return proofLines(record.certificate, verdict).at(-1) ?? '';
}

async function matchOf(core: Core, asker: Member): Promise<Two> {
  const own = core.db.selectFrom('match_members').select('match_id').where('member_id', '=', asker.id);
  const rows = core.db.selectFrom('match_members').select(['match_id', 'member_id']).where('match_id', 'in', own);
  const row = await rows.where('member_id', '!=', asker.id).executeTakeFirstOrThrow();
  const other = await findMember(core.db, row.member_id);
  if (other === undefined) throw new Error('The demonstration lost one of its people');
  return { asker, other, match: row.match_id };
}

async function cardOf(core: Core, member: Member): Promise<Message> {
  const reply = await act(core, member, { kind: 'matching.current' });
  if (reply.kind !== 'message') throw new Error('The demonstration shows no match');
  return reply.message;
}

function listIn({ body }: Message): readonly string[] {
  return body.flatMap((block) => (block.kind === 'list' ? block.items : []));
}

/** One suggests the first time that suits both, the other says yes; they meet, and one says how it was. */
export async function twoMeet(stage: Stage, { asker, other, match }: Two): Promise<void> {
  const { core, jobs } = stage;
  const { buttons } = await cardOf(core, asker);
  const suggested = buttons
    .flatMap((button) => (button.kind === 'does' ? [button.intent] : []))
    .find((intent) => intent.kind === 'matching.suggest-time');
  if (suggested === undefined) throw new Error('The demonstration found no time that suits two people');
  await act(core, asker, suggested);
  await settle(core, jobs);
  await act(core, other, { kind: 'matching.accept-time', match, at: suggested.at });
  await settle(core, jobs);
  const time = new Date(suggested.at);
  tell(
    stage,
    `${asker.name} suggests ${whenWords(time, meetingMinutes, zone)}. ${other.name} says yes, and both have it in their diary.`,
  );
  await moveTo(stage, new Date(time.getTime() + hourMs));
  await act(core, asker, { kind: 'matching.met', match });
  await act(core, asker, { kind: 'matching.answer', match, outcome: 'useful' });
  await settle(core, jobs);
  tell(stage, `They have met. ${asker.name} says it was useful: ${other.name} is not told, and the next round knows.`);
}
