import { describe, expect, test, vi } from 'vitest';
import { openOutbound } from '../../adapters/web/outbound.ts';
import { createMetrics } from '../../src/metrics.ts';
import { alsoKnownAs, alsoWrote, leaveEveryTrace } from '../support/every-trace.ts';
import { liveFully, slackUser, wrote } from '../support/full-life.ts';
import { advance, settled, stores } from '../support/jobs.ts';
import { ask } from '../support/people.ts';
import { databasePlaces, hunt, redisPlaces } from '../support/private-hunt.ts';

/* Once somebody is erased, neither the database nor the queue nor what was logged or measured tells of them. */

describe.each(stores)('with jobs on $on$absence', ({ absence, open }) => {
  test.skipIf(absence !== '')('nothing tells of who was erased, the queue and the log included', async () => {
    let printed = '';
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
        printed += String(chunk);
        return true;
      });
    }
    const stage = await open();
    try {
      const outbound = openOutbound(stage.core);
      const life = await liveFully(stage, new Map([['web', outbound]]));
      await leaveEveryTrace(stage.core, life);
      const jobs = await stage.start(outbound);
      // Something of theirs is on its way in the queue while they are erased.
      await ask(stage.core, life.member, { kind: 'series.suggest-topic', theme: '', title: wrote.topic, about: 'x' });
      await settled(jobs);
      const reply = await ask(stage.core, life.member, { kind: 'network.confirm-erase' });
      expect(reply.kind).toBe('replace');
      for (let step = 0; step < 4; step += 1) {
        advance(stage, 20_000);
        await settled(jobs);
      }
      const { carrier } = stage;
      const metrics = await createMetrics(stage.core, () => jobs.counts()).metrics();
      const stored = [
        ...(await databasePlaces(stage.connection)),
        ...(carrier.kind === 'redis' ? await redisPlaces({ url: carrier.url, prefix: carrier.prefix ?? '' }) : []),
        { name: 'the metrics', text: metrics },
      ];
      const said = [
        { name: 'the log', text: stage.lines.join('') },
        { name: 'what the process prints', text: printed },
      ];
      const { id, email, name } = life.member;
      const words = [email, name, slackUser, 'D0FULLLIFE', ...Object.values(wrote), ...Object.values(alsoWrote)];
      for (const word of [id, ...words, alsoKnownAs[0]]) expect(hunt(stored, word), word).toEqual([]);
      // A log holds ids; no names, addresses or words.
      for (const word of words) expect(hunt(said, word), word).toEqual([]);
      expect(hunt(stored, life.match.id)).not.toEqual([]);
      expect(metrics).toContain('colloquy_');
    } finally {
      vi.restoreAllMocks();
      await stage.close();
    }
  });
});
