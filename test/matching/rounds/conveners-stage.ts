import type { Core } from '../../../src/core.ts';
import type { Intent } from '../../../src/intents.ts';
import { scheduleFirstRound } from '../../../src/matching/publishing/round-agenda.ts';
import type { Page } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { filled, formOf } from '../../support/edits.ts';
import { addActive, ask, textOf } from '../../support/people.ts';

const names = ['Asha Ali', 'Ben Brown', 'Carys Cox', 'Dan Dale', 'Eve Ellis', 'Femi Frost', 'Gwen Gray', 'Hal Hill'];

/** People of different councils, each interested in one of two themes in turn, and a first round that is planned. */
export async function addPeopleOfRound(core: Core, count: number): Promise<readonly Member[]> {
  const people: Member[] = [];
  for (const name of names.slice(0, count)) {
    people.push(await addActive(core, { name, council: `${name.split(' ')[1]} Council` }));
  }
  const [framework] = core.frameworks;
  const rows = people.map(({ id }, index) => ({
    member_id: id,
    framework: framework?.id ?? '',
    theme: framework?.themes[index % 2]?.id ?? '',
  }));
  await core.db.insertInto('interests').values(rows).execute();
  await core.db.transaction().execute(async (tx) => await scheduleFirstRound(tx, core.clock.now()));
  return people;
}

export function pageOf(reply: Reply): Page {
  if (reply.kind !== 'page') throw new Error(`No page: ${textOf(reply)}`);
  return reply.page;
}

/** Everybody of each group that a page shows, by the headings of its cards. */
export function groupsOn(reply: Reply): readonly string[] {
  return pageOf(reply)
    .cards.map(({ heading }) => heading)
    .filter((heading) => heading.includes(' and '));
}

export const next = { kind: 'matching.next' } as const;
export const groups = { kind: 'matching.groups', after: '0' } as const;

/** A convener and seven others, who would be in the next round. */
export interface ConvenersStage extends TestCore {
  readonly convener: Member;
  readonly people: readonly Member[];
  /** As the convener, unless said. */
  say(intent: Intent, by?: Member): Promise<Reply>;
  /** Opens a form and sends it with these changes. */
  set(opener: Intent, changed: Readonly<Record<string, string>>): Promise<Reply>;
  fix(how: string, ...who: readonly string[]): Promise<Reply>;
  /** What was written down: the act, whether the convener did it, and its details. */
  acts(): Promise<readonly (readonly [action: string, isConvener: boolean, detail: unknown])[]>;
}

export async function openConveners(): Promise<ConvenersStage> {
  const stage = await openTestCore();
  const { core } = stage;
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  const people = await addPeopleOfRound(core, 7);
  const say = async (intent: Intent, by = convener) => await ask(core, by, intent);
  return {
    ...stage,
    convener,
    people,
    say,
    set: async (opener, changed) => await say(filled(formOf(await say(opener)), changed)),
    fix: async (how, ...who) => {
      const [first = '', second = '', third = '', fourth = ''] = who;
      return await say({ kind: 'matching.lock', how, first, second, third, fourth, after: '' });
    },
    acts: async () => {
      const rows = await core.db.selectFrom('audit').select(['action', 'actor_id', 'detail']).orderBy('id').execute();
      return rows.map(({ action, actor_id: actor, detail }) => [action, actor === convener.id, detail] as const);
    },
  };
}

/** The buttons of a page, by their labels. */
export function buttons(reply: Reply): ReadonlyMap<string, Intent> {
  const all = pageOf(reply).cards.flatMap((card) => card.buttons);
  return new Map(all.flatMap((button) => (button.kind === 'does' ? [[button.label, button.intent] as const] : [])));
}
