import { randomUUID } from 'node:crypto';
import { addDays } from 'date-fns/addDays';
import { openWeb, type WebOptions } from '../../adapters/web/app.ts';
import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { createLog } from '../../src/log.ts';
import type { Member } from '../../src/network/model.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import type { Tab } from '../../src/tab.ts';
import { openTestCore, settleAll, type TestCore } from './core.ts';
import { serveWeb } from './web-server.ts';
import { openVisitor, type Visitor } from './web-visitor.ts';

/** The web channel on a core of its own, with what a test of it needs at hand. */
export interface WebSite extends TestCore {
  readonly url: string;
  readonly outbounds: Outbounds;
  /** Every line logged so far. */
  readonly logged: readonly string[];
  visitor(): Visitor;
  /** A browser in which this member signed in earlier. */
  signedIn(member: Member): Promise<Visitor>;
  /** Does and sends all that is due, by way of the web inbox. */
  settle(): Promise<void>;
  /** Moves the clock forward by hours, settling at each. */
  pass(hours: number): Promise<void>;
}

/** @param options the demonstration is off, and cookies may travel over HTTP, unless said */
export async function openSite(
  options: Partial<WebOptions> = {},
  tabOf: (core: Core) => Tab | undefined = () => undefined,
): Promise<WebSite> {
  const test = await openTestCore();
  const logged: string[] = [];
  const log = createLog('info', { write: (line) => logged.push(line) });
  const channel = openWeb(test.core, { secureCookies: false, demo: undefined, tab: tabOf(test.core), ...options }, log);
  const server = await serveWeb(channel);
  const outbounds: Outbounds = new Map([['web', channel.outbound]]);
  const settle = () => settleAll(test.core, outbounds);
  return {
    ...test,
    url: server.url,
    outbounds,
    logged,
    visitor: () => openVisitor(server.url),
    async signedIn(member) {
      const token = randomUUID();
      const session = { token_hash: fingerprint(token), member_id: member.id, link_id: null };
      await test.core.db
        .insertInto('web_sessions')
        .values({ ...session, expires_at: addDays(test.clock.now(), 30) })
        .execute();
      return openVisitor(server.url, new Map([['colloquy', token]]));
    },
    settle,
    async pass(hours) {
      for (let hour = 0; hour < hours; hour += 1) {
        test.clock.set(new Date(test.clock.now().getTime() + 3_600_000));
        await settle();
      }
    },
    async close() {
      await server.close();
      await test.close();
    },
  };
}
