import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { renderMessage } from '../../adapters/slack/render.ts';
import { type Answer, cardAnswer, closingAnswer, dialogAnswer, noteAnswer } from '../../adapters/teams/answers.ts';
import { pageDialog } from '../../adapters/teams/dialog.ts';
import { messageCard } from '../../adapters/teams/render.ts';
import { createLog } from '../../src/log.ts';
import { paragraph } from '../../src/messages/message.ts';
import { announcementRooms } from '../../src/store/rooms.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { type JobsStage, stores } from '../support/jobs.ts';
import { patience } from '../support/patience.ts';
import { addActive, parcelOf } from '../support/people.ts';
import { createCanary, databasePlaces, hunt, redisPlaces } from '../support/private-hunt.ts';
import { answerPlaces, shownToWriter, watchedPlatforms } from '../support/private-platforms.ts';
import { createWitness } from '../support/witness.ts';

/* The hunt for private words bites: whatever is planted, wherever and in whatever dress, is found. */

const canary = createCanary();

describe('a word in a text', () => {
  const inLines = (text: string, length: number) => (text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).join('\r\n');
  test.each([
    ['as it is', `before ${canary} after`],
    ['in JSON', JSON.stringify({ text: `"${canary}"` })],
    ['in HTML', `<p title="&quot;${canary}">`],
    ['in an address', `/words?text=${encodeURIComponent(` ${canary}&`)}`],
    ['in an e-mail, broken by a soft line break', `x=20${canary.slice(0, 9)}=\r\n${canary.slice(9)}`],
    ['as bytes the database shows', `\\x00${Buffer.from(canary).toString('hex')}ff`],
    ...[0, 1, 2, 3].map((before) => [
      `in base64, ${before} bytes in, on lines of 20`,
      inLines(Buffer.from(`${'é'.repeat(before)}${'x'.repeat(before)}${canary} and more`).toString('base64'), 20),
    ]),
    ['in base64url', Buffer.from(`??>${canary}??>`).toString('base64url')],
  ])('%s', (_, text) => {
    expect(hunt([{ name: 'here', text }], canary)).toEqual(['here']);
    expect(hunt([{ name: 'here', text: text.replaceAll(canary.slice(-4), '') }], createCanary())).toEqual([]);
  });
});

describe('a word in the database', () => {
  let base: TestCore;
  beforeAll(async () => {
    base = await openTestCore();
  });
  afterAll(() => base.close());

  test('in a name, in a message of the inbox, in the reason of a failure, and where it should have been sealed', async () => {
    const { core, connection } = base;
    const member = await addActive(core, { name: canary });
    const { id } = await core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
    await core.db
      .updateTable('deliveries')
      .set({ reason: `refused: ${canary}` })
      .where('id', '=', id)
      .execute();
    const message = JSON.stringify({ summary: canary });
    const sent = { delivery_id: id, member_id: member.id, message, sent_at: core.clock.now() };
    await core.db.insertInto('web_inbox').values(sent).execute();
    const expires = { member_id: member.id, link_id: null, expires_at: core.clock.now() };
    await core.db
      .insertInto('web_sessions')
      .values({ token_hash: Buffer.from(canary), ...expires })
      .execute();
    expect(hunt(await databasePlaces(connection), canary).toSorted()).toEqual([
      'the table public.deliveries',
      'the table public.members',
      'the table public.web_inbox',
      'the table public.web_sessions',
    ]);
    const sealed = core.cipher.seal(canary, 'here');
    expect(hunt([{ name: 'sealed', text: sealed.toString('hex') }], canary)).toEqual([]);
  });
});

describe.each(stores)('a word in a job on $on$absence', ({ on, absence, open }) => {
  test.skipIf(absence !== '')('is found in what the job holds, and in why it failed', async () => {
    const stage: JobsStage = await open();
    try {
      await stage.queue('agenda').add('agenda', { appointment: canary });
      const { carrier } = stage;
      const places =
        carrier.kind === 'redis'
          ? await redisPlaces({ url: carrier.url, prefix: carrier.prefix ?? '' })
          : await databasePlaces(stage.connection);
      const found = hunt(places, canary);
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(on === 'Redis' ? 'agenda' : 'bullmq.');
    } finally {
      await stage.close();
    }
  });
});

describe.each(watchedPlatforms)('a word said on $name', ({ name, open }) => {
  test('in a message, and in an answer to somebody else, is found', async () => {
    const base = await openTestCore();
    const witness = createWitness();
    const watched = await open(base.core, createLog('silent'), witness);
    try {
      const member = await addMember(base.core, { email: 'writer@leeds.example', name: canary });
      const client = await watched.member(member.email);
      witness.hears('the writer');
      await watched.join(member, client);
      const { id } = await vi.waitFor(
        () => base.core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow(),
        patience,
      );
      const { platform } = watched.outbound;
      const account = await base.core.db
        .selectFrom('accounts')
        .select(['platform', 'space', 'platform_user as user', 'address'])
        .where('member_id', '=', member.id)
        .where('platform', '=', platform)
        .executeTakeFirstOrThrow();
      const { address } = account;
      const message = { summary: canary, heading: canary, body: [paragraph(canary)], buttons: [] };
      await watched.outbound.send(parcelOf({ deliveryId: id, account, address, message }));
      const places = [
        ...watched.places(member),
        ...witness.answers.flatMap(answerPlaces),
        ...(await databasePlaces(base.connection)),
      ];
      const found = new Set(hunt(places, canary));
      expect(found.has(shownToWriter)).toBe(false);
      found.delete('the table public.members');
      expect([...found].join()).toMatch(expected[name] ?? 'nothing');
    } finally {
      await watched.close();
      await base.close();
    }
  });
});

/** Where it is met, of all the places on each platform. */
const expected: Readonly<Record<string, RegExp>> = {
  Slack: /what Slack was sent by chat\.postMessage/,
  Teams: /what Teams was sent/,
  'the web': /the table public\.web_inbox/,
  'e-mail': /an e-mail/,
};

describe('a word in a channel', () => {
  test.each(watchedPlatforms.filter(({ name }) => ['Slack', 'Teams'].includes(name)))(
    'of $name, in a card and in the change of one, is found',
    async ({ name, open }) => {
      const base = await openTestCore();
      const watched = await open(base.core, createLog('silent'), createWitness());
      try {
        await watched.openChannel();
        const [room] = await announcementRooms(base.core.db);
        if (room === undefined) throw new Error('There is no channel');
        const member = await addMember(base.core);
        await watched.member(member.email);
        const message = { summary: canary, heading: canary, body: [paragraph(canary)], buttons: [] };
        const parcel = { deliveryId: member.id, to: { kind: 'room', ...room } } as const;
        const posted = await watched.outbound.send({ ...parcel, act: { kind: 'post', message } });
        expect(posted.kind).toBe('sent');
        const receipt = posted.kind === 'sent' ? posted.receipt : {};
        expect(hunt(watched.places(member), canary)).toEqual([inChannel[name]?.post]);
        await watched.outbound.send({ ...parcel, act: { kind: 'edit', message, receipt } });
        expect(hunt(watched.places(member), canary).at(-1)).toBe(inChannel[name]?.edit);
      } finally {
        await watched.close();
        await base.close();
      }
    },
  );
});

const inChannel: Readonly<Record<string, { readonly post: string; readonly edit: string }>> = {
  Slack: { post: 'what Slack was sent by chat.postMessage', edit: 'what Slack was sent by chat.update' },
  Teams: {
    post: 'what Teams was sent for a channel',
    edit: 'what Teams was sent to change a card for a channel',
  },
};

test('a card that quotes it is no window', () => {
  const { blocks } = renderMessage({ summary: 's', heading: 'h', body: [paragraph(canary)], buttons: [] });
  const answer = { asker: 'the writer', path: '/slack/events', headers: '', body: JSON.stringify({ blocks }) };
  expect(hunt(answerPlaces(answer), canary)).toEqual(['another answer to the writer at /slack/events']);
});

test('of what Teams is answered, only a dialog that stays open is a window', () => {
  const message = { summary: 's', heading: 'h', body: [paragraph(canary)], buttons: [] };
  const page = { heading: 'h', body: [paragraph(canary)], cards: [] };
  const placesOf = (answer: Answer, asker = 'the writer') =>
    hunt(answerPlaces({ asker, path: '/api/messages', headers: '', body: JSON.stringify(answer) }), canary);
  const elsewhere = ['another answer to the writer at /api/messages'];
  expect(placesOf(noteAnswer(canary))).toEqual(elsewhere);
  expect(placesOf(closingAnswer(canary))).toEqual(elsewhere);
  expect(placesOf(cardAnswer(messageCard(message)))).toEqual(elsewhere);
  const shown = dialogAnswer(pageDialog(page, { kind: 'reflections.journal' }, 0));
  expect(placesOf(shown)).toEqual([shownToWriter]);
  expect(placesOf(shown, 'another member')).toEqual(['another answer to another member at /api/messages']);
});
