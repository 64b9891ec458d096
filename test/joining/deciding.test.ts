import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { approve, refuse } from '../../src/joining/deciding.ts';
import { heldJoining } from '../../src/joining/held.ts';
import { erase } from '../../src/network/erase.ts';
import type { Member } from '../../src/network/model.ts';
import { findMemberByEmail } from '../../src/network/roster.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { answered, formOf, join } from '../support/joining.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, textOf, webSender } from '../support/people.ts';
import { held, onSlack, opened } from './stage.ts';

let stage: TestCore;
let core: Core;
let convener: Member;
let other: Member;
let bo: Sender;
let slack: RecordingOutbound;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  convener = await addActive(core, { name: 'Connie Vener', permission: 'convener' });
  other = await addActive(core, { name: 'Olu Other', permission: 'convener' });
  await addMember(core, { council: 'City of York Council', cohort: 'Spring 2027' });
  bo = onSlack('bo@york.example', { name: 'Bo Lind' });
  slack = recordingOutbound('slack');
});
afterEach(() => stage.close());

/** @returns the id of the request */
async function asks(sender: Sender = bo, answers: Readonly<Record<string, string>> = {}): Promise<string> {
  const form = await opened(core, sender, { kind: 'network.join' });
  const said = { name: 'Bo Lind', council: 'city of york council', role: 'Director', level: 'director' };
  await handle(core, sender, answered(form, { ...said, ...answers }));
  const row = core.db.selectFrom('join_requests').select('id').where('platform_user', '=', sender.account.user);
  return (await row.where('decided_at', 'is', null).executeTakeFirstOrThrow()).id;
}

async function approval(request: string, answers: Readonly<Record<string, string>> = {}): Promise<Intent> {
  return answered(formOf(await ask(core, convener, { kind: 'joining.open-approval', request })), answers);
}

async function settle(): Promise<void> {
  await settleAll(core, new Map([['slack', slack]]));
}

async function audit() {
  return await core.db.selectFrom('audit').select(['by', 'actor_id', 'action', 'subject', 'detail']).execute();
}

describe('an approval', () => {
  test('puts them on the roster, tells them where they asked, and they join from there', async () => {
    const request = await asks();
    const form = formOf(await ask(core, convener, { kind: 'joining.open-approval', request }));
    expect(held(form)).toEqual({
      council: 'City of York Council',
      role: 'Director',
      level: 'director',
      cohort: 'none',
      permission: 'member',
    });
    const cohort = await core.db
      .selectFrom('cohorts')
      .select('id')
      .where('name', '=', 'Spring 2027')
      .executeTakeFirstOrThrow();
    const answers = { role: 'Director of Place', cohort: cohort.id, permission: 'host' };
    expect(textOf(await ask(core, convener, answered(form, answers)))).toContain('Bo Lind is on the network’s list');
    const member = await findMemberByEmail(core.db, 'bo@york.example');
    expect(member).toMatchObject({
      name: 'Bo Lind',
      council: 'City of York Council',
      role: 'Director of Place',
      cohort: 'Spring 2027',
      permission: 'host',
      status: 'invited',
    });
    await settle();
    expect(slack.letters.map(({ account, message }) => [account.user, message.summary])).toEqual([
      [bo.account.user, 'You can join the network now.'],
    ]);
    expect(await audit()).toEqual([
      {
        by: 'convener',
        actor_id: convener.id,
        action: 'joining.approved',
        subject: member?.id,
        detail: { request, level: 'director', permission: 'host' },
      },
    ]);
    const [button] = slack.letters[0]?.message.buttons ?? [];
    expect(button).toMatchObject({ intent: { kind: 'network.join' } });
    expect(textOf(await join(core, bo))).toContain('You have joined');
    expect(textOf(await handle(core, bo, { kind: 'network.profile' }))).toContain('Bo Lind');
    expect(await core.db.selectFrom('join_requests').select('decision').execute()).toEqual([{ decision: 'approved' }]);
  });

  test('names every answer that cannot be used, and adds a council only where it is said to be new', async () => {
    const request = await asks(bo, { council: 'Yorkminster Town Council' });
    const form = formOf(await ask(core, convener, { kind: 'joining.open-approval', request }));
    const wrong = { role: '', level: 'king', cohort: randomUUID(), permission: 'owner' };
    expect(await ask(core, convener, answered(form, wrong))).toMatchObject({
      kind: 'invalid',
      problems: ['council', 'role', 'level', 'cohort', 'permission'].map((field) => ({ field })),
    });
    expect(textOf(await ask(core, convener, answered(form, { council: 'City of Yorke Council' })))).toContain(
      'Did you mean City of York Council? To add it, write “new:” before its name.',
    );
    expect(await core.db.selectFrom('councils').select('name').where('name', 'like', 'York%').execute()).toEqual([]);
    await ask(core, convener, answered(form, { council: 'New:  Yorkminster Town Council' }));
    expect((await findMemberByEmail(core.db, 'bo@york.example'))?.council).toBe('Yorkminster Town Council');
  });

  test('is refused for an address that is somebody’s already: who it is, and what to do', async () => {
    const thief = onSlack('');
    const request = await asks(thief, { email: 'asha@leeds.example' });
    const approve = await approval(request);
    await addActive(core, { name: 'Asha Rahman', email: 'asha@leeds.example' });
    for (const intent of [{ kind: 'joining.open-approval', request } as const, approve]) {
      const reply = textOf(await ask(core, convener, intent));
      expect(reply).toContain('Asha Rahman is on the network’s list with this email address');
      expect(reply).toContain('connect this account with a code');
    }
    expect(textOf(await handle(core, thief, { kind: 'network.profile' }))).toContain('You have not joined');
    expect(await core.db.selectFrom('join_requests').select('decision').execute()).toEqual([{ decision: null }]);
  });

  test('of an address that nobody vouches for makes it no way to sign in', async () => {
    const stranger = onSlack('');
    await ask(core, convener, await approval(await asks(stranger, { email: 'typed@york.example' })));
    await handle(core, stranger, { kind: 'network.sign-in', email: 'typed@york.example' });
    const email = recordingOutbound('email');
    await settleAll(core, new Map([['email', email]]));
    expect(email.letters.filter(({ account }) => account.user === 'typed@york.example')).toEqual([]);
    expect(textOf(await join(core, stranger))).toContain('You have joined');
  });

  test('of an address that nobody vouches for gives no hold on whoever it belongs to', async () => {
    const thief = onSlack('', { name: 'X' });
    await ask(core, convener, await approval(await asks(thief, { name: 'X', email: 'jane@leeds.example' })));
    const jane = onSlack('jane@leeds.example', { space: 'T2', name: 'Jane' });
    // Not while they are invited, and not once they have joined.
    expect(textOf(await handle(core, jane, { kind: 'network.confirm-erase' }))).toContain('You have not joined');
    expect((await opened(core, jane, { kind: 'network.join' })).heading).toBe('Ask to join the network');
    expect(textOf(await join(core, thief))).toContain('You have joined');
    const request = await asks(jane, { name: 'Jane' });
    expect(await core.db.selectFrom('account_requests').selectAll().execute()).toEqual([]);
    const reply = textOf(await ask(core, convener, { kind: 'joining.open-approval', request }));
    expect(reply).toContain('X is on the network’s list with this email address, but nobody confirmed');
    expect(reply).toContain('ask whoever runs the network to erase that entry');
    expect(textOf(await handle(core, jane, { kind: 'network.profile' }))).toContain('You have not joined');
  });

  test('is not for somebody else than was shown: the form is opened again', async () => {
    const request = await asks();
    const approve = await approval(request);
    await asks(bo, { name: 'Al Swap', email: 'al@evil.example' });
    expect(textOf(await ask(core, convener, approve))).toContain('They have changed their request since you opened it');
    expect(await core.db.selectFrom('join_requests').select('decision').execute()).toEqual([{ decision: null }]);
    expect(await findMemberByEmail(core.db, 'al@evil.example')).toBeUndefined();
    expect(textOf(await ask(core, convener, await approval(request)))).toContain('Al Swap is on the network’s list');
  });

  test('is not for somebody else than was shown, also when they change it at that moment', async () => {
    const request = await asks();
    const approve = await approval(request);
    const approving = await core.db.transaction().execute(async (tx) => {
      await tx.updateTable('join_requests').set({ email: 'al@evil.example' }).where('id', '=', request).execute();
      const running = ask(core, convener, approve);
      await untilWaiting(core, tx, 1, running);
      return { running };
    });
    expect(textOf(await approving.running)).toContain('They have changed their request since you opened it');
    expect(await findMemberByEmail(core.db, 'bo@york.example')).toBeUndefined();
  });

  test('brings nobody back who asked to be erased, where somebody else typed their address', async () => {
    const tokens = ['typed@york.example', 'bo@york.example'].map((email) => core.cipher.token(email));
    const rows = tokens.map((token) => ({ token, erased_at: core.clock.now() }));
    await core.db.insertInto('erased_people').values(rows).execute();
    await ask(core, convener, await approval(await asks(onSlack(''), { email: 'typed@york.example' })));
    await ask(core, convener, await approval(await asks()));
    expect(await core.db.selectFrom('erased_people').select('token').execute()).toEqual([{ token: tokens[0] }]);
  });

  test('leaves nothing behind of whom it let in, once they are erased, nor out of their file', async () => {
    const stranger = onSlack('');
    const again = await asks(stranger, { email: 'typed@york.example' });
    await ask(core, other, { kind: 'joining.refuse', request: again, reason: 'Not now.' });
    await ask(core, convener, await approval(await asks(stranger, { email: 'typed@york.example' })));
    const member = await findMemberByEmail(core.db, 'typed@york.example');
    if (member === undefined) throw new Error('not on the roster');
    // The account is let go of, as when they join from another one.
    await core.db.deleteFrom('accounts').where('platform', '=', 'slack').where('member_id', '=', member.id).execute();
    expect((await heldJoining(core, member.id)).joinRequests).toHaveLength(2);
    await erase(core, member);
    expect(await core.db.selectFrom('join_requests').select('id').execute()).toEqual([]);
    expect(
      await core.db.selectFrom('deliveries').select('id').where('kind', '=', 'joining.requested').execute(),
    ).toEqual([]);
  });
});

describe('a link in an e-mail, which may have been forwarded,', () => {
  test('decides nothing, and says how to', async () => {
    const request = await asks();
    const approve = await approval(request);
    const mail: Sender = { ...webSender(convener), account: { platform: 'email', space: '', user: convener.email } };
    for (const intent of [
      { kind: 'joining.requests' },
      { kind: 'joining.open-approval', request },
      approve,
      { kind: 'joining.open-refusal', request },
      { kind: 'joining.refuse', request, reason: 'No.' },
      { kind: 'convening.console' },
      { kind: 'calendar.open-rhythm' },
    ] as const) {
      expect(textOf(await handle(core, mail, intent))).toContain('Sign in to do this');
    }
    expect(await core.db.selectFrom('join_requests').select('decision').execute()).toEqual([{ decision: null }]);
  });
});

describe('a refusal', () => {
  test('needs a reason, which the person is told where they asked; they may ask again', async () => {
    const request = await asks();
    const form = formOf(await ask(core, convener, { kind: 'joining.open-refusal', request }));
    for (const reason of [' \n', 'x'.repeat(501)]) {
      expect(await ask(core, convener, answered(form, { reason }))).toMatchObject({
        kind: 'invalid',
        problems: [{ field: 'reason' }],
      });
    }
    const reply = await ask(core, convener, answered(form, { reason: 'This is for directors of social care.' }));
    expect(textOf(reply)).toContain('We have told Bo Lind');
    await settle();
    const told = JSON.stringify(slack.parcels);
    expect(slack.parcels).toMatchObject([{ to: { account: bo.account, address: bo.address } }]);
    expect(told).toContain('This is for directors of social care.');
    expect(told).not.toContain('Connie');
    expect(await audit()).toEqual([
      { by: 'convener', actor_id: convener.id, action: 'joining.refused', subject: request, detail: {} },
    ]);
    expect(JSON.stringify(await audit())).not.toContain('social care');
    expect(await asks()).not.toBe(request);
    expect(await findMemberByEmail(core.db, 'bo@york.example')).toBeUndefined();
  });

  test('leaves no trace once the person erases what we hold', async () => {
    const request = await asks();
    await ask(core, convener, { kind: 'joining.refuse', request, reason: 'Not now.' });
    await settle();
    await handle(core, bo, { kind: 'network.erase' });
    expect(await core.db.selectFrom('join_requests').select('id').execute()).toEqual([]);
    expect(await core.db.selectFrom('rooms').select('id').execute()).toEqual([]);
    expect(await core.db.selectFrom('deliveries').select('id').where('subject', '=', request).execute()).toEqual([]);
  });
});

describe('of two conveners', () => {
  test('the second is told who decided, and when', async () => {
    const request = await asks();
    const approve = await approval(request);
    await ask(core, other, { kind: 'joining.refuse', request, reason: 'Not now.' });
    for (const intent of [
      approve,
      { kind: 'joining.refuse', request, reason: 'No.' },
      { kind: 'joining.open-approval', request },
      { kind: 'joining.open-refusal', request },
    ] as const) {
      expect(textOf(await ask(core, convener, intent))).toContain(
        'Olu Other refused this request at midday on 2 March 2027.',
      );
    }
    expect(await findMemberByEmail(core.db, 'bo@york.example')).toBeUndefined();
    expect(await audit()).toHaveLength(1);
  });

  test.each(['approve', 'refuse'])('at once, one decides: the other would %s', async (second) => {
    const request = await asks();
    const approve = await approval(request);
    const refuse: Intent = { kind: 'joining.refuse', request, reason: 'Not now.' };
    const replies = await Promise.all([
      ask(core, convener, approve),
      ask(core, other, second === 'approve' ? approve : refuse),
    ]);
    expect(replies.map(textOf).filter((text) => text.includes('this request at'))).toHaveLength(1);
    expect(await audit()).toHaveLength(1);
  });

  test('one who is a convener no longer decides nothing', async () => {
    const request = await asks();
    const answers = await approval(request);
    if (answers.kind !== 'joining.approve') throw new Error('no approval');
    await core.db.updateTable('members').set({ permission: 'member' }).where('id', '=', convener.id).execute();
    // As when they are looked up a moment before the roster says otherwise.
    const asker = { sender: webSender(convener), member: convener };
    await expect(approve(core, asker, answers)).rejects.toThrow('Only conveners can do that');
    const refusal = { kind: 'joining.refuse', request, reason: 'No.' } as const;
    await expect(refuse(core, asker, refusal)).rejects.toThrow('Only conveners can do that');
    expect(await core.db.selectFrom('join_requests').select('decision').execute()).toEqual([{ decision: null }]);
    expect(await findMemberByEmail(core.db, 'bo@york.example')).toBeUndefined();
  });

  test('who add one council at once, each as they write it, make one; it is written down', async () => {
    const requests = [await asks(), await asks(onSlack('cy@york.example'))];
    const [first, second] = await Promise.all(
      requests.map(async (request, index) =>
        approval(request, {
          council: index === 0 ? 'new: Yorkminster Town Council' : 'new: YORKMINSTER  town council',
        }),
      ),
    );
    if (first === undefined || second === undefined) throw new Error('no forms');
    const replies = await Promise.all([ask(core, convener, first), ask(core, other, second)]);
    for (const reply of replies) expect(textOf(reply)).toContain('is on the network’s list');
    const councils = await core.db.selectFrom('councils').select('id').where('name', 'ilike', 'yorkm%').execute();
    expect(councils).toHaveLength(1);
    const added = (await audit()).filter(({ action }) => action === 'council.added');
    expect(added).toMatchObject([{ by: 'convener', subject: councils[0]?.id }]);
  });

  test('a request that was taken back is gone for both', async () => {
    const request = await asks();
    const approve = await approval(request);
    await handle(core, bo, { kind: 'network.erase' });
    for (const intent of [approve, { kind: 'joining.refuse', request, reason: 'No.' }] as const) {
      expect(textOf(await ask(core, convener, intent))).toContain('This request is no longer there');
    }
    expect(await findMemberByEmail(core.db, 'bo@york.example')).toBeUndefined();
  });
});
