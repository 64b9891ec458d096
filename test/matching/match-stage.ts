import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import type { Transaction } from '../../src/store/database.ts';
import { type NewMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import {
  addActive,
  ask,
  mustFind,
  type RecordingOutbound,
  recordingOutbound,
  saidTo,
  textOf,
} from '../support/people.ts';
import { addMatch, addRound } from './following-up/following-up-stage.ts';
import { readMatches } from './round-stage.ts';
import { accept, suggest } from './times/times-stage.ts';

/** A network that is reached by web page, and who waits in it for a match. */
export interface MatchStage extends TestCore {
  readonly web: RecordingOutbound;
  /** Of a council of their own unless said; they wait for a match from then on. */
  joins(name: string, given?: NewMember): Promise<Member>;
  /** The same for somebody who does not wait. */
  joinsAside(name: string, given?: NewMember): Promise<Member>;
  /** Does what is due and sends what is posted. */
  settle(): Promise<void>;
  /** What this member was told, in order. */
  told(member: Member): readonly string[];
  /** What everybody was told so far does not count. */
  forget(): void;
  /** Who waits for a match, by their names. */
  waiting(): Promise<readonly string[]>;
  /** The same by their ids. */
  pool(): Promise<readonly string[]>;
  nobodyWaits(): Promise<void>;
}

export async function openMatchStage(): Promise<MatchStage> {
  const opened = await openTestCore();
  const { core } = opened;
  const web = recordingOutbound('web');
  const joins = (name: string, given: NewMember = {}) =>
    addActive(core, { name, council: `${name} Council`, ...given });
  const waiting = () =>
    core.db
      .selectFrom('standing_pool')
      .innerJoin('people', 'people.id', 'member_id')
      .select(['people.id', 'people.name'])
      .orderBy('people.name')
      .execute();
  return {
    ...opened,
    web,
    joins,
    async joinsAside(name, given) {
      const member = await joins(name, given);
      await core.db.deleteFrom('standing_pool').where('member_id', '=', member.id).execute();
      return member;
    },
    settle: () => settleAll(core, new Map([['web', web]])),
    told: (member) => saidTo(web, member),
    forget() {
      web.letters.length = 0;
    },
    waiting: async () => (await waiting()).map(({ name }) => name),
    pool: async () => (await waiting()).map(({ id }) => id).toSorted(),
    nobodyWaits: async () => void (await core.db.deleteFrom('standing_pool').execute()),
  };
}

/** With two people of two councils. */
export interface PeopleStage extends MatchStage {
  readonly asha: Member;
  readonly bo: Member;
}

export async function openPeople(): Promise<PeopleStage> {
  const stage = await openMatchStage();
  const asha = await stage.joins('Asha Rahman', { council: 'Leeds City Council' });
  const bo = await stage.joins('Bo Berg', { council: 'City of York Council' });
  return { ...stage, asha, bo };
}

/** After a round of Tuesday 2 March 2027 in which nobody is matched; the next one is a month later, and nobody waits. */
export interface RoundStage extends PeopleStage {
  readonly round: string;
}

export async function openRound(): Promise<RoundStage> {
  const stage = await openPeople();
  const { core } = stage;
  await stage.nobodyWaits();
  const round = await addRound(core, 1, core.clock.now());
  await prepareAgenda(core);
  await stage.settle();
  stage.forget();
  return { ...stage, round };
}

/** After a round in which the two are matched. */
export interface PairStage extends RoundStage {
  readonly match: string;
}

export async function openPair(): Promise<PairStage> {
  const stage = await openRound();
  const { core, round, asha, bo } = stage;
  return { ...stage, match: await addMatch(core, round, [asha, bo]) };
}

/** What is said to who presses this on the card of their match. */
export async function press(
  core: Core,
  member: Member,
  kind: 'not-now' | 'rematch' | 'met' | 'dated',
  match: string,
): Promise<string> {
  return textOf(await ask(core, member, { kind: `matching.${kind}`, match }));
}

const friday = '2027-03-05T10:00:00.000Z';
export const afterFriday = new Date('2027-03-06T10:00:00Z');

/** The first suggests that they meet on Friday, and the others say yes; of which they were told. */
export async function agree(
  stage: MatchStage,
  match: string,
  first: Member,
  ...others: readonly Member[]
): Promise<void> {
  await suggest(stage.core, first, match, friday);
  for (const other of others) await accept(stage.core, other, match, friday);
  await stage.settle();
  stage.forget();
}

/** Undefined where it is gone. */
export async function hasEnded(core: Core, match: string): Promise<boolean | undefined> {
  return (await readMatches(core)).find(({ id }) => id === match)?.hasEnded;
}

/** What stops whoever does something about this match. */
export function hold(match: string): (tx: Transaction) => Promise<unknown> {
  return (tx) => tx.selectFrom('matches').select('id').where('id', '=', match).forUpdate().execute();
}

/** A convener notes whether the council of this member agrees to take part. */
export async function councilSays(
  core: Core,
  convener: Member,
  { councilId: council }: Member,
  consent: 'given' | 'withdrawn',
): Promise<void> {
  const row = core.db.selectFrom('councils').select(['name', 'type', 'nation', 'region']).where('id', '=', council);
  const answers = { ...(await row.executeTakeFirstOrThrow()), domains: '', consent, council };
  await ask(core, await mustFind(core, convener.id), { kind: 'convening.council', ...answers });
}
