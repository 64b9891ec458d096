import type { Request } from 'express';
import { isReadOnly } from '../../src/changes.ts';
import { isInTab } from './cookies.ts';
import type { Web } from './options.ts';
import type { Desk, Does, Press } from './render.ts';

/** The desk of somebody signed in: every button can be used. */
export function memberDesk(web: Web, request: Request): Desk {
  return { action: '/intent', pressOf, isInTab: isInTab(web, request) };
}

/** What changes nothing comes by GET, so that the page it opens can be reloaded and gone back to. */
export function pressOf({ intent }: Does): Press {
  return { method: isReadOnly(intent) ? 'get' : 'post', action: '/intent', fields: { intent: JSON.stringify(intent) } };
}
