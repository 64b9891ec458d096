import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { settleAll } from '../support/core.ts';
import { ask, type RecordingOutbound, recordingOutbound, saidTo, textOf } from '../support/people.ts';
import { write } from '../support/reflections.ts';
import { openSharing, type SharingStage, text } from './sharing-stage.ts';

let stage: SharingStage;
let core: Core;
let web: RecordingOutbound;
let writer: Member;
let match: Member;
let colleague: Member;
let stranger: Member;

beforeEach(async () => {
  stage = await openSharing();
  ({ core, writer, match, colleague, stranger } = stage);
  web = recordingOutbound();
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', web]]));
}

const told = (member: Member) => saidTo(web, member).filter((summary) => summary.includes('shared a reflection'));

describe('the match', () => {
  test('is told once, without the text: not again after an edit or when it is shared once more', async () => {
    const prompt = await write(core, writer, { text });
    await stage.share(prompt, 'match');
    await settle();
    expect(told(match)).toEqual(['Asha Rahman shared a reflection with you.']);
    await ask(core, writer, { kind: 'reflections.answer', prompt, text: 'Better put', action: '' });
    for (const audience of ['match', 'nobody', 'match']) {
      stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
      await stage.share(prompt, audience);
    }
    await settle();
    expect(told(match)).toHaveLength(1);
    expect([writer, colleague, stranger].flatMap(told)).toEqual([]);
    expect(JSON.stringify(web.parcels)).not.toContain('merger');
  });

  test('is not told of what was taken back before, and is told when it is shared again after that', async () => {
    const prompt = await write(core, writer, { text });
    await stage.share(prompt, 'match');
    await stage.share(prompt, 'nobody');
    await settle();
    expect(told(match)).toEqual([]);
    stage.clock.set(new Date('2027-03-03T12:00Z'));
    await stage.share(prompt, 'match');
    await settle();
    expect(told(match)).toHaveLength(1);
  });

  test('is told by no message about the cohort or the network', async () => {
    const prompt = await write(core, writer, { text });
    for (const audience of ['cohort', 'network']) await stage.share(prompt, audience);
    await settle();
    expect([match, colleague, stranger].flatMap(told)).toEqual([]);
  });
});

test('the page holds as many as a window has room for, all of them over its pages, and no order of time within a month', async () => {
  const prompts = [];
  for (let minute = 0; minute < 20; minute += 1) {
    stage.clock.set(new Date(Date.parse('2027-03-10T12:00Z') + minute * 60_000));
    const week = `2026-01-${String(minute + 1).padStart(2, '0')}`;
    prompts.push(await write(core, writer, { text: `Text ${minute}.`, week }));
    await stage.share(prompts.at(-1) ?? '', 'cohort');
  }
  const shown: string[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const reply = await ask(core, colleague, { kind: 'reflections.shared-from', from });
    if (reply.kind !== 'page') throw new Error('There is no page');
    shown.push(...[...textOf(reply).matchAll(/Text \d+\./g)].map(([found]) => found));
    expect(textOf(reply)).not.toMatch(/10 March|12:0|midday/);
    const buttons = reply.page.cards.flatMap((card) => card.buttons);
    const next = buttons.flatMap((button) =>
      button.kind === 'does' && button.intent.kind === 'reflections.shared-from' ? [button.intent.from] : [],
    );
    from = next[0];
  }
  expect(shown.toSorted()).toEqual(prompts.map((_, index) => `Text ${index}.`).toSorted());
  expect(shown).not.toEqual(prompts.map((_, index) => `Text ${index}.`));
  expect(shown).not.toEqual(prompts.map((_, index) => `Text ${index}.`).toReversed());
});
