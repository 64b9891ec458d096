import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Intent } from '../../../src/intents.ts';
import type { Message } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { pauseUntil } from '../../support/pauses.ts';
import {
  answers,
  expectAnswersOfOthersKept,
  expectAnswersOfThisTime,
  expectCalendars,
  expectLawfulMatches,
  expectOneMatchEach,
  expectTellings,
} from './invariants.ts';
import { openPresses, type Presses, populate } from './presses-stage.ts';

/*
 * The presses of a match and of its times, in any order and by anybody: on the cards as they stand, and on those of long ago.
 */

let stage: Presses;
beforeEach(async () => {
  stage = await openPresses();
});
afterEach(() => stage.close());

const who = fc.nat(6);
const pick = fc.nat(10_000);
const press = fc.record({
  does: fc.constantFrom('press', 'press', 'press-old', 'press-old', 'agree', 'agree'),
  who,
  pick,
  settles: fc.boolean(),
});
const aside = fc.record({
  does: fc.constantFrom('pause', 'resume', 'resume', 'sit-out', 'look-now', 'look-now', 'erase', 'leave'),
  who,
  pick,
  settles: fc.boolean(),
});
const time = fc.record({ does: fc.constant('pass'), who, pick, settles: fc.constant(true) });
const step = fc.oneof(
  { weight: 12, arbitrary: press },
  { weight: 2, arbitrary: aside },
  { weight: 3, arbitrary: time },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const hourMs = 3_600_000;
/** How long time passes: some hours, some days, or until the next round. */
const spans = [1, 5, 24, 24, 72, 14 * 24];

function intents({ buttons }: Message): readonly Intent[] {
  return buttons.flatMap((button) => (button.kind === 'does' ? [button.intent] : []));
}

function isRefused(reply: Reply): boolean {
  return (reply.kind === 'message' || reply.kind === 'replace') && reply.message.words !== undefined;
}

function choose<T>(all: readonly T[], at: number): T | undefined {
  return all[at % Math.max(1, all.length)];
}

/** Of each kind as often, of those that change something about matches. */
function chooseByKind(all: readonly Intent[], at: number): Intent | undefined {
  const own = all.filter(({ kind }) => kind.startsWith('matching.') && !besides.has(kind));
  const kinds = [...Map.groupBy(own, ({ kind }) => kind).values()];
  return choose(choose(kinds, at) ?? [], Math.floor(at / Math.max(1, kinds.length)));
}

const besides: ReadonlySet<string> = new Set(['matching.current', 'matching.open-wishes', 'matching.open-experiences']);

async function take({ does, who: number, pick: at }: Step, known: Set<string>): Promise<void> {
  const people = await stage.people();
  const member = choose(people, number);
  if (member === undefined) return;
  if (does === 'pass') {
    const moment = new Date(stage.clock.now().getTime() + (choose(spans, at) ?? 1) * hourMs);
    return await stage.passTo(moment, () => expectAll(known));
  }
  const before = await answers(stage);
  if (does === 'press' || does === 'agree') await pressOnCard(member, does, at);
  else await pressElse(member, does, at);
  expectAnswersOfOthersKept(before, await answers(stage), member.id);
}

/** No button that stands on a card just now is refused. */
async function pressOnCard(member: Member, does: 'press' | 'agree', at: number): Promise<void> {
  if (member.status !== 'active') return;
  const { current, home } = await stage.cardsOf(member);
  const [first] = home;
  if (first !== undefined) expect([first.heading, first.summary]).toEqual([current.heading, current.summary]);
  const shown = [current, ...home].flatMap(intents);
  const agreeing = shown.filter(({ kind }) => kind === 'matching.accept-time' || kind === 'matching.suggest-time');
  const chosen = chooseByKind(does === 'agree' && agreeing.length > 0 ? agreeing.slice(0, 1) : shown, at);
  if (chosen === undefined) return;
  const reply = await stage.press(member, chosen, at);
  expect(isRefused(reply), `${JSON.stringify(chosen)} is refused: ${JSON.stringify(reply)}`).toBe(false);
  // Else a time would hardly ever be agreed, and less often changed.
  if (does === 'agree' && chosen.kind === 'matching.suggest-time') await othersSayYes(chosen.match, chosen.at);
}

async function othersSayYes(match: string, at: string): Promise<void> {
  for (const member of await stage.people()) await stage.press(member, { kind: 'matching.accept-time', match, at }, 0);
}

async function pressElse(member: Member, does: string, at: number): Promise<void> {
  const day = new Date(stage.clock.now().getTime() + (2 + (at % 20)) * 24 * hourMs).toISOString().slice(0, 10);
  const asked: Readonly<Record<string, Intent | undefined>> = {
    'press-old': chooseByKind(stage.seenBy(member), at),
    pause: pauseUntil(day),
    resume: { kind: 'network.resume' },
    'sit-out': { kind: 'membership.skip-round' },
    'look-now': { kind: 'matching.look-now' },
    erase: { kind: 'network.confirm-erase' },
    leave: { kind: 'network.confirm-leave' },
  };
  const intent = asked[does];
  if (intent === undefined) return;
  const reply = await stage.press(member, intent, at);
  if (!isRefused(reply) || reply.kind === 'form') return;
  // Whatever is refused says what can be typed, or pressed, instead.
  expect(JSON.stringify(reply), JSON.stringify(intent)).toMatch(
    /“|take part in the next round|Write to each other|may have left/,
  );
}

async function expectAll(known: Set<string>): Promise<void> {
  await expectOneMatchEach(stage);
  await expectLawfulMatches(stage);
  await expectCalendars(stage, await stage.people());
  await expectTellings(stage, known);
  await expectAnswersOfThisTime(stage, await stage.people());
}

test('whatever is pressed, by whomever and when, people, calendars and what is told agree', async () => {
  const steps = fc.array(step, { minLength: 8, maxLength: 18, size: 'max' });
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      await populate(stage);
      const known = new Set<string>();
      // The first round.
      await stage.passTo(new Date(stage.clock.now().getTime() + 14 * 24 * hourMs), () => expectAll(known));
      for (const one of taken) {
        await take(one, known);
        if (one.settles) await stage.settle();
        await expectOneMatchEach(stage);
        if (one.settles) await expectAll(known);
      }
    }),
    { numRuns: 5, endOnFailure: true },
  );
}, 600_000);
