import { afterEach, beforeEach, expect, test } from 'vitest';
import { findConversation, readStanding } from '../../../src/conversations/seats.ts';
import { addHost, propose } from '../../support/conversations.ts';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import {
  addToRoster,
  channelId,
  createTeamsPerson,
  executed,
  inChannel,
  type TeamsPerson,
  typed,
} from '../../support/teams-activity.ts';
import { actionsOf, textOf } from '../../support/teams-screen.ts';
import { noteOf, openTeamStage, type TeamStage } from './team-stage.ts';

const seats = 8;
const people = 40;

let stage: TeamStage;

beforeEach(async () => {
  stage = await openTeamStage();
});
afterEach(() => stage.close());

interface InCrowd {
  readonly person: TeamsPerson;
  readonly memberId: string;
}

/** People who all joined in private; names and addresses that would be seen anywhere. */
async function gather(): Promise<readonly InCrowd[]> {
  const crowd = Array.from({ length: people }, async (_, number): Promise<InCrowd> => {
    const { id, email } = await addMember(stage.core, {
      name: `Pressing Person ${number}`,
      email: `pressing.${number}@council.example`,
    });
    const person = createTeamsPerson(email);
    addToRoster(stage.rig.stub, person);
    await stage.post(person, typed('join'));
    await endJoining(stage.core, id);
    return { person, memberId: id };
  });
  return await Promise.all(crowd);
}

/** The last message of the channel: the conversation's card. */
function notice() {
  const { id = '', activity } = stage.rig.stub.messages(channelId).at(-1) ?? {};
  return { id, card: activity?.attachments[0]?.content };
}

async function settleAMinuteLater(): Promise<void> {
  await stage.settle();
  stage.clock.set(new Date(stage.core.clock.now().getTime() + 60_000));
  await stage.settle();
}

test('of many who press at once each alone is told their own place, and the card they pressed ends true', {
  timeout: 60_000,
}, async () => {
  await stage.press(stage.convener.person, { kind: 'network.choose-announcements', room: channelId });
  const crowd = await gather();
  const id = await propose(stage.core, await addHost(stage.core), { capacity: String(seats) });
  await settleAMinuteLater();
  // They are told in groups: a day later all have been.
  stage.clock.set(new Date(stage.core.clock.now().getTime() + 24 * 3_600_000));
  await settleAMinuteLater();
  const { id: cardId, card } = notice();
  expect(textOf(card)).toContain(`Seats: ${seats} of ${seats} left`);
  const signUp = actionsOf(card).find(({ title }) => title === 'Sign up');
  const before = stage.written().length;

  const press = ({ person }: InCrowd, data: unknown) =>
    stage.post(person, inChannel(person, executed(data, cardId), `${channelId};messageid=${cardId}`));
  const notes = (await Promise.all(crowd.map((each) => press(each, signUp?.data)))).map(noteOf);
  // No press wrote anything where many read.
  expect(stage.written()).toHaveLength(before);

  const conversation = await findConversation(stage.core.db, id);
  if (conversation === undefined) throw new Error('The conversation is gone');
  const standings = await Promise.all(
    crowd.map(async ({ memberId }) => {
      const standing = await readStanding(stage.core.db, conversation, memberId);
      return standing.kind === 'waiting'
        ? `You are number ${standing.position} on the waiting list: “Making room”`
        : `You have a seat: “Making room”`;
    }),
  );
  expect(notes).toEqual(standings.map((standing) => expect.stringContaining(standing)));
  expect(notes.filter((note) => note.startsWith('You have a seat'))).toHaveLength(seats);
  expect(new Set(notes.filter((note) => note.startsWith('You are number'))).size).toBe(people - seats);

  await settleAMinuteLater();
  // In each one's own chat the one card that stands there says it, with the button to give the place up.
  for (const [index, { person }] of crowd.entries()) {
    const words = notes[index]?.startsWith('You have a seat') ? 'You have a seat.' : /You are number \d+ on/;
    const cards = stage.saidTo(person).filter((card) => card.includes('Making room'));
    expect(cards).toEqual([expect.stringMatching(words)]);
  }
  expect(textOf(notice().card)).toContain(`Seats: Full, with ${people - seats} waiting`);
  expect(actionsOf(notice().card).map(({ title }) => title)).toEqual(['Join the waiting list']);
  expect(notice().id).toBe(cardId);
  const edits = stage.rig.stub.calls.filter(
    ({ method, conversationId }) => method === 'PUT' && conversationId.startsWith(channelId),
  );
  expect(edits.length).toBeGreaterThan(0);
  expect(edits.length).toBeLessThanOrEqual(3);

  const seated = crowd.find((_, index) => notes[index]?.startsWith('You have a seat'));
  if (seated === undefined) throw new Error('Nobody has a seat');
  const withdraw = { intent: { kind: 'conversations.withdraw', conversation: id } };
  expect(noteOf(await press(seated, withdraw))).toContain('You no longer have a place');
  await settleAMinuteLater();
  expect(textOf(notice().card)).toContain(`Seats: Full, with ${people - seats - 1} waiting`);

  // Our greeting, the card, and its edits: nothing else was ever written there, and nothing of anybody in it.
  const methods = stage.written().map(({ method }) => method);
  expect(methods.filter((method) => method === 'POST')).toHaveLength(2);
  expect(JSON.stringify(stage.written())).not.toMatch(/Pressing|pressing\.|29:|You have|You are|You no longer/);
});
