import type { Request } from 'express';
import { isReadOnly } from '../../src/changes.ts';
import { alongWith, fromHome, leadsBack, type Trail } from './begun-on.ts';
import { isInTab } from './cookies.ts';
import type { Web } from './options.ts';
import type { Desk } from './render.ts';

/** The desk of somebody signed in: every button can be used that leads anywhere else than the way back. */
export function memberDesk(web: Web, request: Request, trail = fromHome): Desk {
  return { action: '/intent', pressOf: pressesOn(trail), along: alongWith(trail), isInTab: isInTab(web, request) };
}

/** What changes nothing comes by GET, so that the page it opens can be reloaded and gone back to. */
export function pressesOn(trail: Trail): Desk['pressOf'] {
  return ({ intent }) => {
    if (leadsBack(intent, trail)) return undefined;
    const method = isReadOnly(intent) ? 'get' : 'post';
    return { method, action: '/intent', fields: { ...alongWith(trail), intent: JSON.stringify(intent) } };
  };
}
