import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words } from '../../../src/words.ts';
import { addMember } from '../../support/core.ts';
import { mustFind } from '../../support/people.ts';
import { addToRoster, createTeamsPerson, executed, typed } from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { appId } from '../../support/teams-rig.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const posted = ({ person }: Joined) => stage.rig.stub.messages(person.conversationId);

/** What each word of the contract is answered with, to a member who has just joined. */
const answers: Readonly<Record<string, string>> = {
  help: 'Here is what you can do.',
  join: 'You are already in the network.',
  reflect: 'You do not have a prompt yet. We send one every week, at 9am on Monday where you are.',
  journal: 'Your journal. Select Open to see it: only you can.',
  map: 'Your map. Select Open to see it: only you can.',
  search: 'Search your journal. Select Open to see it: only you can.',
  themes: 'Your interests. Select Open to see it: only you can.',
  digest: 'Digest. Select Open to see it: only you can.',
  conversations: 'Conversations. Select Open to see it: only you can.',
  diary: 'Diary. Select Open to see it: only you can.',
  topics: 'Topics. Select Open to see it: only you can.',
  drafts: 'Only hosts can do that. Ask your convener if you would like to host.',
  host: 'Only hosts can do that. Ask your convener if you would like to host.',
  match: 'You do not have a match yet.',
  profile: 'You are Asha Rahman, Director of Place at Leeds City Council.',
  pause: 'Pause messages. Select Open to see it: only you can.',
  resume: 'Your messages are on again.',
  find: 'Find members. Select Open to see it: only you can.',
  settings: 'Your settings. Select Open to see it: only you can.',
  accounts: 'Your accounts. Select Open to see it: only you can.',
  connect: 'Connect this account. Select Open to see it: only you can.',
  console: 'Only conveners can do that. Ask yours to do it for you.',
  export: 'Everything we hold about you. Select Open to see it: only you can.',
  leave: 'Leaving stops all messages and gives up your seats. Confirm that you want to leave.',
  erase: 'Erasing removes everything we hold about you. It cannot be undone. Confirm that you want it.',
};

test('every word of the contract is answered, however it is typed', async () => {
  const joined = await stage.join();
  expect(Object.keys(answers).toSorted()).toEqual(Object.keys(words).toSorted());
  for (const [word, answer] of Object.entries(answers)) {
    for (const text of [word, `  /${word.toUpperCase()}\n`, `<at>Colloquy</at>&nbsp;${word}`]) {
      const before = posted(joined).length;
      const mention = { type: 'mention', text: '<at>Colloquy</at>', mentioned: { id: `28:${appId}` } };
      expect(await stage.post(joined.person, { ...typed(text), entities: [mention] })).toEqual({
        status: 200,
        body: '',
      });
      const said = posted(joined).slice(before);
      expect([word, said.map(({ activity }) => activity.summary)]).toEqual([word, [answer]]);
    }
  }
});

test('whoever has not joined is told how to, whatever they type, and may have us forget them', async () => {
  const person = createTeamsPerson('stranger@else.example');
  addToRoster(stage.rig.stub, person);
  const open: Readonly<Record<string, string>> = {
    help: 'Here is what you can do.',
    join: 'Ask to join the network. Select Open to see it: only you can.',
    connect: 'Connect this account. Select Open to see it: only you can.',
    erase: 'We hold nothing about you here.',
  };
  for (const word of Object.keys(words)) {
    await stage.post(person, typed(word));
    const said = stage.rig.stub.messages(person.conversationId).at(-1)?.activity.summary;
    expect([word, said]).toEqual([word, open[word] ?? 'You have not joined the network yet. Type “join” to join it.']);
  }
});

describe('what a client says of its person', () => {
  const client = (timezone: string, locale: string) => [{ type: 'clientInfo', timezone, locale, country: 'GB' }];
  const known = async ({ member }: Joined) => {
    const { zone, locale } = await mustFind(stage.core, member.id);
    return { zone, locale };
  };

  test('stands from when they join until they choose, and follows them', async () => {
    const { id, email } = await addMember(stage.core);
    const person = createTeamsPerson(email);
    addToRoster(stage.rig.stub, person);
    await stage.post(person, { ...typed('join'), locale: 'cy-GB', localTimezone: 'Europe/Lisbon' });
    const joined = { person, member: await mustFind(stage.core, id), client: openTeamsMember(stage.rig, person) };
    expect(await known(joined)).toEqual({ zone: 'Europe/Lisbon', locale: 'cy-GB' });
    expect(joined.member.name).toBe('Asha Rahman');
    await stage.post(person, { ...typed('help'), locale: '', entities: client('America/New_York', 'nl-NL') });
    expect(await known(joined)).toEqual({ zone: 'America/New_York', locale: 'nl-NL' });
    const press = executed({ intent: { kind: 'network.help', asked: '' } }, 'm1');
    await stage.post(person, { ...press, locale: 'en-GB', localTimezone: 'Europe/Paris' });
    expect(await known(joined)).toEqual({ zone: 'Europe/Paris', locale: 'en-GB' });
    const chosen = { chosen_zone: 'Europe/Rome', chosen_locale: 'cy' };
    await stage.core.db.updateTable('members').set(chosen).where('id', '=', id).execute();
    await stage.post(person, { ...typed('help'), locale: 'fr-FR', localTimezone: 'Asia/Tokyo' });
    expect(await known(joined)).toEqual({ zone: 'Europe/Rome', locale: 'cy' });
  });

  test('is written once, and passed over where it is nothing that there is', async () => {
    const joined = await stage.join();
    await stage.post(joined.person, { ...typed('help'), localTimezone: 'Europe/Lisbon', locale: 'cy-GB' });
    const row = sql`select xmin from members where id = ${joined.member.id}`;
    const { rows } = await row.execute(stage.core.db);
    for (const [localTimezone, locale] of [
      ['Europe/Lisbon', 'cy-GB'],
      ['Mars/Olympus', 'not a language'],
      ['GMT Standard Time', 'x'.repeat(5_000)],
      [7, { a: 1 }],
      [undefined, undefined],
    ]) {
      await stage.post(joined.person, { ...typed('help'), localTimezone, locale });
    }
    expect((await row.execute(stage.core.db)).rows).toEqual(rows);
    expect(await known(joined)).toEqual({ zone: 'Europe/Lisbon', locale: 'cy-GB' });
  });
});
