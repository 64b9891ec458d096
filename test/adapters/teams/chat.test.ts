import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { propose } from '../../support/conversations.ts';
import { addActive } from '../../support/people.ts';
import {
  createTeamsPerson,
  dialogOpened,
  dialogSubmitted,
  executed,
  submitted,
  typed,
} from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { appId } from '../../support/teams-rig.ts';
import { actionsOf } from '../../support/teams-screen.ts';
import { type Joined, monday, openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

function posted({ person }: Joined) {
  return stage.rig.stub.messages(person.conversationId);
}

function shown(joined: Joined): string {
  return JSON.stringify(posted(joined).map(({ activity }) => activity));
}

/** The id of the message whose card has this button, and what the button carries. */
function button(joined: Joined, title: string) {
  for (const { id, activity } of posted(joined).toReversed()) {
    const action = actionsOf(activity.attachments[0]?.content).find((one) => one.title === title);
    if (action !== undefined) return { id, data: action.data };
  }
  throw new Error(`No button ${title}`);
}

/** Somebody else's conversation, announced to this member. */
async function announce(joined: Joined): Promise<string> {
  const host = await addActive(stage.core, { name: 'Bo', permission: 'host', council: 'City of York Council' });
  const answers = {
    theme: 'collective-leadership/space-for-others',
    title: 'Making room',
    about: 'Who could do this?',
  };
  const when = { date: '2027-03-16', time: '10:00', minutes: '60', capacity: '3', link: 'https://meet.example/room' };
  await propose(stage.core, host, { ...answers, ...when });
  await stage.settle();
  expect(shown(joined)).toContain('Making room');
  const { id } = await stage.core.db.selectFrom('conversations').select('id').executeTakeFirstOrThrow();
  return id;
}

describe('in a private chat', () => {
  test('a typed word is answered with a card, whoever asks', async () => {
    const person = createTeamsPerson('stranger@else.example');
    const client = openTeamsMember(stage.rig, person);
    await client.type('  Help ');
    expect(await client.messages()).toEqual([expect.stringContaining('What you can do')]);
  });

  test('our own name in front of a word is not part of it, and another’s is', async () => {
    const person = createTeamsPerson('stranger@else.example');
    const client = openTeamsMember(stage.rig, person);
    const mention = (id: string, name: string) => ({
      type: 'mention',
      text: `<at>${name}</at>`,
      mentioned: { id, name },
    });
    const entities = [mention(`28:${appId}`, 'Colloquy'), mention('29:bo', 'Bo')];
    await stage.post(person, { ...typed('<at>Colloquy</at>&nbsp;help\n'), entities });
    await stage.post(person, { ...typed('<at>Colloquy</at> <at>Bo</at>'), entities });
    const [first = '', second = ''] = await client.messages();
    expect(first).not.toContain('We do not know');
    expect(second).toContain('We do not know the word “<at>bo</at>”');
  });

  test('someone the roster names joins by the address that their tenant vouches for', async () => {
    const { person, member, client } = await stage.join({ email: 'asha@leeds.example' });
    expect(member.status).toBe('active');
    expect((await client.messages()).join('\n')).toContain('Welcome to the network');
    const account = await stage.core.db
      .selectFrom('accounts')
      .selectAll()
      .where('platform', '=', 'teams')
      .executeTakeFirstOrThrow();
    expect(account).toMatchObject({ space: person.tenantId, platform_user: person.objectId, member_id: member.id });
    expect(account.address).toEqual({
      tenantId: person.tenantId,
      appId,
      serviceUrl: stage.rig.stub.serviceUrl,
      conversationId: person.conversationId,
      botId: `28:${appId}`,
      userId: person.userId,
    });
  });

  test('the card whose button is pressed changes for good, and no message is added', async () => {
    const joined = await stage.join();
    await announce(joined);
    const before = posted(joined).length;
    const { id, data } = button(joined, 'Sign up');
    const answer = await stage.post(joined.person, executed(data, id));
    expect(answer.body).toContain('You have a seat.');
    expect(JSON.parse(answer.body)).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(posted(joined)).toHaveLength(before);
    expect(JSON.stringify(posted(joined).find((message) => message.id === id))).toContain('You have a seat.');
  });

  test('a client without Action.Execute changes the card as well', async () => {
    const joined = await stage.join();
    await announce(joined);
    const before = posted(joined).length;
    const { id, data } = button(joined, 'Sign up');
    expect(await stage.post(joined.person, submitted(data, id))).toEqual({ status: 200, body: '' });
    expect(posted(joined)).toHaveLength(before);
    expect(JSON.stringify(posted(joined).find((message) => message.id === id))).toContain('You have a seat.');
  });

  test('where the card is gone, the answer comes as a message', async () => {
    const joined = await stage.join();
    await announce(joined);
    const { data } = button(joined, 'Sign up');
    await stage.post(joined.person, submitted(data, 'deleted'));
    expect(JSON.stringify(posted(joined).at(-1))).toContain('You have a seat.');
  });

  test('a button may claim to be anybody’s: it acts for whoever pressed it', async () => {
    const joined = await stage.join();
    const other = await stage.join({ name: 'Chidi Obi', email: 'chidi@bristol.example' });
    const conversation = await announce(joined);
    const data = {
      intent: { kind: 'conversations.sign-up', conversation },
      from: { aadObjectId: other.person.objectId },
    };
    await stage.post(joined.person, executed(data, 'none'));
    const seats = await stage.core.db.selectFrom('seats').select('member_id').execute();
    expect(seats).toEqual([{ member_id: joined.member.id }]);
  });

  test('a form may claim to be about anybody’s prompt, and to be sent by anybody: it is for whoever sent it', async () => {
    const [joined, other] = [await stage.join(), await stage.join({ email: 'chidi@bristol.example' })];
    stage.clock.set(monday);
    await stage.settle();
    const { id: theirs } = await stage.core.db
      .selectFrom('prompts')
      .select('id')
      .where('member_id', '=', other.member.id)
      .executeTakeFirstOrThrow();
    const { objectId, userId } = other.person;
    const claims = { from: { id: userId, aadObjectId: objectId }, aadObjectId: objectId, member: other.member.id };
    const form = {
      completes: { kind: 'reflections.answer', prompt: theirs },
      openedBy: { kind: 'reflections.open', prompt: theirs },
      fields: ['text'],
    };
    const sent = await stage.post(joined.person, dialogSubmitted({ ...claims, form, answer_text: 'Not mine.' }));
    expect(sent.body).toContain('could not find that prompt');
    const data = { ...claims, intent: { kind: 'network.profile' } };
    await stage.post(joined.person, submitted(data, 'm1'));
    expect(shown(joined)).toContain(joined.member.email);
    expect(shown(joined)).not.toContain(other.member.email);
    expect(await stage.core.db.selectFrom('reflections').selectAll().execute()).toEqual([]);
    // Nor does the same name in another tenant make them another: it is a stranger there.
    const elsewhere = { ...other.person, tenantId: '99999999-cccc-4ccc-8ccc-999999999999' };
    const refused = await stage.post(elsewhere, dialogOpened({ intent: { kind: 'reflections.journal' } }));
    expect(refused.body).toContain('does not serve your organisation');
  });

  test.each([
    ['no intent', {}],
    ['an unknown intent', { intent: { kind: 'network.destroy' } }],
    ['too much', { intent: { kind: 'network.leave', everyone: 'yes' } }],
  ])('a button that carries %s is out of date', async (_name, data) => {
    const joined = await stage.join();
    const answer = await stage.post(joined.person, executed(data, 'm1'));
    expect(answer.status).toBe(200);
    expect(JSON.stringify(posted(joined).at(-1))).toContain('That button is out of date.');
  });

  test('an invoke that is none of ours is answered politely', async () => {
    const joined = await stage.join();
    const answer = await stage.post(joined.person, { type: 'invoke', name: 'composeExtension/query', value: {} });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('out of date');
  });

  test('an activity that comes again acts once', async () => {
    const joined = await stage.join();
    const before = posted(joined).length;
    const parts = { ...typed('profile'), id: 'once' };
    expect((await stage.post(joined.person, parts)).status).toBe(200);
    expect((await stage.post(joined.person, parts)).status).toBe(200);
    expect(posted(joined)).toHaveLength(before + 1);
    const press = { ...executed({ intent: { kind: 'network.leave' } }, 'm1'), id: 'twice' };
    await stage.post(joined.person, press);
    const again = await stage.post(joined.person, press);
    expect(posted(joined)).toHaveLength(before + 2);
    expect(JSON.parse(again.body)).toMatchObject({ statusCode: 200, value: 'We already have that.' });
  });

  test('something that breaks on our side is said so, without a word of what broke', async () => {
    const joined = await stage.join();
    await stage.core.db.schema.dropTable('prompts').cascade().execute();
    const answer = await stage.post(joined.person, typed('reflect'));
    expect(answer).toEqual({ status: 200, body: '' });
    const press = await stage.post(joined.person, executed({ intent: { kind: 'reflections.journal' } }, 'm1'));
    expect(press.status).toBe(200);
    expect(shown(joined)).toContain('Something went wrong on our side.');
    expect(`${shown(joined)}${press.body}`).not.toMatch(/relation|prompts/);
    expect(stage.rig.logged()).toContain(joined.person.conversationId);
  });

  test('an answer that Teams does not take as a message is a note where one can be, and a line in the log', async () => {
    const joined = await stage.join();
    const refused = { kind: 'answer', status: 500, code: 'InternalServerError' } as const;
    stage.rig.stub.misbehave(refused, refused);
    expect(await stage.post(joined.person, typed('help'))).toEqual({ status: 200, body: '' });
    const press = await stage.post(joined.person, executed({ intent: { kind: 'network.profile' } }, 'm1'));
    expect(press.body).toContain('You are Asha Rahman');
    expect(stage.rig.logged()).toContain('InternalServerError');
    expect(stage.rig.logged()).not.toContain('must go nowhere');
  });

  test('the weekly prompt comes by itself, and typing “reflect” gives a button to the same', async () => {
    const joined = await stage.join();
    stage.clock.set(monday);
    await stage.settle();
    expect(shown(joined)).toContain('Your prompt for this week');
    await joined.client.type('reflect');
    expect(await joined.client.dialog()).toBe('');
    await joined.client.press('Open');
    expect(await joined.client.dialog()).toContain('Your reflection');
  });
});
