import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { sendingLeaseMs } from '../../src/delivery/rules.ts';
import { addMember } from '../support/core.ts';
import { type JobsStage, postMessages, statuses, stores } from '../support/jobs.ts';
import { patience } from '../support/patience.ts';
import { recordingOutbound } from '../support/people.ts';

const program = fileURLToPath(new URL('../support/doomed-worker.ts', import.meta.url));

/** Starts a worker process, lets it come to the middle of a send, and kills it there. */
async function killInMidSend({ connection, carrier, clock }: JobsStage): Promise<void> {
  const given = { connection, carrier, now: clock.now().toISOString() };
  const worker = spawn(process.execPath, [program, JSON.stringify(given)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(worker, 'exit');
  const first = await Promise.race([once(createInterface(worker.stdout), 'line'), ended.then(() => 'ended')]);
  worker.kill('SIGKILL');
  await ended;
  expect(first).not.toBe('ended');
}

for (const { on, absence, open } of stores) {
  describe.skipIf(absence !== '')(`a worker killed in the middle of a send, with jobs on ${on}${absence}`, () => {
    let stage: JobsStage;

    beforeAll(async () => {
      stage = await open();
    });
    afterEach(() => stage.reset());
    afterAll(() => stage.close());

    it.each([
      ['is not sent again when the platform has it', { kind: 'sent', receipt: {} }, 'sent', 0],
      ['is sent by another worker when the platform does not have it', { kind: 'not-sent' }, 'sent', 1],
      ['is shown to the operator when nobody can say', { kind: 'unknown' }, 'failed', 0],
    ] as const)('leaves a delivery that %s', async (_, answer, status, sends) => {
      await postMessages(stage.core, await addMember(stage.core, { status: 'active' }));
      await killInMidSend(stage);
      expect(await statuses(stage.core)).toEqual(['sending']);

      const outbound = recordingOutbound();
      outbound.answer = answer;
      const jobs = await stage.start(outbound);
      await jobs.sweep();
      expect(await statuses(stage.core)).toEqual(['sending']);
      stage.clock.set(new Date(stage.clock.now().getTime() + sendingLeaseMs + 1));
      await jobs.sweep();
      await vi.waitFor(async () => expect(await statuses(stage.core)).toEqual([status]), patience);
      expect(outbound.letters).toHaveLength(sends);
    });
  });
}
