import { describe, expect, test, vi } from 'vitest';
import type { Member } from '../../src/network/model.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { ask } from '../support/people.ts';
import { type Ground, prepare } from './contract-ground.ts';
import type { Person, Platform, PlatformStage } from './contract-platform.ts';

const about = 'Who could do this if you did not? <b>Really</b> *who* :wave: & why';
const words = { theme: 'collective-leadership/space-for-others', about, audience: 'all', chathamHouse: 'no' } as const;
const proposal = {
  place: 'The <i>old</i> town hall',
  perCouncil: 'none',
  date: '2027-09-16',
  time: '10:00',
  minutes: '60',
  capacity: '4',
} as const;

const mistake = 'Enter a link that starts with https://';

/** A form is filled in by the member's own client: with a mistake first, and then as it should be. */
export function describeForms<Stage extends PlatformStage>(platform: Platform<Stage>): void {
  describe(`${platform.name}: forms`, () => {
    const ground = prepare(platform);

    test('a mistake keeps what was written, with the problem beside it; mended, it is done once', async () => {
      const host = await ground().joined({ permission: 'host' });
      const title = `Making room ${host.member.id.slice(0, 8)}`;
      await openProposal(platform, host);
      await host.client.submit({ ...words, title });
      await shows(host.client, 'When and where');
      await host.client.submit({ ...proposal, link: 'http://meet.example' });
      await shows(host.client, mistake);
      const shown = await host.client.dialog();
      for (const written of [title, proposal.place, 'http://meet.example']) expect(shown).toContain(written);
      // The link is asked for last, after the seats.
      expect(shown.lastIndexOf(mistake)).toBeGreaterThan(shown.lastIndexOf('Seats, not counting you'));
      expect(await conversations(ground(), title)).toBe(0);
      await host.client.submit({ ...proposal, link: 'https://meet.example/room' });
      await vi.waitFor(async () => expect(await conversations(ground(), title)).toBe(1), patience);
    });

    test('a form sent twice at once is done once', async () => {
      const host = await ground().joined({ permission: 'host' });
      const title = `Making haste ${host.member.id.slice(0, 8)}`;
      await openProposal(platform, host);
      await host.client.submit({ ...words, title });
      await shows(host.client, 'When and where');
      await host.client.submitTwice({ ...proposal, link: 'https://meet.example/room' });
      await vi.waitFor(async () => expect(await conversations(ground(), title)).toBeGreaterThan(0), patience);
      expect(await conversations(ground(), title)).toBe(1);
    });

    test('a private answer can be written, and changed, and is kept as it was typed', async () => {
      const { client, member } = await prompted(ground());
      await client.press('Write your answer');
      await shows(client, 'Only you can read this');
      await client.submit({ text: about });
      await vi.waitFor(async () => expect(await answers(ground(), member.id)).toBe(1), patience);
      await client.press('Write your answer');
      await shows(client, 'Your reflection');
      await client.submit({ text: `${about}, again` });
      await vi.waitFor(async () => expect(await written(ground(), member)).toBe(`${about}, again`), patience);
    });
  });
}

/** A platform that cannot open a window in answer to typed words offers a button that does. */
async function openProposal<Stage extends PlatformStage>(platform: Platform<Stage>, host: Person): Promise<void> {
  await platform.openProposal(host);
  await shows(host.client, 'Propose a conversation');
}

async function shows(client: MemberClient, words: string): Promise<void> {
  await vi.waitFor(async () => expect(await client.dialog()).toContain(words), patience);
}

async function conversations<Stage>({ core }: Ground<Stage>, title: string): Promise<number> {
  return (await core.db.selectFrom('conversations').select('id').where('title', '=', title).execute()).length;
}

/** A week later, with that week's prompt. */
async function prompted<Stage>(ground: Ground<Stage>): Promise<Person> {
  const person = await ground.joined();
  ground.pass(7 * 24 * 3_600_000);
  await ground.settle();
  return person;
}

async function answers<Stage>({ core }: Ground<Stage>, memberId: string): Promise<number> {
  const rows = await core.db.selectFrom('reflections').select('prompt_id').where('member_id', '=', memberId).execute();
  return rows.length;
}

/** What the member reads in their journal on the web page, where nobody else can. */
async function written<Stage>({ core }: Ground<Stage>, member: Member): Promise<string> {
  const reply = await ask(core, member, { kind: 'reflections.journal' });
  const page = reply.kind === 'page' ? reply.page : undefined;
  return (page?.cards ?? [])
    .flatMap(({ body }) => body.flatMap((block) => (block.kind === 'quote' ? [block.text] : [])))
    .join('\n');
}
