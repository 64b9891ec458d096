import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createSigningKey, type SigningKey } from './channel-tokens.ts';
import { type Answered, addressedIn, type Call, type Chats, createChats, refusal } from './connector-chats.ts';

/**
 * A stand-in of the Bot Connector: the REST service that a bot calls, and the documents that lead to the keys by which
 * calls to the bot are signed.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export interface ConnectorStub extends Omit<Chats, 'carryOut'> {
  readonly origin: string;
  /** As it stands in activities. */
  readonly serviceUrl: string;
  readonly metadataUrl: string;
  readonly keys: ChannelKeys;
  /** Every call that came in, answered or not. */
  readonly calls: readonly Call[];
  callsTo(conversationId: string): readonly Call[];
  /** What happens to the next calls, one each. */
  misbehave(...faults: readonly Fault[]): void;
  /** What happens to every call that this rule names a fault for, until another rule or {@link mend}. */
  behave(rule: Rule): void;
  /** No more faults; the calls that hang are cut. */
  mend(): void;
  close(): Promise<void>;
}

/** `undefined` for a call that is carried out. */
export type Rule = (call: Call) => Fault | undefined;

interface ChannelKeys {
  readonly teams: SigningKey;
  readonly otherChannel: SigningKey;
  readonly unendorsed: SigningKey;
}

export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A page in place of an answer, from something on the way: a proxy, say. */
  | { readonly kind: 'page'; readonly status: number }
  /** Taken, and answered without an id. */
  | { readonly kind: 'nameless' }
  /** The line breaks before an answer; `taken` says whether the call had been carried out by then. */
  | { readonly kind: 'cut'; readonly taken: boolean }
  /** The answer begins and never ends. */
  | { readonly kind: 'half' }
  /** No answer at all, until the stub is mended. */
  | { readonly kind: 'silence' };

/** The token that the stub asks of a bot: one for each registration. */
export function bearerOf(appId: string): string {
  return `the-token-of-${appId}`;
}

const servicePath = '/emea/v3/conversations/';
const openIdPath = '/openid-';

/** Made once, because making one takes a while. */
const keys: ChannelKeys = {
  teams: createSigningKey(['msteams', 'directline']),
  otherChannel: createSigningKey(['webchat']),
  unendorsed: createSigningKey(undefined),
};

export async function openConnectorStub(): Promise<ConnectorStub> {
  const chats = createChats();
  const calls: Call[] = [];
  const faults: Fault[] = [];
  const hanging = new Set<ServerResponse>();
  let rule: Rule = () => undefined;
  const server = createServer((request, response) => {
    const published = publish(request);
    if (published !== undefined) return write(response, published);
    void readCall(request).then((call) => {
      calls.push(call);
      const fault = faults.shift() ?? rule(call);
      if (fault === undefined) write(response, carryOut(chats, call));
      else if (fault.kind === 'silence') hanging.add(response);
      else misbehave(fault, response, () => carryOut(chats, call));
    });
  });
  const origin = `http://127.0.0.1:${await listenLocally(server)}`;
  return {
    ...chats,
    origin,
    serviceUrl: `${origin}/emea/`,
    // The SDK keeps what it has read for the life of the process, by address, and a port may come again.
    metadataUrl: `${origin}${openIdPath}${randomUUID()}`,
    keys,
    calls,
    callsTo: (conversationId) => calls.filter((call) => call.conversationId === conversationId),
    misbehave: (...next) => faults.push(...next),
    behave(next) {
      rule = next;
    },
    mend() {
      rule = () => undefined;
      faults.length = 0;
      for (const response of hanging) response.destroy();
      hanging.clear();
    },
    close: () => closeNow(server),
  };
}

function publish(request: IncomingMessage): Answered | undefined {
  const jwks_uri = `http://${request.headers.host}/keys`;
  if (request.url?.startsWith(openIdPath) === true)
    return { status: 200, body: { issuer: 'https://api.botframework.com', jwks_uri } };
  if (request.url === '/keys') return { status: 200, body: { keys: Object.values(keys).map((key) => key.published) } };
  return undefined;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { method = '', url = '', headers } = request;
  const path = url.replace(servicePath, '');
  const { authorization = '' } = headers;
  const body = Buffer.concat(chunks).toString('utf8');
  const conversationId = decodeURIComponent(path.split('/')[0] ?? '');
  const appId = authorization.replace(`Bearer ${bearerOf('')}`, '');
  const { tenantId } = addressedIn(body);
  return { method, path, authorization, body, conversationId, appId, tenantId };
}

function carryOut(chats: Chats, call: Call): Answered {
  // Without any, as the local playground: an adapter without credentials.
  if (!/^$|^Bearer the-token-of-[\da-f-]{36}$/.test(call.authorization)) return refusal(401, 'Unauthorized');
  // A bot can write as itself alone.
  const { botId } = addressedIn(call.body);
  if (call.appId !== '' && botId !== '' && botId !== `28:${call.appId}`) return refusal(401, 'Unauthorized');
  return chats.carryOut(call);
}

function misbehave(
  fault: Exclude<Fault, { kind: 'silence' }>,
  response: ServerResponse,
  carryOut: () => Answered,
): void {
  switch (fault.kind) {
    case 'page':
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<p>Blocked by your organisation.</p>');
      return;
    case 'nameless':
      write(response, { ...carryOut(), body: {} });
      return;
    case 'answer':
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
      write(response, refusal(fault.status, fault.code));
      return;
    case 'cut':
      if (fault.taken) carryOut();
      response.destroy();
      return;
    case 'half':
      carryOut();
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":');
      return;
  }
}

function write(response: ServerResponse, { status, body }: Answered): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** @returns the port */
export async function listenLocally(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

/** Ends open connections too. */
export async function closeNow(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
