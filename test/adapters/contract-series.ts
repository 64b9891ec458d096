import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Intent } from '../../src/intents.ts';
import { addMember } from '../support/core.ts';
import {
  councils,
  type End,
  interests,
  last,
  mistake,
  newly,
  playSeries,
  refused,
  why,
} from '../support/form-series.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { playScript } from '../support/scripted-replies.ts';
import { type Ground, prepare } from './contract-ground.ts';
import { can, type Platform, type PlatformStage, reason } from './contract-platform.ts';

const join: Intent = { kind: 'network.join' };
const about = { council: 'council-229', role: 'Director of Place', newly: 'role,sector' } as const;

/** Forms that follow each other, sent by the person's own client; what the core answers is played. */
export function describeSeries<Stage extends PlatformStage>(platform: Platform<Stage>): void {
  describe(`${platform.name}: a series of forms`, () => {
    const ground = prepare(platform);
    afterEach(() => playScript(undefined));

    test.each<End>(['message', 'replace', 'page'])('is gone through form by form, and ends with a %s', async (end) => {
      const series = playSeries(end);
      const { client } = await begun(platform, ground(), 'join', join);
      await shows(client, 'This is about: Your work');
      await client.submit({ ...about, role: '' });
      await shows(client, mistake);
      await client.submit({ role: about.role });
      await shows(client, 'This is about: Your interests');
      await client.submit({ interests: 'theme/1,theme/11' });
      await shows(client, 'This is about: Your hours');
      await client.submit({ from: '08:30' });
      await vi.waitFor(async () => expect(await everything(client)).toContain(last), patience);
      expect(series.sent()).toEqual([
        { kind: 'joining.about', level: 'director', ...about, role: '' },
        // What was written before the mistake stood in the form that came back.
        { kind: 'joining.about', level: 'director', ...about },
        { kind: 'joining.interests', interests: 'theme/1,theme/11' },
        { kind: 'joining.hours', zone: 'Europe/London', from: '08:30', until: '17:00' },
      ]);
    });

    test('any number of options can be chosen, none as well, of few or of many', async () => {
      const series = playSeries('message');
      const { client } = await begun(platform, ground(), 'join', join);
      await shows(client, newly[2]?.label ?? '');
      // What is prefilled and known is chosen; among hundreds too.
      await client.submit({ role: 'Clerk' });
      await shows(client, 'This is about: Your interests');
      await client.submit({});
      await shows(client, 'This is about: Your hours');
      expect(series.sent()).toEqual([
        { kind: 'joining.about', level: 'director', council: 'council-7', role: 'Clerk', newly: 'role' },
        { kind: 'joining.interests', interests: 'theme/1' },
      ]);
      const none = playSeries('message');
      const other = await begun(platform, ground(), 'join', join);
      await other.client.submit({ ...about, council: councils[150]?.value ?? '', newly: '' });
      await shows(other.client, 'This is about: Your interests');
      await other.client.submit({ interests: interests.map(({ value }) => value).join(',') });
      await shows(other.client, 'This is about: Your hours');
      expect(none.sent()).toMatchObject([
        { council: 'council-150', newly: '' },
        { interests: interests.map(({ value }) => value).join(',') },
      ]);
    });

    test('a refusal leaves what was written before whoever wrote it, and the form can be sent again', async () => {
      const series = playSeries('message');
      const { client } = await begun(platform, ground(), 'join', join);
      await client.submit({ ...about, role: refused.role });
      await shows(client, why);
      expect(await client.dialog()).toContain(refused.role);
      await client.submit({ role: about.role });
      await shows(client, 'This is about: Your interests');
      expect(series.sent()).toMatchObject([{ role: refused.role }, about]);
    });

    test('where the form itself is gone, what was written is still there', async () => {
      playSeries('message');
      const { client } = await begun(platform, ground(), 'join', join);
      await client.submit({ ...about, role: refused.soon });
      await shows(client, why);
      expect(await client.dialog()).toContain(refused.soon);
    });

    test('a form sent twice at once leads on to the next one all the same', async () => {
      const series = playSeries('message');
      const { client } = await begun(platform, ground(), 'join', join);
      await client.submitTwice(about);
      await shows(client, 'This is about: Your interests');
      expect(series.sent()).toHaveLength(1);
    });

    test('a form is opened by a button on a page, and what is chosen there stands in it the next time', async () => {
      const series = playSeries('message');
      const page: Intent = { kind: 'conversations.list' };
      const { client } = await begun(platform, ground(), 'conversations', page);
      await shows(client, 'Where you stand');
      await client.press('Change your interests');
      await shows(client, 'This is about: Your interests');
      await client.submit({ interests: 'theme/0,theme/2' });
      await shows(client, 'This is about: Your hours');
      await client.submit({});
      await vi.waitFor(async () => expect(await everything(client)).toContain(last), patience);
      expect(series.sent()).toMatchObject([{ interests: 'theme/0,theme/2' }, { until: '17:00' }]);
    });

    const { strangers } = platform;
    test.skipIf(!can(strangers))(
      `is open to somebody we know nothing about${reason(platform.name, strangers)}`,
      async () => {
        const series = playSeries('message');
        const email = `${randomUUID()}@nowhere.example`;
        const client = await ground().stage.member(email);
        await platform.ask(ground().stage, client, { word: 'join', intent: join, email });
        await client.submit(about);
        await shows(client, 'This is about: Your interests');
        expect(series.sent()).toHaveLength(1);
      },
    );
  });
}

/** Somebody on the roster who has not joined, with the first window before them. */
async function begun<Stage extends PlatformStage>(
  platform: Platform<Stage>,
  { core, stage }: Ground<Stage>,
  word: string,
  intent: Intent,
): Promise<{ readonly client: MemberClient }> {
  const email = `${randomUUID()}@council.example`;
  await addMember(core, { email });
  const client = await stage.member(email);
  await platform.ask(stage, client, { word, intent, email });
  return { client };
}

async function shows(client: MemberClient, words: string): Promise<void> {
  await vi.waitFor(async () => expect(await client.dialog()).toContain(words), patience);
}

/** All that this person can read. */
async function everything(client: MemberClient): Promise<string> {
  return [await client.dialog(), ...(await client.messages())].join('\n');
}
