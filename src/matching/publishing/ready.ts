import type { Core } from '../../core.ts';
import { type Composed, type Delivery, drop } from '../../delivery/model.ts';
import type { Member } from '../../network/model.ts';
import { momentWords } from '../../time/words.ts';
import { nextRound } from '../planning/planning.ts';
import { readWaiting } from '../planning/waiting.ts';
import * as say from './ready-messages.ts';

/** To a convener: a round waits to be published. The subject is its number. */
export async function composeReady(core: Core, { subject }: Delivery, member: Member): Promise<Composed> {
  if (member.permission !== 'convener') return drop('they are a convener no longer');
  const number = Number(subject);
  const { db, clock } = core;
  const published = db.selectFrom('rounds').select('id').where('number', '=', number);
  if ((await published.executeTakeFirst()) !== undefined) return drop('the round is published');
  const { at } = await nextRound(core, db);
  if (at === undefined) return drop('no round is planned');
  const { last } = await readWaiting(db, at, clock.now());
  return { kind: 'say', message: say.ready(number, momentWords(last, member.zone)) };
}
