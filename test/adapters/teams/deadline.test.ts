import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDeadlines } from '../../../adapters/teams/deadline.ts';
import { createLog } from '../../../src/log.ts';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { busyMachine } from '../../support/patience.ts';
import { mustFind } from '../../support/people.ts';
import {
  type ActivityJson,
  addToRoster,
  createTeamsPerson,
  dialogOpened,
  dialogSubmitted,
  executed,
  inChannel,
  installed,
  typed,
} from '../../support/teams-activity.ts';
import { type Joined, monday, openStage, type Stage } from './stage.ts';

/** In milliseconds: far enough from the 10 seconds after which Azure Bot Service gives up on us. */
const soon = 6_500;

let stage: Stage;
/** Lets whatever a test holds up go on. */
let release: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  stage = await openStage();
});
afterEach(async () => {
  await release();
  stage.rig.stub.mend();
});
afterAll(() => stage.close());

/** No statement that reads or writes this table gets an answer before `release`. */
async function holdUp(table: string): Promise<void> {
  const client = new pg.Client(stage.connection);
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  release = async () => {
    release = () => Promise.resolve();
    await client.query('commit');
    await client.end();
  };
}

/** What these are answered, all at once, and whether each was in time. */
async function timed(joined: Pick<Joined, 'person'>, activities: readonly ActivityJson[]) {
  return await Promise.all(
    activities.map(async (parts) => {
      const started = performance.now();
      const { status, body } = await stage.post(joined.person, parts);
      const inTime = performance.now() - started < soon;
      return { status, body: body === '' ? '' : JSON.parse(body), inTime };
    }),
  );
}

const empty = { status: 200, body: '', inTime: true };
const note = (value: unknown) => ({
  status: 200,
  inTime: true,
  body: expect.objectContaining({ statusCode: 200, value }),
});
const lastWord = (value: unknown) => ({ status: 200, inTime: true, body: { task: { type: 'message', value } } });
const inThisChat = 'This is taking longer than usual. We will answer in this chat.';

const said = ({ person }: Pick<Joined, 'person'>) =>
  stage.rig.stub.messages(person.conversationId).map(({ activity }) => JSON.stringify(activity));
const saidOf = (joined: Joined, text: string) => said(joined).filter((message) => message.includes(text)).length;

describe('while the database hangs', busyMachine, () => {
  test('each is answered in time, and what was asked is done once, and told, when it can be', async () => {
    const joined = await stage.join();
    const foreigner = { person: createTeamsPerson('x@else.example', '99999999-cccc-4ccc-8ccc-999999999999') };
    const message = { ...typed('profile'), id: 'm' };
    const press = { ...executed({ intent: { kind: 'network.leave' } }, ''), id: 'p' };
    await holdUp('installations');
    const window = { ...dialogOpened({ intent: { kind: 'network.open-pause' } }) };
    const form = {
      completes: { kind: 'network.pause' },
      openedBy: { kind: 'network.open-pause' },
      fields: ['programmes', 'until'],
    };
    const sent = {
      ...dialogSubmitted({ form, answer_programmes: 'prompts,matching', answer_until: '2027-05-04' }),
      id: 's',
    };
    const [answers, refused] = await Promise.all([
      timed(joined, [message, message, press, press, sent, installed()]),
      timed(foreigner, [press, typed('help')]),
    ]);
    const late = note(inThisChat);
    expect(answers).toEqual([empty, empty, late, late, lastWord(inThisChat), empty]);
    expect(refused).toEqual([late, empty]);
    const before = said(joined).length;
    await release();
    await expect.poll(() => said(joined).length).toBe(before + 3);
    await stage.rig.channel.close();
    expect(said(joined)).toHaveLength(before + 3);
    expect(saidOf(joined, 'Your profile')).toBe(1);
    expect(saidOf(joined, 'Do you want to leave the network?')).toBe(1);
    expect(saidOf(joined, 'We have paused prompts to reflect on and matches until')).toBe(1);
    expect(said(foreigner).join()).toMatch(/(does not serve your organisation.*){2}/s);
    expect((await timed(joined, [window]))[0]?.body).toMatchObject({ task: { type: 'continue' } });
  });

  test('what stands in a window never comes into the chat, however late: a button to it does', async () => {
    const [joined, other] = [await stage.join(), await stage.join()];
    stage.clock.set(monday);
    await stage.settle();
    const { id } = await stage.core.db
      .selectFrom('prompts')
      .select('id')
      .where('member_id', '=', joined.member.id)
      .executeTakeFirstOrThrow();
    await holdUp('accounts');
    const journal = { intent: { kind: 'reflections.journal' } };
    const answer = (text: string) => {
      const form = {
        completes: { kind: 'reflections.answer', prompt: id },
        openedBy: { kind: 'reflections.open', prompt: id },
        fields: ['text'],
        ticket: `ticket of ${text.length}`,
      };
      return dialogSubmitted({ form, answer_text: text });
    };
    const secret = 'I have not told my leader how tired the top team is.';
    const resume = executed({ intent: { kind: 'network.resume' } }, 'gone');
    const [answers, [resumed]] = await Promise.all([
      timed(joined, [answer(secret), answer('  '), dialogOpened(journal), inChannelOf(joined)]),
      timed(other, [resume]),
    ]);
    expect(resumed).toEqual(note(inThisChat));
    expect(answers.slice(0, 3)).toEqual([1, 2, 3].map(() => lastWord(inThisChat)));
    expect(answers[3]).toEqual(note('This is taking longer than usual. We will answer in your private chat with us.'));
    await release();
    await stage.rig.channel.close();
    expect(saidOf(joined, 'We have saved your reflection.')).toBe(1);
    // The one with nothing in it: it stays unsaved, and they can look.
    expect(saidOf(joined, 'Open it again to see whether we saved what you sent.')).toBe(1);
    expect(saidOf(joined, 'Your journal. Select Open to see it: only you can.')).toBe(1);
    expect(saidOf(joined, 'Your profile')).toBe(1);
    // A card that would have changed for whoever pressed it comes as one of its own.
    expect(saidOf(other, 'Messages are on')).toBe(1);
    expect(JSON.stringify(stage.rig.stub.calls)).not.toContain('tired');
    expect(stage.rig.logged()).not.toContain('tired');
  });
});

function inChannelOf({ person }: Joined): ActivityJson {
  return inChannel(person, executed({ intent: { kind: 'network.profile' } }, 'm1'));
}

test('while Teams hangs, each is answered in time, and can be done again after', busyMachine, async () => {
  const { id, email } = await addMember(stage.core);
  const person = createTeamsPerson(email);
  addToRoster(stage.rig.stub, person);
  stage.rig.stub.behave(() => ({ kind: 'silence' }));
  const join = { intent: { kind: 'network.join' } };
  const answers = await timed({ person }, [typed('join'), executed(join, 'm1'), dialogOpened(join), typed('help')]);
  expect(answers.map(({ status, inTime }) => [status, inTime])).toEqual(answers.map(() => [200, true]));
  stage.rig.stub.mend();
  await stage.rig.channel.close();
  expect((await mustFind(stage.core, id)).status).toBe('invited');
  await stage.post(person, typed('join'));
  await endJoining(stage.core, id);
  expect((await mustFind(stage.core, id)).status).toBe('active');
});

test('what fails after its answer was due is logged, and what fails before is thrown', async () => {
  const lines: string[] = [];
  const deadlines = createDeadlines(createLog('debug', { write: (line: string) => lines.push(line) }));
  let fail: (error: Error) => void = () => undefined;
  const hanging = new Promise<string>((_resolve, reject) => {
    fail = reject;
  });
  await expect(
    deadlines.answer(() => Promise.reject(new Error('at once')), 'late', AbortSignal.timeout(20)),
  ).rejects.toThrow('at once');
  expect(lines).toEqual([]);
  expect(await deadlines.answer(() => hanging, 'late', AbortSignal.timeout(20))).toBe('late');
  fail(new Error('in the end'));
  await deadlines.idle();
  expect(lines.join()).toContain('in the end');
});
