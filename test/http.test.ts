import type { Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeServer, createHttp, listen } from '../src/http.ts';
import { createMetrics } from '../src/metrics.ts';
import { openTestCore, type TestCore } from './support/core.ts';
import { addActive } from './support/people.ts';

let stage: TestCore;
let server: Server;
let url: string;
let isReady: boolean;

async function serve(metricsToken: string): Promise<void> {
  const ready = () => (isReady ? Promise.resolve() : Promise.reject(new Error('postgres://user:secret@host')));
  const metrics = createMetrics(stage.core, () => Promise.resolve({ deliveries: { waiting: 3 } }));
  server = createHttp({ routers: [], ready, metrics, metricsToken });
  url = `http://localhost:${await listen(server, 0)}`;
}

beforeEach(async () => {
  stage = await openTestCore();
  isReady = true;
});
afterEach(async () => {
  await closeServer(server);
  await stage.close();
});

test('livez answers while it lives; readyz tells whether it can serve, and not why it cannot', async () => {
  await serve('');
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  isReady = false;
  const refused = await fetch(`${url}/readyz`);
  expect([refused.status, await refused.text()]).toEqual([503, 'not ready']);
});

test('metrics are closed without a token, refused with a wrong one, and hold no names', async () => {
  await serve('a-secret-of-the-operator');
  await addActive(stage.core, { name: 'Asha Rahman', email: 'asha@leeds.example' });
  const get = (headers: Record<string, string>) => fetch(`${url}/metrics`, { headers });
  expect((await get({})).status).toBe(401);
  expect((await get({ authorization: 'Bearer wrong' })).status).toBe(401);
  const text = await (await get({ authorization: 'Bearer a-secret-of-the-operator' })).text();
  expect(text).toContain('colloquy_deliveries{status="pending"} 1');
  expect(text).toContain('colloquy_queue_jobs{queue="deliveries",state="waiting"} 3');
  expect(text).not.toMatch(/asha/i);
  await closeServer(server);
  await serve('');
  expect((await get({ authorization: 'Bearer ' })).status).toBe(404);
});
