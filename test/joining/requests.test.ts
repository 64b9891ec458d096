import { randomUUID } from 'node:crypto';
import { addHours } from 'date-fns/addHours';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { requestsADay } from '../../src/joining/model.ts';
import { noteAppRemoved } from '../../src/network/platform-news.ts';
import { withdrawSpace } from '../../src/network/spaces.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { answered, join } from '../support/joining.ts';
import { addActive, ask, recordingOutbound, textOf } from '../support/people.ts';
import { held, onSlack, opened, postedTo } from './stage.ts';

let stage: TestCore;
let core: Core;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

const said = { name: 'Bo Lind', council: 'York', role: 'Director', level: 'director', note: 'From the 2026 course' };

async function asks(sender: Sender, answers: Readonly<Record<string, string>> = {}) {
  const form = await opened(core, sender, { kind: 'network.join' });
  return await handle(core, sender, answered(form, { ...said, ...answers }));
}

async function requests() {
  return await core.db.selectFrom('join_requests').selectAll().orderBy('requested_at').execute();
}

describe('somebody whom the roster does not name', () => {
  test('is offered to ask the conveners, with what their platform and the councils’ domains tell', async () => {
    const york = await addMember(core, { council: 'City of York Council' });
    await core.db
      .insertInto('council_domains')
      .values({ domain: 'york.example', council_id: york.councilId })
      .execute();
    const form = await opened(core, onSlack('Bo@Adults.York.example', { name: 'Bo Lind' }), { kind: 'network.join' });
    expect(form.heading).toBe('Ask to join the network');
    expect(held(form)).toEqual({
      name: 'Bo Lind',
      email: 'bo@adults.york.example',
      council: 'City of York Council',
      role: '',
      level: '',
      note: '',
    });
    for (const email of ['', 'bo@notyork.example', 'bo@example']) {
      expect(held(await opened(core, onSlack(email), { kind: 'joining.open-request' }))).toMatchObject({ council: '' });
    }
  });

  test('asks once, and every convener is told once, without the note', async () => {
    const conveners = [
      await addActive(core, { permission: 'convener' }),
      await addActive(core, { permission: 'convener' }),
    ];
    const host = await addActive(core, { permission: 'host' });
    const sender = onSlack('bo@york.example');
    const reply = textOf(await asks(sender));
    expect(reply).toContain('We have asked the conveners');
    const [first] = await requests();
    expect(first).toMatchObject({ ...said, email: 'bo@york.example', email_verified: true, zone: 'Europe/London' });
    // Asked again, it is brought up to date: the form holds what they wrote, and nobody is told twice.
    expect(held(await opened(core, sender, { kind: 'network.join' }))).toMatchObject(said);
    expect(textOf(await asks(sender, { role: 'Director of Place', email: 'other@york.example' }))).toBe(reply);
    expect(await requests()).toMatchObject([
      { id: first?.id, role: 'Director of Place', email: 'other@york.example', email_verified: false },
    ]);
    for (const { id } of conveners) expect(await postedTo(core, id)).toEqual(['network.welcome', 'joining.requested']);
    expect(await postedTo(core, host.id)).toEqual(['network.welcome']);
    const web = recordingOutbound();
    await settleAll(core, new Map([['web', web]]));
    const told = web.letters.filter(({ message }) => message.summary === 'Bo Lind asks to join the network.');
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).toContain('Nobody confirms this email address');
    expect(JSON.stringify(told)).not.toContain('2026 course');
    const [convener] = conveners;
    if (convener === undefined) throw new Error('no convener');
    expect(textOf(await ask(core, convener, { kind: 'joining.requests' }))).toContain('2026 course');
    expect(textOf(await ask(core, host, { kind: 'joining.requests' }))).toContain('Only conveners can do that');
  });

  test('is told kindly where there is no convener, and of each answer that is missing', async () => {
    const told = textOf(await asks(onSlack('bo@york.example')));
    expect(told).toContain('The network has no convener yet');
    expect(told).toContain('We tell you here');
    expect(told).toContain('If nobody answers within 90 days, we delete your request.');
    const wrong = { name: ' ', email: 'bo at york', council: '', role: '', level: '', note: 'x'.repeat(1001) };
    const reply = await handle(core, onSlack(''), { kind: 'joining.request', ...wrong });
    const fields = reply.kind === 'invalid' ? reply.problems.map(({ field }) => field) : [];
    expect(fields).toEqual(['name', 'email', 'council', 'role', 'level', 'note']);
    expect(await requests()).toHaveLength(1);
  });

  test('hears the same whoever is on the roster, and is let in to nothing by typing an address', async () => {
    const asha = await addActive(core, { email: 'asha@leeds.example', name: 'Asha Rahman' });
    await addMember(core, { email: 'cy@leeds.example', name: 'Cy Invited' });
    const replies = [];
    for (const email of ['asha@leeds.example', 'cy@leeds.example', 'nobody@leeds.example']) {
      const sender = onSlack('');
      replies.push(await asks(sender, { email }));
      expect(textOf(await handle(core, sender, { kind: 'network.profile' }))).toContain('You have not joined');
    }
    expect(new Set(replies.map(textOf)).size).toBe(1);
    expect(textOf(replies[0] ?? { kind: 'invalid', problems: [] })).not.toMatch(/Asha|Cy/);
    expect(await core.db.selectFrom('accounts').select('id').where('platform', '=', 'slack').execute()).toEqual([]);
    expect(await postedTo(core, asha.id)).toEqual(['network.welcome']);
  });

  test('who is on the roster after all, or a member, is told so instead', async () => {
    await addMember(core, { email: 'asha@leeds.example' });
    const asha = onSlack('asha@leeds.example');
    const intent = { kind: 'joining.request', ...said, email: 'asha@leeds.example' } as const;
    for (const reply of [
      await handle(core, asha, intent),
      await handle(core, asha, { kind: 'joining.open-request' }),
    ]) {
      expect(textOf(reply)).toContain('You can join the network now.');
    }
    await join(core, asha);
    expect(textOf(await handle(core, asha, intent))).toContain('already in the network');
    expect(await requests()).toEqual([]);
  });
});

describe('a flood', () => {
  test('ends at twenty from one workspace in a day, also when they come at once; others and the next day are open', async () => {
    const all = await Promise.all(
      Array.from({ length: requestsADay + 3 }, (_, index) => asks(onSlack(`p${index}@x.example`))),
    );
    const refused = all.map(textOf).filter((text) => text.includes('Many people from your workspace'));
    expect([refused.length, (await requests()).length]).toEqual([3, requestsADay]);
    expect(textOf(await asks(onSlack('one@y.example', { space: 'T2' })))).toContain('We have asked');
    stage.clock.set(addHours(core.clock.now(), 24));
    expect(textOf(await asks(onSlack('one@x.example')))).toContain('We have asked');
  });

  test('ends at twenty too for somebody who erases each request before the next, or whose app goes and comes', async () => {
    const convener = await addActive(core, { permission: 'convener' });
    const sender = onSlack('bo@york.example');
    for (let asked = 0; asked < requestsADay; asked += 1) {
      expect(textOf(await asks(sender))).toContain('We have asked');
      if (asked % 2 === 0) await handle(core, sender, { kind: 'network.erase' });
      else await noteAppRemoved(core, sender.account, addHours(core.clock.now(), 1));
    }
    expect(textOf(await asks(sender))).toContain('Many people from your workspace');
    expect(await requests()).toEqual([]);
    expect((await postedTo(core, convener.id)).filter((kind) => kind === 'joining.requested')).toEqual([]);
    stage.clock.set(addHours(core.clock.now(), 24));
    expect(textOf(await asks(sender))).toContain('We have asked');
  });

  test('from one account is one request, also at once', async () => {
    const sender = onSlack('bo@york.example');
    await Promise.all(Array.from({ length: 5 }, () => asks(sender)));
    expect(await requests()).toHaveLength(1);
  });
});

describe('a request is gone, with what conveners were told,', () => {
  let sender: Sender;
  beforeEach(async () => {
    await addActive(core, { permission: 'convener' });
    sender = onSlack('bo@york.example');
    await asks(sender);
    await settleAll(core, new Map([['web', recordingOutbound()]]));
  });

  async function traces(): Promise<number> {
    const told = await core.db.selectFrom('deliveries').select('id').where('kind', '=', 'joining.requested').execute();
    return (await requests()).length + told.length;
  }

  test('when they erase it', async () => {
    expect(await traces()).toBe(2);
    await handle(core, sender, { kind: 'network.erase' });
    expect(await traces()).toBe(0);
  });

  test('when they take the app out, unless that is old news', async () => {
    await noteAppRemoved(core, sender.account, addHours(core.clock.now(), -1));
    expect(await traces()).toBe(2);
    await noteAppRemoved(core, sender.account, addHours(core.clock.now(), 1));
    expect(await traces()).toBe(0);
  });

  test('when their workspace goes', async () => {
    const removedAt = core.clock.now();
    await withdrawSpace(core, { platform: 'slack', space: 'T1' }, { installedAt: undefined, removedAt });
    expect(await traces()).toBe(0);
  });

  test('when the roster names them meanwhile, and they join', async () => {
    await addMember(core, { email: 'bo@york.example', name: `Bo ${randomUUID()}` });
    await join(core, sender);
    expect(await traces()).toBe(0);
  });
});
