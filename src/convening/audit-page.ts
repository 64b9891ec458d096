import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { datedWords } from '../time/words.ts';
import type { AuditAction } from './audit.ts';
import * as say from './audit-messages.ts';

/** Shows the newest acts, or those before one that was shown. */
export async function showAudit(core: Core, { zone }: Member, before: string): Promise<Reply> {
  const newest = core.db
    .selectFrom('audit')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(say.actsShown + 1);
  const rows = await (before === '' ? newest : newest.where('id', '<', before)).execute();
  const shown = rows.slice(0, say.actsShown);
  const ids = shown.flatMap(({ actor_id: actor, subject, detail }) => [actor ?? '', subject, detail['other'] ?? '']);
  const names = await readNames(core.db, ids);
  const acts = shown.map(({ at, by, actor_id: actor, action, subject, detail }) => ({
    when: datedWords(at, zone),
    who: by === 'operator' ? 'The operator' : (names.get(actor ?? '') ?? erased),
    action,
    subject: subject === '' ? '' : (names.get(subject) ?? (isOfPerson(action) ? 'someone who was erased' : gone)),
    other: names.get(detail['other'] ?? '') ?? gone,
    detail,
  }));
  const older = rows.length > shown.length ? (shown.at(-1)?.id ?? '') : '';
  return { kind: 'page', page: say.record(acts, older) };
}

const erased = 'Someone who was erased';
const gone = 'something that is no longer there';

function isOfPerson(action: AuditAction): boolean {
  return action.startsWith('member.') || action === 'joining.approved';
}

/** Of members, councils and cohorts, by id. */
async function readNames(db: Reader, given: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(given)].filter((id) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
  if (ids.length === 0) return new Map();
  const people = await db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute();
  const councils = await db.selectFrom('councils').select(['id', 'name']).where('id', 'in', ids).execute();
  const cohorts = await db.selectFrom('cohorts').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map([...people, ...councils, ...cohorts].map(({ id, name }) => [id, name]));
}
