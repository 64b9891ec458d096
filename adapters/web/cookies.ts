import type { CookieOptions, Request, Response } from 'express';
import type { Web } from './options.ts';

/** Where a browser keeps the secret of a session. */
export interface Jar {
  readonly name: string;
  readonly options: CookieOptions;
}

/** With the prefix a browser takes the cookie over HTTPS alone, and no other host can set it for us. */
export function usualJar({ secureCookies: secure }: Web): Jar {
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  return { name: secure ? '__Host-colloquy' : 'colloquy', options };
}

/**
 * Of a tab inside another site, where a browser keeps the usual one back. It is kept for that site alone (partitioned),
 * and has no end of its own: while it is there we know that we are in the tab, also after the session has ended.
 */
export const tabJar: Jar = {
  name: '__Host-colloquy-tab',
  options: { httpOnly: true, sameSite: 'none', secure: true, partitioned: true, path: '/' },
};

/** Whether a page is asked for from inside the tab, where other people's pages stand around ours. */
export function isInTab({ tab }: Web, request: Request): boolean {
  return tab !== undefined && readCookie(tabJar, request) !== undefined;
}

/** Whether the page is asked for by a frame; browsers say so in what no page can set. */
export function isFramed(request: Request): boolean {
  return request.get('sec-fetch-dest') === 'iframe';
}

/** @param maxAge in milliseconds; 0 for until the browser is closed */
export function setCookie({ name, options }: Jar, response: Response, value: string, maxAge: number): void {
  response.cookie(name, value, maxAge === 0 ? options : { ...options, maxAge });
}

export function clearCookie({ name, options }: Jar, response: Response): void {
  response.clearCookie(name, options);
}

export function readCookie({ name }: Jar, request: Request): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const prefix = `${name}=`;
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}
