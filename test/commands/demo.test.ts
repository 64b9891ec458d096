import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../bin/colloquy.mjs', import.meta.url));

async function play(): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '' };
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'demo', '--once'], { env });
  return stdout;
}

const leftBehind = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('colloquy-demo-'));

test('the demonstration plays through, twice alike, and leaves nothing behind', async () => {
  const before = await leftBehind();
  for (const output of [await play(), await play()]) {
    expect(output).toContain('64 invented people from 28 councils');
    // Working days alone, so before the weekend.
    expect(output).toContain('62 people were asked at 10am on Friday 29 October whom they would like to meet.');
    expect(output).toContain('31 pairs introduced; 0 from one council; 0 people left out');
    expect(output).toContain('optimal: none of the 1,843 possible pairs would improve this round');
    expect(output).toMatch(
      /asks for somebody who has been through.* is told why\. You .* says yes.* says it was useful/s,
    );
    expect(output).toContain('124 prompts sent; 24 answers kept, sealed');
    expect(output).toContain('18 reminders, only to people with a seat');
    expect(output).toMatch(/messages in all; 0 sent twice; 0 failed/);
    expect(output).toMatch(/Welcome to the network.*Your reflection prompt.*introduce you to/s);
  }
  // What another one left, which was killed, may be gone by now: it is cleared away.
  expect((await leftBehind()).filter((name) => !before.includes(name))).toEqual([]);
}, 240_000);
