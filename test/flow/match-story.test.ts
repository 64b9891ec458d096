import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { DeliveryKind, Outbound } from '../../src/delivery/model.ts';
import { findMeeting } from '../../src/matching/times/meetings.ts';
import { timesFor } from '../../src/matching/times/service.ts';
import { momentWords } from '../../src/time/words.ts';
import { pairsIn, planRounds, readMatches } from '../matching/round-stage.ts';
import { onlyEvent, valuesOf } from '../support/calendar-text.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { endJoining, joinOnWeb } from '../support/joining.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { ask, mustFind } from '../support/people.ts';
import { openSlackStage } from '../support/slack-client.ts';
import { openTeamsStage } from '../support/teams-client.ts';
import { openWebStage } from '../support/web-client.ts';
import { both, emailsOf, neverSaw, type Person, presses, sees } from './match-story-cast.ts';

/*
 * One round from the word two days before it to the next round, told through the clients of one platform. One of its
 * people is somewhere else: they are matched like any other, and e-mail is where they meet.
 */

interface Stage {
  readonly outbound: Outbound;
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

const opens = { slack: openSlackStage, teams: openTeamsStage, web: openWebStage } as const;
const stories = [
  { here: 'slack', there: 'teams' },
  { here: 'teams', there: 'web' },
  { here: 'web', there: 'email' },
  { here: 'email', there: 'slack' },
] as const;
type Platform = (typeof stories)[number]['here'];

const introduced = 'Why you';
const wanted = 'somebody who has been through a section 114 notice';

describe.each(stories)('on $here, with somebody on $there', ({ here, there }) => {
  let base: TestCore;
  let core: Core;
  let email: EmailStage;
  let stages: ReadonlyMap<Platform, Stage>;

  beforeEach(async () => {
    base = await openTestCore();
    core = base.core;
    email = await openEmailStage(base);
    const open = async (platform: Platform) => (platform === 'email' ? email : await opens[platform](base));
    stages = new Map<Platform, Stage>([
      ['email', email],
      [here, await open(here)],
      [there, await open(there)],
    ]);
  });
  afterEach(async () => {
    for (const stage of stages.values()) await stage.close();
    await base.close();
  });

  async function until(moment: string): Promise<void> {
    base.clock.set(new Date(moment));
    await settleAll(core, new Map([...stages].map(([platform, { outbound }]) => [platform, outbound])));
  }

  async function joined(called: string, council: string, platform: Platform, themes: string): Promise<Person> {
    const address = `${called.toLowerCase()}@${council.toLowerCase()}.example`;
    const member = await addMember(core, { name: called, email: address, council: `${council} Council` });
    const inChat = platform === 'slack' || platform === 'teams';
    if (!inChat) await joinOnWeb(core, member);
    if (platform === 'web') await ask(core, member, { kind: 'membership.prefer', platform });
    const client = await stages.get(platform)?.member(address);
    if (client === undefined) throw new Error(`Nobody is on ${platform}`);
    if (inChat) {
      await client.type('join');
      const rows = core.db.selectFrom('accounts').select('id').where('member_id', '=', member.id);
      const own = rows.where('platform', '=', platform);
      await vi.waitFor(async () => expect(await own.execute()).toHaveLength(1), patience);
      await endJoining(core, member.id);
    }
    await ask(core, member, { kind: 'joining.interests', interests: themes });
    // The platform may know them by another name.
    return { member: await mustFind(core, member.id), client };
  }

  /** E-mail takes no words: what can be pressed stands in the introduction. */
  const types = here !== 'email';

  async function looksUpMatch({ client }: Person): Promise<void> {
    if (types) await client.type('match');
  }

  /** To whom something of this kind was sent, by address, as often as it was. */
  async function sent(kind: DeliveryKind): Promise<readonly string[]> {
    const rows = await core.db
      .selectFrom('deliveries')
      .innerJoin('members', 'members.id', 'deliveries.member_id')
      .select('members.email')
      .where('kind', '=', kind)
      .where('deliveries.status', '=', 'sent')
      .execute();
    return rows.map((row) => row.email).toSorted();
  }

  const mailsTo = ({ member }: Person, words: string) =>
    email.smtp.emails().filter(({ envelope, text }) => envelope.to.includes(member.email) && text.includes(words));

  function invitationOf(person: Person): string {
    const parts = mailsTo(person, '').flatMap((mail) => mail.parts);
    const calendars = parts.filter(({ headers }) => headers.get('content-type')?.[0]?.startsWith('text/calendar'));
    if (calendars.length !== 1) throw new Error(`${person.member.name} has ${calendars.length} invitations`);
    return calendars[0]?.body ?? '';
  }

  /** The only match of these two. */
  async function matchOf(one: Person, other: Person): Promise<string> {
    const both = [one.member.id, other.member.id].toSorted();
    const found = (await readMatches(core)).filter(({ people }) => people.toSorted().join() === both.join());
    expect(found).toHaveLength(1);
    return found[0]?.id ?? '';
  }

  /** Two who are on different platforms agree on a time: not the one that we found, but one of their own. */
  async function findTime(asha: Person, dee: Person): Promise<void> {
    const match = await matchOf(asha, dee);
    const meeting = await findMeeting(core.db, match);
    const [at] = meeting === undefined ? [] : await timesFor(core, meeting);
    if (at === undefined) throw new Error('No time suits them');
    await presses(asha, `Suggest ${momentWords(at, asha.member.zone)}`, `We have asked ${dee.member.name} about`);
    await until('2027-03-09T10:31Z');
    await sees(dee, `${asha.member.name} would like to meet you`);
    await dee.client.press('Suggest another time');
    await vi.waitFor(async () => expect(await dee.client.dialog()).toContain('Start time'), patience);
    await dee.client.submit({ date: '2027-03-12', time: '07:45' });
    await sees(dee, `We have asked ${asha.member.name} about 7:45am to 8:15am on Friday 12 March.`);
    await until('2027-03-09T10:32Z');
    await sees(asha, `${dee.member.name} would like to meet you from 7:45am to 8:15am on Friday 12 March.`);
    await presses(asha, 'Yes, that suits me', `You meet ${dee.member.name} from`);
    await until('2027-03-09T10:33Z');
    await sees(dee, `You meet ${asha.member.name} from`);
    const invitations = [asha, dee].map(invitationOf);
    for (const [index, text] of invitations.entries()) {
      expect(valuesOf(text, 'METHOD')).toEqual([':REQUEST']);
      const [event, other] = [onlyEvent(text), index === 0 ? dee : asha];
      expect(event).toMatchObject({
        start: new Date('2027-03-12T07:45Z'),
        summary: `Meet ${other.member.name}`,
        status: 'CONFIRMED',
      });
      expect(text).not.toContain(other.member.email);
    }
    expect(onlyEvent(invitations[0] ?? '').uid).toBe(onlyEvent(invitations[1] ?? '').uid);
  }

  test('each says whom they would like to meet, is introduced where they are, finds a time, and says how it was', async () => {
    await planRounds(core);
    const asha = await joined('Asha', 'Leeds', here, 'chief-executives/politics');
    const bo = await joined('Bowen', 'York', here, 'chief-executives/core-role');
    const cai = await joined('Caitlin', 'Hull', here, 'chief-executives/core-role');
    const dee = await joined('Deepa', 'Bath', there, 'chief-executives/politics');
    const eve = await joined('Evelyn', 'Ely', here, 'chief-executives/core-role');
    await ask(core, dee.member, { kind: 'matching.experiences', experiences: 'section-114' });

    await until('2027-03-07T10:00Z');
    for (const one of [asha, bo, cai, dee, eve]) await sees(one, 'The next round of matches is on Tuesday 9 March.');
    await asha.client.press('Say who you would like to meet');
    await vi.waitFor(async () => expect(await asha.client.dialog()).toContain('been through'), patience);
    await asha.client.submit({ wish: 'experience', experience: 'section-114' });
    await sees(asha, `You asked for ${wanted}.`);
    await presses(eve, 'Sit it out', 'You sit out the round on Tuesday 9 March');

    await until('2027-03-09T10:30Z');
    const [first] = await core.db.selectFrom('rounds').selectAll().execute();
    expect(first?.verdict).toMatchObject({ isSound: true, isBest: true });
    await sees(asha, `You asked for ${wanted}, and ${dee.member.name} has.`);
    await sees(dee, `${asha.member.name} asked for ${wanted}, and you have.`);
    for (const [one, other] of both(bo, cai)) await sees(one, other.member.name);
    for (const one of [asha, bo, cai, dee]) await sees(one, introduced);
    expect(await sent('matching.left-out')).toEqual([]);
    await neverSaw(eve, introduced);
    // Where they do not meet in a chat, each has the other's address by e-mail, and once.
    for (const [one, other] of both(asha, dee)) {
      const introductions = mailsTo(one, 'Why you two');
      expect(introductions.map(({ text }) => text.includes(`mailto:${other.member.email}`))).toEqual([true]);
    }

    await findTime(asha, dee);

    await looksUpMatch(bo);
    await presses(bo, 'Rematch me', 'We are looking for somebody else for you');
    await until('2027-03-09T10:35Z');
    await sees(cai, `Your match with ${bo.member.name} has ended.`);
    await presses(eve, 'Take part after all', 'You take part in the round on Tuesday 23 March');
    await presses(eve, 'Find me a match now', 'We look for a match for you now');
    await until('2027-03-09T10:40Z');
    for (const [one, other] of both(bo, eve)) await sees(one, other.member.name);
    await sees(eve, introduced);
    const pool = (await readMatches(core)).filter(({ origin }) => origin === 'pool');
    expect(pairsIn(pool)).toEqual([[bo.member.id, eve.member.id].toSorted().join(' ')]);
    await neverSaw(cai, eve.member.name);

    await until('2027-03-17T10:00Z');
    expect(await sent('matching.half-way')).toEqual(emailsOf(bo, eve));
    await looksUpMatch(asha);
    await presses(asha, 'We met', 'Was it useful?');
    await presses(asha, 'It was useful', 'We have noted that you met and that it was useful');

    await until('2027-03-18T12:00Z');
    expect(await sent('matching.question')).toEqual(emailsOf(bo, dee, eve));
    await presses(dee, 'We met, and it was not useful', 'it was not useful.');
    await presses(bo, 'We did not meet', 'We have noted that you did not meet');
    await presses(eve, 'They did not come', 'Next time we put you first where we can');
    const said = await core.db
      .selectFrom('match_members')
      .innerJoin('members', 'members.id', 'match_members.member_id')
      .select(['email', 'outcome'])
      .where('outcome', 'is not', null)
      .execute();
    expect(Object.fromEntries(said.map(({ email: address, outcome }) => [address, outcome]))).toEqual({
      [asha.member.email]: 'useful',
      [bo.member.email]: 'not-met',
      [dee.member.email]: 'not-useful',
      [eve.member.email]: 'no-show',
    });

    const met = pairsIn(await readMatches(core));
    await until('2027-03-23T10:30Z');
    const next = pairsIn((await readMatches(core)).filter(({ round }) => round === 2));
    expect(next.length).toBeGreaterThanOrEqual(2);
    expect(next.filter((pair) => met.includes(pair))).toEqual([]);
    expect(await core.db.selectFrom('deliveries').select('kind').where('status', '=', 'failed').execute()).toEqual([]);
  });
});
