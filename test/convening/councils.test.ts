import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { councilsApart } from '../../src/convening/relations.ts';
import { councilMayTakePart } from '../../src/convening/rules.ts';
import { councilsOutside } from '../../src/convening/taking-part.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { post } from '../../src/store/outbox.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, recordingOutbound, textOf } from '../support/people.ts';

let stage: TestCore;
let convener: Member;
let leeds: Member;
let york: Member;

beforeEach(async () => {
  stage = await openTestCore();
  convener = await addActive(stage.core, { permission: 'convener', council: 'Hull City Council', name: 'Cleo' });
  leeds = await addActive(stage.core, { council: 'Leeds City Council' });
  york = await addActive(stage.core, { council: 'City of York Council' });
});
afterEach(() => stage.close());

type Answers = Extract<Intent, { kind: 'convening.council' }>;

function answersFor(member: Member, given: Partial<Answers> = {}): Answers {
  const said = { name: member.council, type: '', nation: 'England', region: '', domains: '', consent: 'not asked' };
  return { kind: 'convening.council', council: member.councilId, ...said, ...given };
}

const audited = async () => {
  const rows = await stage.core.db.selectFrom('audit').select(['action', 'subject', 'detail']).orderBy('id').execute();
  return rows.map(({ action, subject, detail }) => ({ action, subject, ...detail }));
};

test.each([
  ['not asked', false, true],
  ['not asked', true, false],
  ['given', true, true],
  ['withdrawn', false, false],
  ['withdrawn', true, false],
] as const)('a council that is %s, where councils must agree: %s, takes part: %s', (consent, must, takes) => {
  expect(councilMayTakePart(consent, must)).toBe(takes);
});

test('a convener finds a council by a part of its name, and changes what is known of it', async () => {
  const found = textOf(await ask(stage.core, convener, { kind: 'convening.find-council', query: 'york CITY' }));
  expect(found).toContain('City of York Council');
  expect(found).not.toContain('Leeds');
  const answers = { type: 'unitary', region: 'Yorkshire', domains: '@York.gov.uk\nyork.example', consent: 'given' };
  await ask(stage.core, convener, answersFor(york, answers));
  const shown = textOf(await ask(stage.core, convener, { kind: 'convening.councils' }));
  expect(shown).toContain('york.example, york.gov.uk');
  expect(shown).toContain('Agreed to the network on 2 March 2027');
  expect(await audited()).toEqual([
    { action: 'council.changed', subject: york.councilId, fields: 'type, region, domains' },
    { action: 'council.consent', subject: york.councilId, from: 'not asked', to: 'given' },
  ]);
  // Saved again as it is, nothing happened.
  await ask(stage.core, convener, answersFor(york, answers));
  expect(await audited()).toHaveLength(2);
});

test('a name and a domain belong to one council, and a public domain to none', async () => {
  await ask(stage.core, convener, answersFor(york, { domains: 'york.example' }));
  const refused = await ask(
    stage.core,
    convener,
    answersFor(leeds, { name: 'city of YORK council', domains: 'york.example' }),
  );
  expect(refused).toMatchObject({ kind: 'invalid', problems: [{ field: 'name' }, { field: 'domains' }] });
  expect(textOf(refused)).toContain('change their council in the roster and import it');
  for (const domains of ['gmail.com', 'leeds']) {
    expect(await ask(stage.core, convener, answersFor(leeds, { domains }))).toMatchObject({ kind: 'invalid' });
  }
  expect(await mustFind(stage.core, leeds.id)).toMatchObject({ council: 'Leeds City Council' });
});

test('two councils that are kept apart are told to matching, once, until their relation ends', async () => {
  const relation = { kind: 'convening.relation', relation: 'shared service' } as const;
  const saying = { ...relation, council: leeds.councilId, other: 'york', rule: 'apart' };
  await ask(stage.core, convener, saying);
  // From the other side it is the same relation.
  await ask(stage.core, convener, { ...saying, council: york.councilId, other: 'Leeds City Council' });
  const pair = [leeds.councilId, york.councilId].toSorted();
  expect(await councilsApart(stage.core.db)).toEqual([pair]);
  await ask(stage.core, convener, { ...saying, relation: 'merger', rule: 'together' });
  expect(await councilsApart(stage.core.db)).toEqual([]);
  expect(textOf(await ask(stage.core, convener, { kind: 'convening.councils' }))).toContain('A merger');
  const ending = { kind: 'convening.end-relation', council: york.councilId, other: leeds.councilId } as const;
  await ask(stage.core, convener, ending);
  expect(await stage.core.db.selectFrom('council_relations').selectAll().execute()).toEqual([]);
  expect((await audited()).map(({ action }) => action)).toEqual([
    'relation.made',
    'relation.made',
    'relation.made',
    'relation.ended',
  ]);
  const problems = { kind: 'invalid', problems: [{ field: 'other' }] };
  expect(await ask(stage.core, convener, { ...saying, other: 'Leeds' })).toMatchObject(problems);
  expect(await ask(stage.core, convener, { ...saying, other: 'city' })).toMatchObject(problems);
  expect(await ask(stage.core, convener, { ...saying, other: 'Atlantis' })).toMatchObject(problems);
});

describe('when a council withdraws', () => {
  const said = (memberId: string) =>
    stage.core.db.selectFrom('deliveries').select(['status', 'reason']).where('member_id', '=', memberId);

  test('its people are sent nothing new, are told why on their home and settings, and keep what is theirs', async () => {
    await ask(stage.core, convener, answersFor(leeds, { consent: 'withdrawn' }));
    expect(await councilsOutside(stage.core.db)).toEqual(new Set([leeds.councilId]));
    const web = recordingOutbound();
    await settleAll(stage.core, new Map([['web', web]]));
    const now = stage.clock.now();
    await stage.core.db.transaction().execute(async (tx) => {
      await post(
        tx,
        now,
        [leeds, york].map(({ id }) => ({
          key: `left-out:${id}`,
          kind: 'matching.left-out',
          subject: id,
          memberId: id,
        })),
      );
      // What they have a place in goes on: they hear that a seat is theirs.
      const kind = 'conversations.seat-freed';
      await post(tx, now, [{ key: 'freed', kind, subject: randomUUID(), memberId: leeds.id }]);
    });
    await settleAll(stage.core, new Map([['web', web]]));
    expect(await said(leeds.id).where('kind', '=', 'conversations.seat-freed').execute()).toMatchObject([
      { reason: 'the conversation is no longer there' },
    ]);
    expect(await said(leeds.id).where('kind', '=', 'matching.left-out').execute()).toEqual([
      { status: 'dropped', reason: 'the council takes no part' },
    ]);
    const others = await said(york.id).where('kind', '=', 'matching.left-out').execute();
    expect(others).not.toMatchObject([{ reason: 'the council takes no part' }]);
    for (const kind of ['network.home', 'network.settings'] as const) {
      expect(textOf(await ask(stage.core, leeds, { kind }))).toContain('Leeds City Council has withdrawn');
      expect(textOf(await ask(stage.core, york, { kind }))).not.toContain('Your council takes no part');
    }
    expect(textOf(await ask(stage.core, leeds, { kind: 'network.export' }))).not.toContain('takes no part');
  });

  test('it is the same for councils that have not agreed, where a convener says that they must', async () => {
    await ask(stage.core, convener, answersFor(york, { consent: 'given' }));
    await ask(stage.core, convener, { kind: 'convening.must-agree', must: 'yes' });
    expect(await councilsOutside(stage.core.db)).toEqual(new Set([leeds.councilId, convener.councilId]));
    expect(textOf(await ask(stage.core, leeds, { kind: 'network.home' }))).toContain(
      'has not agreed to the network yet',
    );
    await ask(stage.core, convener, { kind: 'convening.must-agree', must: 'no' });
    expect(await councilsOutside(stage.core.db)).toEqual(new Set());
  });
});

test('only conveners see or change any of it', async () => {
  const host = await addActive(stage.core, { permission: 'host' });
  const asked: readonly Intent[] = [
    { kind: 'convening.console' },
    { kind: 'convening.roster' },
    { kind: 'convening.audit', before: '' },
    { kind: 'convening.must-agree', must: 'yes' },
    answersFor(york, { consent: 'withdrawn' }),
  ];
  for (const intent of asked) {
    expect(textOf(await ask(stage.core, host, intent))).toContain('Only conveners can do that.');
  }
  expect(await audited()).toEqual([]);
});

test('whoever is a convener no longer, when it is their turn, changes nothing', async () => {
  // As two requests at once may find it: the door let them in, and then they were made a host.
  const { saveCouncil } = await import('../../src/convening/councils.ts');
  await stage.core.db.updateTable('members').set({ permission: 'host' }).where('id', '=', convener.id).execute();
  await expect(saveCouncil(stage.core, convener, answersFor(york, { consent: 'withdrawn' }))).rejects.toThrow(
    'Only conveners can do that.',
  );
  expect(await audited()).toEqual([]);
});
