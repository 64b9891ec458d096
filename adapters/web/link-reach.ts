import { isOf } from '../../src/asker.ts';
import { isReadOnly } from '../../src/changes.ts';
import type { Intent } from '../../src/intents.ts';
import type { Link } from '../../src/store/links.ts';
import type { Web } from './options.ts';
import type { Desk, Does, Press } from './render.ts';
import { linkPath } from './sealed-links.ts';

/** What can be used from answer to answer and page to page: of the rest, whoever a link was forwarded to gets no further than one. */
const rooms = ['conversations', 'proposals', 'series', 'diary', 'afterwards', 'matching'] as const;

/** Of other rooms, what stands in the e-mails themselves and what follows from it: no page about the person, nothing they wrote. */
const others: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  'membership.skip-round',
  'membership.take-round',
  'network.open-pause',
  'network.resume',
  'reflections.open',
  'reflections.later',
  'reflections.swap',
  'reflections.skip',
  'reflections.why',
  'reflections.open-follow-up',
]);

/** Whether the holder of a link may go on to this from what the link showed or answered. */
export function leadsOn(intent: Intent): boolean {
  return others.has(intent.kind) || rooms.some((room) => isOf(room, intent));
}

/** The page that a link opens: what it shows can be pressed there, and is compared with what is shown by then. */
export function opensHere(path: string): Desk {
  const pressOf = ({ intent }: Does): Press => ({
    method: 'post',
    action: path,
    fields: { intent: JSON.stringify(intent) },
  });
  return { action: path, pressOf, along: {}, isInTab: false };
}

/**
 * The answer to what was done by a link. It cannot be asked for again, so each of its buttons is a link of its own, as in
 * an e-mail: for the same person, ending when this one does. Only what it shows by GET is opened by GET.
 */
export function answersHere(web: Web, link: Link, path: string): Desk {
  const pressOf = ({ intent, label }: Does): Press | undefined => {
    if (!leadsOn(intent)) return undefined;
    return { method: isReadOnly(intent) ? 'get' : 'post', action: linkPath(web, link, intent, label), fields: {} };
  };
  return { action: path, pressOf, along: {}, isInTab: false };
}
