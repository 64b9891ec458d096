import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { saidBy } from '../../src/joining/consents.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { agreeing, answered } from '../support/joining.ts';
import { addActive, mustFind, textOf } from '../support/people.ts';
import { onSlack, opened } from './stage.ts';

let stage: TestCore;
let core: Core;
let asha: Member;
let slack: Sender;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  asha = await addMember(core, { name: 'Asha Rahman', email: 'asha@leeds.example', council: 'Leeds City Council' });
  slack = onSlack(asha.email);
});
afterEach(() => stage.close());

async function row(id = asha.id) {
  return await core.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

describe('the council somebody says', () => {
  beforeEach(() => addActive(core, { council: 'Cyngor Sir Ynys Môn' }));

  async function says(council: string) {
    const about = await opened(core, slack, { kind: 'network.join' });
    return await handle(core, slack, answered(about, { council }));
  }

  test('is one that we know, however its letters are written', async () => {
    for (const typed of ['cyngor sir ynys mon', ' CYNGOR  SIR YNYS MÔN ']) {
      expect((await says(typed)).kind).toBe('form');
      expect((await mustFind(core, asha.id)).council).toBe('Cyngor Sir Ynys Môn');
    }
  });

  test.each(['Leeds', 'Leeds Council', 'Leds City Council'])(
    '“%s” is not taken for another, which is offered',
    async (typed) => {
      const reply = await says(typed);
      expect(reply).toMatchObject({ kind: 'invalid', problems: [{ field: 'council' }] });
      expect(textOf(reply)).toContain('Did you mean Leeds City Council?');
      expect(textOf(reply)).not.toContain('Môn');
    },
  );

  test('is for conveners to see where it is another than the roster said', async () => {
    await says('Leeds City Council');
    expect(await core.db.selectFrom('audit').select('id').execute()).toEqual([]);
    await says('Cyngor Sir Ynys Môn');
    const { council_id: to } = await row();
    expect(
      await core.db.selectFrom('audit').select(['by', 'actor_id', 'action', 'subject', 'detail']).execute(),
    ).toEqual([
      {
        by: 'member',
        actor_id: asha.id,
        action: 'member.council',
        subject: asha.id,
        detail: { from: asha.councilId, to },
      },
    ]);
  });

  test('must take part in the network, when they say it and when they join', async () => {
    const withdraw = async (name: string) =>
      await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('name', '=', name).execute();
    await withdraw('Cyngor Sir Ynys Môn');
    expect(textOf(await says('Cyngor Sir Ynys Môn'))).toContain('does not take part in the network now');
    expect((await mustFind(core, asha.id)).council).toBe('Leeds City Council');
    await says('Leeds City Council');
    await withdraw('Leeds City Council');
    const reply = await handle(core, slack, { kind: 'joining.agreements', ...agreeing });
    expect(textOf(reply)).toContain('Leeds City Council does not take part');
    expect(await row()).toMatchObject({ status: 'invited' });
    expect(await saidBy(core.db, asha.id)).toEqual([]);
  });
});
