import { createServer } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { WebChannel } from '../../adapters/web/app.ts';
import { closeServer, listen } from '../../src/http.ts';
import { nobodyListens } from './witness.ts';

export interface WebServer {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** The web channel alone, on a free port. */
export async function serveWeb(channel: WebChannel, before: RequestHandler = nobodyListens): Promise<WebServer> {
  const server = createServer(express().use(before).use(channel.router));
  const port = await listen(server, 0);
  return { url: `http://localhost:${port}`, close: () => closeServer(server) };
}
