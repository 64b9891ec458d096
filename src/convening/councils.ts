import type { IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import type { Transaction } from '../store/database.ts';
import { dateWords } from '../time/words.ts';
import { actAs, type Done } from './act.ts';
import * as say from './council-messages.ts';
import { problems } from './council-problems.ts';
import { readCouncils, readCouncilsAndGuests } from './council-rows.ts';
import { dueToFreshen, dueToTakePart, freshenCouncils, membersOutside } from './freshen.ts';
import { refusals } from './messages.ts';
import type { ShownCouncil } from './model.ts';
import { type CouncilSaid, councilsWith, readCouncilForm, readRelationForm } from './rules.ts';

type AnswersTo<Kind extends IntentOf<'convening'>['kind']> = Extract<IntentOf<'convening'>, { kind: Kind }>;

export async function showCouncils(core: Core, { zone }: Member): Promise<Reply> {
  const all = await readCouncils(core.db);
  const shown = all.slice(0, say.councilsShown);
  return { kind: 'page', page: say.councils(shown, all.length, (moment) => dateWords(moment, zone)) };
}

/** @throws Refusal when nothing is asked for */
export async function findCouncils(core: Core, { zone }: Member, query: string): Promise<Reply> {
  if (query.trim() === '') throw new Refusal(problems.noQuery, [{ field: 'query', text: problems.noQuery }]);
  const found = councilsWith(await readCouncils(core.db), query);
  const shown = found.slice(0, say.councilsShown);
  return { kind: 'page', page: say.councilsFound(shown, found.length, (moment) => dateWords(moment, zone)) };
}

export async function openCouncil(core: Core, id: string): Promise<Reply> {
  return { kind: 'form', form: say.councilForm(mustBeThere(await readCouncils(core.db), id)) };
}

export async function openRelation(core: Core, id: string): Promise<Reply> {
  return { kind: 'form', form: say.relationForm(mustBeThere(await readCouncils(core.db), id)) };
}

function mustBeThere(all: readonly ShownCouncil[], id: string): ShownCouncil {
  const found = all.find((council) => council.id === id);
  if (found === undefined) throw new Refusal(refusals.noCouncil);
  return found;
}

/** @throws Refusal with a problem for each answer that needs changing */
export async function saveCouncil(core: Core, member: Member, answers: AnswersTo<'convening.council'>): Promise<Reply> {
  let name = '';
  const done = await actAs(core, member, async (tx) => {
    const all = await holdCouncils(tx);
    const before = mustBeThere(all, answers.council);
    const nation = answers.nation === 'none' ? '' : answers.nation;
    const said = readCouncilForm({ ...answers, nation }, before, all);
    if (!('name' in said)) throw new Refusal(problems.some, said);
    name = said.name;
    const outside = await membersOutside(tx);
    await write(tx, before, said, core.clock.now());
    await dueToTakePart(tx, outside, core.clock.now());
    const changed = whatChanged(before, said);
    if (changed.length > 0) await dueToFreshen(tx, { councils: [before.id] }, core.clock.now());
    return changed;
  });
  if (done.length > 0) await freshenCouncils(core, [answers.council]);
  return { kind: 'message', message: say.councilSaved(name) };
}

/** Names and domains are one council's each: of two who save at once, the later one sees what the first one did. */
async function holdCouncils(tx: Transaction): Promise<readonly ShownCouncil[]> {
  await tx.selectFrom('councils').select('id').orderBy('id').forNoKeyUpdate().execute();
  return await readCouncilsAndGuests(tx);
}

async function write(tx: Transaction, before: ShownCouncil, said: CouncilSaid, now: Date): Promise<void> {
  const { name, type, nation, region, domains, consent } = said;
  const unasked = consent === 'not asked' ? null : now;
  const agreed = consent === before.consent ? {} : { consent, consent_at: unasked };
  await tx
    .updateTable('councils')
    .set({ name, type, nation, region, ...agreed })
    .where('id', '=', before.id)
    .execute();
  await tx.deleteFrom('council_domains').where('council_id', '=', before.id).execute();
  for (const domain of domains)
    await tx.insertInto('council_domains').values({ domain, council_id: before.id }).execute();
}

function whatChanged(before: ShownCouncil, said: CouncilSaid): readonly Done[] {
  const fields = (['name', 'type', 'nation', 'region'] as const).filter((field) => before[field] !== said[field]);
  const changed = [...fields, ...(before.domains.join() === said.domains.join() ? [] : ['domains'])];
  const consent = { from: before.consent, to: said.consent };
  return [
    ...(changed.length > 0
      ? [{ action: 'council.changed', subject: before.id, detail: { fields: changed.join(', ') } } as const]
      : []),
    ...(consent.from === consent.to
      ? []
      : [{ action: 'council.consent', subject: before.id, detail: consent } as const]),
  ];
}

/** @throws Refusal with a problem for each answer that needs changing */
export async function saveRelation(
  core: Core,
  member: Member,
  answers: AnswersTo<'convening.relation'>,
): Promise<Reply> {
  const all = await readCouncils(core.db);
  const one = mustBeThere(all, answers.council);
  const said = readRelationForm(answers, all);
  if (!('other' in said)) throw new Refusal(problems.some, said);
  const { other, relation, rule } = said;
  await actAs(core, member, async (tx) => {
    const row = { ...pairOf(one.id, other.id), relation, rule };
    await tx
      .insertInto('council_relations')
      .values(row)
      .onConflict((conflict) => conflict.columns(['council_id', 'other_id']).doUpdateSet({ relation, rule }))
      .execute();
    return [{ action: 'relation.made', subject: one.id, detail: { other: other.id, relation, rule } }];
  });
  return { kind: 'message', message: say.relationSaved(one.name, other.name, rule) };
}

export async function endRelation(
  core: Core,
  member: Member,
  answers: AnswersTo<'convening.end-relation'>,
): Promise<Reply> {
  const all = await readCouncils(core.db);
  const [one, other] = [mustBeThere(all, answers.council), mustBeThere(all, answers.other)];
  await actAs(core, member, async (tx) => {
    const pair = pairOf(one.id, other.id);
    const ended = await tx
      .deleteFrom('council_relations')
      .where('council_id', '=', pair.council_id)
      .where('other_id', '=', pair.other_id)
      .returning('relation')
      .executeTakeFirst();
    if (ended === undefined) return [];
    return [{ action: 'relation.ended', subject: one.id, detail: { other: other.id, relation: ended.relation } }];
  });
  return { kind: 'replace', message: say.relationEnded(one.name, other.name) };
}

/** As the table has them: the lesser id first. PostgreSQL compares them as these texts compare. */
function pairOf(one: string, other: string): { readonly council_id: string; readonly other_id: string } {
  return one < other ? { council_id: one, other_id: other } : { council_id: other, other_id: one };
}

/** Whether people may join, and take part, only from councils that have agreed. */
export async function setMustAgree(core: Core, member: Member, must: boolean): Promise<boolean> {
  const done = await actAs(core, member, async (tx) => {
    const { councilsMustAgree } = await readSettings(tx);
    if (councilsMustAgree === must) return [];
    const outside = await membersOutside(tx);
    await tx.updateTable('network').set({ councils_must_agree: must }).execute();
    await dueToTakePart(tx, outside, core.clock.now());
    await dueToFreshen(tx, { councils: 'all' }, core.clock.now());
    return [{ action: 'councils.must-agree', subject: '', detail: { must: must ? 'yes' : 'no' } }];
  });
  if (done.length > 0) await freshenCouncils(core, 'all');
  return must;
}
