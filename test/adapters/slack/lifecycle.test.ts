import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { findMember } from '../../../src/network/roster.ts';
import { findSecret, listInstallations } from '../../../src/store/installations.ts';
import { addRoom, announcementRooms } from '../../../src/store/rooms.ts';
import { addMember, openTestCore, type TestCore } from '../../support/core.ts';
import { joinByForms } from '../../support/join-by-forms.ts';
import { patience } from '../../support/patience.ts';
import { slackApp } from '../../support/slack-emulator.ts';
import { refused } from '../../support/slack-emulator-faults.ts';
import { post as postTo, type SlackRequest } from '../../support/slack-requests.ts';
import { openSlackScene } from '../../support/slack-scene.ts';
import { openSlackWorld, type SlackWorkspace, type SlackWorld } from '../../support/slack-world.ts';

let stage: TestCore;
let world: SlackWorld;
let logged = '';

const destination = new Writable({
  write(line, _encoding, done) {
    logged += String(line);
    done();
  },
});

beforeAll(async () => {
  stage = await openTestCore();
  world = await openSlackWorld(stage, { workspaces: 3, log: createLog('debug', destination) });
});
afterAll(async () => {
  await world.close();
  await stage.close();
});
beforeEach(() => {
  logged = '';
});

const later = (minutes: number) => stage.clock.set(new Date(stage.clock.now().getTime() + minutes * 60_000));
const spaces = async () => (await listInstallations(stage.core.db, 'slack')).map(({ space }) => space);
const post = async (event: SlackRequest) => await postTo(world.url, slackApp.signingSecret, event);
const uninstalled = { type: 'app_uninstalled' };
const revoked = (workspace: SlackWorkspace) => ({ type: 'tokens_revoked', tokens: { bot: [workspace.botUser] } });

function workspace(index: number): SlackWorkspace {
  const found = world.workspaces[index];
  if (found === undefined) throw new Error('There is no such workspace');
  return found;
}

async function join(where: SlackWorkspace) {
  const email = `${crypto.randomUUID()}@council.example`;
  const member = await addMember(stage.core, { email });
  await joinByForms(await where.member(email));
  // Slack is answered at once, and the work goes on.
  await vi.waitFor(async () => expect((await findMember(stage.core.db, member.id))?.status).toBe('active'), patience);
  return member;
}

/** In each workspace a channel for announcements, and an account that asks to be connected. */
async function leaveTraces(memberId: string, ...where: readonly SlackWorkspace[]): Promise<void> {
  const { db, clock } = stage.core;
  await db.deleteFrom('rooms').execute();
  await db.deleteFrom('account_requests').execute();
  for (const { team: space } of where) {
    const place = { platform: 'slack', space, room: 'C1', purpose: 'announcements', address: {}, subject: '' } as const;
    await db.transaction().execute((tx) => addRoom(tx, { ...place, chosenBy: memberId, createdAt: clock.now() }));
    const asked = { id: randomUUID(), member_id: memberId, address: '{}', requested_at: clock.now() };
    await db
      .insertInto('account_requests')
      .values({ ...asked, platform: 'slack', space, platform_user: 'UASKS' })
      .execute();
  }
}

async function isReachable(memberId: string): Promise<boolean | undefined> {
  const row = await stage.core.db
    .selectFrom('accounts')
    .select('reachable')
    .where('member_id', '=', memberId)
    .where('platform', '=', 'slack')
    .executeTakeFirst();
  return row?.reachable;
}

test('three workspaces install the app, and each is answered with its own token', async () => {
  for (const one of world.workspaces) expect(await one.install()).toContain('is in your Slack workspace');
  expect(await spaces()).toEqual(['TAAAA0001', 'TBBBB0001', 'TCCCC0001']);
  // The token of another workspace would find nobody, and be refused by the emulator of this one.
  await Promise.all(world.workspaces.map(join));
  for (const here of world.workspaces.toReversed()) await join(here);
});

describe('the app is taken out', () => {
  test.each([
    ['one way round', (here: SlackWorkspace) => [uninstalled, revoked(here), revoked(here), uninstalled]],
    ['the other way round', (here: SlackWorkspace) => [revoked(here), uninstalled]],
  ])('%s: what let us in is deleted, its people stay members, and the others notice nothing', async (_, events) => {
    const here = workspace(0);
    await here.install();
    later(1);
    const [member, other] = [await join(here), await join(workspace(1))];
    await leaveTraces(member.id, here, workspace(1));
    expect(await isReachable(member.id)).toBe(true);
    later(1);
    for (const event of events(here)) {
      expect(await here.tell(event)).toBe(200);
      expect(await findSecret(stage.core, { platform: 'slack', space: here.team })).toBeUndefined();
      expect([await isReachable(member.id), await isReachable(other.id)]).toEqual([false, true]);
    }
    expect((await findMember(stage.core.db, member.id))?.status).toBe('active');
    expect(await spaces()).toEqual(['TBBBB0001', 'TCCCC0001']);
    expect((await announcementRooms(stage.core.db)).map(({ space }) => space)).toEqual(['TBBBB0001']);
    const requests = stage.core.db.selectFrom('account_requests').select('space');
    expect(await requests.execute()).toEqual([{ space: 'TBBBB0001' }]);
    expect(logged.split('was taken out of a workspace')).toHaveLength(2);
    // Another event of it can be answered with no token: Slack is told so.
    expect(await here.tell({ type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'help' })).toBe(401);
    expect(logged).toContain('not installed in the workspace TAAAA0001');
  });

  test('and put back: its people can be reached, and what is said late of before changes nothing', async () => {
    const here = workspace(2);
    const member = await join(here);
    later(1);
    const event = here.event(uninstalled, 'EvLate', stage.clock.now());
    expect((await post(event)).status).toBe(200);
    expect(await isReachable(member.id)).toBe(false);
    later(1);
    await here.install();
    expect(await isReachable(member.id)).toBe(true);
    expect((await post(event)).status).toBe(200);
    expect(await isReachable(member.id)).toBe(true);
    expect(await spaces()).toContain('TCCCC0001');
  });

  test.each([-59, 0, 30, 60])(
    'news of %i seconds after the installation is believed only if Slack lets us in no more',
    async (offset) => {
      const here = workspace(2);
      await here.install();
      const [{ installedAt } = { installedAt: stage.clock.now() }] = (
        await listInstallations(stage.core.db, 'slack')
      ).filter(({ space }) => space === here.team);
      const news = (id: string) => post(here.event(uninstalled, id, new Date(installedAt.getTime() + offset * 1000)));
      expect((await news(`EvGood${offset}`)).status).toBe(200);
      expect(await spaces()).toContain(here.team);
      here.fail('auth.test', refused('internal_error'));
      // Slack is told that it failed, and says it again.
      expect((await news(`EvBusy${offset}`)).status).toBe(500);
      expect(await spaces()).toContain(here.team);
      here.revoke('account_inactive');
      expect((await news(`EvGone${offset}`)).status).toBe(200);
      expect(await spaces()).not.toContain(here.team);
      later(10);
      await here.install();
    },
  );

  test.each([
    [-61, true],
    [61, false],
  ] as const)('what is said of %i seconds after it needs no asking', async (offset, stays) => {
    const here = workspace(2);
    later(10);
    await here.install();
    const at = new Date(stage.clock.now().getTime() + offset * 1000);
    expect((await post(here.event(uninstalled, `Ev${offset}`, at))).status).toBe(200);
    expect((await spaces()).includes(here.team)).toBe(stays);
  });

  test('a person’s own token is none of ours', async () => {
    const here = workspace(1);
    for (const tokens of [{ oauth: ['U1'] }, { oauth: ['U1'], bot: [] }, { bot: null }]) {
      expect(await here.tell({ type: 'tokens_revoked', tokens })).toBe(200);
    }
    expect(await spaces()).toContain('TBBBB0001');
  });
});

test('with one token in the settings nothing of ours is removed, and the operator is told', async () => {
  const scene = await openSlackScene();
  const { member } = await scene.joined();
  const tell = async () => (await scene.post(scene.emulator.event(uninstalled))).status;
  expect([await tell(), await tell()]).toEqual([200, 200]);
  const row = await scene.core.db
    .selectFrom('accounts')
    .select('reachable')
    .where('member_id', '=', member.id)
    .where('platform', '=', 'slack')
    .executeTakeFirstOrThrow();
  expect(row.reachable).toBe(true);
  expect(scene.takeLog()).toContain('SLACK_BOT_TOKEN');
  await scene.close();
});
