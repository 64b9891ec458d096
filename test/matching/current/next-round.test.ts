import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Core } from '../../../src/core.ts';
import type { Message } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, mustFind } from '../../support/people.ts';
import { addMatch, addRound } from '../following-up/following-up-stage.ts';
import { agendaOf } from '../round-stage.ts';
import { messageOf } from '../times/times-stage.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let bo: Member;
let first: string;

/** Two were matched in the first round; the second is on Tuesday 16 March. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  first = await addMatch(core, await addRound(core, 1, core.clock.now()), [asha, bo]);
  await prepareAgenda(core);
});
afterEach(() => stage.close());

async function current(member: Member): Promise<Message> {
  return messageOf(await ask(core, await mustFind(core, member.id), { kind: 'matching.current' }));
}

const lastLine = ({ body }: Message) => body.at(-1);
const labels = ({ buttons }: Message) => buttons.map(({ label }) => label);
const says = (text: string) => ({ kind: 'paragraph', text });

/** Presses the button that says this on what "match" shows. */
async function press(member: Member, label: string): Promise<Message> {
  const button = (await current(member)).buttons.find((one) => one.label === label);
  if (button?.kind !== 'does') throw new Error(`There is no button: ${label}`);
  return messageOf(await ask(core, member, button.intent));
}

test('below a match that stands is when the next round is, and what can be asked of it', async () => {
  const card = await current(asha);
  expect(card.heading).toBe('Meet Bo Berg');
  expect(lastLine(card)).toEqual(
    says('You take part in the next round, on Tuesday 16 March. You can say who you would like to meet next.'),
  );
  expect(labels(card).slice(-4)).toEqual([
    'Rematch me',
    'Not now',
    'Say who you would like to meet',
    'Sit out the next round',
  ]);
  // The next step is still the match's own.
  expect(card.buttons.filter((button) => button.kind === 'does' && button.style === 'main')).toEqual([card.buttons[0]]);
});

test('what they wished for is shown below their match, and can be changed', async () => {
  const wish = { kind: 'matching.wishes', wish: 'new-to-role', theme: '', experience: '', group: 'yes' } as const;
  await ask(core, asha, wish);
  const card = await current(asha);
  expect(lastLine(card)).toEqual(
    says(
      'You take part in the next round, on Tuesday 16 March. For your next match, you asked for somebody new to their role and a group of three or four.',
    ),
  );
  expect(labels(card).slice(-2)).toEqual(['Change what you asked for', 'Sit out the next round']);
  // It is theirs alone to read.
  expect(JSON.stringify(await current(bo))).not.toContain('new to their role');
});

test('the next round is sat out below a match, and taken part in after all; each leads back to the match', async () => {
  const out = await press(asha, 'Sit out the next round');
  expect(out.body[0]).toEqual(says('You sit out the round on Tuesday 16 March. After that you take part again.'));
  expect(labels(out)).toEqual(['Take part after all', 'See your match']);
  const card = await current(asha);
  expect(card.heading).toBe('Meet Bo Berg');
  expect(lastLine(card)).toEqual(says('You sit out the next round, on Tuesday 16 March.'));
  expect(labels(card).at(-1)).toBe('Take part in the next round');
  expect(labels(card)).not.toContain('Sit out the next round');
  expect(labels(await press(asha, 'Take part in the next round'))).toContain('See your match');
  expect(lastLine(await current(asha))).toMatchObject({ text: expect.stringContaining('You take part in') });
});

test('who sits the next round out still reads what they asked for', async () => {
  const wish = { kind: 'matching.wishes', wish: 'new-to-role', theme: '', experience: '', group: 'no' } as const;
  await ask(core, asha, wish);
  await ask(core, asha, { kind: 'membership.skip-round' });
  const card = await current(asha);
  expect(lastLine(card)).toEqual(
    says(
      'You sit out the next round, on Tuesday 16 March. For your next match, you asked for somebody new to their role.',
    ),
  );
  expect(labels(card).slice(-2)).toEqual(['Take part in the next round', 'Change what you asked for']);
});

test('a round whose day has come is not said to be on a day in the past; one that is not planned has no day', async () => {
  const [planned] = await agendaOf(core, 'matching.round');
  if (planned === undefined) throw new Error('No round is planned');
  stage.clock.set(new Date(planned.at));
  expect(lastLine(await current(asha))).toMatchObject({
    text: expect.stringContaining('You take part in the next round. It was due on Tuesday 16 March, and comes soon.'),
  });
  await core.db.deleteFrom('agenda').where('kind', '=', 'matching.round').execute();
  expect(lastLine(await current(asha))).toEqual(
    says('You take part in the next round. You can say who you would like to meet next.'),
  );
});

test('whoever has met and takes no part now is told why, and never that they take part', async () => {
  await ask(core, asha, { kind: 'matching.answer', match: first, outcome: 'useful' });
  await ask(core, asha, pauseUntil('2027-06-01'));
  const card = await current(asha);
  expect(card.heading).toBe('Meet Bo Berg');
  expect(lastLine(card)).toEqual(says('Matches are paused for you. Type “resume” to start them again.'));
  expect(labels(card)).toEqual(['Email Bo Berg', 'Start again now']);
  await ask(core, bo, { kind: 'network.confirm-leave' });
  const alone = await current(asha);
  expect([alone.heading, JSON.stringify(alone).includes('You take part')]).toEqual(['Your match', false]);
});

test('an earlier question is answered from a match that stands without going by the home', async () => {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await addMatch(core, await addRound(core, 2, new Date(core.clock.now().getTime() + 1000)), [asha, cy]);
  const asked = await press(asha, 'Say whether you met Bo Berg');
  expect([asked.heading, labels(asked).at(-1)]).toEqual(['Did you meet Bo Berg?', 'See your match']);
  const answer = asked.buttons.find(({ label }) => label === 'We did not meet');
  if (answer?.kind !== 'does') throw new Error('There is no such answer');
  await ask(core, asha, answer.intent);
  expect(labels(await current(asha))).not.toContain('Say whether you met Bo Berg');
  // An old button shows how they stand now; somebody else's shows them no more than that.
  const earlier = { kind: 'matching.earlier', match: first } as const;
  expect(messageOf(await ask(core, asha, earlier)).heading).toBe('Meet Cy Cole');
  expect(JSON.stringify(messageOf(await ask(core, cy, earlier)))).not.toContain('Bo Berg');
});
