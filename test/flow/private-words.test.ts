import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Jobs } from '../../jobs/run.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { Member } from '../../src/network/model.ts';
import { propose } from '../support/conversations.ts';
import { addMember } from '../support/core.ts';
import { advance, type JobsStage, settled, stores } from '../support/jobs.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { ask } from '../support/people.ts';
import { createCanary, databasePlaces, hunt, type Place, redisPlaces } from '../support/private-hunt.ts';
import { plantAll, readByOther, sealedCount } from '../support/private-plants.ts';
import { answerPlaces, shownToWriter, type Watched, watchedPlatforms } from '../support/private-platforms.ts';
import { createWitness, type Witness } from '../support/witness.ts';

/*
 * What a member writes for themselves stands where they read it, and sealed in the database. It is looked for
 * everywhere else, after two weeks in which much went wrong.
 */

const runs = stores.flatMap(({ on, absence, open }) =>
  watchedPlatforms.map((platform) => ({
    name: `${platform.name}, with jobs on ${on}${absence}`,
    absence,
    open,
    platform,
  })),
);

describe.each(runs)('on $name', ({ absence, open, platform }) => {
  let stage: JobsStage;
  let witness: Witness;
  let watched: Watched;
  let writer: Member;
  let reader: Member;
  let client: MemberClient;
  let other: MemberClient;
  let jobs: Jobs;
  let printed = '';

  beforeEach(async () => {
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream);
      vi.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
        printed += String(chunk);
        return write(String(chunk));
      });
    }
    stage = await open();
    witness = createWitness();
    watched = await platform.open(stage.core, stage.log, witness);
    writer = await addMember(stage.core, { email: 'writer@leeds.example', council: 'Leeds', permission: 'host' });
    reader = await addMember(stage.core, { email: 'reader@york.example', council: 'York', permission: 'convener' });
    client = await watched.member(writer.email);
    other = await watched.member(reader.email);
    jobs = await stage.start(watched.outbound);
  });
  afterEach(async () => {
    await jobs.close();
    await watched.close();
    await stage.close();
    vi.restoreAllMocks();
  });

  const types = platform.name !== 'e-mail';
  const eventually = async (check: () => Promise<void>) => await vi.waitFor(check, patience);
  const shows = async (words: string) => await eventually(async () => expect(await client.dialog()).toContain(words));
  const sees = async (who: MemberClient, words: string) =>
    await eventually(async () => expect((await who.messages()).join('\n')).toContain(words));

  /** Time goes on from this moment in steps, until all that may be sent is sent. */
  async function from(moment: string): Promise<void> {
    stage.clock.set(new Date(moment));
    for (let step = 0; step < 6; step += 1) {
      await settled(jobs);
      advance(stage, 20_000);
    }
  }

  async function openForm(): Promise<void> {
    await client.press('Write your answer');
    await shows('read this');
  }

  async function joinAll(): Promise<void> {
    witness.hears('the writer');
    await watched.join(writer, client);
    witness.hears('another member');
    await watched.join(reader, other);
    await eventually(async () => {
      const active = await stage.core.db.selectFrom('members').select('id').where('status', '=', 'active').execute();
      expect(active).toHaveLength(2);
    });
    await from('2027-03-02T12:00:00Z');
    await sees(client, 'Welcome');
  }

  /** A conversation is announced to everyone and in a channel, and its cards are changed when a seat is taken. */
  async function talkAlong(): Promise<void> {
    await watched.openChannel();
    const conversation = await propose(stage.core, writer, { date: '2027-03-30' });
    await from('2027-03-03T12:00:00Z');
    await ask(stage.core, reader, { kind: 'conversations.sign-up', conversation });
    await from('2027-03-03T13:00:00Z');
  }

  async function kept(): Promise<number> {
    return (await stage.core.db.selectFrom('reflections').select('prompt_id').execute()).length;
  }

  /** A form that the database will not save, one that the platform stumbles over, and one that is sent twice. */
  async function writeAmidTrouble(texts: readonly string[]): Promise<void> {
    const [first = '', second = '', third = ''] = texts;
    witness.hears('the writer');
    await openForm();
    const refusing = await refuseToSave(stage);
    await client.submit({ text: first });
    await refusing.end();
    expect(await kept()).toBe(0);
    await openForm();
    await client.submit({ text: second });
    await eventually(async () => expect(await kept()).toBe(1));
    watched.disturb();
    await client.press('Write your answer').catch(() => {});
    watched.calm();
    await openForm();
    await client.submitTwice({ text: third });
    // Longer than any form lets through: only a forged request has it.
    await openForm();
    await client.submit({ text: third.repeat(30) }).catch(() => {});
  }

  async function readAll(): Promise<void> {
    witness.hears('the writer');
    for (const word of types ? ['journal', 'export', 'profile', 'settings', 'conversations'] : [])
      await client.type(word);
    await eventually(async () => expect(await client.messages()).not.toEqual([]));
    witness.hears('another member');
    for (const word of types ? ['journal', 'export', 'profile', 'match', 'conversations', 'home'] : [])
      await other.type(word);
    await other.messages();
  }

  async function everywhere(): Promise<readonly Place[]> {
    const metrics = createMetrics(stage.core, () => jobs.counts());
    const { carrier } = stage;
    return [
      ...(await databasePlaces(stage.connection)),
      ...(carrier.kind === 'redis' ? await redisPlaces({ url: carrier.url, prefix: carrier.prefix ?? '' }) : []),
      { name: 'the log', text: stage.lines.join('') },
      { name: 'what the process prints', text: printed },
      { name: 'the metrics', text: await metrics.metrics() },
      ...watched.places(writer),
      ...witness.answers.flatMap(answerPlaces),
    ];
  }

  test.skipIf(absence !== '')('a reflection stands where its writer reads it, and nowhere else', async () => {
    const canary = createCanary();
    const [plain, marked, emoji, long] = dressed(canary);
    await joinAll();
    await talkAlong();
    await from('2027-03-08T09:00:00Z');
    await sees(client, 'Your prompt for this week');
    await writeAmidTrouble([plain, marked, emoji]);
    watched.disturb();
    await from('2027-03-15T09:00:00Z');
    watched.calm();
    await from('2027-03-16T10:30:00Z');
    await openForm();
    await client.submit({ text: long, action: `Try ${canary}` });
    const planted = await plantAll(stage.core, writer);
    expect(await sealedCount(stage.core)).toBe(3);
    await readAll();
    await from('2027-03-16T11:30:00Z');
    const places = [...(await everywhere()), ...(await readByOther(stage.core, reader))];
    expect([...new Set(hunt(places, canary))]).toEqual([shownToWriter]);
    for (const plant of planted) {
      const found = new Set(hunt(places, plant.canary));
      found.delete(shownToWriter);
      expect([...found], plant.what).toEqual(plant.mayStandIn);
    }
    expectBite(places);
  });

  /** A hunt that goes nowhere finds nothing: these places were there, and hold what they should. */
  function expectBite(places: readonly Place[]): void {
    expect(hunt(places, writer.id)).toEqual(expect.arrayContaining(['the table public.members']));
    expect(places.filter(({ text }) => text !== '').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['the table public.reflections', 'the log', 'the metrics', ...watched.filled]),
    );
  }
});

/** The same word in plain text, in markup of three kinds, among signs that need care, and to the last character. */
function dressed(canary: string): readonly [string, string, string, string] {
  return [
    `${canary} is how tired the top team is.`,
    `<b onclick="${canary}">${canary}</b> *${canary}* <!channel|${canary}> [${canary}](https://x.example/${canary})`,
    `:${canary}: 🐦‍🔥 ${canary} “’” \\ " & ${canary}\r\n\r\n${canary}`,
    `${canary} `.repeat(Math.floor(2_990 / (canary.length + 1))),
  ];
}

/** The database says no to every reflection, and quotes the row, as its own constraints do. */
async function refuseToSave({ connection }: JobsStage): Promise<{ end(): Promise<void> }> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused: %', new::text using detail = new::text; end $$;
    create trigger refuse before insert or update on reflections for each row execute function refuse()`);
  return {
    async end() {
      await client.query('drop trigger refuse on reflections; drop function refuse()');
      await client.end();
    },
  };
}
