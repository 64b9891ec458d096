import { expect, test } from 'vitest';
import { runRound } from '../../src/matching/publishing/service.ts';
import { createMetrics } from '../../src/metrics.ts';
import { exportJson } from '../../src/network/export.ts';
import type { Member } from '../../src/network/model.ts';
import { planRounds, readMatches } from '../matching/round-stage.ts';
import { advance, type JobsStage, settled, stores } from '../support/jobs.ts';
import { addActive, ask, mustFind, recordingOutbound, textOf } from '../support/people.ts';
import { databasePlaces } from '../support/private-hunt.ts';

/*
 * How somebody found a match, and whom they never want to meet, are words that stand on everybody's buttons: they cannot
 * be looked for. Instead one life is lived twice, with the one difference of what was said; all that anybody else can
 * read must be the same.
 */

interface Life {
  /** What the writer says once they are matched. */
  readonly says: (stage: JobsStage, writer: Member, others: readonly Member[]) => Promise<void>;
  /** What they said before. */
  readonly before?: Life['says'];
}

const answers = (outcome: 'useful' | 'not-useful' | 'not-met' | 'no-show'): Life => ({
  async says({ core }, writer) {
    const mine = (await readMatches(core)).find(({ people }) => people.includes(writer.id));
    const reply = await ask(core, writer, { kind: 'matching.answer', match: mine?.id ?? '', outcome });
    expect(textOf(reply)).toContain('Thank you');
  },
});

/** Whoever they would not be matched with anyway, so that the round is the same. */
const avoids = (whom: 'the others' | 'nobody'): Life => ({
  async before({ core }, writer, others) {
    const avoided = whom === 'nobody' ? [] : others.slice(1);
    for (const other of avoided) await ask(core, writer, { kind: 'membership.avoid', who: other.email });
    expect(await core.db.selectFrom('do_not_match').select('id').execute()).toHaveLength(avoided.length);
  },
  says: async () => {},
});

const [onPostgres] = stores;
const begin = new Date('2027-03-02T12:00:00Z');

/** All that is there to be read but by the writer: by the other of the match, a convener, the operator, and in the queues. */
async function live({ says, before = async () => {} }: Life): Promise<ReadonlyMap<string, readonly string[]>> {
  const stage = await onPostgres?.open();
  if (stage === undefined) throw new Error('There is no store');
  const outbound = recordingOutbound();
  const { core } = stage;
  try {
    await planRounds(core);
    const people: Member[] = [];
    for (const [index, council] of ['Leeds', 'York', 'Hull', 'Bath'].entries()) {
      const permission = index === 3 ? 'convener' : 'member';
      people.push(
        await addActive(core, { name: `Person ${index}`, email: `p${index}@c.example`, council, permission }),
      );
    }
    // The machine's time, unless said.
    await core.db.updateTable('members').set({ listed_at: begin }).execute();
    const [writer, ...others] = people;
    if (writer === undefined) throw new Error('Nobody is there');
    for (const [index, theme] of ['politics', 'politics', 'core-role', 'core-role'].entries()) {
      const interests = `chief-executives/${theme}`;
      await ask(core, people[index] ?? writer, { kind: 'joining.interests', interests });
    }
    await before(stage, writer, others);
    const jobs = await stage.start(outbound);
    await settled(jobs);
    stage.clock.set(new Date(begin.getTime() + 3_600_000));
    await core.db.transaction().execute(async (tx) => await runRound(core, tx, 1));
    const pairs = (await readMatches(core)).map((match) => match.people);
    expect(pairs.find((pair) => pair.includes(writer.id))).toContain(others[0]?.id);
    await settled(jobs);
    await says(stage, await mustFind(core, writer.id), others);
    for (let step = 0; step < 3; step += 1) {
      advance(stage, 60_000);
      await settled(jobs);
    }
    const read = await readByOthers(stage, others);
    const letters = outbound.letters.filter(({ account }) => account.user !== writer.id);
    read.set('messages', letters.map(({ message }) => JSON.stringify(message)).join('\n'));
    const figures = await createMetrics(core, () => jobs.counts()).metrics();
    const ours = figures.split('\n').filter((line) => line.startsWith('colloquy_'));
    read.set('metrics', ours.join('\n'));
    read.set('log', stage.lines.join(''));
    await jobs.close();
    return new Map([...read].map(([name, text]) => [name, comparable(text)]));
  } finally {
    await stage.close();
  }
}

async function readByOthers(stage: JobsStage, others: readonly Member[]): Promise<Map<string, string>> {
  const { core, connection } = stage;
  const read = new Map<string, string>();
  for (const other of others) {
    for (const kind of ['network.home', 'matching.current', 'membership.avoiding', 'matching.rounds'] as const) {
      read.set(`${kind} of ${other.name}`, textOf(await ask(core, other, { kind })));
    }
    read.set(`the file of ${other.name}`, String((await exportJson(core, other))?.body));
  }
  const [convener] = others.filter(({ permission }) => permission === 'convener');
  const round = await core.db.selectFrom('rounds').select('id').executeTakeFirstOrThrow();
  if (convener === undefined) throw new Error('There is no convener');
  read.set('the round', textOf(await ask(core, convener, { kind: 'matching.round', round: round.id })));
  read.set('the record', textOf(await ask(core, convener, { kind: 'convening.audit', before: '' })));
  const own = ['match_members', 'do_not_match', 'rounds'].map((name) => `the table public.${name}`);
  for (const { name, text } of await databasePlaces(connection)) {
    // Those of the queue are told of by its own: ids, and times that go by.
    const isOurs = name.startsWith('the table public.') && !own.includes(name) && !name.includes('bullmq');
    if (isOurs) read.set(name, text);
  }
  return read;
}

/** Its lines, without what differs by itself: ids, the machine's time, what is drawn by an id, and what is sealed. */
function comparable(text: string): readonly string[] {
  const plain = text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'an id')
    .replaceAll(/\\+x[0-9a-f]+/g, 'sealed')
    .replaceAll(/\{"kind":"quote","text":"[^"]*"\}/g, 'a question')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00/g, 'a time of the machine')
    .replaceAll(/"(time|pid)":\d+/g, '"$1":0');
  return plain.split('\n').toSorted();
}

test.each([
  ['that a match was useful or not', answers('useful'), answers('not-useful')],
  ['that they did not meet, or nobody came', answers('not-met'), answers('no-show')],
  ['whom they never want to meet', avoids('nobody'), avoids('the others')],
])('%s shows nowhere else', async (_, one, other) => {
  const [first, second] = await Promise.all([live(one), live(other)]);
  expect(first.size).toBeGreaterThan(20);
  for (const [name, lines] of first) expect(second.get(name), name).toEqual(lines);
});
