import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderForm, renderMessageModal, renderPage } from '../../../adapters/slack/render.ts';
import { openOutbound } from '../../../adapters/web/outbound.ts';
import { listLength } from '../../../src/membership/avoid-rules.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { liveFully } from '../../support/full-life.ts';
import { agreeToBeFound, ask } from '../../support/people.ts';
import { objectionsToModal } from '../../support/slack-limits.ts';

let stage: TestCore;
let member: Member;
beforeEach(async () => {
  stage = await openTestCore();
  ({ member } = await liveFully(stage, new Map([['web', openOutbound(stage.core)]])));
});
afterEach(() => stage.close());

test('Slack takes every window about a member’s own matters, for one about whom we hold everything', async () => {
  const { core } = stage;
  // A zone that the list lacks makes the longest list there is.
  await core.db.updateTable('members').set({ chosen_zone: 'Antarctica/Troll' }).execute();
  const everyone = await core.db.selectFrom('members').select('id').execute();
  for (const { id } of everyone) await agreeToBeFound(core, id);
  for (let index = 0; index < listLength; index += 1) {
    const who = `${'a'.repeat(240)}${index}@a.example`;
    expect((await ask(core, member, { kind: 'membership.avoid', who })).kind).toBe('message');
  }
  for (const intent of [
    { kind: 'network.settings' },
    { kind: 'network.open-preferences' },
    { kind: 'network.open-find' },
    { kind: 'network.find', query: 'director' },
    { kind: 'network.find', query: 'nobody' },
    { kind: 'network.export' },
    { kind: 'network.open-pause' },
    { kind: 'membership.accounts' },
    { kind: 'membership.show-code' },
    { kind: 'membership.open-connect' },
    { kind: 'membership.avoiding' },
    { kind: 'membership.open-avoid' },
    { kind: 'network.erase' },
  ] as const) {
    const reply = await ask(core, member, intent);
    if (reply.kind === 'invalid') throw new Error('Refused');
    const view =
      reply.kind === 'page'
        ? renderPage(reply.page)
        : reply.kind === 'form'
          ? renderForm(reply.form)
          : renderMessageModal(reply.message);
    expect([intent, objectionsToModal(view)]).toEqual([intent, []]);
  }
});
