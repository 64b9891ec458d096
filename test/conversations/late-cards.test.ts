import { afterEach, beforeEach, expect, test } from 'vitest';
import { tidy } from '../../jobs/sweep.ts';
import type { Member } from '../../src/network/model.ts';
import { noteAccountClosed } from '../../src/network/platform-news.ts';
import { cardsOn, editsOf, press } from '../support/chats.ts';
import { proposal, signUp } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { ask } from '../support/people.ts';
import { type CardStage, openCards } from './cards-stage.ts';

/*
 * Cards that could not be brought up to date when what they show changed: they are as soon as they can be.
 */

let stage: CardStage;
beforeEach(async () => {
  stage = await openCards();
});
afterEach(() => stage.close());

const accountOf = ({ id: user }: Member) => ({ platform: 'slack', space: 'slack-space', user }) as const;
const close = (member: Member) => noteAccountClosed(stage.core, accountOf(member), stage.core.clock.now());
/** They write to us. */
const open = (member: Member) => press(stage.core, stage.slack, member, { kind: 'network.help', asked: '' });
const eraseHost = () => ask(stage.core, stage.host, { kind: 'network.confirm-erase' });
const standing = (member: Member) => cardsOn(stage.slack, member.id, proposal.title).length;
const everything = () => JSON.stringify([...stage.slack.cards.values()].map((own) => [...own.values()]));

async function sweep(): Promise<void> {
  await tidy(stage.core);
  await stage.settle();
}

test('who was away when the host was erased keeps no card of them once they are back', async () => {
  const { one, two } = stage;
  await close(one);
  await eraseHost();
  await stage.settle();
  await sweep();
  expect([standing(one), standing(two)]).toEqual([1, 0]);
  await open(one);
  await sweep();
  expect(standing(one)).toBe(0);
  expect(everything()).not.toContain('Hari');
});

test('who was away while seats filled sees how many are left once they are back, by one edit', async () => {
  const { core, id, one, onTeams, onWeb } = stage;
  await close(one);
  for (const member of [onWeb, onTeams]) {
    await signUp(core, member, id);
    await stage.settle();
  }
  await sweep();
  expect(stage.seats(one)).toBe('3 of 3 left');
  await open(one);
  await sweep();
  await sweep();
  expect(stage.seats(one)).toBe('1 of 3 left');
  expect(editsOf(stage.slack).get(one.id)).toHaveLength(1);
});

test('an account that closes before its update goes is caught up too', async () => {
  const { core, id, one, onWeb } = stage;
  await signUp(core, onWeb, id);
  stage.later(10_000);
  stage.slack.outcomes.push(
    ...Array.from({ length: 2 }, () => ({ kind: 'later', afterMs: 60_000, reason: '' }) as const),
  );
  await settleAll(core, stage.outbounds);
  await close(one);
  stage.later(60_000);
  await sweep();
  expect(stage.seats(one)).toBe('3 of 3 left');
  await open(one);
  await sweep();
  expect(stage.seats(one)).toBe('2 of 3 left');
});

test('an update that the platform turned away goes again once the account was closed and opened, and not before', async () => {
  const { core, id, one, onWeb } = stage;
  await core.db.deleteFrom('members').where('id', '=', stage.two.id).execute();
  stage.slack.outcomes.push({ kind: 'gone', reason: 'blocked' });
  await signUp(core, onWeb, id);
  await stage.settle();
  await sweep();
  await open(one);
  await sweep();
  expect(stage.seats(one)).toBe('3 of 3 left');
  await close(one);
  await sweep();
  await open(one);
  await sweep();
  expect(stage.seats(one)).toBe('2 of 3 left');
});

test('of somebody who leaves every card is taken away, so none says what is no longer so', async () => {
  const { core, id, one, two } = stage;
  await signUp(core, one, id);
  await stage.settle();
  await ask(core, one, { kind: 'network.confirm-leave' });
  await sweep();
  expect([standing(one), standing(two)]).toEqual([0, 1]);
  await eraseHost();
  await sweep();
  await sweep();
  expect(everything()).not.toContain('Hari');
  expect((await stage.updates()).filter(({ member_id }) => member_id === one.id).at(-1)?.status).toBe('sent');
});

test('who left while their account was closed keeps no card once it is open', async () => {
  const { core, one } = stage;
  await close(one);
  await ask(core, one, { kind: 'network.confirm-leave' });
  await sweep();
  expect(standing(one)).toBe(1);
  await core.db.updateTable('accounts').set({ reachable: true }).where('platform_user', '=', one.id).execute();
  await sweep();
  expect(standing(one)).toBe(0);
});
