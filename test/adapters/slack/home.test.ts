import { addSeconds } from 'date-fns/addSeconds';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMember } from '../../../src/network/roster.ts';
import { settleAll } from '../../support/core.ts';
import { answerForms } from '../../support/join-by-forms.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask } from '../../support/people.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { refused, throttled } from '../../support/slack-emulator-faults.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

async function addressOf(user: string): Promise<unknown> {
  const account = scene.core.db.selectFrom('accounts').select('address').where('platform_user', '=', user);
  return (await account.executeTakeFirst())?.address;
}

/** Draws the homes that went stale, when their moment has come. */
async function redraw(): Promise<void> {
  scene.clock.set(addSeconds(scene.clock.now(), 10));
  await settleAll(scene.core, scene.outbounds);
}

const published = (user: string) =>
  scene.emulator.calls('views.publish').filter(({ user_id }) => user_id === user).length;

describe('the Home', () => {
  it('shows a member what there is, once they open it', async () => {
    const { member, client } = await scene.prompted();
    expect(client.home()).toBe('');
    await client.openHome();
    expect(client.home()).toContain(`Hello, ${(await findMember(scene.core.db, member.id))?.name}`);
    expect(client.home()).toContain('Write your answer');
  });

  it('keeps where the conversation is, and the other way round', async () => {
    const { client } = await scene.joined();
    await client.write('help');
    const channel = scene.emulator.messagesTo(client.user)[0]?.channel_id;
    await client.openHome();
    expect(await addressOf(client.user)).toEqual({ channel, home: 'shown' });
    await client.write('help');
    expect(await addressOf(client.user)).toEqual({ channel, home: 'shown' });
  });

  it('lets a stranger join, and is a member’s from then on', async () => {
    const { member, client } = await scene.invited();
    await client.openHome();
    expect(client.home()).toContain('Joining is your choice.');
    await client.pressHome('Join the network');
    await answerForms(client);
    expect((await findMember(scene.core.db, member.id))?.status).toBe('active');
    await redraw();
    expect(client.home()).toContain('Hello, ');
    expect(await addressOf(client.user)).toEqual({ home: 'shown' });
    await redraw();
    const before = published(client.user);
    await ask(scene.core, member, pauseUntil('2027-03-16'));
    await redraw();
    expect(published(client.user)).toBe(before + 1);
  });

  it('tells a stranger whom the roster does not hold, in a window, and stays as it is', async () => {
    const client = await scene.member('nobody@council.example');
    await client.openHome();
    await client.pressHome('Join the network');
    expect(await client.dialog()).toContain('We could not find your work email address');
    expect(client.home()).toContain('Joining is your choice.');
  });

  it('answers in a window over it', async () => {
    const { client } = await scene.prompted();
    await client.openHome();
    await client.pressHome('Journal');
    expect(await client.dialog()).toContain('Your journal');
    await client.pressHome('Help');
    expect(await client.dialog()).toContain('What you can do');
    await client.pressHome('Write your answer');
    expect(scene.emulator.modalsOf(client.user)).toHaveLength(1);
    await client.submit({ text: 'A thought.' });
    expect(await client.dialog()).toContain('We have saved your reflection.');
    expect(scene.emulator.dump()).not.toContain('A thought.');
  });

  it('answers in the conversation where the window came too late, and puts nothing private there', async () => {
    const { client } = await scene.prompted();
    await client.openHome();
    scene.emulator.fail('views.open', refused('expired_trigger_id'));
    await client.pressHome('Journal');
    expect((await client.messages()).at(-1)).toContain('Your journal. Select Open to see it: only you can.');
  });

  it('that cannot be drawn anew does not make what was done a failure', async () => {
    const { member, client } = await scene.prompted();
    await client.openHome();
    scene.takeLog();
    scene.emulator.fail('views.publish', throttled(30));
    await client.pressHome('Skip it');
    const skipped = scene.core.db.selectFrom('prompts').select('skipped_at').where('member_id', '=', member.id);
    expect((await skipped.executeTakeFirstOrThrow()).skipped_at).not.toBeNull();
    expect([await client.dialog(), ...(await client.messages())].join()).not.toContain('Something went wrong');
    const logged = scene.takeLog();
    expect(logged).toContain('Slack did not show an answer where it belongs');
    expect(logged).not.toContain('A Slack button failed');
  });

  it('says sorry in a window when something breaks', async () => {
    const { client } = await scene.joined();
    await client.openHome();
    await scene.core.db.schema.alterTable('prompts').renameTo('prompts_away').execute();
    await client.pressHome('Journal');
    await scene.core.db.schema.alterTable('prompts_away').renameTo('prompts').execute();
    expect(await client.dialog()).toContain('Something went wrong on our side.');
  });

  it('is drawn at once for whoever changes something on it', async () => {
    const { client } = await scene.joined();
    await client.openHome();
    const before = published(client.user);
    await client.pressHome('Profile');
    expect(published(client.user)).toBe(before);
    await client.press('Leave');
    await client.press('Leave the network');
    await redraw();
    expect(client.home()).toContain('Joining is your choice.');
    await client.pressHome('Join the network');
    await answerForms(client);
    await redraw();
    expect(published(client.user)).toBeGreaterThan(before + 1);
    expect(client.home()).toContain('Hello, ');
  });

  it('of somebody who never opened it is not drawn', async () => {
    const { member, client } = await scene.joined();
    await ask(scene.core, member, pauseUntil('2027-03-16'));
    await redraw();
    expect(client.home()).toBe('');
  });

  it('is not drawn for the other tab', async () => {
    const { client } = await scene.joined();
    const event = { type: 'app_home_opened', user: client.user, channel: 'D1', tab: 'messages', event_ts: '1.1' };
    expect((await scene.post(scene.emulator.event(event))).status).toBe(200);
    expect(client.home()).toBe('');
  });
});

describe('what Slack tells of a person', () => {
  it('that they were deactivated: nothing is sent there any more', async () => {
    const { client } = await scene.joined();
    scene.emulator.changeUser(client.user, { deleted: true });
    const event = { type: 'user_change', user: scene.emulator.describeUser(client.user), event_ts: '1.1' };
    expect((await scene.post(scene.emulator.event(event))).status).toBe(200);
    const account = scene.core.db.selectFrom('accounts').select('reachable').where('platform_user', '=', client.user);
    expect(await account.executeTakeFirst()).toEqual({ reachable: false });
  });

  it('is taken as far as a database can hold it', async () => {
    const { member, client } = await scene.joined();
    const user = { ...scene.emulator.describeUser(client.user), profile: { real_name: 'Priya\u0000 Nair' } };
    const response = await scene.post(scene.emulator.event({ type: 'user_change', user, event_ts: '1.1' }));
    expect(response.status).toBe(200);
    expect((await findMember(scene.core.db, member.id))?.name).toBe('Priya Nair');
  });

  it('is taken though Slack leaves some of it empty', async () => {
    const { member, client } = await scene.joined();
    const empty = { tz: null, locale: null, is_restricted: null, is_email_confirmed: null };
    const profile = { email: null, real_name: 'Priya Nair' };
    const user = { ...scene.emulator.describeUser(client.user), ...empty, profile };
    const response = await scene.post(scene.emulator.event({ type: 'user_change', user, event_ts: '1.1' }));
    expect(response.status).toBe(200);
    expect((await findMember(scene.core.db, member.id))?.name).toBe('Priya Nair');
  });

  it('in a shape we do not know is logged by its kind', async () => {
    scene.takeLog();
    const event = { type: 'user_change', user: { id: 'U1', profile: 'Priya' }, event_ts: '1.1' };
    expect((await scene.post(scene.emulator.event(event))).status).toBe(200);
    const logged = scene.takeLog();
    expect(logged).toContain('"received":"user_change"');
    expect(logged).not.toContain('Priya');
  });

  it('of whom we do not know changes nothing', async () => {
    const user = { id: 'USTRANGER', team_id: slackTeam, tz: 'Asia/Tokyo', profile: { real_name: 'Somebody Else' } };
    const event = { type: 'user_change', user, event_ts: '1.1' };
    expect((await scene.post(scene.emulator.event(event))).status).toBe(200);
    const people = scene.core.db.selectFrom('people').select('id').where('name', '=', 'Somebody Else');
    expect(await people.execute()).toEqual([]);
  });
});
