import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { encode } from './channel-tokens.ts';
import { appId, type TeamsRig, tenantId } from './teams-rig.ts';

/** What came back for a heap of junk. */
export interface Thrown {
  /** How often each answer came, by its first line. */
  readonly answers: ReadonlyMap<string, number>;
  /** Of the answers, those that said anything. */
  readonly outspoken: readonly string[];
}

/** One request as it goes over the line. */
type Request = Buffer;

const signature = 'A'.repeat(342);
const megabyte = Buffer.alloc(1_000_000, '{"a":');

function request(authorization: string, body: Buffer | string = '{}', more: readonly string[] = []): Request {
  const head = [
    'POST /api/messages HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(authorization === '' ? [] : [`Authorization: ${authorization}`]),
    ...more,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

type Make = (rig: TeamsRig) => Request;

/** A token that is well formed, and signed by nobody. */
function forged(rig: TeamsRig, claims: object, kid: string = rig.stub.keys.teams.kid): string {
  const header = encode({ typ: 'JWT', alg: 'RS256', kid });
  return `Bearer ${header}.${encode({ ...rig.claims(), ...claims })}.${signature}`;
}

/** What anybody on the Internet can send. Each is another each time. */
const kinds: readonly Make[] = [
  () => request(''),
  () => request(randomBytes(60).toString('base64')),
  () => request(`Bearer ${randomBytes(300).toString('base64url')}`),
  () => request(`Bearer ${[1, 2, 3].map(() => randomBytes(60).toString('base64url')).join('.')}`),
  (rig) => request(forged(rig, { jti: randomUUID() })),
  (rig) => request(forged(rig, {}, randomUUID())),
  (rig) => request(forged(rig, { aud: randomUUID() })),
  (rig) => request(forged(rig, { tid: randomUUID() })),
  (rig) => request(forged(rig, { tid: tenantId, jti: randomUUID() })),
  (rig) =>
    request(forged(rig, { iss: `https://login.microsoftonline.com/${randomUUID()}/v2.0`, ver: '2.0', azp: appId })),
  (rig) => request(forged(rig, { ver: '1.0', appid: randomUUID(), tid: randomUUID() })),
  (rig) => request(forged(rig, { deep: randomUUID(), nested: JSON.parse('['.repeat(2_000) + ']'.repeat(2_000)) })),
  () => request('', `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`),
  () => request('', randomBytes(2_000)),
  () => request('', '{}', [`X-Junk-${randomUUID()}: ${'x'.repeat(8_000)}`]),
];

/** The same, but so large that they are few: a body of a megabyte, with a good token too; and what is not read at all. */
const giants: readonly Make[] = [
  () => request('', megabyte),
  (rig) => request(rig.token(), megabyte),
  (rig) => request(rig.token(), `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
];
const broken: readonly Make[] = [
  () => randomBytes(2_000),
  () => request('', '{}', [`X-Junk: ${'x'.repeat(20_000)}`]),
  () => Buffer.from('POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: none\r\n\r\n'),
];

const lines = 20;
const atOnce = 50;
const giantEach = 1_000;

/** Sends so many requests of every kind over a few lines, each as soon as the ones before are answered. */
export async function throwJunk(rig: TeamsRig, count: number): Promise<Thrown> {
  const thrown = { answers: new Map<string, number>(), outspoken: [] as string[] };
  let made = 0;
  function next(): Request {
    made += 1;
    const isGiant = made % giantEach === 0;
    const make = isGiant ? giants[(made / giantEach) % giants.length] : kinds[made % kinds.length];
    if (make === undefined) throw new Error('There is no such junk');
    return make(rig);
  }
  async function line(): Promise<void> {
    while (made < count) {
      const requests = Array.from({ length: Math.min(atOnce, count - made) }, next);
      note(thrown, await exchange(rig, requests, requests.length));
    }
  }
  await Promise.all(Array.from({ length: lines }, line));
  for (const make of broken) note(thrown, await exchange(rig, [make(rig)], 1));
  return thrown;
}

/** All that comes back, until so many answers have come or the line is closed. */
async function exchange({ url }: TeamsRig, requests: readonly Request[], answers: number): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const chunks: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', (chunk: string) => {
      chunks.push(chunk);
      if (chunks.join('').split('\r\n\r\n').length > answers) socket.destroy();
    });
    socket.write(Buffer.concat(requests));
  });
  return chunks.join('');
}

/** Answers without a body stand one after the other: whatever else stands there was said. */
function note({ answers, outspoken }: { answers: Map<string, number>; outspoken: string[] }, text: string): void {
  for (const answer of text.split('\r\n\r\n').filter((part) => part !== '')) {
    const [status = ''] = answer.split('\r\n');
    if (!/^HTTP\/1\.1 4\d\d [A-Z][\w ]+$/.test(status)) outspoken.push(answer);
    answers.set(status, (answers.get(status) ?? 0) + 1);
  }
}
