import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { findMeeting } from '../../src/matching/times/meetings.ts';
import { timesFor } from '../../src/matching/times/service.ts';
import { momentWords } from '../../src/time/words.ts';
import { planRounds, readMatches } from '../matching/round-stage.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { joinOnWeb } from '../support/joining.ts';
import { scan } from '../support/mail-scanner.ts';
import { ask, mustFind } from '../support/people.ts';
import { formsSaying, openVisitor } from '../support/web-visitor.ts';
import { type Person, presses, sees } from './match-story-cast.ts';

/*
 * Four people who read nothing but e-mail, and are signed in nowhere: each goes from the word before the round to their
 * answer, and wherever a page asks something, goes on from there. A scanner sees each of Asha’s e-mails before she does.
 */

let base: TestCore;
let core: Core;
let email: EmailStage;

beforeEach(async () => {
  base = await openTestCore();
  core = base.core;
  email = await openEmailStage(base);
});
afterEach(async () => {
  await email.close();
  await base.close();
});

async function until(moment: string): Promise<void> {
  const before = email.smtp.emails().length;
  base.clock.set(new Date(moment));
  await settleAll(core, new Map([['email', email.outbound]]));
  const arrived = email.smtp.emails().slice(before);
  await scan(
    core,
    email.url,
    arrived.filter(({ envelope }) => envelope.to.some((to) => to.startsWith('asha'))),
  );
}

async function joined(name: string, council: string, theme: string): Promise<Person> {
  const address = `${name.toLowerCase()}@${council.toLowerCase()}.example`;
  const member = await addMember(core, { name, email: address, council: `${council} Council` });
  await joinOnWeb(core, member);
  await ask(core, member, { kind: 'joining.interests', interests: `chief-executives/${theme}` });
  return { member: await mustFind(core, member.id), client: await email.member(address) };
}

async function outcomes(): Promise<Readonly<Record<string, string | null>>> {
  const rows = core.db.selectFrom('match_members').innerJoin('members', 'members.id', 'match_members.member_id');
  const all = await rows.select(['members.name', 'outcome']).execute();
  return Object.fromEntries(all.map(({ name, outcome }) => [name, outcome]));
}

test('a match is followed from e-mail alone, from the word before the round to the answer', async () => {
  await planRounds(core);
  const asha = await joined('Asha', 'Leeds', 'politics');
  const bo = await joined('Bowen', 'York', 'core-role');
  const cai = await joined('Caitlin', 'Hull', 'core-role');
  const dee = await joined('Deepa', 'Bath', 'politics');

  await until('2027-03-07T10:00Z');
  await presses(cai, 'Sit it out', 'You sit out the round on Tuesday 9 March');
  await presses(cai, 'Take part after all', 'You take part in the round');
  await presses(cai, 'Say who you would like to meet', 'Who would you like to meet?');
  await cai.client.submit({ wish: 'theme' });
  await sees(cai, 'There is a problem');
  await cai.client.submit({ wish: 'theme', theme: 'chief-executives/core-role' });
  await sees(cai, 'You asked for somebody interested in');
  await presses(cai, 'Change this', 'Who would you like to meet?');
  await cai.client.submit({ wish: 'anybody', theme: '', group: 'yes' });
  await sees(cai, 'You asked for a group of three or four.');
  await presses(cai, 'Change this', 'Who would you like to meet?');
  await cai.client.submit({ group: 'no' });
  await sees(cai, 'We have saved that anybody who suits you is fine.');

  await until('2027-03-09T10:30Z');
  const match = (await readMatches(core)).find(({ people }) => people.includes(asha.member.id));
  expect(match?.people.toSorted()).toEqual([asha.member.id, dee.member.id].toSorted());
  const meeting = await findMeeting(core.db, match?.id ?? '');
  const [at] = meeting === undefined ? [] : await timesFor(core, meeting);
  if (at === undefined) throw new Error('No time suits them');
  await presses(asha, `Suggest ${momentWords(at, asha.member.zone)}`, 'We have asked Deepa about');
  await presses(asha, 'See your match', 'You suggested 10am');

  await until('2027-03-09T10:31Z');
  await presses(dee, 'Yes, that suits me', 'You meet Asha from 10am');
  await presses(dee, 'Add to your calendar', 'Download the file');

  await presses(bo, 'Not now', 'Your match with Caitlin has ended.');
  await presses(bo, 'Sit out the next round', 'You sit out the round on Tuesday 23 March');
  await presses(bo, 'Take part after all', 'You take part in the round on Tuesday 23 March');
  await presses(bo, 'We have a date', 'That match has ended.');
  await presses(bo, 'Match', 'You have no match now');
  await until('2027-03-09T10:32Z');
  await sees(cai, 'Your match with Bowen has ended, because they cannot meet this time.');

  // The page she has open is one of before they agreed.
  await presses(asha, 'We have a date', 'This page has changed since you opened it.');
  await presses(asha, 'We met', 'Was it useful?');
  await presses(asha, 'It was useful', 'We have noted that you met and that it was useful');
  expect(await outcomes()).toMatchObject({ Asha: 'useful', Deepa: null });
  await presses(asha, 'We met', 'Was it useful?');
  expect(await outcomes()).toMatchObject({ Asha: 'useful' });

  await until('2027-03-19T12:00Z');
  const [question] = email.smtp.emails().filter(({ text }) => text.includes('Did you meet Asha'));
  const link = /We met, and it was not useful:\n(\S+)\n/.exec(question?.text ?? '')?.[1] ?? '';
  const page = await openVisitor(email.url).get(link.slice(core.publicUrl.length));
  expect(page.main).toContain('Did you meet Asha?');
  expect(formsSaying(page.page, 'We met, and it was not useful')).toHaveLength(1);
  await presses(dee, 'We met, and it was not useful', 'it was not useful.');
  await presses(dee, 'It was useful', 'We have noted that you met and that it was useful');
  expect(await outcomes()).toEqual({ Asha: 'useful', Bowen: null, Caitlin: null, Deepa: 'useful' });
  expect(await core.db.selectFrom('web_sessions').selectAll().execute()).toEqual([]);
});
