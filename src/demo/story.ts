import type { Core } from '../core.ts';
import type { Member } from '../network/model.ts';
import { activeMembers } from '../network/roster.ts';
import type { RosterRow } from '../network/roster-file.ts';
import { localParts } from '../time/local.ts';
import { dayWords } from '../time/words.ts';
import { act, importCast, person } from './cast.ts';
import { join } from './joining.ts';
import { settle } from './quiet.ts';
import { type Figures, readFigures } from './report.ts';
import { roundRuns, twoMeet, wishesAreMade } from './round.ts';
import { at, endOfStory, moveTo, type Stage, tell, zone } from './stage.ts';

/** How many people have not answered the invitation when the story starts: they are sent nothing. */
const silent = 2;
const capacity = 6;
const wanting = 9;
const writers = 24;

/** Runs two weeks of a network through the services, the outbox, the queues and the web channel; only the clock is moved. */
export async function playStory(stage: Stage): Promise<Figures> {
  const rows = await importCast(stage.core, stage.rosterFile, (done, total) => stage.onProgress((done / total) * 0.1));
  const councils = new Set(rows.map((row) => row.council)).size;
  tell(stage, `${rows.length} invented people from ${councils} councils are put on the roster.`);
  await everyoneJoins(stage, rows);
  const title = await conversationFills(stage, rows);
  const asker = await wishesAreMade(stage);
  await promptsGoOut(stage);
  await twoMeet(stage, await roundRuns(stage, asker));
  await remindersGoOut(stage, title);
  return await readFigures(stage.core);
}

async function everyoneJoins(stage: Stage, rows: readonly RosterRow[]): Promise<void> {
  const joining = rows.slice(0, rows.length - silent);
  for (const [place, row] of joining.entries()) await join(stage.core, await person(stage.core, row.email), place);
  await settle(stage.core, stage.jobs);
  tell(stage, `${joining.length} of them join, and are welcomed. ${silent} do not answer: they are sent nothing.`);
}

async function conversationFills(stage: Stage, rows: readonly RosterRow[]): Promise<string> {
  await moveTo(stage, at('2027-10-29', '10:00'));
  const [host] = await hosts(stage.core);
  if (host === undefined) throw new Error('The demonstration needs a host');
  const title = 'Deciding well when nobody knows';
  const about =
    'What do you hold on to, and what do you let go of, when the plan no longer fits? Bring a decision you are facing.';
  await propose(stage, host, {
    theme: 'collective-leadership/uncertain-world',
    title,
    about,
    startsAt: at('2027-11-10', '10:00'),
  });
  tell(
    stage,
    `${host.name} (${host.council}) drafts a conversation, “${title}”, and announces it. People are told a few at a time.`,
  );
  await peopleSignUp(stage, rows, host);
  return title;
}

interface Idea {
  readonly theme: string;
  readonly title: string;
  readonly about: string;
  readonly startsAt: Date;
}

async function propose({ core, jobs }: Stage, host: Member, { theme, title, about, startsAt }: Idea): Promise<void> {
  const [date = '', time = ''] = localParts(startsAt, host.zone).split(' ');
  const words = { theme, title, about, audience: 'all', chathamHouse: 'no' };
  const next = await act(core, host, { kind: 'proposals.draft', topic: '', follows: '', ...words });
  if (next.kind !== 'form') throw new Error('The demonstration proposed what nobody may');
  const { proposal = '', revision = '' } = next.form.completes;
  const where = { clock: '', perCouncil: 'none', link: 'https://meet.example/colloquy', place: '' };
  const plan = { date, time, minutes: '60', capacity: String(capacity), ...where };
  await act(core, host, { kind: 'proposals.announce', proposal, revision, ...plan });
  await settle(core, jobs);
}

async function peopleSignUp(stage: Stage, rows: readonly RosterRow[], host: Member): Promise<void> {
  const { core } = stage;
  await moveTo(stage, at('2027-10-29', '12:00'));
  const { id } = await core.db.selectFrom('conversations').select('id').executeTakeFirstOrThrow();
  const keen = rows
    .filter((row) => row.email !== host.email)
    .filter((_, index) => index % 5 === 1)
    .slice(0, wanting);
  const people = await Promise.all(keen.map((row) => person(core, row.email)));
  for (const member of people) await act(core, member, { kind: 'conversations.sign-up', conversation: id });
  tell(
    stage,
    `${people.length} people sign up: ${capacity} have a seat, ${people.length - capacity} are on the waiting list.`,
  );
  await moveTo(stage, at('2027-10-29', '16:00'));
  const [first] = people;
  const next = people[capacity];
  if (first === undefined || next === undefined) throw new Error('Too few people signed up');
  await act(core, first, { kind: 'conversations.withdraw', conversation: id });
  await settle(core, stage.jobs);
  await act(core, next, { kind: 'conversations.accept-seat', conversation: id });
  await settle(core, stage.jobs);
  tell(stage, `${first.name} gives up a seat. ${next.name}, who has waited longest, is offered it, and takes it.`);
}

async function hosts(core: Core): Promise<readonly Member[]> {
  const members = (await activeMembers(core.db)).filter((member) => member.permission === 'host');
  return members.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

async function promptsGoOut(stage: Stage): Promise<void> {
  const { core } = stage;
  await moveTo(stage, at('2027-11-01', '23:00'));
  const sent = await core.db
    .selectFrom('prompts')
    .innerJoin('members', 'members.id', 'prompts.member_id')
    .select(['prompts.sent_at', 'members.zone'])
    .execute();
  const local = new Set(sent.map((prompt) => localParts(prompt.sent_at, prompt.zone).slice(11)));
  const zones = new Set(sent.map((prompt) => prompt.zone)).size;
  tell(
    stage,
    `${sent.length} people have been sent their prompt at ${[...local].join(', ')} on their own Monday, in ${zones} time zones. Clocks went back on Sunday.`,
  );
  const members = (await activeMembers(core.db)).slice(0, writers);
  for (const member of members) await write(core, member);
  tell(stage, `${members.length} write an answer. Each is sealed: only its writer can read it.`);
}

async function write(core: Core, member: Member): Promise<void> {
  const reply = await act(core, member, { kind: 'reflections.open', prompt: 'latest' });
  if (reply.kind !== 'form') throw new Error('The prompt did not open');
  const { prompt } = reply.form.completes;
  if (prompt === undefined) throw new Error('The form names no prompt');
  const text =
    'I noticed how quickly I reach for a plan. This week I will ask two people what they see before I say what I see.';
  await act(core, member, { kind: 'reflections.answer', prompt, text, action: '' });
}

async function remindersGoOut(stage: Stage, title: string): Promise<void> {
  await moveTo(stage, endOfStory);
  const { reminders, briefings } = await readFigures(stage.core);
  const week = dayWords(at('2027-11-08', '09:00'), zone);
  tell(
    stage,
    `A second prompt went out on ${week}. “${title}” has taken place: ${reminders} reminders to those with a seat, ${briefings} briefing to the host.`,
  );
  await nextIsProposed(stage);
}

/** So that whoever opens the page next finds a conversation with seats left. */
async function nextIsProposed(stage: Stage): Promise<void> {
  const [, host] = await hosts(stage.core);
  if (host === undefined) throw new Error('The demonstration needs a second host');
  const title = 'Making room for the next leaders';
  const about = 'Whose step up have you made possible this year, and whose have you stood in the way of?';
  await propose(stage, host, {
    theme: 'collective-leadership/space-for-others',
    title,
    about,
    startsAt: at('2027-11-18', '14:00'),
  });
  tell(
    stage,
    `${host.name} (${host.council}) proposes the next one, “${title}”. It has ${capacity} seats: one could be yours.`,
  );
}
