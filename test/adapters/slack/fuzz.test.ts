import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slackTeam } from '../../support/slack-emulator.ts';
import { asRequest, type Payload, payloads } from '../../support/slack-payloads.ts';
import { eventRequest, nowSeconds, type SlackRequest, sign } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

/*
 * Whatever comes in at Slack's door: it is answered in time, never with a fault of ours, and without Slack's signature
 * it changes nothing. An error that nobody caught fails the run by itself.
 */

let scene: SlackScene;
let known: readonly Payload[];

beforeAll(async () => {
  scene = await openSlackScene();
  const { client } = await scene.prompted();
  await client.type('journal');
  known = Object.values(
    payloads({
      team: slackTeam,
      bot: scene.emulator.botUser,
      user: client.user,
      channel: scene.emulator.messagesTo(client.user)[0]?.channel_id ?? '',
      trigger: await scene.emulator.trigger(client.user),
      responseUrl: scene.emulator.responseUrl(() => undefined),
      view: scene.emulator.modalsOf(client.user).at(-1)?.view_id ?? '',
    }),
  );
});

afterAll(async () => {
  await scene.close();
});

interface Answered {
  readonly status: number;
  readonly ms: number;
}

async function send(body: string | Uint8Array, headers: Readonly<Record<string, string>>): Promise<Answered> {
  const started = performance.now();
  const response = await fetch(`${scene.url}/slack/events`, { method: 'POST', headers, body: Buffer.from(body) });
  await response.text();
  return { status: response.status, ms: performance.now() - started };
}

async function sendSigned({ type, body }: SlackRequest): Promise<Answered> {
  const signature = sign(scene.emulator.options.signingSecret, body, nowSeconds());
  const answered = await send(body, { 'content-type': type, ...signature });
  return answered;
}

function expectCalm({ status, ms }: Answered): void {
  expect(status).toBeLessThan(500);
  expect(ms).toBeLessThan(3_000);
}

/** A fingerprint of everything in the database. */
async function everything(): Promise<string> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(scene.core.db);
  const prints = tables.rows.map(async ({ name }) => {
    const table = sql.table(name);
    const print = await sql<{ print: string }>`
      select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as print from ${table} t`.execute(
      scene.core.db,
    );
    return `${name} ${print.rows[0]?.print}`;
  });
  return (await Promise.all(prints)).join('\n');
}

const types = ['application/json', 'application/x-www-form-urlencoded'] as const;
/** Text that headers may hold. */
const headerText = fc.string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)) });
const anyHeaders = fc.record(
  {
    'content-type': fc.oneof(fc.constantFrom(...types), headerText),
    'x-slack-signature': fc.oneof(
      headerText,
      fc
        .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
        .map((hex) => `v0=${hex}`),
    ),
    'x-slack-request-timestamp': fc.oneof(headerText, fc.integer().map(String), fc.constant(String(nowSeconds()))),
    'x-slack-retry-num': headerText,
  },
  { requiredKeys: [] },
);

describe('without Slack’s signature', () => {
  it('nothing changes, and nobody is called', async () => {
    const anyBody = fc.oneof(
      fc.constantFrom(...known).map((payload) => asRequest(payload).body),
      fc.string(),
      fc.uint8Array({ maxLength: 2_000 }),
      fc.json(),
    );
    const before = await everything();
    const calls = scene.emulator.made().length;
    await fc.assert(
      fc.asyncProperty(anyBody, anyHeaders, async (body, headers) => {
        const answered = await send(body, headers);
        expect([400, 401, 413]).toContain(answered.status);
        expectCalm(answered);
      }),
      { numRuns: 300 },
    );
    expect(await everything()).toBe(before);
    expect(scene.emulator.made()).toHaveLength(calls);
  });
});

type Path = readonly (string | number)[];

/** Every place in a value, the value itself left out. */
function pathsOf(value: unknown, base: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...base, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsOf(inner, path)];
  });
}

/** The value with what stands at the path replaced; left out where the replacement is `undefined`. */
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner, index) => (index === key ? replaced(inner, rest, by) : inner));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner]),
  );
}

function anObject(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(Object(value)));
}

const oddities = [undefined, null, true, 0, -1, 1e300, '', '\u0000', '\uD800', 'x'.repeat(5_000), [], [null], {}, '{}'];

const anyMutated = fc.constantFrom(...Array.from({ length: 22 }, (_, index) => index)).chain((index) => {
  const payload = known[index % known.length];
  if (payload === undefined) throw new Error('No payload');
  const change = fc.tuple(
    fc.constantFrom(...pathsOf(payload.body)),
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...oddities) }, { weight: 1, arbitrary: fc.jsonValue() }),
  );
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes): Payload => {
    const body = changes.reduce<unknown>((value, [path, by]) => replaced(value, path, by), payload.body);
    return { ...payload, body: anObject(body) };
  });
});

describe('with Slack’s signature', () => {
  it('whatever is no request of Slack’s is answered all the same', async () => {
    const anyText = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((json) => `payload=${encodeURIComponent(json)}`),
      fc
        .dictionary(fc.constantFrom('type', 'event', 'actions', 'view', 'command', 'user', 'team'), fc.jsonValue())
        .map((body) => JSON.stringify(body)),
    );
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom(...types), async (body, type) =>
        expectCalm(await sendSigned({ type, body })),
      ),
      { numRuns: 300 },
    );
  });

  it('what is nearly one is answered all the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyMutated, async (payload) => expectCalm(await sendSigned(asRequest(payload)))),
      { numRuns: 300 },
    );
  });

  it('a zero byte, which no database takes, anywhere in an event', async () => {
    for (const payload of known.filter(({ way }) => way === 'json')) {
      for (const path of pathsOf(payload.body)) {
        const { status } = await sendSigned(eventRequest(anObject(replaced(payload.body, path, '\u0000'))));
        expect([path.join('.'), status < 500]).toEqual([path.join('.'), true]);
      }
    }
  });
});
