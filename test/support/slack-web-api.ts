import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeNow, listenLocally } from './connector-stub.ts';

/** One call of the Web API, as it came. */
interface WebApiCall {
  readonly method: string;
  /** '' where there was none. */
  readonly token: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Slack's Web API where a test decides each answer: for what the emulator has no notion of. */
export interface SlackWebApi {
  /** As the adapter is given it. */
  readonly apiUrl: string;
  calls(method: string): readonly WebApiCall[];
  close(): Promise<void>;
}

/** @param answer gives what Slack says; a number is an HTTP status without a body */
export async function openSlackWebApi(answer: (call: WebApiCall) => Promise<object | number>): Promise<SlackWebApi> {
  const made: WebApiCall[] = [];
  const server = createServer(async (request, response) => {
    const method = (request.url ?? '').replace('/api/', '');
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const call = { method, token, args: Object.fromEntries(new URLSearchParams(await text(request))) };
    made.push(call);
    const said = await answer(call);
    if (typeof said === 'number') {
      response.writeHead(said).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  const apiUrl = `http://127.0.0.1:${await listenLocally(server)}/api/`;
  return { apiUrl, calls: (method) => made.filter((call) => call.method === method), close: () => closeNow(server) };
}
